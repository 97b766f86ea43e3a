// The inside of Resolver. Its work is split by subject: resolver.cc opens and ends look-ups,
// resolver_work.cc decides the next step of one, resolver_query.cc sends queries and judges
// replies.
//
// A *task* works on one question; client look-ups and other tasks (those that need the address of a
// name server) wait for it. Tasks that can go on stand in a list and are run one after another,
// never one inside another.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protocols/dns/reply.h"
#include "protocols/dns/resolver.h"
#include "protocols/dns/server_book.h"

namespace mailcosm::dns {

class Resolver::State {
 public:
  State(Settings settings, Random random);

  LookupId resolve(const Question& question, Instant now);
  void cancel(LookupId lookup, Instant now);
  void receive(QueryId query, const Endpoint* from, std::string_view bytes, Instant now);
  void fail(QueryId query, Instant now);
  void expire(Instant now);
  Instant deadline() const;
  Event next(Instant now);

  const Cache& cache() const { return cache_; }
  void flush();
  std::size_t lookups_open() const { return lookups_.size(); }

 private:
  using TaskId = std::uint64_t;
  using QuestionKey = std::pair<Name, std::pair<Type, Class>>;
  using TaskByQuestion = std::map<QuestionKey, TaskId>;

  struct NameServer {
    Name name;
    bool resolving = false;  // asked for, or given up
  };
  struct Address {
    IpAddress address;
    int tries = 0;
    bool useless = false;  // for this task
  };
  // The zone whose servers are being asked.
  struct Delegation {
    Name zone;
    std::vector<NameServer> servers;
    std::vector<Address> addresses;
    int servers_resolved = 0;
    bool glue_tried = false;
  };
  struct Task {
    TaskId id = 0;
    Question question;
    TaskByQuestion::iterator by_question;
    Name name;  // where the CNAME chain has led
    std::vector<Record> chain;
    int aliases = 0;
    int referrals = 0;
    int depth = 0;
    bool asked_anything = false;
    std::shared_ptr<int> queries_left;  // shared with the tasks it has opened
    std::optional<Delegation> delegation;
    std::set<IpAddress> exhausted;   // servers of those that gave nothing
    std::vector<Name> failed_zones;  // cuts whose servers are exhausted: start above them
    Instant give_up;
    QueryId query = 0;          // in flight, or 0
    std::set<TaskId> children;  // tasks it waits for
    std::set<TaskId> parents;   // tasks that wait for it
    std::vector<LookupId> lookups;
  };
  struct Query {
    TaskId task = 0;
    IpAddress server;
    Transport transport = Transport::kUdp;
    std::uint16_t id = 0;
    bool with_edns = false;
    Question question;
    Name zone;
    Instant sent;
    Instant expires;
  };
  // Events as they wait, owning what the public ones only refer to.
  struct SendEvent {
    QueryId query = 0;
    Endpoint server;
    Transport transport = Transport::kUdp;
    std::string bytes;
  };
  struct StoredEvent {
    std::shared_ptr<const Cache::Entry> entry;
  };
  struct HitEvent {
    LookupId lookup = 0;
    std::shared_ptr<const Cache::Entry> entry;
    std::uint32_t ttl = 0;
  };
  struct AnsweredEvent {
    LookupId lookup = 0;
    std::shared_ptr<const std::pair<Question, Answer>> result;
  };
  using Waiting =
      std::variant<std::monostate, SendEvent, QueryEnded, StoredEvent, HitEvent, AnsweredEvent>;

  // resolver.cc
  Task& open_task(const Question& question, int depth, std::shared_ptr<int> budget, Instant now);
  Task* task_of(const Question& question);
  void finish(Task& task, Answer answer);
  void give_up(Task& task, std::string_view reason);
  void remove(Task& task);
  void release(Task& child, TaskId parent);
  void run(Instant now);
  void wake(TaskId task) { ready_.push_back(task); }

  // resolver_work.cc
  void advance(Task& task, Instant now);
  // Remembers what was tried and lets the next delegation be chosen above.
  void leave_zone(Task& task);
  // Of servers that a zone names again only new ones are worth asking.
  void skip_exhausted(Task& task) const;
  // True if referrals have told other addresses of the servers than those tried.
  bool try_glue(Task& task, Instant now);
  bool failed_lately(const Question& question) const;
  // True if the task has ended.
  bool answer_from_cache(Task& task, Instant now);
  void finish_negative(Task& task, Rcode rcode, const std::optional<Record>& soa);
  bool follow_alias(Task& task, std::vector<Record> chain, int aliases, const Name& target);
  void choose_delegation(Task& task, Instant now);
  bool usable_cut(const Task& task, NameView zone, const Cache::Entry& servers, Instant now) const;
  // False if the zone is none of the resolver's own.
  bool choose_local_zone(Task& task, NameView zone) const;
  Delegation delegation_from_hints() const;
  void fill_addresses(Delegation& delegation, const Cache& from, Instant now) const;
  void add_addresses(Delegation& delegation, const std::vector<std::string>& rdatas,
                     Type type) const;
  Address* choose_server(Task& task, Instant now);
  // True if the task waits for an address.
  bool resolve_servers(Task& task, Instant now);
  bool wait_for(Task& task, const Question& question, Instant now);
  bool depends_on(TaskId task, TaskId other) const;
  void take_addresses(Task& parent, const Question& question, const Answer& answer);
  bool usable(const IpAddress& address) const;

  // resolver_query.cc
  void send(Task& task, const IpAddress& server, Transport transport, bool with_edns, Instant now);
  void end_query(Task& task);
  void judge(Task& task, const Query& query, const MessageView& message, Instant now);
  void take_reply(Task& task, const Query& query, Reply reply, Instant now);
  void take_referral(Task& task, const Reply& reply, Instant now);

  void remember(const Reply& reply, const Question& asked, Instant now);
  void mark_useless(Task& task, const IpAddress& server);
  void after_timeout(QueryId id, Instant now);

  Settings settings_;
  Random random_;
  Cache cache_;
  // Addresses as referrals gave them, also when better data has replaced them in the cache: the
  // last resort when a child zone publishes wrong addresses of its own servers.
  Cache glue_;
  ServerBook book_;
  std::uint64_t next_id_ = 1;
  std::map<TaskId, Task> tasks_;
  TaskByQuestion task_by_question_;
  std::map<QuestionKey, Instant> failures_;  // until when (RFC 9520 section 3.2)
  Instant now_;                              // of the call that is being worked on
  std::map<LookupId, TaskId> lookups_;
  std::map<QueryId, Query> queries_;
  std::set<std::pair<Instant, QueryId>> query_deadlines_;
  std::set<std::pair<Instant, TaskId>> task_deadlines_;
  std::deque<TaskId> ready_;
  std::deque<Waiting> events_;
  Waiting current_;  // what the event given last refers to
};

}  // namespace mailcosm::dns
