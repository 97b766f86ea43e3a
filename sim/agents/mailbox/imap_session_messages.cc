// The questions about messages.
#include <utility>

#include "protocols/mail/message.h"
#include "sim/agents/mailbox/imap_flags.h"
#include "sim/agents/mailbox/imap_session.h"

namespace mailcosm::sim {
namespace {

using namespace imap::server;
using imap::ResponseCode;

}  // namespace

bool ImapSession::handle_messages(const imap::server::Event& event) {
  if (const auto* announced = std::get_if<AppendAsked>(&event)) {
    append(*announced);
  } else if (const auto* chunk = std::get_if<AppendChunk>(&event)) {
    content_.append(chunk->bytes);
  } else if (std::holds_alternative<AppendAborted>(event)) {
    content_ = {};
  } else if (std::holds_alternative<AppendEndAsked>(event)) {
    store_appended();
  } else if (const auto* content = std::get_if<ContentAsked>(&event)) {
    hand_over(*content);
  } else if (const auto* flags = std::get_if<StoreAsked>(&event)) {
    set_flags(*flags);
  } else if (const auto* copied = std::get_if<CopyAsked>(&event)) {
    copy(*copied);
  } else if (const auto* expunged = std::get_if<ExpungeAsked>(&event)) {
    expunge(*expunged);
  } else {
    return false;
  }
  return true;
}

// Where APPEND and COPY find no mailbox, the client may make it and try again (RFC 3501
// section 7.1).
void ImapSession::append(const AppendAsked& asked) {
  const Mailbox* mailbox = account_->find(asked.mailbox);
  if (mailbox == nullptr)
    return answer(Verdict::no(ResponseCode::kTryCreate, to_string(StoreError::kNoMailbox)));
  if (!mailbox->selectable()) return refuse(StoreError::kNotSelectable);
  if (!context_->store.fits_quota(*account_, asked.size)) return refuse(StoreError::kOverQuota);
  target_ = mailbox->name();
  flags_ = *asked.flags;
  internal_date_ = asked.internal_date.value_or(context_->runtime.wall_time());
  content_.clear();
  answer(Verdict::ok());
}

void ImapSession::store_appended() {
  Mailbox* mailbox = account_->find(target_);
  NewMessage message;
  message.content = context_->runtime.contents().intern(std::exchange(content_, {}));
  transcript_.set_message(mail::message_id_of(message.content));
  transcript_.received_data("message", message.content);
  if (mailbox == nullptr)
    return answer(Verdict::no(ResponseCode::kTryCreate, to_string(StoreError::kNoMailbox)));
  const std::optional<MessageFlags> flags = from_imap(flags_, *mailbox, context_->store);
  if (!flags) return answer(Verdict::no(ResponseCode::kLimit, "no room for more keywords"));
  message.flags = *flags;
  message.internal_date = internal_date_;
  target_validity_ = mailbox->uid_validity();
  waiting_ = Waiting::kAppend;
  const StoreError error = context_->store.append(*mailbox, {&message, 1}, *this, ++token_);
  if (error != StoreError::kNone) refuse(error);
}

void ImapSession::hand_over(const ContentAsked& asked) {
  const StoredMessage* message = mailbox_ == nullptr ? nullptr : mailbox_->find(asked.uid);
  const Content content = message == nullptr ? nullptr : message->content;
  if (content != nullptr && context_->runtime.trace().wants(Kind::kDataSent)) {
    transcript_.set_message(mail::message_id_of(content));
  }
  session_.answer(content, context_->runtime.now(), output_);
}

void ImapSession::set_flags(const StoreAsked& asked) {
  if (mailbox_ == nullptr) return refuse(StoreError::kNoMailbox);
  MailboxStore& store = context_->store;
  for (const Uid uid : asked.uids) {
    const StoredMessage* message = mailbox_->find(uid);
    if (message == nullptr) continue;
    const imap::Flags after = apply(asked.mode, to_imap(message->flags, *mailbox_), *asked.flags);
    const std::optional<MessageFlags> flags = from_imap(after, *mailbox_, store);
    if (!flags) return answer(Verdict::no(ResponseCode::kLimit, "no room for more keywords"));
    const StoreError error = store.set_flags(*mailbox_, uid, *flags);
    if (error != StoreError::kNone) return refuse(error);
  }
  // That reading sets \Seen promises nothing: the message must not wait for the disk.
  if (asked.by_fetch) return answer(Verdict::ok());
  answer_change(StoreError::kNone);
}

void ImapSession::copy(const CopyAsked& asked) {
  Mailbox* to = account_->find(asked.mailbox);
  if (mailbox_ == nullptr) return refuse(StoreError::kNoMailbox);
  if (to == nullptr)
    return answer(Verdict::no(ResponseCode::kTryCreate, to_string(StoreError::kNoMailbox)));
  source_uids_.clear();
  for (const Uid uid : asked.uids) {
    if (mailbox_->find(uid) != nullptr) source_uids_.push_back(uid);
  }
  target_validity_ = to->uid_validity();
  waiting_ = Waiting::kCopy;
  MailboxStore& store = context_->store;
  const StoreError error = asked.move ? store.move(*mailbox_, source_uids_, *to, *this, ++token_)
                                      : store.copy(*mailbox_, source_uids_, *to, *this, ++token_);
  if (error != StoreError::kNone) refuse(error);
}

void ImapSession::answer_copied(std::span<const Uid> uids) {
  // A message that another session was just moving away is not among them; then nobody can tell
  // which is which.
  const bool complete = uids.size() == source_uids_.size();
  const Copied copied{target_validity_,
                      complete ? std::span<const Uid>(source_uids_) : std::span<const Uid>(),
                      complete ? uids : std::span<const Uid>()};
  session_.answer(copied, context_->runtime.now(), output_);
}

void ImapSession::expunge(const ExpungeAsked& asked) {
  if (mailbox_ == nullptr) return refuse(StoreError::kNoMailbox);
  answer_change(context_->store.expunge(*mailbox_, asked.uids));
}

}  // namespace mailcosm::sim
