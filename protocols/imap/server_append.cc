#include <algorithm>

#include "protocols/base/check.h"
#include "protocols/imap/server_session.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {

using namespace server;

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal; here up to the literal.
bool ServerSession::read_append(Lexer& lexer) {
  flags_ = {};
  internal_date_.reset();
  if (!lexer.take_space() || !lexer.take_mailbox(name_) || !lexer.take_space()) return false;
  if (lexer.peek() == '(' && (!lexer.take_flag_list(flags_) || !lexer.take_space())) return false;
  if (lexer.peek() == '"' &&
      (!lexer.take_date_time(internal_date_.emplace()) || !lexer.take_space()))
    return false;
  return true;
}

ServerSession::Step ServerSession::append_announced(const LiteralAnnouncement& literal,
                                                    std::string& output) {
  const ServerLimits& limits = config_->limits;
  if (!literal.synchronising && literal.size > limits.unasked_literal_max) {
    return refuse_literal(literal, Condition::kBad, ResponseCode::kTooBig,
                          "Literal too long to be sent unasked", output);
  }
  if (literal.size > limits.append_size_max) {
    return refuse_literal(literal, Condition::kNo, ResponseCode::kTooBig, "Message too big",
                          output);
  }
  if (literal.size == 0) {
    return refuse_literal(literal, Condition::kNo, ResponseCode::kNone, "A message is not empty",
                          output);
  }
  literal_ = literal;
  return ask(Question::kAppend);
}

void ServerSession::answer_append(const Verdict& verdict, std::string& output) {
  if (verdict.condition != Condition::kOk) {
    refuse_literal(literal_, verdict.condition, verdict.code, verdict.text, output);
    return;
  }
  if (literal_.synchronising) output.append("+ Ready for the message\r\n");
  literal_left_ = literal_.size;
  phase_ = Phase::kAppend;
}

ServerSession::Step ServerSession::append_step() {
  if (literal_left_ == 0) {
    phase_ = Phase::kAppendTail;
    return {};
  }
  const std::string_view bytes = buffer_.take_bytes(static_cast<std::size_t>(literal_left_));
  literal_left_ -= bytes.size();
  if (!bytes.empty()) return AppendChunk{bytes};
  if (!input_ended_) return NeedMore{};
  close_with(Closed::Reason::kPeerClosed, {});
  return {};
}

ServerSession::Step ServerSession::append_tail(std::string_view line, std::string& output) {
  if (line.empty()) return ask(Question::kAppendEnd);
  refusal_ = Condition::kBad;
  refusal_code_ = ResponseCode::kNone;
  refusal_text_ = "Nothing may follow the message";
  phase_ = Phase::kSkipTail;
  skip_line(line, output);
  return AppendAborted{};
}

// RFC 4315 section 3.
void ServerSession::answer(const Appended& appended, Instant now, std::string& output) {
  if (phase_ == Phase::kClosed) return;
  CHECK(question_ == Question::kAppendEnd);
  now_ = now;
  question_ = Question::kNone;
  std::string code = "APPENDUID ";
  append_number(appended.uid_validity, code);
  code.push_back(' ');
  append_number(appended.uid, code);
  done_with(code, output);
}

}  // namespace mailcosm::imap
