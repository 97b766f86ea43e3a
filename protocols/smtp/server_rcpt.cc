// RCPT (RFC 5321 section 4.1.1.3).
#include "protocols/base/ascii.h"
#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {

ServerEvent ServerSession::rcpt(std::string_view arguments, std::string& output) {
  if (!ascii::starts_with_ignoring_case(arguments, "TO:")) {
    return refuse({500, {5, 5, 2}, "Syntax: RCPT TO:<address>"}, output);
  }
  arguments.remove_prefix(3);
  RcptAsked asked;
  const PathError path_error = take_path(arguments, PathKind::kForward, config_->limits,
                                         config_->leniency, asked.forward_path);
  if (path_error != PathError::kNone) return refuse_path(path_error, PathKind::kForward, output);
  const ParameterError error = parse_rcpt_parameters(arguments, offered());
  if (error != ParameterError::kNone) return refuse_parameters(error, output);
  // RFC 5321 section 4.5.3.1.10: 452, so that the client sends the rest in another transaction.
  // That is no error.
  if (recipients_ >= config_->limits.recipients_max) {
    write({452, {4, 5, 3}, "Too many recipients"}, {}, output);
    return NeedMore{};
  }
  return ask(Question::kRcpt, asked);
}

void ServerSession::answer_rcpt(const Reply& given, std::string& output) {
  write(given, {250, {2, 1, 5}, "Recipient OK"}, output);
  if (given.code >= 300) {
    ++rejected_recipients_;
    return;
  }
  ++recipients_;
  state_ = transition_of(state_, Command::kRcpt).next;
}

}  // namespace mailcosm::smtp
