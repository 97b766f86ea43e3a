// DATA and the message (RFC 5321 sections 4.1.1.4, 4.5.2; RFC 2033 section 4.2).
#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {

ServerEvent ServerSession::data(std::string_view arguments, std::string& output) {
  if (!arguments.empty()) return refuse({501, {5, 5, 4}, "DATA takes no parameters"}, output);
  write({354, {}, "End the message with a dot on a line of its own"}, {}, output);
  decoder_ = {};
  state_ = transition_of(state_, Command::kData).next;
  return NeedMore{};
}

ServerEvent ServerSession::next_data(std::string& output) {
  while (true) {
    const DataDecoder::Step step = decoder_.decode(buffer_.buffered());
    buffer_.take_bytes(step.consumed);
    if (step.status == DataDecoder::Status::kEnd) return end_data(output);
    if (step.status == DataDecoder::Status::kNeedMore) {
      return input_ended_ ? close(CloseReason::kEndOfInput) : NeedMore{};
    }
    if (within_limits()) return BodyChunk{step.chunk};
    // The rest is read and thrown away up to the true end, so that none of it is taken for
    // commands.
    if (transaction_open_) {
      transaction_open_ = false;
      return Reset{};
    }
  }
}

bool ServerSession::within_limits() const {
  return !decoder_.bare_line_end() &&
         decoder_.line_length() <= config_->limits.text_line_length_max &&
         decoder_.size() <= config_->limits.message_size_max;
}

ServerEvent ServerSession::end_data(std::string& output) {
  if (!within_limits()) return refuse_message(output);
  replies_due_ = config_->service == Service::kLmtp ? recipients_ : 1;
  return ask(Question::kMessage, MessageAsked{decoder_.size(), recipients_});
}

ServerEvent ServerSession::refuse_message(std::string& output) {
  Reply reply = {554, {5, 6, 0}, "Line too long"};
  if (decoder_.bare_line_end()) {
    // Another server might have seen an end of message here (RFC 5321 section 2.3.8): this client
    // is not to be trusted.
    reply = {521, {5, 5, 2}, "Bare CR or LF, closing connection"};
  } else if (decoder_.size() > config_->limits.message_size_max) {
    reply = {552, {5, 3, 4}, "Message size exceeds the limit"};
  }
  const std::size_t replies = config_->service == Service::kLmtp ? recipients_ : 1;
  state_ = State::kReady;
  end_transaction();
  if (buffer_.empty()) buffer_.clear();
  await_client();
  if (reply.code != 521 && count_error(output)) return next_closing();
  for (std::size_t i = 0; i < replies; ++i) write(reply, {}, output);
  if (reply.code == 521) return close(CloseReason::kProtocolError);
  return NeedMore{};
}

void ServerSession::answer_message(const Reply& given, std::string& output) {
  write(given,
        {250, {2, 0, 0}, config_->service == Service::kLmtp ? "Delivered" : "Message accepted"},
        output);
  transaction_open_ = false;  // the owner knows
  end_transaction();
  state_ = State::kReady;
  if (buffer_.empty()) buffer_.clear();
}

}  // namespace mailcosm::smtp
