// One line of the client, told apart and answered: everything but logging in and sending messages.
#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/pop3/decimal.h"
#include "protocols/pop3/server_session.h"

namespace mailcosm::pop3 {
namespace {

enum class Arguments : std::uint8_t { kNone, kOptional, kRequired };

Arguments arguments_of(Command command) {
  switch (command) {
    case Command::kUser:
    case Command::kPass:
    case Command::kAuth:
    case Command::kRetr:
    case Command::kDele:
    case Command::kTop:
      return Arguments::kRequired;
    case Command::kList:
    case Command::kUidl:
      return Arguments::kOptional;
    default:
      return Arguments::kNone;
  }
}

// RFC 1939 section 3: keywords and arguments consist of printable ASCII characters.
bool is_printable(std::string_view line) { return std::ranges::all_of(line, ascii::is_printable); }

}  // namespace

void ServerSession::handle_line(std::string_view line, std::string& output) {
  if (state_ == State::kAuthenticating) {
    command_ = Command::kSaslResponse;
    return sasl_response(line, output);
  }
  if (line_too_long_) return error(ResponseCode::kNone, "line is too long", output);
  if (!is_printable(line))
    return error(ResponseCode::kNone, "only printable ASCII is allowed", output);
  const bool has_argument = line.find(' ') != std::string_view::npos;
  const std::string_view keyword = ascii::take_until(line, ' ');
  command_ = command_of(keyword);
  if (command_ == Command::kUnknown) return error(ResponseCode::kNone, "unknown command", output);
  if (find_transition(state_, command_) == nullptr) {
    return error(ResponseCode::kNone, "command is not valid in this state", output);
  }
  handle_command(line, has_argument, output);
}

bool ServerSession::check_argument(bool has_argument, std::string& output) {
  const Arguments wanted = arguments_of(command_);
  if (wanted == Arguments::kNone && has_argument) {
    error(ResponseCode::kNone, "this command has no argument", output);
    return false;
  }
  if (wanted == Arguments::kRequired && !has_argument) {
    error(ResponseCode::kNone, "argument is missing", output);
    return false;
  }
  return true;
}

void ServerSession::handle_command(std::string_view argument, bool has_argument,
                                   std::string& output) {
  if (!check_argument(has_argument, output)) return;
  switch (command_) {
    case Command::kUser:
      return user(argument, output);
    case Command::kPass:
      return pass(argument);
    case Command::kAuth:
      return auth(argument, output);
    case Command::kCapa:
      return capa(output);
    case Command::kStat:
      return stat(output);
    case Command::kList:
    case Command::kUidl:
      return list(argument, has_argument, output);
    case Command::kRetr:
    case Command::kTop:
      return retrieve(argument, output);
    case Command::kDele:
      return dele(argument, output);
    case Command::kNoop:
      return ok("", output);
    case Command::kRset:
      return rset(output);
    case Command::kQuit:
      return quit(output);
    case Command::kSaslResponse:
    case Command::kUnknown:
      break;
  }
}

void ServerSession::stat(std::string& output) {
  std::uint64_t messages = 0;
  std::uint64_t size = 0;
  count(messages, size);
  output.append("+OK ");
  append_decimal(messages, output);
  output.push_back(' ');
  append_decimal(size, output);
  output.append("\r\n");
}

void ServerSession::count(std::uint64_t& messages, std::uint64_t& size) const {
  for (std::size_t i = 0; i < maildrop_.size(); ++i) {
    if (deleted_[i]) continue;
    ++messages;
    size += maildrop_[i].size;
  }
}

// "2 messages (320 octets)" and the end of the line.
void ServerSession::write_totals(std::string& output) const {
  std::uint64_t messages = 0;
  std::uint64_t size = 0;
  count(messages, size);
  append_decimal(messages, output);
  output.append(messages == 1 ? " message (" : " messages (");
  append_decimal(size, output);
  output.append(size == 1 ? " octet)\r\n" : " octets)\r\n");
}

MessageNumber ServerSession::message_of(std::string_view argument, std::string& output) {
  const std::optional<std::uint64_t> number = ascii::parse_unsigned(argument);
  if (!number) {
    error(ResponseCode::kNone, "message number expected", output);
    return 0;
  }
  if (*number == 0 || *number > maildrop_.size()) {
    error(ResponseCode::kNone, "no such message", output);
    return 0;
  }
  if (deleted_[*number - 1]) {
    error(ResponseCode::kNone, "message is marked as deleted", output);
    return 0;
  }
  return static_cast<MessageNumber>(*number);
}

void ServerSession::dele(std::string_view argument, std::string& output) {
  const MessageNumber number = message_of(argument, output);
  if (number == 0) return;
  deleted_[number - 1] = true;
  output.append("+OK message ");
  append_decimal(number, output);
  output.append(" marked as deleted\r\n");
}

void ServerSession::rset(std::string& output) {
  deleted_.assign(maildrop_.size(), false);
  output.append("+OK maildrop has ");
  write_totals(output);
}

void ServerSession::capa(std::string& output) {
  output.append("+OK capability list follows\r\n");
  output.append("TOP\r\nUIDL\r\nUSER\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\nSASL");
  for (const sasl::MechanismInfo& info : sasl::mechanisms()) output.append(" ").append(info.name);
  output.append("\r\n");
  if (config_->login_delay_seconds) {
    output.append("LOGIN-DELAY ");
    append_decimal(*config_->login_delay_seconds, output);
    output.append("\r\n");
  }
  output.append("EXPIRE ");
  if (config_->expire_days) {
    append_decimal(*config_->expire_days, output);
  } else {
    output.append("NEVER");
  }
  output.append("\r\n");
  if (!config_->implementation.empty()) {
    output.append("IMPLEMENTATION ").append(config_->implementation).append("\r\n");
  }
  output.append(".\r\n");
}

void ServerSession::quit(std::string& output) {
  change_state(true);
  for (std::size_t i = 0; i < deleted_.size(); ++i) {
    if (deleted_[i]) removing_.push_back(static_cast<MessageNumber>(i + 1));
  }
  if (!removing_.empty()) {
    task_ = Task::kAskRemoval;
    return;
  }
  say_farewell(output);
}

void ServerSession::say_farewell(std::string& output) {
  if (all_removed_) {
    output.append("+OK ").append(config_->host_name).append(" POP3 server signing off");
    if (state_ == State::kUpdate) {
      const std::size_t left = maildrop_.size() - removing_.size();
      output.append(" (");
      append_decimal(left, output);
      output.append(left == 1 ? " message left)" : " messages left)");
    }
    output.append("\r\n");
  } else {
    output.append("-ERR [SYS/TEMP] some deleted messages not removed\r\n");
  }
  close(server::Closed::Reason::kQuit);
}

}  // namespace mailcosm::pop3
