#include "protocols/dns/resolver.h"

#include <algorithm>

#include "protocols/base/check.h"
#include "protocols/dns/resolver_state.h"

namespace mailcosm::dns {

Resolver::State::State(Settings settings, Random random)
    : settings_(std::move(settings)),
      random_(random),
      cache_(settings_.cache),
      glue_(settings_.cache),
      book_({settings_.timeout_first, settings_.timeout_min, settings_.timeout_max,
             settings_.lame_ttl}) {}

Resolver::LookupId Resolver::State::resolve(const Question& question, Instant now) {
  now_ = now;
  const LookupId lookup = next_id_++;
  if (lookups_.size() >= settings_.lookups_max) {
    auto refused = std::make_shared<std::pair<Question, Answer>>(question, Answer());
    refused->second.reason = "too many look-ups at once";
    events_.emplace_back(AnsweredEvent{lookup, std::move(refused)});
    return lookup;
  }
  Task* task = task_of(question);
  if (task == nullptr)
    task = &open_task(question, 0, std::make_shared<int>(settings_.queries_max), now);
  task->lookups.push_back(lookup);
  lookups_.emplace(lookup, task->id);
  return lookup;
}

void Resolver::State::cancel(LookupId lookup, Instant now) {
  now_ = now;
  const auto found = lookups_.find(lookup);
  if (found == lookups_.end()) return;
  Task& task = tasks_.at(found->second);
  lookups_.erase(found);
  task.lookups.erase(std::find(task.lookups.begin(), task.lookups.end(), lookup));
  if (task.lookups.empty() && task.parents.empty()) remove(task);
  run(now);
}

Resolver::State::Task* Resolver::State::task_of(const Question& question) {
  const auto found = task_by_question_.find({question.name, {question.type, question.rclass}});
  return found == task_by_question_.end() ? nullptr : &tasks_.at(found->second);
}

Resolver::State::Task& Resolver::State::open_task(const Question& question, int depth,
                                                  std::shared_ptr<int> budget, Instant now) {
  const TaskId id = next_id_++;
  Task& task = tasks_[id];
  task.id = id;
  task.question = question;
  task.name = question.name;
  task.depth = depth;
  task.queries_left = std::move(budget);
  task.give_up = now + settings_.lookup_max;
  task_deadlines_.emplace(task.give_up, id);
  const auto [by_question, is_new] =
      task_by_question_.emplace(QuestionKey{question.name, {question.type, question.rclass}}, id);
  CHECK(is_new);
  task.by_question = by_question;
  wake(id);
  return task;
}

// Tells all who wait, and forgets the task.
void Resolver::State::finish(Task& task, Answer answer) {
  if (answer.rcode == Rcode::kServFail && task.asked_anything) {
    if (failures_.size() >= settings_.lookups_max) failures_.clear();
    failures_[{task.question.name, {task.question.type, task.question.rclass}}] =
        now_ + settings_.failure_ttl;
  }
  answer.from_cache = !task.asked_anything;
  auto result =
      std::make_shared<std::pair<Question, Answer>>(std::move(task.question), std::move(answer));
  for (LookupId lookup : task.lookups) {
    lookups_.erase(lookup);
    events_.emplace_back(AnsweredEvent{lookup, result});
  }
  task.lookups.clear();
  for (TaskId parent_id : task.parents) {
    Task& parent = tasks_.at(parent_id);
    parent.children.erase(task.id);
    take_addresses(parent, result->first, result->second);
    wake(parent_id);
  }
  task.parents.clear();
  remove(task);
}

void Resolver::State::give_up(Task& task, std::string_view reason) {
  Answer answer;
  answer.reason = reason;
  finish(task, std::move(answer));
}

// REQUIRES: nobody waits for it.
void Resolver::State::remove(Task& task) {
  end_query(task);
  for (TaskId child : std::set<TaskId>(task.children)) release(tasks_.at(child), task.id);
  task_deadlines_.erase({task.give_up, task.id});
  task_by_question_.erase(task.by_question);
  tasks_.erase(task.id);
}

void Resolver::State::release(Task& child, TaskId parent) {
  child.parents.erase(parent);
  if (child.parents.empty() && child.lookups.empty()) remove(child);
}

void Resolver::State::run(Instant now) {
  now_ = now;
  while (!ready_.empty()) {
    const auto found = tasks_.find(ready_.front());
    ready_.pop_front();
    if (found != tasks_.end()) advance(found->second, now);
  }
}

void Resolver::State::expire(Instant now) {
  now_ = now;
  while (!query_deadlines_.empty() && query_deadlines_.begin()->first <= now) {
    after_timeout(query_deadlines_.begin()->second, now);
  }
  while (!task_deadlines_.empty() && task_deadlines_.begin()->first <= now) {
    give_up(tasks_.at(task_deadlines_.begin()->second), "it took too long");
  }
  run(now);
}

Instant Resolver::State::deadline() const {
  Instant earliest = Instant::never();
  if (!query_deadlines_.empty()) earliest = query_deadlines_.begin()->first;
  if (!task_deadlines_.empty()) earliest = std::min(earliest, task_deadlines_.begin()->first);
  return earliest;
}

void Resolver::State::flush() {
  cache_.clear();
  glue_.clear();
  book_.forget();
  failures_.clear();
}

Resolver::Event Resolver::State::next(Instant now) {
  run(now);
  if (events_.empty()) return std::monostate();
  current_ = std::move(events_.front());
  events_.pop_front();
  if (const auto* e = std::get_if<SendEvent>(&current_))
    return QueryToSend{e->query, e->server, e->transport, e->bytes};
  if (const auto* e = std::get_if<QueryEnded>(&current_)) return *e;
  if (const auto* e = std::get_if<StoredEvent>(&current_)) return CacheStored{*e->entry};
  if (const auto* e = std::get_if<HitEvent>(&current_))
    return CacheHit{e->lookup, *e->entry, e->ttl};
  const AnsweredEvent& e = std::get<AnsweredEvent>(current_);
  return Answered{e.lookup, e.result->first, e.result->second};
}

Resolver::Resolver(Settings settings, Random random)
    : state_(std::make_unique<State>(std::move(settings), random)) {}
Resolver::~Resolver() = default;
Resolver::Resolver(Resolver&&) noexcept = default;
Resolver& Resolver::operator=(Resolver&&) noexcept = default;

Resolver::LookupId Resolver::resolve(const Question& question, Instant now) {
  return state_->resolve(question, now);
}
void Resolver::cancel(LookupId lookup, Instant now) { state_->cancel(lookup, now); }
void Resolver::receive_datagram(QueryId query, const Endpoint& from, std::string_view bytes,
                                Instant now) {
  state_->receive(query, &from, bytes, now);
}
void Resolver::receive_message(QueryId query, std::string_view bytes, Instant now) {
  state_->receive(query, nullptr, bytes, now);
}
void Resolver::fail(QueryId query, Instant now) { state_->fail(query, now); }
Resolver::Event Resolver::next(Instant now) { return state_->next(now); }
void Resolver::expire(Instant now) { state_->expire(now); }
Instant Resolver::deadline() const { return state_->deadline(); }
const Cache& Resolver::cache() const { return state_->cache(); }
void Resolver::flush_cache() { state_->flush(); }
std::size_t Resolver::lookups_open() const { return state_->lookups_open(); }

}  // namespace mailcosm::dns
