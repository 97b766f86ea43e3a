#include "protocols/imap/mailbox_name.h"
#include "protocols/imap/server_session.h"

namespace mailcosm::imap {

using namespace server;

// create, delete, subscribe, unsubscribe: SP mailbox;  rename: SP mailbox SP mailbox
ServerSession::Step ServerSession::change_mailbox(Lexer& lexer, std::string& output) {
  const bool two = verb_ == Command::kRename;
  if (!lexer.take_space() || !lexer.take_mailbox(name_) ||
      (two && (!lexer.take_space() || !lexer.take_mailbox(to_))) || !lexer.at_end()) {
    return bad(two ? "Takes two mailbox names" : "Takes one mailbox name", output);
  }
  const bool makes = two || verb_ == Command::kCreate;
  std::string& made = two ? to_ : name_;
  // A trailing delimiter declares that inferiors will follow; the name is created without it
  // (section 6.3.3).
  if (makes && made.size() > 1 && made.ends_with(kHierarchyDelimiter)) made.pop_back();
  if (makes && !is_mailbox_name(made)) {
    return finish(Condition::kNo, ResponseCode::kCannot, "No mailbox can have that name", output);
  }
  if (makes && is_inbox(made)) {
    return finish(Condition::kNo, ResponseCode::kAlreadyExists, "INBOX always exists", output);
  }
  if (verb_ == Command::kDelete) {
    if (is_inbox(name_))
      return finish(Condition::kNo, ResponseCode::kCannot, "INBOX stays", output);
    if (state_ == State::kSelected && name_ == selected_) deselect();
  }
  ask_due_ = Question::kMailbox;
  return {};
}

Event ServerSession::mailbox_question() const {
  switch (verb_) {
    case Command::kCreate:
      return CreateAsked{name_};
    case Command::kDelete:
      return DeleteAsked{name_};
    case Command::kRename:
      return RenameAsked{name_, to_};
    default:
      return SubscribeAsked{name_, verb_ == Command::kSubscribe};
  }
}

}  // namespace mailcosm::imap
