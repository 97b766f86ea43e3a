#include <algorithm>
#include <iterator>
#include <utility>

#include "protocols/base/check.h"
#include "protocols/dns/resolver_state.h"

namespace mailcosm::dns {
namespace {

bool contains(const std::vector<Name>& names, NameView name) {
  return std::any_of(names.begin(), names.end(), [&](const Name& n) { return n.view() == name; });
}

}  // namespace

// One task goes as far as it can without waiting (the steps of RFC 1034 section 5.3.3).
void Resolver::State::advance(Task& task, Instant now) {
  if (task.query != 0) return;
  if (!task.asked_anything && failed_lately(task.question))
    return give_up(task, "it failed a moment ago");
  while (true) {
    if (answer_from_cache(task, now)) return;
    if (!task.delegation) {
      choose_delegation(task, now);
      if (!task.delegation) return give_up(task, "no server is known");
    }
    if (Address* server = choose_server(task, now)) {
      if (*task.queries_left == 0) return give_up(task, "too many queries");
      ++server->tries;
      const bool with_edns =
          settings_.edns_octets != 0 && server->tries <= 2 && !book_.lacks_edns(server->address);
      return send(task, server->address, Transport::kUdp, with_edns, now);
    }
    if (!task.children.empty() || resolve_servers(task, now)) return;
    if (try_glue(task, now)) continue;
    // The servers of this zone are exhausted. Perhaps its parent knows others than the cache did.
    const Name& zone = task.delegation->zone;
    if (zone.is_root() || contains(task.failed_zones, zone)) {
      return give_up(task, "no server gives an answer");
    }
    leave_zone(task);
  }
}

bool Resolver::State::failed_lately(const Question& question) const {
  const auto found = failures_.find({question.name, {question.type, question.rclass}});
  return found != failures_.end() && found->second > now_;
}

void Resolver::State::leave_zone(Task& task) {
  for (const Address& address : task.delegation->addresses) task.exhausted.insert(address.address);
  task.failed_zones.push_back(task.delegation->zone);
  task.delegation.reset();
}

void Resolver::State::skip_exhausted(Task& task) const {
  if (!contains(task.failed_zones, task.delegation->zone)) return;
  for (Address& address : task.delegation->addresses) {
    address.useless = address.useless || task.exhausted.count(address.address) != 0;
  }
}

bool Resolver::State::try_glue(Task& task, Instant now) {
  Delegation& delegation = *task.delegation;
  if (delegation.glue_tried) return false;
  delegation.glue_tried = true;
  const std::size_t known = delegation.addresses.size();
  fill_addresses(delegation, glue_, now);
  skip_exhausted(task);
  return delegation.addresses.size() > known;
}

bool Resolver::State::answer_from_cache(Task& task, Instant now) {
  // Once a server is being asked, its zone's data comes by reply.
  if (task.delegation) return false;
  const LookupId for_lookup = task.lookups.empty() ? 0 : task.lookups.front();
  while (true) {
    std::shared_ptr<const Cache::Entry> entry;
    if (task.question.type != Type::kAny) entry = cache_.share(task.name, task.question.type, now);
    // RFC 2181 section 5.4.1: glue and authority data is never an answer.
    if (entry != nullptr && entry->kind == Cache::Kind::kRecords &&
        entry->credibility < Credibility::kAnswer) {
      entry = nullptr;
    }
    bool alias = false;
    if (entry == nullptr && task.question.type != Type::kAny) {
      entry = cache_.share(task.name, Type::kCname, now);
      alias = entry != nullptr && entry->kind == Cache::Kind::kRecords;
      if (!alias) entry = nullptr;
    }
    if (entry == nullptr) return false;
    const std::uint32_t ttl = entry->ttl_at(now);
    events_.emplace_back(HitEvent{for_lookup, entry, ttl});
    std::vector<Record> records = entry->set.records();
    for (Record& record : records) record.ttl = ttl;
    if (alias) {
      const Name target(NameView::from_wire_unchecked(entry->set.rdatas[0]));
      if (!follow_alias(task, std::move(records), 1, target)) return true;
      continue;
    }
    if (entry->kind != Cache::Kind::kRecords) {
      std::optional<Record> soa = entry->soa;
      if (soa) soa->ttl = ttl;
      finish_negative(
          task, entry->kind == Cache::Kind::kNoName ? Rcode::kNxDomain : Rcode::kNoError, soa);
      return true;
    }
    Answer answer;
    answer.rcode = Rcode::kNoError;
    answer.answers = std::move(task.chain);
    std::move(records.begin(), records.end(), std::back_inserter(answer.answers));
    finish(task, std::move(answer));
    return true;
  }
}

void Resolver::State::finish_negative(Task& task, Rcode rcode, const std::optional<Record>& soa) {
  Answer answer;
  answer.rcode = rcode;
  answer.answers = std::move(task.chain);
  if (soa) answer.authorities.push_back(*soa);
  finish(task, std::move(answer));
}

// False if the chain is too long or runs in a circle: the task has ended then.
bool Resolver::State::follow_alias(Task& task, std::vector<Record> chain, int aliases,
                                   const Name& target) {
  task.aliases += aliases;
  std::move(chain.begin(), chain.end(), std::back_inserter(task.chain));
  const bool circle = std::any_of(task.chain.begin(), task.chain.end(), [&](const Record& record) {
    return record.type == Type::kCname && record.owner == target;
  });
  if (circle || task.aliases > settings_.chain_max) {
    give_up(task, circle ? "the CNAME chain runs in a circle" : "the CNAME chain is too long");
    return false;
  }
  task.name = target;
  task.delegation.reset();
  task.failed_zones.clear();
  task.exhausted.clear();
  return true;
}

bool Resolver::State::usable(const IpAddress& address) const {
  return address.is_ipv4() ? settings_.use_ipv4 : settings_.use_ipv6;
}

// The deepest cut above the name that can be used; the hints at the root.
void Resolver::State::choose_delegation(Task& task, Instant now) {
  NameView zone = task.name;
  // DS records lie on the parent's side of the cut (RFC 4035 section 3.1.4.1).
  if (task.question.type == Type::kDs && !zone.is_root()) zone = zone.parent();
  while (true) {
    const Cache::Entry* entry = cache_.find(zone, Type::kNs, now);
    if (entry != nullptr && entry->kind == Cache::Kind::kRecords &&
        usable_cut(task, zone, *entry, now)) {
      task.delegation = Delegation{Name(zone), {}, {}, 0, false};
      for (const std::string& rdata : entry->set.rdatas) {
        task.delegation->servers.push_back({Name(NameView::from_wire_unchecked(rdata)), false});
      }
      fill_addresses(*task.delegation, cache_, now);
      return;
    }
    if (choose_local_zone(task, zone)) return;
    if (zone.is_root()) break;
    zone = zone.parent();
  }
  if (!contains(task.failed_zones, NameView()) && !settings_.root_hints.empty()) {
    task.delegation = delegation_from_hints();
  }
}

bool Resolver::State::choose_local_zone(Task& task, NameView zone) const {
  const auto local =
      std::find_if(settings_.local_zones.begin(), settings_.local_zones.end(),
                   [&](const LocalZone& candidate) { return candidate.origin == zone; });
  if (local == settings_.local_zones.end() || contains(task.failed_zones, zone)) return false;
  task.delegation = Delegation{local->origin, {}, {}, 0, false};
  for (const IpAddress& address : local->servers) {
    if (usable(address)) task.delegation->addresses.push_back({address, 0, false});
  }
  return true;
}

// A cut is of no use if the addresses of all its servers would have to be asked for below itself.
bool Resolver::State::usable_cut(const Task& task, NameView zone, const Cache::Entry& servers,
                                 Instant now) const {
  if (contains(task.failed_zones, zone)) return false;
  return std::any_of(
      servers.set.rdatas.begin(), servers.set.rdatas.end(), [&](const std::string& rdata) {
        const NameView server = NameView::from_wire_unchecked(rdata);
        if (!server.is_within(zone)) return true;
        for (Type type : {Type::kA, Type::kAaaa}) {
          const bool wanted = type == Type::kA ? settings_.use_ipv4 : settings_.use_ipv6;
          const Cache::Entry* entry = cache_.find(server, type, now);
          if (wanted && entry != nullptr && entry->kind == Cache::Kind::kRecords) return true;
        }
        return false;
      });
}

Resolver::State::Delegation Resolver::State::delegation_from_hints() const {
  Delegation delegation;
  for (const Hint& hint : settings_.root_hints) {
    for (const IpAddress& address : hint.addresses) {
      if (usable(address)) delegation.addresses.push_back({address, 0, false});
    }
  }
  return delegation;
}

void Resolver::State::add_addresses(Delegation& delegation, const std::vector<std::string>& rdatas,
                                    Type type) const {
  for (const std::string& rdata : rdatas) {
    const auto address = address_of(type, rdata);
    if (!address || !usable(*address)) continue;
    const bool known = std::any_of(delegation.addresses.begin(), delegation.addresses.end(),
                                   [&](const Address& a) { return a.address == *address; });
    if (!known) delegation.addresses.push_back({*address, 0, false});
  }
}

void Resolver::State::fill_addresses(Delegation& delegation, const Cache& from, Instant now) const {
  for (NameServer& server : delegation.servers) {
    for (Type type : {Type::kA, Type::kAaaa}) {
      const Cache::Entry* entry = from.find(server.name, type, now);
      if (entry == nullptr || entry->kind != Cache::Kind::kRecords) continue;
      add_addresses(delegation, entry->set.rdatas, type);
      server.resolving = true;
    }
  }
}

Resolver::State::Address* Resolver::State::choose_server(Task& task, Instant now) {
  Delegation& delegation = *task.delegation;
  Address* best = nullptr;
  std::pair<int, Duration> best_rank;
  for (Address& address : delegation.addresses) {
    if (address.useless || address.tries >= settings_.tries_per_server_max) continue;
    if (book_.is_lame(address.address, delegation.zone, now)) continue;
    const std::pair<int, Duration> rank{address.tries, book_.rank(address.address, random_)};
    if (best != nullptr && rank >= best_rank) continue;
    best = &address;
    best_rank = rank;
  }
  for (const Address& address : delegation.addresses) {
    if (&address != best) book_.passed_over(address.address);
  }
  return best;
}

bool Resolver::State::resolve_servers(Task& task, Instant now) {
  if (task.depth >= settings_.depth_max) return false;
  Delegation& delegation = *task.delegation;
  for (NameServer& server : delegation.servers) {
    if (server.resolving || delegation.servers_resolved >= settings_.servers_unresolved_max)
      continue;
    server.resolving = true;
    ++delegation.servers_resolved;
    const Name name = server.name;
    bool waits = false;
    if (settings_.use_ipv4) waits = wait_for(task, {name, Type::kA, Class::kIn}, now);
    if (settings_.use_ipv6) waits = wait_for(task, {name, Type::kAaaa, Class::kIn}, now) || waits;
    if (waits) return true;
  }
  return false;
}

// False if waiting would never end.
bool Resolver::State::wait_for(Task& task, const Question& question, Instant now) {
  Task* child = task_of(question);
  if (child != nullptr && depends_on(child->id, task.id)) return false;
  if (child == nullptr) child = &open_task(question, task.depth + 1, task.queries_left, now);
  child->parents.insert(task.id);
  task.children.insert(child->id);
  return true;
}

bool Resolver::State::depends_on(TaskId task, TaskId other) const {
  std::vector<TaskId> open{task};
  std::set<TaskId> seen;
  while (!open.empty()) {
    const TaskId id = open.back();
    open.pop_back();
    if (id == other) return true;
    if (!seen.insert(id).second) continue;
    const auto& children = tasks_.at(id).children;
    open.insert(open.end(), children.begin(), children.end());
  }
  return false;
}

void Resolver::State::take_addresses(Task& parent, const Question& question, const Answer& answer) {
  if (!parent.delegation) return;
  for (const Record& record : answer.answers) {
    if (record.type == question.type)
      add_addresses(*parent.delegation, {record.rdata}, record.type);
  }
}

}  // namespace mailcosm::dns
