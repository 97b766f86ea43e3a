#include "sim/agents/mta/outgoing_session.h"

#include <algorithm>
#include <utility>

#include "protocols/base/check.h"
#include "sim/agents/common/content_parts.h"
#include "sim/agents/common/output.h"

namespace mailcosm::sim {
namespace {

// Long enough for two lost SYN segments, and short enough to try the next address (Postfix has the
// same).
constexpr Duration kConnectTimeout = std::chrono::seconds(30);
// A message is given to the stream in pieces, so that a large one does not lie in memory twice.
constexpr std::size_t kPieceSize = 32 * 1024;

}  // namespace

OutgoingSession::OutgoingSession(Runtime& runtime, const smtp::ClientConfig& client,
                                 const Endpoint& remote, std::string_view server,
                                 OutgoingHandler& handler)
    : runtime_(runtime),
      client_(client),
      server_(server),
      handler_(handler),
      transcript_(runtime, smtp::name_of(client.service), Transcript::Side::kClient),
      timer_(runtime, *this),
      stream_(runtime.connect(remote, *this)) {
  timer_.arm_after(kConnectTimeout);
}

void OutgoingSession::on_connected() {
  session_.emplace(client_, runtime_.now());
  transcript_.opened(*stream_, server_);
  pump();
}

void OutgoingSession::on_received(std::string_view bytes) {
  if (over_ || !session_) return;
  session_->receive(bytes, runtime_.now());
  pump();
}

void OutgoingSession::on_end() {
  if (over_ || !session_) return;
  session_->end_of_input(runtime_.now());
  pump();
}

void OutgoingSession::on_writable() {
  if (over_ || !session_ || !session_->body_wanted()) return;
  send_body();
  pump();
}

void OutgoingSession::on_timer(std::uint64_t) {
  if (over_) return;
  if (stream_) runtime_.trace().add_cause(stream_->trouble());
  if (!session_) {
    finish(to_string(StreamError::kTimeout));
    return;
  }
  const Instant now = runtime_.now();
  if (now >= session_->deadline()) session_->expire(now);
  pump();
}

void OutgoingSession::on_closed(StreamError error) {
  if (over_) return;
  stream_over_ = true;
  if (session_) {
    // What the session waited for will not come: every open recipient hears of it.
    session_->end_of_input(runtime_.now());
    pump();
  }
  if (!over_) finish(to_string(error));
}

void OutgoingSession::send(Transaction transaction) {
  CHECK(ready());
  transaction_ = std::move(transaction);
  body_at_ = 0;
  transcript_.set_message(transaction_.message_id);
  session_->send({transaction_.reverse_path, transaction_.recipients, transaction_.content.size(),
                  transaction_.eight_bit},
                 runtime_.now());
  pump();
}

void OutgoingSession::quit() {
  CHECK(ready());
  session_->quit(runtime_.now());
  pump();
}

void OutgoingSession::pump() {
  // send() and quit() come from inside on_ready(): the loop that called it goes on.
  if (pumping_ || over_) return;
  pumping_ = true;
  while (true) {
    const smtp::ClientEvent event = session_->next(output_);
    record_output();
    if (std::holds_alternative<smtp::NeedMore>(event)) break;
    if (const auto* closed = std::get_if<smtp::Closed>(&event)) {
      flush();
      if (!stream_over_) stream_->close();
      pumping_ = false;
      finish(to_string(closed->reason));
      return;
    }
    take(event);
  }
  pumping_ = false;
  flush();
  timer_.arm(session_->deadline());
}

void OutgoingSession::take(const smtp::ClientEvent& event) {
  if (const auto* line = std::get_if<smtp::LineReceived>(&event)) {
    transcript_.received_line(line->line);
  } else if (std::holds_alternative<smtp::Ready>(event)) {
    transcript_.set_message({});
    handler_.on_ready();
  } else if (const auto* refused = std::get_if<smtp::SessionRefused>(&event)) {
    handler_.on_refused(refused->reply);
  } else if (const auto* done = std::get_if<smtp::RecipientDone>(&event)) {
    handler_.on_recipient_done(*done);
  } else if (std::holds_alternative<smtp::BodyWanted>(event)) {
    transcript_.sent_data("message", transaction_.content);
    flush();
    send_body();
  }
}

// As much as the stream takes without piling it up. The encoded octets are not lines of the
// dialogue.
void OutgoingSession::send_body() {
  const Content& content = transaction_.content;
  const Instant now = runtime_.now();
  while (body_at_ < content.size()) {
    if (stream_->queued() > Stream::kLowWater) return empty_output(output_);
    for (const std::string_view part : parts_of(content, body_at_, kPieceSize)) {
      body_at_ += part.size();
      session_->body(part, now, output_);
    }
    stream_->send(output_);
    output_.clear();
  }
  empty_output(output_);
  session_->end_body(now, output_);
  transcript_.sent(".\r\n");
  recorded_ = output_.size();
}

void OutgoingSession::record_output() {
  transcript_.sent(std::string_view(output_).substr(recorded_));
  recorded_ = output_.size();
}

void OutgoingSession::flush() {
  recorded_ = 0;
  if (output_.empty()) return;
  send_output(*stream_, output_);
}

void OutgoingSession::finish(std::string_view reason) {
  over_ = true;
  timer_.disarm();
  const bool connected = session_.has_value();
  if (connected) transcript_.closed(reason);
  handler_.on_session_closed(reason, connected);
}

}  // namespace mailcosm::sim
