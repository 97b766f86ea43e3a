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
  fmt::memory_buffer text;
  text.append(std::string_view("Commands:"));
  for (int i = 0; i < kCommands; ++i) {
    const auto command = static_cast<Command>(i);
    if (!implements(command) || (command == Command::kAuth && config_->mechanisms.empty()))
      continue;
    text.push_back(' ');
    text.append(name_of(command));
  }
  write({214, {2, 0, 0}, {text.data(), text.size()}}, {}, output);
  return NeedMore{};
}

ServerEvent ServerSession::quit(std::string_view arguments, std::string& output) {
  if (!arguments.empty()) return refuse({501, {5, 5, 4}, "QUIT takes no parameters"}, output);
  // RFC 5321 section 4.2: the reply to QUIT names the host.
  fmt::memory_buffer text;
  text.append(std::string_view(config_->host_name));
  text.append(std::string_view(" closing connection"));
  write({221, {2, 0, 0}, {text.data(), text.size()}}, {}, output);
  return close(CloseReason::kQuit);
}

}  // namespace mailcosm::smtp
