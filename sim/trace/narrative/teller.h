// Teller: gives each record to the block it belongs to, and tells blocks when they are over.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "sim/trace/narrative/block.h"
#include "sim/trace/narrative/event_block.h"
#include "sim/trace/narrative/route_block.h"
#include "sim/trace/narrative/session_block.h"
#include "sim/trace/narrative/story_reader.h"

namespace mailcosm::sim::narrative {

class Teller {
 public:
  // The reader must outlive it.
  Teller(StoryReader& reader, const TraceHeader& header, const NarrativeOptions& options);

  void accept(const Record& record);
  bool finish();

 private:
  // A session whose beginning was told while it was still open.
  struct Told {
    HostIndex host = kWorld;
    std::string protocol, peer, user, device;
  };

  void started(const Record& record);
  void composed(const Record& record);
  void lookup_started(const Record& record);
  void lookup_answered(const Record& record);
  void name_system(const Record& record);
  void session_opened(const Record& record);
  void dialogue(const Record& record);
  bool first_sight(const Record& record, const Block& block);
  void note(const Record& record);
  void fact(const Record& record);
  void remember(const Record& record);
  void learn_person(const Record& record);
  void pause_sessions(Instant now);
  void keep_told(const SessionBlock& session);
  void ended(const Record& record);
  void add_event(const Record& record, Outcome event);
  // Whether the sentence of a fault that began or ended just now says the same.
  bool is_told_by_fault(const Record& record) const;
  void fault(const Record& record);
  void tell_fault_end();

  Block* block_of_connection(const Record& record);
  Block* block_of_causes(const Record& record) const;
  Block* block_of_fact(const Record& record);
  SessionBlock* submitted_along(const Record& record) const;
  Block* block_of_host(const Record& record) const;
  RouteBlock* open_route(HostIndex host) const;
  SessionBlock* prelude(const Record& record, bool submission) const;
  SessionBlock& new_session(HostIndex host, Instant begin);
  // For what the record begins: behind the submission that led to it on the same host, or at the
  // end.
  SessionBlock& new_session_after(const Record& record);
  void own(Block& block, const Record& record);

  // Tells from the front what is over, or has been quiet for long while others wait.
  void release(Instant now);
  void tell_front();

  const NarrativeOptions options_;
  WallTime epoch_;
  Names names_;
  Memory memory_;
  StoryReader& reader_;
  std::deque<std::unique_ptr<Block>> blocks_;  // in order of their beginning
  std::map<ConnectionId, SessionBlock*> by_connection_;
  std::map<ConnectionId, Told> told_;
  // User and device that hosts spoke of last.
  std::map<HostIndex, std::pair<std::string, std::string>> persons_;
  std::unordered_map<std::uint64_t, Block*> by_record_;
  Instant last_;                           // when something happened last
  Instant faulted_ = Instant::never();     // when a fault began or ended last
  std::string fault_;                      // its sentence
  std::unique_ptr<EventBlock> fault_end_;  // not told yet
  std::uint64_t steps_ = 0;
  std::string joinable_;  // key of the step told last
  Instant joinable_until_;
  int joined_ = 0;  // steps told as a part of the one before, in a row
};

}  // namespace mailcosm::sim::narrative
