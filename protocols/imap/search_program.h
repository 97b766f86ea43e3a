// SearchProgram: the keys of one SEARCH as a tree, and what they say of a message (RFC 3501
// section 6.4.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocols/imap/lexer.h"
#include "protocols/imap/message.h"
#include "protocols/imap/sequence_set.h"
#include "protocols/mail/mime.h"

namespace mailcosm::imap {

struct SearchLimits {
  std::size_t depth_max = 32;
  std::size_t keys_max = 1'000;
  std::size_t ranges_max = 10'000;
};

class SearchProgram {
 public:
  enum class Outcome : std::uint8_t { kNo, kYes, kNeedsContent };

  // What is known of one message. `tree` is null until its content is known.
  struct Subject {
    const MessageInfo* info = nullptr;
    SequenceNumber number = 0;
    const mail::MimeTree* tree = nullptr;
  };

  // 1*(search-key), separated by SP, to the end. Replaces all. False if they do not parse or are
  // too many.
  bool take_keys(Lexer& lexer, const SearchLimits& limits = {});
  // Gives `*` its meaning. REQUIRED before match(); 0 for an empty mailbox.
  void resolve(SequenceNumber largest_number, Uid largest_uid);
  // Never kNeedsContent when there is a tree; asks for none if the rest of the keys decide.
  Outcome match(const Subject& subject) const;

 private:
  enum class Key : std::uint8_t {
    kAll,      // also: every child
    kAny,      // one child
    kNot,      // its child
    kFlag,     // has the system flag `number`
    kKeyword,  // has the keyword `text`
    kNumbers,
    kUids,
    kLarger,
    kSmaller,
    kBefore,  // internal date, days
    kOn,
    kSince,
    kSentBefore,  // Date field, days
    kSentOn,
    kSentSince,
    kField,    // field `name` contains `text`
    kAddress,  // the same for a field with addresses
    kBody,
    kText,
  };
  struct Node {
    Key key = Key::kAll;
    std::int64_t number = 0;
    std::string name;
    std::string text;
    SequenceSet set;
    std::vector<std::uint32_t> children;
  };
  struct Word;
  static const Word* find_word(std::string_view word);

  bool take_key(Lexer& lexer, const SearchLimits& limits, std::size_t depth, std::uint32_t& node);
  bool take_list(Lexer& lexer, const SearchLimits& limits, std::size_t depth, std::uint32_t& node);
  bool take_word(Lexer& lexer, const SearchLimits& limits, std::size_t depth, std::uint32_t node);
  Outcome match_node(const Node& node, const Subject& subject) const;
  Outcome match_children(const Node& node, const Subject& subject) const;

  std::vector<Node> nodes_;  // the first is the root
};

}  // namespace mailcosm::imap
