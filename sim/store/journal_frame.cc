#include "sim/store/journal_frame.h"

#include "protocols/base/bytes.h"
#include "protocols/base/hash.h"

namespace mailcosm::sim {
namespace {

std::uint32_t hash_of(std::string_view payload) {
  return static_cast<std::uint32_t>(hash64(payload));
}

}  // namespace

void append_frame(std::string_view payload, std::string& output) {
  ByteWriter writer(output);
  writer.u32(static_cast<std::uint32_t>(payload.size()));
  writer.u32(hash_of(payload));
  writer.append(payload);
}

bool FrameReader::next(std::string_view& payload) {
  ByteReader reader(journal_);
  const std::uint32_t length = reader.u32();
  const std::uint32_t hash = reader.u32();
  const std::string_view found = reader.take(length);
  if (reader.failed() || hash_of(found) != hash) return false;
  journal_.remove_prefix(reader.offset());
  payload = found;
  return true;
}

}  // namespace mailcosm::sim
