#include <algorithm>

#include "protocols/base/check.h"
#include "protocols/dns/resolver_state.h"

namespace mailcosm::dns {
namespace {

constexpr std::uint16_t kPort = 53;

bool repeats_question(const MessageView& message, const Question& asked) {
  if (message.questions().empty()) {
    // Servers that cannot parse a query may leave the question out of their error.
    const Rcode rcode = message.header().rcode;
    return rcode != Rcode::kNoError && rcode != Rcode::kNxDomain;
  }
  return message.questions().size() == 1 && message.questions()[0] == asked;
}

bool refuses_edns(Rcode rcode) {
  return rcode == Rcode::kFormErr || rcode == Rcode::kNotImp || rcode == Rcode::kBadVers;
}

}  // namespace

void Resolver::State::send(Task& task, const IpAddress& server, Transport transport, bool with_edns,
                           Instant now) {
  CHECK(task.query == 0 && *task.queries_left > 0);
  --*task.queries_left;
  task.asked_anything = true;
  const QueryId id = next_id_++;
  task.query = id;
  Query& query = queries_[id];
  query.task = task.id;
  query.server = server;
  query.transport = transport;
  query.id = static_cast<std::uint16_t>(random_.below(65536));
  query.with_edns = with_edns;
  query.question = {task.name, task.question.type, task.question.rclass};
  query.zone = task.delegation->zone;
  query.sent = now;
  query.expires =
      now + (transport == Transport::kTcp ? settings_.tcp_timeout : book_.timeout(server));
  query_deadlines_.emplace(query.expires, id);
  SendEvent event{id, {server, kPort}, transport, {}};
  write_query(query.id, query.question, false, with_edns ? settings_.edns_octets : std::uint16_t{0},
              event.bytes);
  events_.emplace_back(std::move(event));
}

void Resolver::State::end_query(Task& task) {
  if (task.query == 0) return;
  const auto found = queries_.find(task.query);
  query_deadlines_.erase({found->second.expires, task.query});
  queries_.erase(found);
  events_.emplace_back(QueryEnded{task.query});
  task.query = 0;
}

void Resolver::State::mark_useless(Task& task, const IpAddress& server) {
  if (!task.delegation) return;
  for (Address& address : task.delegation->addresses) {
    if (address.address == server) address.useless = true;
  }
}

void Resolver::State::receive(QueryId id, const Endpoint* from, std::string_view bytes,
                              Instant now) {
  now_ = now;
  const auto found = queries_.find(id);
  if (found == queries_.end()) return;
  const Query query = found->second;
  if (from != nullptr &&
      (query.transport != Transport::kUdp || *from != Endpoint{query.server, kPort}))
    return;
  const MessageView message(bytes);
  const Header& header = message.header();
  // RFC 5452 section 9.1: what does not match is dropped, and the wait goes on.
  if (!message.valid() || !header.response || header.id != query.id ||
      header.opcode != Opcode::kQuery || !repeats_question(message, query.question)) {
    if (from == nullptr) fail(id, now);
    return;
  }
  Task& task = tasks_.at(query.task);
  end_query(task);
  book_.answered(query.server, now - query.sent);
  judge(task, query, message, now);
  run(now);
}

void Resolver::State::judge(Task& task, const Query& query, const MessageView& message,
                            Instant now) {
  if (query.with_edns && refuses_edns(message.header().rcode) && *task.queries_left > 0) {
    // RFC 6891 section 7: a server that does not know OPT is asked without it.
    book_.set_lacks_edns(query.server);
    return send(task, query.server, query.transport, false, now);
  }
  if (message.header().truncated && query.transport == Transport::kUdp) {
    if (*task.queries_left == 0) return give_up(task, "too many queries");
    return send(task, query.server, Transport::kTcp, query.with_edns, now);
  }
  take_reply(task, query,
             read_reply(message, query.question, query.zone, settings_.believe_any_glue), now);
}

void Resolver::State::remember(const Reply& reply, const Question& asked, Instant now) {
  const auto report = [&](std::shared_ptr<const Cache::Entry> entry) {
    if (entry != nullptr) events_.emplace_back(StoredEvent{std::move(entry)});
  };
  for (const Reply::Believed& believed : reply.believed) {
    const bool glue = reply.kind == Reply::Kind::kReferral && believed.set.type != Type::kNs;
    if (glue) glue_.store(believed.set, Credibility::kGlue, now);
    if (cache_.store(believed.set, believed.credibility, now)) {
      report(cache_.share(believed.set.owner, believed.set.type, now));
    }
  }
  const bool no_name = reply.kind == Reply::Kind::kNoName;
  if (!no_name && reply.kind != Reply::Kind::kNoData) return;
  const Cache::Kind kind = no_name ? Cache::Kind::kNoName : Cache::Kind::kNoData;
  if (cache_.store_negative(reply.name, asked.type, kind, reply.soa, now)) {
    report(cache_.share(reply.name, asked.type, now));
  }
}

void Resolver::State::take_reply(Task& task, const Query& query, Reply reply, Instant now) {
  using Kind = Reply::Kind;
  if (reply.kind == Kind::kLame) book_.set_lame(query.server, query.zone, now);
  if (reply.kind == Kind::kLame || reply.kind == Kind::kFailed) {
    mark_useless(task, query.server);
    return wake(task.id);
  }
  remember(reply, query.question, now);
  if (reply.kind == Kind::kReferral) return take_referral(task, reply, now);
  if (reply.aliases > 0 || !reply.chain.empty()) {
    if (!follow_alias(task, std::move(reply.chain), reply.aliases, reply.name)) return;
  }
  if (reply.kind == Kind::kAlias) return wake(task.id);
  if (reply.kind == Kind::kAnswer) {
    Answer answer;
    answer.rcode = Rcode::kNoError;
    answer.answers = std::move(task.chain);
    answer.answers.insert(answer.answers.end(), reply.answers.begin(), reply.answers.end());
    return finish(task, std::move(answer));
  }
  finish_negative(task, reply.kind == Kind::kNoName ? Rcode::kNxDomain : Rcode::kNoError,
                  reply.soa);
}

void Resolver::State::take_referral(Task& task, const Reply& reply, Instant now) {
  if (++task.referrals > settings_.referrals_max) return give_up(task, "too many referrals");
  Delegation delegation;
  delegation.zone = reply.cut;
  // The reply itself, not the cache, so that records with a TTL of zero serve for this look-up.
  for (const Reply::Believed& believed : reply.believed) {
    if (believed.set.type != Type::kNs || believed.set.owner != reply.cut) continue;
    for (const std::string& rdata : believed.set.rdatas) {
      delegation.servers.push_back({Name(NameView::from_wire_unchecked(rdata)), false});
    }
  }
  for (NameServer& server : delegation.servers) {
    for (const Reply::Believed& believed : reply.believed) {
      if (believed.set.owner != server.name ||
          !address_of(believed.set.type, believed.set.rdatas[0]))
        continue;
      add_addresses(delegation, believed.set.rdatas, believed.set.type);
      server.resolving = true;
    }
  }
  fill_addresses(delegation, cache_, now);
  task.delegation = std::move(delegation);
  skip_exhausted(task);
  wake(task.id);
}

void Resolver::State::fail(QueryId id, Instant now) {
  now_ = now;
  const auto found = queries_.find(id);
  if (found == queries_.end()) return;
  const IpAddress server = found->second.server;
  Task& task = tasks_.at(found->second.task);
  end_query(task);
  book_.timed_out(server);
  mark_useless(task, server);
  wake(task.id);
  run(now);
}

void Resolver::State::after_timeout(QueryId id, Instant now) {
  const Query query = queries_.at(id);
  Task& task = tasks_.at(query.task);
  end_query(task);
  book_.timed_out(query.server);
  if (query.transport == Transport::kTcp) mark_useless(task, query.server);
  wake(task.id);
  run(now);
}

}  // namespace mailcosm::dns
