// RSET, VRFY, EXPN, HELP and QUIT (RFC 5321 sections 4.1.1.5 to 4.1.1.10).
#include <fmt/format.h>

#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {

ServerEvent ServerSession::rset(std::string_view arguments, std::string& output) {
  if (!arguments.empty()) return refuse({501, {5, 5, 4}, "RSET takes no parameters"}, output);
  write({250, {2, 0, 0}, "OK"}, {}, output);
  end_transaction();
  state_ = transition_of(state_, Command::kRset).next;
  if (reset_due_) return next_closing();
  return NeedMore{};
}

ServerEvent ServerSession::vrfy(Command command, std::string_view arguments, std::string& output) {
  if (arguments.empty()) return refuse({501, {5, 5, 4}, "A name is needed"}, output);
  if (command == Command::kVrfy) return ask(Question::kVrfy, VrfyAsked{arguments});
  return ask(Question::kExpn, ExpnAsked{arguments});
}

ServerEvent ServerSession::help(std::string& output) {
  std::string text = "Commands:";
  for (int i = 0; i < kCommands; ++i) {
    const auto command = static_cast<Command>(i);
    if (!implements(command) || (command == Command::kAuth && config_->mechanisms.empty()))
      continue;
    text += ' ';
    text += name_of(command);
  }
  write({214, {2, 0, 0}, text}, {}, output);
  return NeedMore{};
}

ServerEvent ServerSession::quit(std::string_view arguments, std::string& output) {
  if (!arguments.empty()) return refuse({501, {5, 5, 4}, "QUIT takes no parameters"}, output);
  // RFC 5321 section 4.2: the reply to QUIT names the host.
  write({221, {2, 0, 0}, fmt::format("{} closing connection", config_->host_name)}, {}, output);
  return close(CloseReason::kQuit);
}

}  // namespace mailcosm::smtp
