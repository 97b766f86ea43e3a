// Sequence: a run as a sequence diagram: lanes are hosts, arrows are what goes from one to another.
// All writers of sequence diagrams draw this.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/narrative/names.h"
#include "sim/trace/owned_record.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim::view {

struct SequenceItem {
  enum class Sort : std::uint8_t {
    kArrow,   // from one host to another, or to itself
    kNote,    // what a host does with it
    kBanner,  // what the scenario does; concerns all lanes
  };
  Sort sort = Sort::kArrow;
  HostIndex from = kWorld;  // of a note: the host
  HostIndex to = kWorld;
  Instant sent;
  Instant received = Instant::never();  // never: it did not arrive, as far as the records go
  bool answer = false;                  // from the server to the client
  bool failure = false;
  std::string text;  // without control characters; not yet escaped for any format
  RecordId id;
};

struct SequenceOptions {
  // Story: hand-overs of mail. Protocol: lines and DNS messages. Packet: packets instead of these.
  Layer depth = Layer::kProtocol;
  std::size_t items_max = 2000;   // what comes later is counted only
  std::size_t columns_max = 120;  // of a text
};

struct Sequence {
  std::string title;
  std::vector<std::string> names;  // of all hosts, in header order
  std::vector<HostIndex> lanes;    // in the order in which they first occur
  std::vector<SequenceItem> items;
  std::uint64_t left_out = 0;  // items

  // Place among the lanes. REQUIRES: an item names the host.
  std::size_t lane_of(HostIndex host) const;
};

class SequenceReader final : public RecordSink {
 public:
  explicit SequenceReader(const TraceHeader& header, const SequenceOptions& options = {});

  void accept(const Record& record) override;
  // Call once, after the last record.
  Sequence take();

 private:
  struct Conversation {
    HostIndex client = kWorld;
    HostIndex server = kWorld;
    // Places of arrows under way, by the side that sent them.
    std::deque<std::size_t> from_client, from_server;
  };

  void dialogue(const Record& record);
  void opened(const Record& record);
  void sent(const Record& record, std::string text);
  void received(const Record& record);
  void dns(const Record& record);
  void packet(const Record& record);
  bool hand_over(const Record& record);
  void sentence(const Record& record);

  HostIndex host_at(std::string_view endpoint) const;
  HostIndex host_named(std::string_view name) const;
  std::string shown(std::string_view text) const;
  void add_lane(HostIndex host);
  // Nothing if there are enough already.
  std::optional<std::size_t> add(SequenceItem item);

  SequenceOptions options_;
  narrative::Names names_;
  std::map<std::string, HostIndex, std::less<>> by_name_, by_address_;
  std::map<ConnectionId, Conversation> conversations_;
  std::map<RecordId, std::size_t> under_way_;  // DNS messages and packets, by the record that sent
  std::map<HostIndex, HostIndex> asked_;       // the server a client asked for mail last
  Sequence sequence_;
};

// The diagram of some records.
Sequence sequence_of(const TraceHeader& header, std::span<const OwnedRecord> records,
                     const SequenceOptions& options = {});

}  // namespace mailcosm::sim::view
