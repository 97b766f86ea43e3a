#include "sim/trace/recorder.h"

#include <array>

#include "protocols/base/check.h"
#include "protocols/base/hash.h"
#include "sim/trace/digest_chain.h"

namespace mailcosm::sim {
Recorder::Recorder(std::size_t hosts) : hosts_(hosts + 1) {}

RecordId Recorder::emit(HostIndex host, Kind kind, std::span<const RecordId> causes,
                        const Subject& subject, std::initializer_list<Value> values) {
  const KindInfo& info = info_of(kind);
  HostState& state = state_of(host);
  const RecordId id(host, info.layer, ++state.counts[static_cast<std::size_t>(info.layer)]);
  if (!wants(info.layer)) return id;
  CHECK(values.size() == info.fields.size());
  const Record record{id, now_, host, kind, causes, subject, {values.begin(), values.size()}};
  state.digest = chain_digest(record, state.digest);
  ++records_;
  for (RecordSink* sink : sinks_) sink->accept(record);
  return id;
}

std::uint64_t Recorder::digest(HostIndex host) const {
  return hosts_[host == kWorld ? hosts_.size() - 1 : host].digest;
}

std::uint64_t Recorder::digest() const {
  Hash64 hash;
  for (const HostState& state : hosts_) hash.add(state.digest);
  return hash.value();
}

RecordId HostTrace::emit(Kind kind, std::initializer_list<Value> values, const Subject& subject) {
  std::array<RecordId, 2> causes;
  std::size_t count = 0;
  if (!cause_.is_none()) causes[count++] = cause_;
  if (!also_.is_none()) causes[count++] = also_;
  return recorder_->emit(host_, kind, {causes.data(), count}, subject, values);
}

RecordId HostTrace::emit_with_causes(Kind kind, std::span<const RecordId> causes,
                                     std::initializer_list<Value> values, const Subject& subject) {
  return recorder_->emit(host_, kind, causes, subject, values);
}

}  // namespace mailcosm::sim
