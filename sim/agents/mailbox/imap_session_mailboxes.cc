// Logins, selection, and the questions about mailboxes as such.
#include "protocols/imap/mailbox_name.h"
#include "sim/agents/mailbox/imap_flags.h"
#include "sim/agents/mailbox/imap_session.h"

namespace mailcosm::sim {
namespace {

using namespace imap::server;
using imap::ResponseCode;

// RFC 6154 section 2: what mailboxes of these names are for.
std::string_view special_use_of(std::string_view name) {
  if (name == "Sent") return "\\Sent";
  if (name == "Trash") return "\\Trash";
  if (name == "Drafts") return "\\Drafts";
  if (name == "Junk") return "\\Junk";
  if (name == "Archive") return "\\Archive";
  return {};
}

}  // namespace

bool ImapSession::handle_mailboxes(const imap::server::Event& event) {
  MailboxStore& store = context_->store;
  if (const auto* login = std::get_if<LoginAsked>(&event)) {
    log_in(*login);
  } else if (const auto* selected = std::get_if<SelectAsked>(&event)) {
    select(*selected);
  } else if (std::holds_alternative<Deselected>(event)) {
    deselect();
  } else if (const auto* listed = std::get_if<ListAsked>(&event)) {
    list(*listed);
  } else if (const auto* status = std::get_if<StatusAsked>(&event)) {
    tell_status(*status);
  } else if (const auto* made = std::get_if<CreateAsked>(&event)) {
    answer_change(store.create(*account_, made->mailbox));
  } else if (const auto* removed = std::get_if<DeleteAsked>(&event)) {
    answer_change(store.remove(*account_, removed->mailbox));
  } else if (const auto* renamed = std::get_if<RenameAsked>(&event)) {
    answer_change(store.rename(*account_, renamed->mailbox, renamed->to));
  } else if (const auto* subscribed = std::get_if<SubscribeAsked>(&event)) {
    answer_change(subscribed->subscribe ? store.subscribe(*account_, subscribed->mailbox)
                                        : store.unsubscribe(*account_, subscribed->mailbox));
  } else {
    return false;
  }
  return true;
}

void ImapSession::log_in(const LoginAsked& asked) {
  const sasl::Credentials& credentials = *asked.credentials;
  // Nobody may act as somebody else (RFC 4616 section 2).
  const bool as_itself =
      credentials.authorization.empty() || credentials.authorization == credentials.login;
  account_ =
      as_itself ? context_->directory.log_in(credentials.login, credentials.password) : nullptr;
  answer(account_ != nullptr ? Verdict::ok()
                             : Verdict::no(ResponseCode::kAuthenticationFailed, {}));
}

void ImapSession::select(const SelectAsked& asked) {
  Mailbox* mailbox = account_->find(asked.mailbox);
  if (mailbox == nullptr) return refuse(StoreError::kNoMailbox);
  if (!mailbox->selectable()) return refuse(StoreError::kNotSelectable);
  Snapshot snapshot;
  snapshot.uid_validity = mailbox->uid_validity();
  snapshot.uid_next = mailbox->uid_next();
  snapshot.messages.reserve(mailbox->messages().size());
  for (const StoredMessage& message : mailbox->messages()) {
    snapshot.messages.push_back(info_of(message, *mailbox));
  }
  mailbox_ = mailbox;
  read_only_ = asked.read_only;
  mailbox->add_observer(*this);
  if (!read_only_) context_->store.claim_recent(*mailbox);
  session_.answer(std::move(snapshot), context_->runtime.now(), output_);
}

void ImapSession::deselect() {
  if (mailbox_ != nullptr) mailbox_->remove_observer(*this);
  mailbox_ = nullptr;
  recent_due_ = false;
}

void ImapSession::list(const ListAsked& asked) {
  std::vector<MailboxEntry> entries;
  if (asked.subscribed) {
    for (const std::string& name : account_->subscriptions()) entries.push_back({name, true, {}});
  } else {
    for (const auto& mailbox : account_->mailboxes()) {
      entries.push_back(
          {mailbox->name(), mailbox->selectable(), std::string(special_use_of(mailbox->name()))});
    }
  }
  session_.answer(std::span<const MailboxEntry>(entries), context_->runtime.now(), output_);
}

void ImapSession::tell_status(const StatusAsked& asked) {
  const Mailbox* mailbox = account_->find(asked.mailbox);
  if (mailbox == nullptr) return refuse(StoreError::kNoMailbox);
  if (!mailbox->selectable()) return refuse(StoreError::kNotSelectable);
  const std::size_t messages = mailbox->messages().size();
  Status status;
  status.messages = static_cast<std::uint32_t>(messages);
  status.recent =
      static_cast<std::uint32_t>(messages - mailbox->position_of(mailbox->recent_from()));
  status.uid_next = mailbox->uid_next();
  status.uid_validity = mailbox->uid_validity();
  status.unseen = static_cast<std::uint32_t>(mailbox->unseen());
  session_.answer(status, context_->runtime.now(), output_);
}

}  // namespace mailcosm::sim
