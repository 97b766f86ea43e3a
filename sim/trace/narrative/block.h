// Block: what belongs together in the narrative and is told at once: a session with all that led to
// it, or a route through the DNS. Blocks are told in the order in which they began.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/narrative/names.h"
#include "sim/trace/narrative/narrative.h"
#include "sim/trace/narrative/step.h"
#include "sim/trace/record.h"

namespace mailcosm::sim::narrative {

// What all blocks look up. Bounded: when it is full, half of it is forgotten.
class Memory {
 public:
  struct Choice {
    std::string domain;
    std::int64_t preference = -1;
    bool best = false;
  };

  // An MTA has chosen a mail server.
  void chosen(HostIndex mta, std::string_view server, Choice choice);
  const Choice* choice(HostIndex mta, std::string_view server) const;
  // A message has come to a host by this protocol.
  void arrived(HostIndex host, std::string_view message, std::string_view protocol);
  // Empty if it has not.
  std::string_view arrival(HostIndex host, std::string_view message) const;
  // Whether the content of this message is shown for the first time.
  bool first_sight(std::string_view message);

 private:
  static constexpr std::size_t kEntriesMax = 8192;
  using Key = std::pair<HostIndex, std::string>;

  std::map<Key, Choice> choices_;
  std::map<Key, std::string> arrivals_;
  std::map<std::string, bool, std::less<>> seen_;
};

class Block {
 public:
  Block(HostIndex host, Instant begin) : host_(host), begin_(begin), last_(begin) {}
  virtual ~Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  // Its steps so far. Called once.
  virtual std::vector<Step> tell(const Names& names, const Memory& memory) = 0;
  // An outcome that concerns it.
  virtual void add(const Record& record, Outcome outcome) = 0;

  HostIndex host() const { return host_; }
  Instant begin() const { return begin_; }
  Instant last() const { return last_; }
  bool closed() const { return closed_; }
  void close() { closed_ = true; }
  void touch(Instant now) { last_ = now; }

  const std::string& message() const { return message_; }
  void set_message(std::string_view message) {
    if (message_.empty()) message_ = message;
  }

  // What its host does because of it and is told right behind it, as a part of its last step. A
  // block with a follow-up is not over before that is. The follow-up must live longer.
  void set_follow_up(Block& block) {
    follow_up_ = &block;
    block.follows_up_ = true;
  }
  const Block* follow_up() const { return follow_up_; }
  bool follows_up() const { return follows_up_; }

  // Look-ups of this block without an answer yet.
  struct Lookup {
    HostIndex host = kWorld;
    std::string name, type;
    friend bool operator==(const Lookup&, const Lookup&) = default;
  };
  std::vector<Lookup>& lookups() { return lookups_; }

  // Ids of the records that belong to it, so that they can be forgotten with it.
  std::vector<std::uint64_t>& records() { return records_; }

 private:
  HostIndex host_;
  Instant begin_, last_;
  bool closed_ = false;
  bool follows_up_ = false;
  Block* follow_up_ = nullptr;
  std::string message_;
  std::vector<Lookup> lookups_;
  std::vector<std::uint64_t> records_;
};

}  // namespace mailcosm::sim::narrative
