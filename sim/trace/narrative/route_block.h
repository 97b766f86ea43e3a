// RouteBlock: how an MTA finds out where to deliver: its look-ups, the walk of its resolver through
// the DNS, and what the resolver remembers of it. Ends when a server is chosen.
#pragma once

#include "sim/trace/narrative/block.h"

namespace mailcosm::sim::narrative {

class RouteBlock final : public Block {
 public:
  RouteBlock(HostIndex host, Instant begin, const NarrativeOptions& options);

  void lookup_started(const Record& record);
  // A DNS message or cache record that belongs to it.
  void dns(const Record& record, const Names& names);
  void lookup_answered(const Record& record, const Names& names);

  void add(const Record& record, Outcome outcome) override;
  std::vector<Step> tell(const Names& names, const Memory& memory) override;

 private:
  void message(const Record& record, const Names& names);
  void learn_zone(std::string_view server, std::string_view answer);
  std::vector<std::string> servers_with_zones() const;
  void cache(const Record& record, const Names& names);

  const NarrativeOptions& options_;
  Step walk_, memory_;
  bool from_memory_ = false;
  bool stored_ = false;
  std::string name_, type_, resolver_;
  std::vector<std::string> servers_;  // asked by the resolver, in order
  std::map<std::string, std::string, std::less<>>
      zones_;                // what they answer for, as far as it shows
  std::string referred_to_;  // zone of the last referral
};

}  // namespace mailcosm::sim::narrative
