#include "sim/agents/mailbox/pop3_session.h"

#include <utility>

#include "protocols/mail/message.h"
#include "protocols/pop3/response.h"
#include "sim/agents/common/output.h"

namespace mailcosm::sim {
namespace {

namespace server = pop3::server;

// Content is read from the store in pieces of this size, and no more are made while so much waits
// to be sent.
constexpr std::size_t kPieceLength = 16 * 1024;
constexpr std::size_t kQueuedMax = 64 * 1024;

}  // namespace

Pop3Session::Pop3Session(Pop3Service& service, std::unique_ptr<Stream> stream)
    : ServiceSession(service),
      context_(&service.context()),
      stream_(std::move(stream)),
      transcript_(context_->runtime, "pop3", Transcript::Side::kServer),
      session_(service.config(), context_->runtime.now()),
      timer_(context_->runtime, *this),
      gate_(context_->runtime, context_->interferer, "pop3", stream_->remote().address, *this) {
  stream_->set_handler(*this);
  transcript_.opened(*stream_);
  if (gate_.admit("connect") == CommandGate::Way::kDrop) {
    drop();
  } else {
    pump();
  }
}

Pop3Session::~Pop3Session() { context_->store.forget(*this); }

void Pop3Session::on_received(std::string_view bytes) {
  if (gate_.keeps(bytes)) return;
  session_.receive(bytes, context_->runtime.now());
  pump();
}

void Pop3Session::on_end() {
  if (gate_.keeps_end()) return;
  session_.end_of_input(context_->runtime.now());
  pump();
}

void Pop3Session::on_closed(StreamError error) {
  transcript_.closed(to_string(error));
  finish();
}

void Pop3Session::on_timer(std::uint64_t) {
  if (gate_.is_waiting()) return;
  session_.expire(context_->runtime.now());
  pump();
}

void Pop3Session::on_stored(std::uint64_t, StoreError error, std::span<const Uid>) {
  session_.answer(server::RemovalAnswer{error == StoreError::kNone}, context_->runtime.now());
  pump();
}

bool Pop3Session::pump() {
  while (!gate_.is_waiting() &&
         (stream_->queued() <= kQueuedMax || session_.state() == pop3::State::kClosed)) {
    const server::Event event = session_.next(output_);
    if (const auto* sent = std::get_if<server::ContentSent>(&event)) {
      transcript_.sent_data("message", sent->bytes);
      send_output(*stream_, output_);
      continue;
    }
    send();
    if (std::holds_alternative<server::NeedMore>(event)) break;
    if (const auto* closed = std::get_if<server::Closed>(&event)) {
      stream_->close();
      transcript_.closed(to_string(closed->reason));
      finish();
      return false;
    }
    handle(event);
    if (dropped_) {
      drop();
      return false;
    }
  }
  timer_.arm(session_.deadline());
  return true;
}

void Pop3Session::on_gate_open() {
  if (gate_.drops()) return drop();
  go_on_with_kept(gate_, session_, context_->runtime.now(), [this] { return pump(); });
}

void Pop3Session::drop() {
  transcript_.closed("dropped");
  finish();
}

std::optional<pop3::ResponseCode> Pop3Session::refusal(
    std::initializer_list<std::string_view> verbs) {
  const auto text = gate_.take_answer(verbs);
  if (!text) return std::nullopt;
  const auto response = pop3::parse_response(*text);
  return response ? response->code : pop3::ResponseCode::kSysTemp;
}

void Pop3Session::send() {
  if (output_.empty()) return;
  transcript_.sent(output_);
  send_output(*stream_, output_);
}

void Pop3Session::handle(const server::Event& event) {
  if (const auto* line = std::get_if<server::LineReceived>(&event)) {
    transcript_.set_message({});
    transcript_.received_line(line->line);
    dropped_ = gate_.admit_line(line->line) == CommandGate::Way::kDrop;
  } else if (const auto* login = std::get_if<server::LoginAsked>(&event)) {
    log_in(*login);
  } else if (std::holds_alternative<server::MaildropAsked>(event)) {
    open_maildrop();
  } else if (const auto* content = std::get_if<server::ContentAsked>(&event)) {
    hand_over(*content);
  } else if (const auto* removal = std::get_if<server::RemoveAsked>(&event)) {
    remove(*removal);
  }
}

void Pop3Session::log_in(const server::LoginAsked& asked) {
  if (const auto code = refusal({"PASS", "AUTH"})) {
    const bool usable = *code != pop3::ResponseCode::kNone && *code != pop3::ResponseCode::kUnknown;
    const auto told = usable ? *code : pop3::ResponseCode::kSysTemp;
    return session_.answer(server::LoginAnswer{told}, context_->runtime.now());
  }
  account_ = context_->directory.log_in(asked.user, asked.password);
  const bool is_known = account_ != nullptr;
  session_.answer(
      server::LoginAnswer{is_known ? pop3::ResponseCode::kNone : pop3::ResponseCode::kAuth},
      context_->runtime.now());
}

void Pop3Session::open_maildrop() {
  lock_ = MaildropLock(*account_);
  if (!lock_.held()) {
    session_.answer(server::MaildropRefusal{pop3::ResponseCode::kInUse}, context_->runtime.now());
    return;
  }
  const Mailbox& inbox = account_->inbox();
  pop3::Maildrop maildrop;
  maildrop.reserve(inbox.messages().size());
  for (const StoredMessage& message : inbox.messages()) {
    const bool ends_its_line = message.content.empty() || message.content.ends_with("\r\n");
    maildrop.push_back(
        {message.content.size() + (ends_its_line ? 0 : 2), unique_id_of(inbox, message)});
    uids_.push_back(message.uid);
  }
  session_.answer(std::move(maildrop), context_->runtime.now());
}

void Pop3Session::hand_over(const server::ContentAsked& asked) {
  const Instant now = context_->runtime.now();
  if (asked.offset == 0) {
    if (refusal({"RETR", "TOP"}))
      return session_.answer(server::ContentAnswer{.available = false}, now);
    // An IMAP session may have expunged it meanwhile.
    const StoredMessage* message = account_->inbox().find(uids_[asked.number - 1]);
    if (message == nullptr) return session_.answer(server::ContentAnswer{.available = false}, now);
    content_ = message->content;
    transcript_.set_message(mail::message_id_of(content_));
  }
  const std::string_view bytes = content_.range(asked.offset, kPieceLength, piece_);
  const bool is_last = asked.offset + bytes.size() == content_.size();
  session_.answer(server::ContentAnswer{.bytes = bytes, .last = is_last}, now);
}

void Pop3Session::remove(const server::RemoveAsked& asked) {
  if (refusal({"QUIT"}))
    return session_.answer(server::RemovalAnswer{false}, context_->runtime.now());
  std::vector<Uid> uids;
  for (const pop3::MessageNumber number : asked.numbers) uids.push_back(uids_[number - 1]);
  const StoreError error = context_->store.expunge(account_->inbox(), uids);
  if (error != StoreError::kNone) {
    session_.answer(server::RemovalAnswer{false}, context_->runtime.now());
  } else {
    context_->store.sync(*this, 0);
  }
}

}  // namespace mailcosm::sim
