#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "protocols/imap/client_session.h"

namespace mailcosm::imap {

using namespace client;

namespace {

bool take_condition(Lexer& lexer, Condition& condition) {
  constexpr Condition kAll[] = {Condition::kOk, Condition::kNo, Condition::kBad, Condition::kBye,
                                Condition::kPreauth};
  std::string_view word;
  if (!lexer.take_atom(word)) return false;
  for (Condition known : kAll) {
    if (!ascii::equal_ignoring_case(to_string(known), word)) continue;
    condition = known;
    return true;
  }
  return false;
}

}  // namespace

// response = continue-req / response-data / response-tagged
void ClientSession::handle_response(std::string& output) {
  Lexer lexer(response_, Lexer::Strings::kLenient);
  told_ = {};
  bool good = false;
  if (lexer.take('+')) {
    lexer.take_space();
    good = handle_continuation(lexer.rest(), output);
  } else if (lexer.take('*')) {
    good = lexer.take_space() && handle_untagged(lexer);
  } else {
    good = handle_tagged(lexer);
  }
  if (!good) fail();
  // A greeting must come first (RFC 3501 section 7.1).
  if (phase_ == Phase::kGreeting) fail();
}

bool ClientSession::handle_continuation(std::string_view text, std::string& output) {
  if (sent_ == 0) return false;
  const Request& request = requests_[sent_ - 1];
  if (writing_) {
    write_on(request, output);
    return true;
  }
  if (request.command == Command::kIdle && phase_ == Phase::kReady) {
    phase_ = Phase::kIdle;
    done_wanted_ = done_wanted_ || requests_.size() > sent_;
    done_said_ = false;
    due_.push_back(IdleStarted{});
    rearm();
    return true;
  }
  if (request.command != Command::kAuthenticate || !sasl_) return false;
  const auto challenge = base64::decode(text);
  std::string response;
  if (challenge && sasl_->respond(*challenge, response)) {
    base64::encode(response, output);
  } else {
    output.push_back('*');  // RFC 3501 section 6.2.2: cancels
  }
  output.append("\r\n");
  return true;
}

bool ClientSession::handle_untagged(Lexer& lexer) {
  std::uint32_t number = 0;
  if (ascii::is_digit(lexer.peek()))
    return lexer.take_number(number) && lexer.take_space() && handle_numbered(lexer, number);
  const std::size_t begin = lexer.position();
  Condition condition = Condition::kOk;
  if (take_condition(lexer, condition)) {
    lexer.take_space();
    return take_response_text(lexer) && handle_status_response(lexer, condition);
  }
  lexer = Lexer(response_, Lexer::Strings::kLenient);
  lexer.skip(begin);
  std::string_view word;
  if (phase_ == Phase::kGreeting || !lexer.take_atom(word)) return false;
  lexer.take_space();
  if (ascii::equal_ignoring_case(word, "CAPABILITY")) {
    handle_capabilities(lexer.rest());
    return true;
  }
  if (ascii::equal_ignoring_case(word, "LIST")) return handle_listed(lexer, false);
  if (ascii::equal_ignoring_case(word, "LSUB")) return handle_listed(lexer, true);
  if (ascii::equal_ignoring_case(word, "STATUS")) return handle_status(lexer);
  if (ascii::equal_ignoring_case(word, "SEARCH")) return handle_search(lexer);
  // FLAGS, and what extensions may say unasked (RFC 3501 section 2.2.2).
  return true;
}

bool ClientSession::handle_numbered(Lexer& lexer, std::uint32_t number) {
  std::string_view word;
  if (phase_ == Phase::kGreeting || !lexer.take_atom(word)) return false;
  if (ascii::equal_ignoring_case(word, "FETCH"))
    return number > 0 && lexer.take_space() && handle_fetched(lexer, number);
  if (ascii::equal_ignoring_case(word, "EXISTS")) {
    selected_.messages = number;
    if (!selecting()) due_.push_back(Exists{number});
  } else if (ascii::equal_ignoring_case(word, "RECENT")) {
    selected_.recent = number;
    if (!selecting()) due_.push_back(Recent{number});
  } else if (ascii::equal_ignoring_case(word, "EXPUNGE")) {
    if (number == 0) return false;
    if (selected_.messages > 0) --selected_.messages;
    due_.push_back(Expunged{number});
  }
  return true;
}

bool ClientSession::selecting() const {
  return sent_ > 0 && (requests_.front().command == Command::kSelect ||
                       requests_.front().command == Command::kExamine);
}

// greeting, resp-cond-state and resp-cond-bye without a tag
bool ClientSession::handle_status_response(Lexer&, Condition condition) {
  if (phase_ == Phase::kGreeting) {
    if (condition == Condition::kNo || condition == Condition::kBad) return false;
    phase_ = Phase::kReady;
    due_.push_back(Greeted{condition, told_.text});
    if (condition == Condition::kBye) {
      close(Closed::Reason::kBye);
    } else if (capabilities_known_) {
      due_.push_back(CapabilitiesReceived{capabilities_});
    } else {
      ask_capabilities();
    }
    return true;
  }
  if (condition == Condition::kPreauth) return false;
  if (condition == Condition::kBye) {
    const bool asked = sent_ > 0 && requests_[sent_ - 1].command == Command::kLogout;
    if (asked) return true;
    due_.push_back(Notice{condition, told_.code, told_.text});
    close(Closed::Reason::kBye);
    return true;
  }
  if (told_.code == ResponseCode::kCopyUid && condition == Condition::kOk) {
    due_.push_back(Moved{told_.uid_validity, told_.source_uids, told_.target_uids});
    return true;
  }
  if (told_.code == ResponseCode::kAlert || condition != Condition::kOk) {
    due_.push_back(Notice{condition, told_.code, told_.text});
  }
  return true;
}

// response-tagged = tag SP resp-cond-state
bool ClientSession::handle_tagged(Lexer& lexer) {
  std::string_view tag;
  if (phase_ == Phase::kGreeting || !lexer.take_tag(tag) || tag.size() < 2 || tag.front() != 'A')
    return false;
  const auto id = ascii::parse_unsigned(tag.substr(1), UINT32_MAX);
  Condition condition = Condition::kOk;
  if (!id || !lexer.take_space() || !take_condition(lexer, condition)) return false;
  if (condition == Condition::kBye || condition == Condition::kPreauth) return false;
  lexer.take_space();
  const bool told_capabilities = capabilities_known_;
  capabilities_known_ = false;
  if (!take_response_text(lexer)) return false;
  for (std::size_t i = 0; i < sent_; ++i) {
    if (requests_[i].id != *id) continue;
    const Command command = requests_[i].command;
    const bool logged_in = condition == Condition::kOk &&
                           (command == Command::kLogin || command == Command::kAuthenticate);
    if (capabilities_known_) due_.push_back(CapabilitiesReceived{capabilities_});
    const bool known = capabilities_known_;
    capabilities_known_ = known || told_capabilities;
    complete(i, condition);
    // What was offered before the login may no longer be (RFC 3501 section 6.1.1).
    if (logged_in && !known && phase_ == Phase::kReady) ask_capabilities();
    return true;
  }
  return false;
}

void ClientSession::complete(std::size_t index, Condition condition) {
  const Request request = std::move(requests_[index]);
  requests_.erase(requests_.begin() + static_cast<std::ptrdiff_t>(index));
  if (index + 1 == sent_) writing_ = false;
  --sent_;
  if (request.command == Command::kIdle) {
    phase_ = Phase::kReady;
    done_wanted_ = false;
  }
  if (request.command == Command::kAuthenticate) sasl_.reset();
  const bool opened = request.command == Command::kSelect || request.command == Command::kExamine;
  if (opened && condition == Condition::kOk) {
    if (told_.code == ResponseCode::kReadOnly) selected_.read_only = true;
    if (told_.code == ResponseCode::kReadWrite) selected_.read_only = false;
    name_ = request.mailbox;
    selected_.name = name_;
    due_.push_back(selected_);
  }
  if (!request.internal) {
    told_.request = request.id;
    told_.command = request.command;
    told_.condition = condition;
    due_.push_back(told_);
  }
  if (request.command == Command::kLogout) close(Closed::Reason::kLogout);
  rearm();
}

// resp-text = ["[" resp-text-code "]" SP] text
bool ClientSession::take_response_text(Lexer& lexer) {
  if (lexer.take('[')) {
    if (!take_code(lexer)) return false;
    lexer.take_space();
  }
  told_.text = lexer.rest();
  return true;
}

bool ClientSession::take_code(Lexer& lexer) {
  const std::size_t length = lexer.rest().find(']');
  if (length == std::string_view::npos) return false;
  std::string_view rest = lexer.rest().substr(0, length);
  lexer.skip(length + 1);
  const std::string_view word = ascii::take_until(rest, ' ');
  told_.code = response_code_of(word);
  const auto number = ascii::parse_unsigned(rest, UINT32_MAX);
  switch (told_.code) {
    case ResponseCode::kUidValidity:
      selected_.uid_validity = static_cast<std::uint32_t>(number.value_or(0));
      break;
    case ResponseCode::kUidNext:
      selected_.uid_next = static_cast<Uid>(number.value_or(0));
      break;
    case ResponseCode::kUnseen:
      selected_.first_unseen = static_cast<SequenceNumber>(number.value_or(0));
      break;
    case ResponseCode::kCapability:
      capabilities_.assign(rest);
      capabilities_known_ = true;
      break;
    case ResponseCode::kAppendUid:
    case ResponseCode::kCopyUid: {
      const auto validity = ascii::parse_unsigned(ascii::take_until(rest, ' '), UINT32_MAX);
      told_.uid_validity = static_cast<std::uint32_t>(validity.value_or(0));
      if (told_.code == ResponseCode::kCopyUid) told_.source_uids = ascii::take_until(rest, ' ');
      told_.target_uids = rest;
      break;
    }
    default:
      break;
  }
  return true;
}

void ClientSession::handle_capabilities(std::string_view list) {
  capabilities_.assign(list);
  capabilities_known_ = true;
  due_.push_back(CapabilitiesReceived{capabilities_});
}

}  // namespace mailcosm::imap
