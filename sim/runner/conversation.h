// Conversation: the dialogue of one connection, as its client saw it.
#pragma once

#include <string>
#include <vector>

#include "protocols/base/instant.h"

namespace mailcosm::sim::runner {

struct ConversationLine {
  enum class Mark { kSent, kReceived, kRemark, kError };
  Mark mark = Mark::kRemark;
  Instant time;
  std::string text;  // octets as they came
};

struct Conversation {
  std::string client, server;  // host names; the server may be an address
  std::string protocol;        // submission, smtp, lmtp, pop3, imap
  Instant begin, end;
  std::vector<ConversationLine> lines;
  std::size_t lines_left_out = 0;  // before the first

  bool empty() const { return lines.empty(); }
};

// "alice-laptop.red.com with mail.red.com (submission), + 0 ms to + 12.2 ms"
std::string heading_of(const Conversation& conversation);

// The lines in the notation of swaks (" -> ", " <- ", "=== ", "*** "), each behind `indent` and cut
// to `width` columns. Ends with a line feed unless there are none.
std::string to_text(const Conversation& conversation, std::string_view indent, std::size_t width);

}  // namespace mailcosm::sim::runner
