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

  // What was asked of whom and what came of it, without times: two routes with the same way differ
  // in nothing that would be worth telling again.
  const std::string& way() const { return way_; }
  // The same way has been told before: only what is new will be.
  void set_repeated() { repeated_ = true; }

 private:
  void message(const Record& record, const Names& names);
  void learn_zone(std::string_view server, std::string_view answer);
  std::vector<std::string> servers_with_zones() const;
  void cache(const Record& record, const Names& names);
  Step tell_again(std::string_view asker, std::string_view what, std::string_view resolver);

  const NarrativeOptions& options_;
  Step walk_, memory_;
  std::string way_;
  std::vector<std::string> answers_;  // outcomes that are a part of the way
  bool repeated_ = false;
  bool from_memory_ = false;
  bool stored_ = false;
  std::string name_, type_, resolver_;
  std::vector<std::string> servers_;  // asked by the resolver, in order
  std::map<std::string, std::string, std::less<>>
      zones_;                // what they answer for, as far as it shows
  std::string referred_to_;  // zone of the last referral
};

}  // namespace mailcosm::sim::narrative
