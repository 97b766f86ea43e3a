// The file form of a queued message's envelope: lines of text with LF, up to one that says that it
// is whole. Behind it stand the recipients who are done since it was written.
//
//   mailcosm-queue 1
//   queue deferred            (or incoming)
//   from <alice@red.com>
//   arrived 2000000000        nanoseconds since the start of the run
//   attempts 1
//   next 302000000000
//   told 0
//   cause 1099511627777
//   size 512
//   digest 1234567890         of the content, so that a torn one is noticed
//   message-id <...>
//   to <bob@blue.com>         one for each recipient who is not done; the next four belong to it
//   original <info@blue.com>
//   tried 2000000000
//   server mx.blue.com
//   reply 450 4.2.0 Try again later
//   end
//   done <bob@blue.com>
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/store/message_queue.h"

namespace mailcosm::sim {

std::string write_queue_envelope(const QueuedMessage& message);
// The line to add to the file when a recipient is done.
void append_done(const mail::Address& recipient, std::string& output);

struct ReadQueueEnvelope {
  QueuedMessage message;  // without id and content, and without recipients who are done
  std::uint64_t size = 0;
  std::uint64_t digest = 0;
  // There is something behind the end, maybe torn: nothing may be added before the file is written
  // anew.
  bool has_more = false;
};
// Nothing for a file that is not whole, or when everybody is done. A torn line behind the end does
// not count.
std::optional<ReadQueueEnvelope> read_queue_envelope(std::string_view text);

}  // namespace mailcosm::sim
