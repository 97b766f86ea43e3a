// MAIL (RFC 5321 section 4.1.1.2).
#include "protocols/base/ascii.h"
#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {

ServerEvent ServerSession::mail(std::string_view arguments, std::string& output) {
  if (config_->require_auth && !authenticated_) {
    return refuse({530, {5, 7, 0}, "Authentication required"}, output);
  }
  // The colon belongs to the command's name: without it this is another, unknown command.
  if (!ascii::starts_with_ignoring_case(arguments, "FROM:")) {
    return refuse({500, {5, 5, 2}, "Syntax: MAIL FROM:<address>"}, output);
  }
  arguments.remove_prefix(5);
  MailAsked asked;
  const PathError path_error = take_path(arguments, PathKind::kReverse, config_->limits,
                                         config_->leniency, asked.reverse_path);
  if (path_error != PathError::kNone) return refuse_path(path_error, PathKind::kReverse, output);
  const ParameterError error = parse_mail_parameters(arguments, offered(), asked.parameters);
  if (error != ParameterError::kNone) return refuse_parameters(error, output);
  // RFC 1870 section 6.1.
  if (asked.parameters.size > config_->limits.message_size_max) {
    return refuse({552, {5, 3, 4}, "Message size exceeds the limit"}, output);
  }
  return ask(Question::kMail, asked);
}

void ServerSession::answer_mail(const Reply& given, std::string& output) {
  write(given, {250, {2, 1, 0}, "Sender OK"}, output);
  if (given.code >= 300) return;
  state_ = transition_of(state_, Command::kMail).next;
  transaction_open_ = true;
}

ServerEvent ServerSession::refuse_path(PathError error, PathKind kind, std::string& output) {
  // RFC 3463 section 3.2: X.1.7 bad sender's, X.1.3 bad destination mailbox address syntax.
  const std::uint16_t detail = kind == PathKind::kReverse ? 7 : 3;
  switch (error) {
    case PathError::kNone:
    case PathError::kMissing:
      return refuse({500, {5, 5, 2}, "An address in angle brackets is needed"}, output);
    case PathError::kSyntax:
      return refuse({501, {5, 1, detail}, "Address syntax error"}, output);
    case PathError::kLocalPartTooLong:
      return refuse({501, {5, 1, detail}, "Local part too long"}, output);
    case PathError::kDomainTooLong:
      return refuse({501, {5, 1, detail}, "Domain too long"}, output);
    case PathError::kPathTooLong:
      return refuse({501, {5, 1, detail}, "Path too long"}, output);
    case PathError::kNotAscii:
      // RFC 6531 section 3.5, for a server that does not offer SMTPUTF8.
      return refuse({550, {5, 6, 7}, "Non-ASCII addresses are not permitted"}, output);
  }
  return NeedMore{};
}

ServerEvent ServerSession::refuse_parameters(ParameterError error, std::string& output) {
  // RFC 5321 section 4.1.1.11.
  if (error == ParameterError::kUnknown) {
    return refuse({555, {5, 5, 4}, "Parameter not recognized or not implemented"}, output);
  }
  return refuse({501, {5, 5, 4}, "Syntax error in parameters"}, output);
}

}  // namespace mailcosm::smtp
