#include <algorithm>

#include "protocols/imap/server_session.h"

namespace mailcosm::imap {

using namespace server;

ServerSession::Step ServerSession::literal_announced(const LiteralAnnouncement& literal,
                                                     std::string& output) {
  Lexer lexer(command_);
  const bool known = read_head(lexer);
  if (known && verb_ == Command::kAppend && read_append(lexer) &&
      lexer.position() + literal.length == command_.size()) {
    return append_announced(literal, output);
  }
  const ServerLimits& limits = config_->limits;
  // RFC 7888 section 5.
  if (!literal.synchronising && literal.size > limits.unasked_literal_max) {
    return refuse_literal(literal, Condition::kBad, ResponseCode::kTooBig,
                          "Literal too long to be sent unasked", output);
  }
  if (!known)
    return refuse_literal(literal, Condition::kBad, ResponseCode::kNone, "Unknown command", output);
  if (literal.size > limits.command_length_max ||
      command_.size() + literal.size > limits.command_length_max) {
    return refuse_literal(literal, Condition::kBad, ResponseCode::kTooBig, "Command too long",
                          output);
  }
  if (literal.synchronising) output.append("+ Ready for the literal\r\n");
  command_.append("\r\n");
  line_begin_ = command_.size();
  literal_left_ = literal.size;
  phase_ = Phase::kLiteral;
  return {};
}

ServerSession::Step ServerSession::literal_step() {
  const std::string_view bytes = buffer_.take_bytes(static_cast<std::size_t>(literal_left_));
  command_.append(bytes);
  literal_left_ -= bytes.size();
  if (literal_left_ > 0) {
    if (!input_ended_) return NeedMore{};
    close_with(Closed::Reason::kPeerClosed, {});
    return {};
  }
  phase_ = Phase::kCommand;
  return LiteralReceived{std::string_view(command_).substr(line_begin_)};
}

// A client that waits to be asked sends nothing; from one that does not wait, the octets must be
// taken all the same.
ServerSession::Step ServerSession::refuse_literal(const LiteralAnnouncement& literal,
                                                  Condition condition, ResponseCode code,
                                                  std::string_view text, std::string& output) {
  if (literal.synchronising) return finish(condition, code, text, output);
  refusal_ = condition;
  refusal_code_ = code;
  refusal_text_.assign(text);
  literal_left_ = literal.size;
  phase_ = Phase::kSkip;
  return {};
}

ServerSession::Step ServerSession::skip_step(std::string& output) {
  literal_left_ -=
      buffer_.take_bytes(static_cast<std::size_t>(std::min<std::uint64_t>(literal_left_, SIZE_MAX)))
          .size();
  if (literal_left_ > 0) return need_more(output);
  phase_ = Phase::kSkipTail;
  return {};
}

ServerSession::Step ServerSession::skip_line(std::string_view line, std::string& output) {
  LiteralAnnouncement literal;
  if (find_literal(line, literal) && !literal.synchronising) {
    command_.resize(line_begin_);
    literal_left_ = literal.size;
    phase_ = Phase::kSkip;
    return {};
  }
  return finish(refusal_, refusal_code_, refusal_text_, output);
}

}  // namespace mailcosm::imap
