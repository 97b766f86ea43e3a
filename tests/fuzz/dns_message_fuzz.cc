// Any octets as a DNS message: what parses is written and read again the same, the text forms never
// fail, and the reader agrees with the message.
#include <cstdint>
#include <cstdlib>

#include "protocols/dns/framing.h"
#include "protocols/dns/message.h"
#include "protocols/dns/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailcosm::dns;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Query query;
  (void)read_query(bytes, query);
  StreamFramer framer;
  framer.receive(bytes);
  while (framer.next()) {
  }
  const auto message = Message::parse(bytes);
  (void)summary_of(bytes);
  if (!message) return 0;
  (void)message->to_text();
  std::string written;
  message->write(written);
  const auto again = Message::parse(written);
  if (!again) std::abort();
  // Names in data that may be compressed in neither direction can make the whole longer than a
  // message may be.
  if (again->header.truncated != message->header.truncated) return 0;
  const bool same = again->questions == message->questions && again->answers == message->answers &&
                    again->authorities == message->authorities && again->edns == message->edns &&
                    again->header == message->header;
  if (!same) std::abort();
  std::string small;
  message->write(small, 600);
  if (small.size() > 600 || !Message::parse(small)) std::abort();
  return 0;
}
