// What a server session is told once: its name, what it offers, its limits and timeouts.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "protocols/base/instant.h"

namespace mailcosm::imap {

struct ServerLimits {
  // Octets of one line without CRLF. RFC 2683 section 3.2.1.5 asks for at least 8,000. A longer one
  // is answered BAD.
  std::size_t line_length_max = 8'192;
  // Octets of one command with all its literals, APPEND's message aside. Answered BAD.
  std::size_t command_length_max = 65'536;
  // Octets of a literal that the client sends unasked (RFC 7888 section 5, LITERAL-). Answered BAD
  // [TOOBIG].
  std::size_t unasked_literal_max = 4'096;
  // Octets received and not yet taken, while a question is open. More ends the session.
  std::size_t input_length_max = 1024 * 1024;
  // Octets of one message (RFC 3501 section 6.3.11 leaves it to the server). Answered NO [TOOBIG]
  // (RFC 4469).
  std::uint64_t append_size_max = 64 * 1024 * 1024;
  // Parentheses, NOTs and ORs inside each other in one SEARCH. Answered BAD.
  std::size_t search_depth_max = 32;
  // Keys of one SEARCH, and items of one FETCH. Answered BAD.
  std::size_t search_keys_max = 1'000;
  std::size_t fetch_items_max = 100;
  // Ranges in one sequence set. Answered BAD.
  std::size_t sequence_ranges_max = 10'000;
  // BAD responses in a row before the session ends with BYE.
  std::size_t bad_commands_max = 20;
  // Refused logins before the session ends with BYE.
  std::size_t failed_logins_max = 5;
  // Octets of untagged responses that one next() appends before it gives OutputPaused; one response
  // may exceed it.
  std::size_t output_pause = 16 * 1024;
};

struct ServerConfig {
  std::string host_name = "localhost";
  // RFC 3501 section 5.4: at least 30 minutes.
  Duration idle_timeout = std::chrono::minutes(30);
  // Before authentication a shorter one is allowed (RFC 9051 section 5.4).
  Duration login_timeout = std::chrono::minutes(3);
  ServerLimits limits;
};

}  // namespace mailcosm::imap
