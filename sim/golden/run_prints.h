// RunPrints: the fingerprints of a run, host by host, as its records come.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "protocols/base/hash.h"
#include "sim/golden/fingerprint.h"
#include "sim/golden/golden.h"
#include "sim/golden/stable_text.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

class RunPrints {
 public:
  // Both must outlive it.
  RunPrints(const TraceHeader& header, StableText& stable);

  // Records of the story and protocol layers. Learns the names of messages and queue ids.
  void add(const Record& record);
  void add_totals(std::uint64_t packets, std::uint64_t link_draws);
  // Ends all dialogues that are open.
  void finish();

  Fingerprints layers() const;
  // In order of name.
  std::vector<HostPrint> hosts() const;

 private:
  // One direction of a dialogue as one host sees it.
  struct Flow {
    Hash64 lines;
    Hash64 contents;
    std::string partial;  // a line of content without its end
  };
  struct FlowKey {
    HostIndex host = kWorld;
    ConnectionId connection;
    bool sent = false;
    friend auto operator<=>(const FlowKey&, const FlowKey&) = default;
  };
  // Content of a message is taken apart in lines of at most this many octets.
  static constexpr std::size_t kContentLineMax = 65'536;

  Fingerprint& at(HostIndex host, GoldenLayer layer);
  void add(HostIndex host, GoldenLayer layer, const Hash64& hash, std::uint64_t count = 1);
  void learn(const Record& record);
  void add_outcome(const Record& record);
  void add_dialogue(const Record& record);
  void add_content(Flow& flow, std::string_view bytes);
  void add_times(const Record& record);
  void add_draws(const Record& record);
  void close(HostIndex host, ConnectionId connection);
  void settle(const FlowKey& key, Flow& flow);
  std::string_view name_of(HostIndex host) const { return header_.name_of(host); }

  const TraceHeader& header_;
  StableText& stable_;
  std::vector<Fingerprints> hosts_;  // the last is the world
  std::map<FlowKey, Flow> flows_;
  std::uint64_t lesson_points_ = 0;  // so far
};

}  // namespace mailcosm::sim
