#include "sim/agents/mailbox/imap_session.h"

#include <algorithm>
#include <utility>

#include "sim/agents/common/output.h"
#include "sim/agents/mailbox/imap_flags.h"

namespace mailcosm::sim {
namespace {

using namespace imap::server;
using imap::ResponseCode;

constexpr std::uint64_t kDeadlineTag = 0;
constexpr std::uint64_t kWakeTag = 1;

// No more is written while so much waits to be sent.
constexpr std::size_t kQueuedMax = 64 * 1024;

ResponseCode code_of(StoreError error) {
  switch (error) {
    case StoreError::kNoMailbox:
      return ResponseCode::kNonExistent;
    case StoreError::kMailboxExists:
      return ResponseCode::kAlreadyExists;
    case StoreError::kNotSelectable:
    case StoreError::kNameInvalid:
    case StoreError::kNotPermitted:
      return ResponseCode::kCannot;
    case StoreError::kTooManyMailboxes:
      return ResponseCode::kLimit;
    case StoreError::kOverQuota:
      return ResponseCode::kOverQuota;
    default:
      return ResponseCode::kUnavailable;
  }
}

}  // namespace

ImapSession::ImapSession(ImapService& service, std::unique_ptr<Stream> stream)
    : ServiceSession(service),
      context_(&service.context()),
      stream_(std::move(stream)),
      transcript_(context_->runtime, "imap", Transcript::Side::kServer),
      session_(service.config(), context_->runtime.now()),
      timer_(context_->runtime, *this, kDeadlineTag),
      gate_(context_->runtime, context_->interferer, "imap", stream_->remote().address, *this),
      wake_timer_(context_->runtime, *this, kWakeTag) {
  stream_->set_handler(*this);
  transcript_.opened(*stream_);
  if (gate_.admit("connect") == CommandGate::Way::kDrop) {
    drop();
  } else {
    pump();
  }
}

ImapSession::~ImapSession() {
  deselect();
  context_->store.forget(*this);
}

void ImapSession::on_received(std::string_view bytes) {
  if (gate_.keeps(bytes)) return;
  session_.receive(bytes, context_->runtime.now());
  pump();
}

void ImapSession::on_end() {
  if (gate_.keeps_end()) return;
  session_.end_of_input(context_->runtime.now());
  pump();
}

void ImapSession::on_closed(StreamError error) { end(to_string(error)); }

void ImapSession::on_timer(std::uint64_t tag) {
  if (gate_.is_waiting() && tag == kDeadlineTag) return;
  if (tag == kWakeTag) {
    if (recent_due_ && mailbox_ != nullptr) context_->store.claim_recent(*mailbox_);
    recent_due_ = false;
  } else {
    session_.expire(context_->runtime.now());
    // A peer that does not read cannot be told.
    if (stream_->queued() > kQueuedMax) return end("timeout");
  }
  pump();
}

void ImapSession::end(std::string_view reason) {
  transcript_.closed(reason);
  finish();
}

bool ImapSession::pump() {
  while (!gate_.is_waiting() && stream_->queued() <= kQueuedMax) {
    const imap::server::Event event = session_.next(output_);
    send();
    if (std::holds_alternative<NeedMore>(event)) break;
    if (const auto* closed = std::get_if<Closed>(&event)) {
      stream_->close();
      end(to_string(closed->reason));
      return false;
    }
    handle(event);
    if (dropped_) {
      drop();
      return false;
    }
    send();
  }
  timer_.arm(session_.deadline());
  return true;
}

void ImapSession::on_gate_open() {
  if (gate_.drops()) return drop();
  go_on_with_kept(gate_, session_, context_->runtime.now(), [this] { return pump(); });
}

void ImapSession::drop() { end("dropped"); }

bool ImapSession::answer_by_gate(const imap::server::Event& event) {
  if (!session_.question_open()) return false;
  auto text = gate_.take_answer();
  if (!text) return false;
  if (std::holds_alternative<SelectAsked>(event)) deselect();
  text->remove_prefix(std::min<std::size_t>(text->size(), 3));  // "NO "
  answer(Verdict::no(ResponseCode::kNone, *text));
  return true;
}

void ImapSession::send() {
  if (output_.empty()) return;
  std::string_view rest = output_;
  using Piece = imap::WireSplitter::Kind;
  for (auto piece = splitter_.next(rest); piece.kind != Piece::kNone;
       piece = splitter_.next(rest)) {
    if (piece.kind == Piece::kLine) {
      line_.assign(piece.bytes).append("\r\n");
      transcript_.sent(line_);
    } else {
      transcript_.sent_data("message", piece.bytes);
    }
  }
  send_output(*stream_, output_);
}

void ImapSession::handle(const imap::server::Event& event) {
  if (const auto* line = std::get_if<LineReceived>(&event)) {
    transcript_.set_message({});
    transcript_.received_line(line->line);
    dropped_ = gate_.admit_line(line->line) == CommandGate::Way::kDrop;
  } else if (const auto* literal = std::get_if<LiteralReceived>(&event)) {
    transcript_.received_data("literal", literal->bytes);
  } else if (!answer_by_gate(event) && !handle_mailboxes(event)) {
    handle_messages(event);
  }
}

void ImapSession::answer(const Verdict& verdict) {
  session_.answer(verdict, context_->runtime.now(), output_);
}

void ImapSession::refuse(StoreError error) {
  answer(Verdict::no(code_of(error), to_string(error)));
}

void ImapSession::answer_change(StoreError error) {
  if (error != StoreError::kNone) return refuse(error);
  waiting_ = Waiting::kChange;
  context_->store.sync(*this, ++token_);
}

void ImapSession::on_stored(std::uint64_t token, StoreError error, std::span<const Uid> uids) {
  if (token != token_ || !session_.question_open()) return;
  const Waiting waiting = std::exchange(waiting_, Waiting::kNothing);
  if (error != StoreError::kNone) {
    refuse(error);
  } else if (waiting == Waiting::kAppend) {
    session_.answer(Appended{target_validity_, uids.front()}, context_->runtime.now(), output_);
  } else if (waiting == Waiting::kCopy) {
    answer_copied(uids);
  } else {
    answer(Verdict::ok());
  }
  pump();
}

// News of the selected mailbox. Outside of IDLE they wait in the engine for the next command.

void ImapSession::wake() {
  if (session_.idling() || recent_due_) wake_timer_.arm(context_->runtime.now());
}

void ImapSession::on_added(const Mailbox& mailbox, Uid first) {
  const std::span<const StoredMessage> messages = mailbox.messages();
  for (std::size_t i = mailbox.position_of(first); i < messages.size(); ++i) {
    // RFC 3501 section 2.3.2: where it cannot be told which session is first, all see it as recent.
    session_.arrived(info_of(messages[i], mailbox));
  }
  recent_due_ = recent_due_ || !read_only_;
  wake();
}

void ImapSession::on_flags_changed(const Mailbox& mailbox, const StoredMessage& message) {
  session_.flags_changed(message.uid, to_imap(message.flags, mailbox));
  wake();
}

void ImapSession::on_expunged(const Mailbox&, Uid uid) {
  session_.expunged(uid);
  wake();
}

void ImapSession::on_deleted(const Mailbox&) {
  mailbox_ = nullptr;
  session_.close("The selected mailbox has been deleted");
  wake_timer_.arm(context_->runtime.now());
}

}  // namespace mailcosm::sim
