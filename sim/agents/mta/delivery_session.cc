// What the sessions of a delivery say, and what follows from it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "protocols/base/check.h"
#include "sim/agents/mta/delivery.h"
#include "sim/agents/mta/exchangers.h"

namespace mailcosm::sim {
namespace {

// As Postfix has it (smtp_mx_session_limit): servers that were reached in vain.
constexpr int kSessionsMax = 2;

}  // namespace

void Delivery::connect() {
  announce_choice();
  const Endpoint remote = {addresses_[address_at_], destination_.port};
  const bool lmtp = destination_.transport == MtaRoute::Transport::kLmtp;
  session_ = std::make_unique<OutgoingSession>(
      services_.runtime, lmtp ? services_.lmtp : services_.smtp, remote, exchanger().host,
      static_cast<OutgoingHandler&>(*this));
}

void Delivery::announce_choice() {
  HostTrace& trace = services_.runtime.trace();
  const std::string& domain = open_.front().recipient.domain;
  trace.set_cause(trace.emit(Kind::kMxSelected,
                             {job_.queue_id, domain, exchanger().host, exchanger().preference,
                              addresses_[address_at_].to_string(), to_string(exchangers_)},
                             subject()));
}

void Delivery::on_ready() {
  if (!job_sent_) return send_job();
  // The transaction is over. Recipients without a final answer may find a better server elsewhere.
  if (!open_.empty() && !in_doubt_ && may_try_another()) return session_->quit();
  finish_job();
  std::optional<DeliveryJob> next = owner_.on_job_done(*this, job_);
  if (!next) return session_->quit();
  begin(std::move(*next));
  announce_choice();
  send_job();
}

void Delivery::send_job() {
  const QueuedMessage* queued = message();
  CHECK(queued != nullptr);
  OutgoingSession::Transaction transaction;
  transaction.reverse_path = queued->reverse_path.to_string();
  transaction.content = queued->content;
  transaction.message_id = queued->message_id;
  transaction.eight_bit = queued->eight_bit;
  sent_.clear();
  for (std::size_t i = 0; i < open_.size(); ++i) {
    transaction.recipients.push_back(open_[i].recipient.to_string());
    sent_.push_back(i);
    open_[i].last.reset();
  }
  job_sent_ = true;
  session_->send(std::move(transaction));
}

void Delivery::on_recipient_done(const smtp::RecipientDone& done) {
  const std::size_t place = sent_[done.recipient];
  DeliveryResult result = DeliveryResult::of(done.reply, exchanger().host);
  result.from_server = !done.local;
  if (done.reply.code == 0) {
    result = DeliveryResult::deferred({4, 4, 2}, exchanger().host, "the connection was lost");
    // The reply to a message is lost: it may be there. Another server must not get it a second time
    // right now.
    if (done.stage == smtp::Stage::kMessage) in_doubt_ = true;
  }
  if (result.outcome == DeliveryResult::Outcome::kDeferred) {
    open_[place].last = std::move(result);
    return;
  }
  owner_.on_result(job_, open_[place].recipient, result);
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(place));
  for (std::size_t& at : sent_) {
    if (at > place) --at;
  }
}

void Delivery::on_refused(const smtp::Reply& reply) {
  note_failure(DeliveryResult::of(reply, exchanger().host));
}

bool Delivery::may_try_another() const {
  if (sessions_tried_ >= kSessionsMax) return false;
  return address_at_ + 1 < addresses_.size() || exchanger_at_ + 1 < exchangers_.size();
}

// There was no session, so nothing else in the trace would say why the next server is tried.
void Delivery::tell_no_connection(std::string_view reason) {
  HostTrace& trace = services_.runtime.trace();
  const std::string text = fmt::format("there is no connection to {} ({}): {}", exchanger().host,
                                       addresses_[address_at_].to_string(), reason);
  trace.set_cause(trace.emit(Kind::kNote, {text}, subject()));
}

void Delivery::on_session_closed(std::string_view reason, bool connected) {
  if (!job_running_) return later(Step::kOver);
  if (connected) {
    ++sessions_tried_;
  } else {
    tell_no_connection(reason);
  }
  if (!failure_ || failure_->reply.empty() || !failure_->from_server) {
    note_failure(DeliveryResult::deferred({4, 4, std::uint16_t(connected ? 2 : 1)},
                                          exchanger().host, std::string(reason)));
  }
  job_sent_ = false;
  if (open_.empty() || in_doubt_ || sessions_tried_ >= kSessionsMax) return end();
  ++address_at_;
  later(Step::kTryAddress);
}

}  // namespace mailcosm::sim
