#include "sim/store/account.h"

#include <algorithm>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"

namespace mailcosm::sim {

namespace {

const std::set<std::string, std::less<>>& first_subscriptions() {
  static const std::set<std::string, std::less<>> kNames(Account::kFirstMailboxes.begin(),
                                                         Account::kFirstMailboxes.end());
  return kNames;
}

const std::set<std::string, std::less<>> kNoSubscriptions;

}  // namespace

std::span<const std::unique_ptr<Mailbox>> Account::mailboxes() const {
  touch_all();
  return mailboxes_;
}

Account::Extra& Account::extra() {
  if (!extra_) extra_ = std::make_unique<Extra>();
  return *extra_;
}

const std::set<std::string, std::less<>>& Account::subscriptions() const {
  if (has_first_subscriptions_) return first_subscriptions();
  return extra_ ? extra_->subscriptions : kNoSubscriptions;
}

std::set<std::string, std::less<>>& Account::own_subscriptions() {
  if (has_first_subscriptions_) extra().subscriptions = first_subscriptions();
  has_first_subscriptions_ = false;
  return extra().subscriptions;
}

void Account::set_first_mailboxes(std::uint32_t uid_validity) {
  first_uid_validity_ = uid_validity;
  uid_validity_last_ = uid_validity + static_cast<std::uint32_t>(kFirstMailboxes.size()) - 1;
  untouched_ = (1 << kFirstMailboxes.size()) - 1;
}

void Account::touch(std::size_t first) const {
  untouched_ = static_cast<std::uint8_t>(untouched_ & ~(1u << first));
  const std::string_view name = kFirstMailboxes[first];
  const auto place = std::ranges::lower_bound(
      mailboxes_, name, {},
      [](const auto& mailbox) -> std::string_view { return mailbox->name(); });
  auto& self = const_cast<Account&>(*this);  // what it looks like is what it was
  const auto uid_validity = first_uid_validity_ + static_cast<std::uint32_t>(first);
  mailboxes_.insert(place, std::make_unique<Mailbox>(self, std::string(name), uid_validity));
}

void Account::touch_all() const {
  if (untouched_ == 0) return;
  mailboxes_.reserve(mailboxes_.size() + kFirstMailboxes.size());
  for (std::size_t i = 0; i < kFirstMailboxes.size(); ++i) {
    if (is_untouched(i)) touch(i);
  }
}

Mailbox* Account::find(std::string_view name) const {
  if (ascii::equal_ignoring_case(name, "INBOX")) name = "INBOX";
  for (std::size_t i = 0; untouched_ != 0 && i < kFirstMailboxes.size(); ++i) {
    if (is_untouched(i) && name == kFirstMailboxes[i]) touch(i);
  }
  const auto found = std::ranges::lower_bound(
      mailboxes_, name, {},
      [](const auto& mailbox) -> std::string_view { return mailbox->name(); });
  return found != mailboxes_.end() && (*found)->name() == name ? found->get() : nullptr;
}

Mailbox* Account::find(std::uint32_t uid_validity) const {
  const std::uint32_t first = uid_validity - first_uid_validity_;
  if (first < kFirstMailboxes.size() && is_untouched(first)) touch(first);
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
