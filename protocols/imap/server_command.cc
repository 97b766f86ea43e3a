#include "protocols/base/ascii.h"
#include "protocols/imap/server_session.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {
namespace {

// A command's storage beyond this is given back when it ends.
constexpr std::size_t kKeptCapacity = 1'024;

template <typename Container>
void release(Container& container) {
  container.clear();
  if (container.capacity() > kKeptCapacity) container.shrink_to_fit();
}

// RFC 3501 section 7.4.1: an EXPUNGE would change the meaning of numbers the client may just be
// sending.
bool may_expunge(Command verb, bool by_uid) {
  const bool numbers =
      verb == Command::kFetch || verb == Command::kStore || verb == Command::kSearch;
  return by_uid || !numbers;
}

}  // namespace

using namespace server;

// command = tag SP ["UID" SP] name ...
bool ServerSession::read_head(Lexer& lexer) {
  tag_size_ = 0;
  verb_ = Command::kUnknown;
  by_uid_ = false;
  std::string_view word;
  if (!lexer.take_tag(word)) return false;
  tag_size_ = word.size();
  if (!lexer.take_space() || !lexer.take_atom(word)) return false;
  if (ascii::equal_ignoring_case(word, "UID")) {
    if (!lexer.take_space() || !lexer.take_atom(word)) return false;
    by_uid_ = true;
  }
  const Command command = command_of(word);
  if (by_uid_ && !has_uid_form(command)) return false;
  verb_ = command;
  return find_transition(state_, command) != nullptr;
}

ServerSession::Step ServerSession::dispatch(std::string& output) {
  Lexer lexer(command_);
  if (read_head(lexer)) return run(lexer, output);
  if (tag_size_ == 0) return bad("A command starts with a tag", output);
  if (verb_ == Command::kUnknown) return bad("Unknown command", output);
  switch (state_) {
    case State::kNotAuthenticated:
      return bad("Log in first", output);
    case State::kAuthenticated:
      return bad(find_transition(State::kSelected, verb_) != nullptr ? "No mailbox is selected"
                                                                     : "Already logged in",
                 output);
    default:
      return bad("Already logged in", output);
  }
}

ServerSession::Step ServerSession::run(Lexer& lexer, std::string& output) {
  switch (verb_) {
    case Command::kCapability:
      return capability(lexer, output);
    case Command::kNoop:
    case Command::kCheck:
      return lexer.at_end() ? done(output) : bad("Takes no arguments", output);
    case Command::kLogout:
      if (!lexer.at_end()) return bad("Takes no arguments", output);
      close_with(Closed::Reason::kLogout, "Logging out");
      return {};
    case Command::kAuthenticate:
      return authenticate(lexer, output);
    case Command::kLogin:
      return login(lexer, output);
    case Command::kSelect:
    case Command::kExamine:
      return select(lexer, output);
    case Command::kCreate:
    case Command::kDelete:
    case Command::kRename:
    case Command::kSubscribe:
    case Command::kUnsubscribe:
      return change_mailbox(lexer, output);
    case Command::kList:
    case Command::kLsub:
      return list(lexer, output);
    case Command::kStatus:
      return status(lexer, output);
    case Command::kNamespace:
      return name_space(lexer, output);
    case Command::kIdle:
      return idle(lexer, output);
    case Command::kClose:
    case Command::kUnselect:
      return close_mailbox(lexer, output);
    case Command::kExpunge:
      return expunge(lexer, output);
    case Command::kSearch:
      return search(lexer, output);
    case Command::kFetch:
      return fetch(lexer, output);
    case Command::kStore:
      return store(lexer, output);
    case Command::kCopy:
    case Command::kMove:
      return copy(lexer, output);
    // A well-formed APPEND has left by append_announced().
    case Command::kAppend:
    case Command::kUnknown:
      break;
  }
  return bad("Arguments are not as they should be", output);
}

ServerSession::Step ServerSession::bad(std::string_view text, std::string& output) {
  return finish(Condition::kBad, ResponseCode::kNone, text, output);
}

ServerSession::Step ServerSession::finish(const Verdict& verdict, std::string& output) {
  return finish(verdict.condition, verdict.code, verdict.text, output);
}

ServerSession::Step ServerSession::finish(Condition condition, ResponseCode code,
                                          std::string_view text, std::string& output) {
  write_tagged(condition, to_string(code), text, output);
  if (condition == Condition::kBad) {
    if (++bad_commands_ >= config_->limits.bad_commands_max) {
      close_with(Closed::Reason::kTooManyErrors, "Too many bad commands");
    }
  } else {
    bad_commands_ = 0;
    const Transition* transition = find_transition(state_, verb_);
    if (transition != nullptr)
      state_ = condition == Condition::kOk ? transition->on_ok : transition->on_no;
  }
  end_command();
  return {};
}

ServerSession::Step ServerSession::done_with(std::string_view code, std::string& output) {
  write_tagged(Condition::kOk, code, {}, output);
  bad_commands_ = 0;
  const Transition* transition = find_transition(state_, verb_);
  if (transition != nullptr) state_ = transition->on_ok;
  end_command();
  return {};
}

// Untagged news of the mailbox go before the tagged response (RFC 3501 section 5.2).
void ServerSession::write_tagged(Condition condition, std::string_view code, std::string_view text,
                                 std::string& output) {
  const bool tagged = tag_size_ > 0;
  if (state_ == State::kSelected && condition != Condition::kBad) {
    mailbox_.write_updates(may_expunge(verb_, by_uid_), by_uid_, output);
  }
  output.append(tagged ? std::string_view(command_).substr(0, tag_size_) : "*").append(" ");
  output.append(to_string(condition)).append(" ");
  if (!code.empty()) output.append("[").append(code).append("] ");
  if (!text.empty()) {
    output.append(text);
  } else {
    if (by_uid_) output.append("UID ");
    output.append(to_string(verb_)).append(condition == Condition::kOk ? " completed" : " failed");
  }
  output.append("\r\n");
}

void ServerSession::end_command() {
  phase_ = Phase::kCommand;
  tag_size_ = 0;
  line_begin_ = 0;
  release(command_);
  release(positions_);
  release(uids_);
  release(expected_);
  release(found_);
  refusal_text_.clear();
}

}  // namespace mailcosm::imap
