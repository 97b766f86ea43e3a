// Path: a reverse-path or forward-path of RFC 5321 section 4.1.2, as views of the command line.
//
//   Reverse-path = Path / "<>"
//   Forward-path = Path                  "<Postmaster>" in any case is also one (4.1.1.3)
//   Path         = "<" [ A-d-l ":" ] Mailbox ">"
//   A-d-l        = At-domain *( "," At-domain )      accepted and ignored (appendix C)
#pragma once

#include <cstdint>
#include <string_view>

#include "protocols/smtp/limits.h"

namespace mailcosm::smtp {

struct Path {
  // Local-part "@" domain as written, without brackets and source route; "Postmaster" as written
  // for <Postmaster>; empty for <>.
  std::string_view mailbox;
  std::string_view local_part;  // as written: a quoted string keeps its quotes
  std::string_view
      domain;  // as written; an address literal keeps its brackets; empty for <> and <Postmaster>

  bool is_null() const { return mailbox.empty(); }
};

// Leniencies that real servers have and a scenario may switch on. Off: the grammar, to the letter.
struct PathLeniency {
  bool space_before = false;  // "MAIL FROM: <a@b>" (section 3.3 says that this is a common error)
  bool without_brackets = false;  // "RCPT TO:a@b"
};

enum class PathError : std::uint8_t {
  kNone,
  kMissing,  // nothing stands where the path should
  kSyntax,
  kLocalPartTooLong,  // limits
  kDomainTooLong,
  kPathTooLong,
  kNotAscii,  // needs SMTPUTF8 (RFC 6531)
};

enum class PathKind : std::uint8_t { kReverse, kForward };

// Takes a path off the front of `text`; what follows must be its end or a space. On an error `text`
// is unspecified.
PathError take_path(std::string_view& text, PathKind kind, const ServerLimits& limits,
                    const PathLeniency& leniency, Path& path);

// The argument of HELO, EHLO and LHLO: a domain or an address literal (section 4.1.3).
bool is_domain_or_literal(std::string_view text, std::size_t length_max);

}  // namespace mailcosm::smtp
