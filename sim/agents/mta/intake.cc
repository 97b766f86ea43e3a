#include "sim/agents/mta/intake.h"

#include <fmt/format.h>

#include <utility>

#include "protocols/mail/message.h"
#include "protocols/mail/message_id.h"
#include "protocols/mail/received.h"
#include "sim/agents/mta/address_index.h"
#include "sim/agents/mta/trace_fields.h"

namespace mailcosm::sim {
namespace {

constexpr std::string_view to_reason(AliasTable::Problem problem) {
  return problem == AliasTable::Problem::kLoop ? "an alias leads back to itself"
                                               : "aliases lead to too many addresses";
}

std::string join(const std::vector<mail::Address>& addresses) {
  std::string text;
  for (const mail::Address& address : addresses) {
    if (!text.empty()) text += ' ';
    address.append_to(text);
  }
  return text;
}

}  // namespace

std::string client_text(std::string_view helo, const IpAddress& address) {
  std::string text(helo);
  text += " [";
  text += address.to_string();
  text += ']';
  return text;
}

Intake::Intake(Runtime& runtime, const MtaConfig& config, const AliasTable& aliases,
               MessageQueue& queue)
    : runtime_(runtime),
      config_(config),
      aliases_(aliases),
      queue_(queue),
      random_(runtime.random("mta-message-id")) {}

void Intake::detect_loop(const mail::Address& recipient, std::string_view reason) {
  runtime_.trace().emit(Kind::kLoopDetected, {"", recipient.to_string(), reason});
}

smtp::Reply Intake::check_aliases(const mail::Address& recipient) {
  if (!aliases_.has(recipient)) return smtp::accept();
  const AliasTable::Expansion expansion = aliases_.expand(recipient, alias_limits());
  if (expansion.problem == AliasTable::Problem::kNone) return smtp::accept();
  detect_loop(recipient, to_reason(expansion.problem));
  // RFC 3463 sections 3.5 and 3.3: X.4.6 routing loop detected, X.2.4 mailing list expansion
  // problem.
  if (expansion.problem == AliasTable::Problem::kLoop) {
    return {550, {5, 4, 6}, "Alias loop"};
  }
  return {550, {5, 2, 4}, "Alias leads to too many addresses"};
}

std::optional<smtp::Reply> Intake::take(Arrival arrival, IntakeHandler& handler) {
  const mail::Message message = std::move(arrival.message);
  // RFC 5321 section 6.3: a simple count of Received fields finds loops.
  const std::size_t hops = mail::count_received(message.header());
  if (hops >= config_.hops_max) return refuse_loop(arrival, hops, arrival.message_id);

  QueuedMessage queued;
  queued.id = queue_.new_id();
  HopFacts hop = {arrival.helo, arrival.client,      config_.name, arrival.with, queued.id,
                  {},           runtime_.wall_time()};
  if (arrival.recipients.size() == 1) hop.only_recipient = arrival.recipients.front();
  std::string fields = received_field(hop);
  if (arrival.submission) {
    append_missing_fields(message.header(), hop.date, random_.next(), config_.name,
                          arrival.message_id, fields);
  }
  queued.content = message.with_fields_on_top(fields);
  queued.message_id = arrival.message_id;
  queued.reverse_path = arrival.reverse_path;
  queued.arrived = runtime_.now();
  address(arrival.recipients, queued);
  const std::uint64_t token = next_token_++;
  if (!queue_.add(std::move(queued), *this, token)) {
    return smtp::Reply{452, {4, 3, 1}, "Not enough room in the queue"};
  }
  pending_.emplace(token, Pending{&handler, std::move(arrival)});
  return std::nullopt;
}

smtp::Reply Intake::refuse_loop(const Arrival& arrival, std::size_t hops,
                                std::string_view message_id) {
  constexpr smtp::Reply kReply = {554, {5, 4, 6}, "Too many hops"};
  const Subject subject = {arrival.connection, message_id};
  HostTrace& trace = runtime_.trace();
  trace.set_cause(
      trace.emit(Kind::kLoopDetected, {"", "", fmt::format("{} Received fields", hops)}, subject));
  trace.emit(Kind::kMessageRejected,
             {arrival.reverse_path.to_string(), "", client_text(arrival.helo, arrival.client),
              kReply.to_string()},
             subject);
  return kReply;
}

void Intake::address(const std::vector<mail::Address>& recipients, QueuedMessage& message) {
  std::vector<QueuedRecipient>& all = message.recipients;
  const auto known = [&](std::size_t i) -> const mail::Address& { return all[i].address; };
  AddressIndex index;
  for (const mail::Address& given : recipients) {
    const AliasTable::Expansion expansion = aliases_.expand(given, alias_limits());
    if (expansion.problem != AliasTable::Problem::kNone) continue;
    for (const mail::Address& target : expansion.targets) {
      if (index.finds(target, all.size(), known)) continue;
      QueuedRecipient recipient;
      recipient.address = target;
      if (!(target == given)) recipient.original = given;
      all.push_back(std::move(recipient));
    }
  }
}

void Intake::forget(IntakeHandler& handler) {
  for (auto& [token, pending] : pending_) {
    if (pending.handler == &handler) pending.handler = nullptr;
  }
}

RecordId Intake::on_queued(std::uint64_t token, const QueuedMessage& message, bool ok) {
  Pending pending = std::move(pending_.extract(token).mapped());
  if (!ok) {
    if (pending.handler != nullptr) pending.handler->on_taken({451, {4, 3, 0}, "Disk failure"});
    return {};
  }
  const RecordId cause = announce(message, pending.arrival);
  if (pending.handler != nullptr) {
    const std::string text = "Queued as " + message.id;
    pending.handler->on_taken({250, {2, 0, 0}, text});
  }
  runtime_.trace().set_cause(cause);
  return cause;
}

RecordId Intake::announce(const QueuedMessage& message, const Arrival& arrival) {
  HostTrace& trace = runtime_.trace();
  const Subject subject = {arrival.connection, message.message_id};
  const RecordId accepted =
      trace.emit(Kind::kMessageAccepted,
                 {message.id, message.reverse_path.to_string(), join(arrival.recipients),
                  message.content.size(), client_text(arrival.helo, arrival.client), arrival.with},
                 subject);
  trace.set_cause(accepted);
  for (const mail::Address& recipient : arrival.recipients) {
    if (!aliases_.has(recipient)) continue;
    for (const AliasTable::Step& step : aliases_.expand(recipient, alias_limits()).steps) {
      trace.emit(Kind::kRecipientExpanded,
                 {message.id, step.alias.to_string(), join(*step.targets)}, subject);
    }
  }
  return accepted;
}

bool Intake::take_own(std::string id, const mail::Address& recipient, std::string content) {
  QueuedMessage queued;
  queued.id = std::move(id);
  queued.content = runtime_.contents().intern(content);
  queued.message_id = mail::message_id_of(queued.content);
  queued.arrived = runtime_.now();
  address({recipient}, queued);
  if (queued.recipients.empty()) {
    detect_loop(recipient, "the aliases of a notification's recipient lead nowhere");
    return true;
  }
  HostTrace& trace = runtime_.trace();
  queued.cause = trace.emit(
      Kind::kMessageAccepted,
      {queued.id, "", recipient.to_string(), queued.content.size(), config_.name, "local"},
      {{}, queued.message_id});
  return queue_.add_unwatched(std::move(queued));
}

}  // namespace mailcosm::sim
