#include "sim/trace/digest_chain.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/hash.h"

namespace mailcosm::sim {

std::uint64_t content_digest(const Record& record) {
  FoldHash hash(0);
  hash.add(record.id.bits(), static_cast<std::uint64_t>(record.time.ns));
  const bool has_message = !record.subject.message.empty();
  hash.add(static_cast<std::uint64_t>(record.kind) << 32 | record.causes.size() << 1 |
               (has_message ? 1u : 0u),
           record.subject.connection.bits);
  for (RecordId cause : record.causes) hash.add(cause.bits());
  if (has_message) hash.add(record.subject.message);
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Value& value = record.values[i];
    if (fields[i].type == FieldType::kText || fields[i].type == FieldType::kBytes) {
      hash.add(value.text);
    } else {
      hash.add(static_cast<std::uint64_t>(value.number));
    }
  }
  return hash.value();
}

std::string digest_text(std::uint64_t digest) { return fmt::format("{:016x}", digest); }

void DigestChain::add(const Record& record) {
  const std::size_t slot = slot_of(record.host);
  Host& host = hosts_[slot];
  host.digest = chain_digest(host.digest, record.digest);
  if (!host.has_changed) {
    host.has_changed = true;
    changed_slots_.push_back(slot);
  }
  ++records_;
}

std::uint64_t DigestChain::digest() const {
  Hash64 hash;
  for (const Host& host : hosts_) hash.add(host.digest);
  return hash.value();
}

std::span<const HostIndex> DigestChain::take_changed() {
  std::sort(changed_slots_.begin(), changed_slots_.end());
  taken_.clear();
  for (std::size_t slot : changed_slots_) {
    hosts_[slot].has_changed = false;
    taken_.push_back(slot == hosts() ? kWorld : static_cast<HostIndex>(slot));
  }
  changed_slots_.clear();
  return taken_;
}

}  // namespace mailcosm::sim
