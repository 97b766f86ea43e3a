#include "sim/store/mailbox.h"

#include <algorithm>

namespace mailcosm::sim {

std::size_t Mailbox::position_of(Uid uid) const {
  const auto found = std::ranges::lower_bound(messages_, uid, {}, &StoredMessage::uid);
  return static_cast<std::size_t>(found - messages_.begin());
}

const StoredMessage* Mailbox::find(Uid uid) const {
  const std::size_t position = position_of(uid);
  if (position == messages_.size() || messages_[position].uid != uid) return nullptr;
  return &messages_[position];
}

std::size_t Mailbox::unseen() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      messages_,
      [](const StoredMessage& message) { return !message.flags.has(MessageFlags::kSeen); }));
}

std::span<const std::string> Mailbox::keywords() const {
  if (!extra_) return {};
  return extra_->keywords;
}

Mailbox::Extra& Mailbox::extra() {
  if (!extra_) extra_ = std::make_unique<Extra>();
  return *extra_;
}

void Mailbox::add_observer(MailboxObserver& observer) { extra().observers.push_back(&observer); }

void Mailbox::remove_observer(MailboxObserver& observer) {
  if (extra_) std::erase(extra_->observers, &observer);
}

}  // namespace mailcosm::sim
