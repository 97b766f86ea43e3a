#include "sim/agents/mta/incoming_session.h"

#include <utility>

#include "sim/agents/common/output.h"
#include "sim/agents/common/smtp_answer.h"

namespace mailcosm::sim {

IncomingSession::IncomingSession(const IncomingServices& services, const smtp::ServerConfig& server,
                                 std::unique_ptr<Stream> stream, IncomingOwner& owner,
                                 std::uint64_t id)
    : services_(services),
      stream_(std::move(stream)),
      owner_(owner),
      id_(id),
      session_(server, services.runtime.now()),
      transcript_(services.runtime, smtp::name_of(server.service), Transcript::Side::kServer),
      timer_(services.runtime, *this),
      gate_(services.runtime, services.interferer, smtp::name_of(server.service),
            stream_->remote().address, *this) {
  client_.address = stream_->remote().address;
  stream_->set_handler(*this);
}

IncomingSession::~IncomingSession() { services_.intake.forget(*this); }

void IncomingSession::start(const smtp::Reply& welcome) {
  welcome_ = welcome;
  transcript_.opened(*stream_);
  pump();
}

void IncomingSession::on_received(std::string_view bytes) {
  if (gate_.keeps(bytes)) return;
  session_.receive(bytes, services_.runtime.now());
  pump();
}

void IncomingSession::on_end() {
  if (gate_.keeps_end()) return;
  session_.end_of_input(services_.runtime.now());
  pump();
}

void IncomingSession::on_closed(StreamError error) { finish(to_string(error)); }

void IncomingSession::on_timer(std::uint64_t) {
  if (gate_.is_waiting()) return;
  const Instant now = services_.runtime.now();
  if (now >= session_.deadline()) session_.expire(now);
  pump();
}

bool IncomingSession::pump() {
  while (!gate_.is_waiting()) {
    const smtp::ServerEvent event = session_.next(output_);
    if (std::holds_alternative<smtp::NeedMore>(event)) break;
    if (const auto* closed = std::get_if<smtp::Closed>(&event)) {
      flush();
      stream_->close();
      finish(to_string(closed->reason));
      return false;
    }
    take(event);
    if (dropped_) {
      finish("dropped");
      return false;
    }
  }
  flush();
  timer_.arm(session_.deadline());
  return true;
}

void IncomingSession::on_gate_open() {
  if (gate_.drops()) return finish("dropped");
  if (const auto moment = std::exchange(waiting_moment_, {}); moment == "connect") {
    answer_connect();
  } else if (moment == "message") {
    take_message();
  }
  go_on_with_kept(gate_, session_, services_.runtime.now(), [this] { return pump(); });
}

bool IncomingSession::admit(std::string_view moment) {
  switch (gate_.admit(moment)) {
    case CommandGate::Way::kWait:
      waiting_moment_ = moment;
      return false;
    case CommandGate::Way::kDrop:
      dropped_ = true;
      return false;
    case CommandGate::Way::kPass:
      break;
  }
  return true;
}

bool IncomingSession::answer_by_gate(std::initializer_list<std::string_view> verbs) {
  const auto text = gate_.take_answer(verbs);
  if (text) answer(smtp_answer(*text));
  return text.has_value();
}

// Replies are recorded while the line they answer is the cause, and sent together (RFC 2920
// section 3.2).
void IncomingSession::record_output() {
  transcript_.sent(std::string_view(output_).substr(recorded_));
  recorded_ = output_.size();
}

void IncomingSession::flush() {
  record_output();
  recorded_ = 0;
  if (output_.empty()) return;
  send_output(*stream_, output_);
}

void IncomingSession::finish(std::string_view reason) {
  transcript_.closed(reason);
  owner_.on_session_over(id_);
}

void IncomingSession::answer(const smtp::Reply& reply) {
  session_.answer(reply, services_.runtime.now(), output_);
  record_output();
}

void IncomingSession::take(const smtp::ServerEvent& event) {
  if (const auto* line = std::get_if<smtp::LineReceived>(&event)) {
    record_output();
    transcript_.received_line(line->line);
    dropped_ = gate_.admit_line(line->line) == CommandGate::Way::kDrop;
  } else if (std::holds_alternative<smtp::ConnectAsked>(event)) {
    if (admit("connect")) answer_connect();
  } else if (const auto* helo = std::get_if<smtp::HeloAsked>(&event)) {
    helo_ = helo->domain;
    if (!answer_by_gate({"EHLO", "HELO", "LHLO"})) answer(smtp::accept());
  } else if (const auto* auth = std::get_if<smtp::AuthAsked>(&event)) {
    log_in(*auth);
  } else if (const auto* mail = std::get_if<smtp::MailAsked>(&event)) {
    take_sender(*mail);
  } else if (const auto* rcpt = std::get_if<smtp::RcptAsked>(&event)) {
    take_recipient(*rcpt);
  } else if (const auto* chunk = std::get_if<smtp::BodyChunk>(&event)) {
    content_ += chunk->bytes;
  } else if (std::holds_alternative<smtp::MessageAsked>(event)) {
    announce_message();
    if (admit("message")) take_message();
  } else if (std::holds_alternative<smtp::Reset>(event)) {
    forget_transaction();
  } else if (session_.question_open() && !answer_by_gate({"VRFY", "EXPN"})) {
    answer(smtp::accept());  // 252
  }
}

void IncomingSession::answer_connect() {
  if (!answer_by_gate({"connect"})) answer(welcome_);
}

void IncomingSession::log_in(const smtp::AuthAsked& asked) {
  if (answer_by_gate({"AUTH"})) return;
  client_.account = services_.access.log_in(*asked.credentials);
  if (client_.account != nullptr) {
    answer(smtp::accept());
  } else {
    answer({535, {5, 7, 8}, "Login or password is wrong"});
  }
}

void IncomingSession::take_sender(const smtp::MailAsked& asked) {
  const Result<mail::Address> address = asked.reverse_path.is_null()
                                            ? Result<mail::Address>(mail::Address{})
                                            : mail::parse_mailbox(asked.reverse_path.mailbox);
  if (!address) {
    answer({553, {5, 1, 7}, "Address syntax error"});
    return;
  }
  reverse_path_ = *address;
  const auto interference = gate_.take_answer({"MAIL"});
  const smtp::Reply reply = interference ? smtp_answer(*interference)
                                         : services_.access.check_sender(client_, reverse_path_);
  if (!reply.positive() && reply.code != 0) reject(reply, "");
  answer(reply);
}

mail::Address IncomingSession::forward_path(const smtp::Path& path) const {
  if (!path.domain.empty()) {
    const Result<mail::Address> address = mail::parse_mailbox(path.mailbox);
    return address ? *address : mail::Address{};
  }
  // RFC 5321 section 4.1.1.3: <Postmaster> is the postmaster of this host.
  const MtaConfig& config = services_.config;
  return {"postmaster", config.local_domains.empty() ? config.name : config.local_domains.front()};
}

void IncomingSession::take_recipient(const smtp::RcptAsked& asked) {
  const mail::Address recipient = forward_path(asked.forward_path);
  if (recipient.is_null()) {
    answer({553, {5, 1, 3}, "Address syntax error"});
    return;
  }
  smtp::Reply reply = asked.forward_path.domain.empty()
                          ? smtp::accept()
                          : services_.access.check_recipient(client_, recipient);
  if (const auto interference = gate_.take_answer({"RCPT"})) reply = smtp_answer(*interference);
  if (reply.code == 0) reply = services_.intake.check_aliases(recipient);
  if (reply.code == 0) {
    recipients_.push_back(recipient);
  } else {
    reject(reply, recipient.to_string());
  }
  answer(reply);
}

void IncomingSession::reject(const smtp::Reply& reply, std::string_view recipient) {
  HostTrace& trace = services_.runtime.trace();
  const std::string client = client_text(helo_, client_.address);
  trace.set_cause(trace.emit(Kind::kMessageRejected,
                             {reverse_path_.to_string(), recipient, client, reply.to_string()},
                             transcript_.subject()));
}

std::string_view IncomingSession::with() const {
  const bool authenticated = client_.account != nullptr;
  if (session_.config().service == smtp::Service::kLmtp) return authenticated ? "LMTPA" : "LMTP";
  if (!session_.extended()) return "SMTP";
  return authenticated ? "ESMTPA" : "ESMTP";
}

void IncomingSession::announce_message() {
  message_ = mail::Message::parse(services_.runtime.contents().intern(std::exchange(content_, {})));
  transcript_.set_message(message_.message_id());
  transcript_.received_data("message", message_.content());
  transcript_.received_line(".");
}

void IncomingSession::take_message() {
  mail::Message message = std::exchange(message_, {});
  if (const auto interference = gate_.take_answer({"message"})) {
    const smtp::Reply reply = smtp_answer(*interference);
    reject(reply, "");
    forget_transaction();
    return answer_message(reply);
  }
  Arrival arrival;
  arrival.helo = helo_;
  arrival.client = client_.address;
  arrival.with = with();
  arrival.submission = session_.config().service == smtp::Service::kSubmission;
  arrival.reverse_path = std::move(reverse_path_);
  arrival.recipients = std::move(recipients_);
  arrival.message = std::move(message);
  arrival.message_id = transcript_.subject().message;
  arrival.connection = transcript_.connection();
  forget_transaction();
  const std::optional<smtp::Reply> refusal = services_.intake.take(std::move(arrival), *this);
  if (!refusal) return;
  answer_message(*refusal);
}

void IncomingSession::on_taken(const smtp::Reply& reply) {
  answer_message(reply);
  pump();
}

// Under LMTP each recipient has its own reply; here they share one fate, because the queue takes
// all or nothing.
void IncomingSession::answer_message(const smtp::Reply& reply) {
  while (session_.question_open()) answer(reply);
  transcript_.set_message({});
}

void IncomingSession::forget_transaction() {
  reverse_path_ = {};
  recipients_.clear();
  content_ = {};
}

}  // namespace mailcosm::sim
