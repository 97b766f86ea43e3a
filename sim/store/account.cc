#include "sim/store/account.h"

#include <algorithm>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"

namespace mailcosm::sim {

Mailbox* Account::find(std::string_view name) const {
  if (ascii::equal_ignoring_case(name, "INBOX")) name = "INBOX";
  const auto found = std::ranges::lower_bound(
      mailboxes_, name, {},
      [](const auto& mailbox) -> std::string_view { return mailbox->name(); });
  return found != mailboxes_.end() && (*found)->name() == name ? found->get() : nullptr;
}

Mailbox* Account::find(std::uint32_t uid_validity) const {
  const auto found = std::ranges::find(mailboxes_, uid_validity,
                                       [](const auto& mailbox) { return mailbox->uid_validity(); });
  return found != mailboxes_.end() ? found->get() : nullptr;
}

Mailbox& Account::inbox() const {
  Mailbox* inbox = find("INBOX");
  CHECK(inbox != nullptr);
  return *inbox;
}

bool Account::has_inferiors(const Mailbox& mailbox) const {
  const std::string prefix = mailbox.name() + "/";
  const auto found =
      std::ranges::lower_bound(mailboxes_, std::string_view(prefix), {},
                               [](const auto& other) -> std::string_view { return other->name(); });
  return found != mailboxes_.end() && (*found)->name().starts_with(prefix);
}

MaildropLock::MaildropLock(Account& account) {
  if (account.maildrop_locked_) return;
  account.maildrop_locked_ = true;
  account_ = &account;
}

MaildropLock& MaildropLock::operator=(MaildropLock&& other) noexcept {
  if (this != &other) {
    release();
    account_ = std::exchange(other.account_, nullptr);
  }
  return *this;
}

void MaildropLock::release() {
  if (account_ != nullptr) account_->maildrop_locked_ = false;
  account_ = nullptr;
}

}  // namespace mailcosm::sim
