// The check: which mailboxes and UIDs there are, which of them the device lacks, their contents and
// flags; and what the server tells of them unasked.
#include <algorithm>
#include <memory>

#include "protocols/base/ascii.h"
#include "sim/agents/client/imap_retrieval.h"

namespace mailcosm::sim {
namespace {

constexpr std::string_view kInbox = "INBOX";

// \Recent tells about a session, not about the message.
imap::Flags lasting(imap::Flags flags) {
  flags.clear(imap::SystemFlag::kRecent);
  return flags;
}

}  // namespace

bool ImapRetrieval::is_selected(std::string_view mailbox) const {
  const bool inbox = ascii::equal_ignoring_case(mailbox, kInbox);
  return inbox ? ascii::equal_ignoring_case(selected_, kInbox) : selected_ == mailbox;
}

void ImapRetrieval::begin_check() {
  disk_full_ = false;
  if (config().syncs_all && !job_->news) {
    return expect(Stage::kListMailboxes, session_->list("", "*"));
  }
  to_check_.emplace_back(kInbox);
  check_next();
}

void ImapRetrieval::take_mailbox(const imap::client::MailboxListed& listed) {
  if (stage_ != Stage::kListMailboxes || !listed.selectable) return;
  // INBOX last: a client that stays connected waits there.
  const bool inbox = ascii::equal_ignoring_case(listed.name, kInbox);
  const bool behind = !to_check_.empty() && to_check_.back() == kInbox;
  if (inbox) {
    to_check_.emplace_back(kInbox);
  } else {
    to_check_.insert(to_check_.end() - (behind ? 1 : 0), std::string(listed.name));
  }
}

void ImapRetrieval::check_next() {
  listed_.clear();
  if (to_check_.empty()) return finish_job({});
  const std::string mailbox = to_check_.front();
  to_check_.pop_front();
  // A mailbox that stays selected is only asked for news.
  if (is_selected(mailbox)) return list_flags();
  expect(Stage::kSelect, session_->select(mailbox));
}

void ImapRetrieval::list_flags() {
  if (uids_.empty()) return compare();
  expect(
      Stage::kListFlags,
      session_->uid_fetch(imap::SequenceSet::range(1, imap::SequenceSet::kLargest), "(UID FLAGS)"));
}

void ImapRetrieval::compare() {
  // Ids of another UIDVALIDITY mean nothing any more (RFC 3501 section 2.3.1.1), and what is gone
  // from the server goes from the device.
  std::vector<std::string> there;
  std::vector<imap::Uid> fresh;
  for (const Listed& listed : listed_) {
    there.push_back(local_id(listed.uid));
    if (owner().has_change(selected_, there.back())) continue;
    if (store().has(selected_, there.back())) {
      on_flags(listed.uid, listed.flags);
    } else {
      fresh.push_back(listed.uid);
    }
  }
  for (const std::string& id : store().ids(selected_)) {
    if (Copies::is_unnumbered(id) || std::find(there.begin(), there.end(), id) != there.end())
      continue;
    copies().remove(selected_, id, Copies::By::kServer);
  }
  report_checked(listed_.size(), fresh.size(), selected_);
  if (fresh.empty()) return check_next();
  std::sort(fresh.begin(), fresh.end());
  fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
  expect(Stage::kFetch, session_->uid_fetch(imap::compressed(fresh), "(UID BODY.PEEK[])"));
}

void ImapRetrieval::take_content(const imap::client::Fetched& fetched) {
  for (const imap::client::FetchedSection& section : fetched.sections) {
    if (!section.section.empty() || !section.bytes) continue;
    const std::string id = local_id(*fetched.uid);
    if (store().has(selected_, id)) continue;
    const auto listed = std::find_if(listed_.begin(), listed_.end(),
                                     [&](const Listed& one) { return one.uid == *fetched.uid; });
    const imap::Flags flags = listed == listed_.end() ? imap::Flags() : lasting(listed->flags);
    if (store().add(selected_, id, runtime().contents().intern(*section.bytes), flags)) {
      report_fetched(selected_, id);
    } else {
      disk_full_ = true;
    }
  }
}

void ImapRetrieval::on_exists(std::uint32_t messages) {
  const bool more = messages > uids_.size();
  uids_.resize(messages, 0);
  if (more && stage_ == Stage::kIdle) owner().on_new_mail();
}

void ImapRetrieval::on_expunged(imap::SequenceNumber number) {
  if (number == 0 || number > uids_.size()) return;
  const imap::Uid uid = uids_[number - 1];
  uids_.erase(uids_.begin() + static_cast<std::ptrdiff_t>(number) - 1);
  if (uid != 0) copies().remove(selected_, local_id(uid), Copies::By::kServer);
}

void ImapRetrieval::on_flags(imap::Uid uid, imap::Flags flags) {
  const std::string id = local_id(uid);
  if (owner().has_change(selected_, id)) return;
  copies().set_flags(selected_, id, lasting(std::move(flags)), Copies::By::kServer);
}

}  // namespace mailcosm::sim
