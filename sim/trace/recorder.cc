#include "sim/trace/recorder.h"

#include <array>

#include "protocols/base/check.h"
#include "protocols/base/hash.h"
#include "sim/trace/digest_chain.h"

namespace mailcosm::sim {

Recorder::Recorder(std::size_t hosts)
    : own_hosts_(hosts + 1), hosts_(own_hosts_.data()), host_count_(hosts) {}

Recorder::Recorder(Recorder& whole)
    : hosts_(whole.hosts_),
      host_count_(whole.host_count_),
      whole_(&whole),
      sinks_(whole.sinks_),
      depth_(whole.depth_),
      more_(whole.more_) {}

void Recorder::hold_back_in(RecordSink* buffer) {
  CHECK(whole_ != nullptr);
  depth_ = whole_->depth_;
  more_ = whole_->more_;
  sinks_ = whole_->sinks_;
  if (buffer != nullptr && !sinks_.empty()) sinks_ = {buffer};
}

RecordId Recorder::emit(HostIndex host, Kind kind, std::span<const RecordId> causes,
                        const Subject& subject, std::initializer_list<Value> values) {
  const KindInfo& info = info_of(kind);
  HostState& state = hosts_[slot_of(host)];
  const RecordId id(host, info.layer, ++state.counts[static_cast<std::size_t>(info.layer)]);
  if (!wants(kind)) return id;
  CHECK(values.size() == info.fields.size());
  Record record{id, now_, host, kind, causes, subject, {values.begin(), values.size()}};
  record.digest = content_digest(record);
  state.digest = chain_digest(state.digest, record.digest);
  hand_on(record);
  return id;
}

std::uint64_t Recorder::digest(HostIndex host) const { return hosts_[slot_of(host)].digest; }

std::uint64_t Recorder::digest() const {
  Hash64 hash;
  for (std::size_t i = 0; i <= host_count_; ++i) hash.add(hosts_[i].digest);
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
