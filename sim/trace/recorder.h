// Recorder and HostTrace: where records are made, numbered, digested and handed to the sinks.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "sim/trace/record.h"

namespace mailcosm::sim {

// One for the world. Owns the counters and digests of every host, not the sinks.
class Recorder {
 public:
  explicit Recorder(std::size_t hosts);
  // The recorder of a part of the hosts of `whole`, which owns their counters and digests and must
  // outlive it. It has a clock of its own, and the sinks, depth and kinds of `whole`. Parts may
  // record at the same time, each for its own hosts.
  explicit Recorder(Recorder& whole);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // Records of deeper layers are numbered but neither made nor digested. Default: no layer at all.
  void set_depth(Layer deepest) { depth_ = static_cast<int>(deepest); }
  bool wants(Layer layer) const { return static_cast<int>(layer) <= depth_; }
  // Records of this kind are made too, though their layer may be deeper: a capture needs the
  // packets that were sent, and nothing else of what happens to them.
  void add_kind(Kind kind) { more_.set(static_cast<std::size_t>(kind)); }
  bool has_more_kinds() const { return more_.any(); }
  bool wants(Kind kind) const {
    return wants(info_of(kind).layer) || more_.test(static_cast<std::size_t>(kind));
  }
  // The sink must outlive the run.
  void add_sink(RecordSink& sink) { sinks_.push_back(&sink); }
  // Of a part, which takes over depth, kinds and sinks of the whole as they are now: records go
  // here and not to these sinks, until it is called with null.
  void hold_back_in(RecordSink* buffer);
  // Hands a record that was held back to the sinks.
  void hand_on(const Record& record) const {
    for (RecordSink* sink : sinks_) sink->accept(record);
  }

  void set_time(Instant now) { now_ = now; }
  RecordId emit(HostIndex host, Kind kind, std::span<const RecordId> causes, const Subject& subject,
                std::initializer_list<Value> values);

  // Running digest of all records of one host, and of the whole run. kWorld is a host of its own
  // here.
  std::uint64_t digest(HostIndex host) const;
  std::uint64_t digest() const;

 private:
  struct HostState {
    std::array<std::uint64_t, kLayers> counts{};
    std::uint64_t digest = 0;
  };
  std::size_t slot_of(HostIndex host) const { return host == kWorld ? host_count_ : host; }

  std::vector<HostState> own_hosts_;  // the last is the world; empty in the recorder of a part
  HostState* hosts_;                  // those, or those of the whole
  std::size_t host_count_;            // without the world
  Recorder* whole_ = nullptr;
  std::vector<RecordSink*> sinks_;
  Instant now_;
  int depth_ = -1;
  std::bitset<kKinds> more_;  // kinds that were added
};

// The trace as one host sees it. It carries the current cause: the record that led to what is
// running now. Runtime sets it before each handler (to the record that sent the bytes or armed the
// timer), so that causality needs no effort; an agent narrows it with set_cause() after emitting a
// record that explains what follows.
class HostTrace {
 public:
  HostTrace(Recorder& recorder, HostIndex host) : recorder_(&recorder), host_(host) {}

  bool wants(Kind kind) const { return recorder_->wants(kind); }

  // REQUIRES: as many values as the kind has fields. Gives the id, also when the layer is off.
  RecordId emit(Kind kind, std::initializer_list<Value> values, const Subject& subject = {});
  // The same with causes besides the current one.
  RecordId emit_with_causes(Kind kind, std::span<const RecordId> causes,
                            std::initializer_list<Value> values, const Subject& subject = {});

  RecordId cause() const { return cause_; }
  void set_cause(RecordId cause) {
    cause_ = cause;
    also_ = {};
  }
  // A second cause, until the cause is set again: the fault behind a failure.
  void add_cause(RecordId also) { also_ = also; }
  HostIndex host() const { return host_; }

 private:
  Recorder* recorder_;
  HostIndex host_;
  RecordId cause_;
  RecordId also_;
};

}  // namespace mailcosm::sim
