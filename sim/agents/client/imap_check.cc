// The check for new mail: which UIDs are there, which of them the device lacks, and their contents.
#include <algorithm>
#include <memory>

#include "protocols/base/ascii.h"
#include "sim/agents/client/imap_retrieval.h"

namespace mailcosm::sim {
namespace {

constexpr std::string_view kInbox = "INBOX";

}  // namespace

void ImapRetrieval::begin_check() {
  disk_full_ = false;
  // A mailbox that stays selected is only asked for news.
  if (ascii::equal_ignoring_case(selected_, kInbox)) return list_flags();
  expect(Stage::kSelect, session_->select(kInbox));
}

void ImapRetrieval::list_flags() {
  if (messages_ == 0) return compare();
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
    if (!store().has(kInbox, there.back())) fresh.push_back(listed.uid);
  }
  for (const std::string& id : store().ids(kInbox)) {
    if (std::find(there.begin(), there.end(), id) == there.end()) store().remove(kInbox, id);
  }
  report_checked(listed_.size(), fresh.size());
  if (fresh.empty()) return finish_job({});
  std::sort(fresh.begin(), fresh.end());
  fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
  expect(Stage::kFetch, session_->uid_fetch(imap::compressed(fresh), "(UID BODY.PEEK[])"));
}

void ImapRetrieval::take_content(const imap::client::Fetched& fetched) {
  for (const imap::client::FetchedSection& section : fetched.sections) {
    if (!section.section.empty() || !section.bytes) continue;
    const std::string id = local_id(*fetched.uid);
    if (store().has(kInbox, id)) continue;
    auto content = std::make_shared<const std::string>(*section.bytes);
    if (store().add(kInbox, id, content)) {
      report_fetched(kInbox, std::to_string(*fetched.uid), content);
    } else {
      disk_full_ = true;
    }
  }
}

// Digits of equal length, so that the order of ids is that of UIDs.
std::string ImapRetrieval::local_id(imap::Uid uid) const {
  std::string digits = std::to_string(uid);
  return std::to_string(uid_validity_) + '.' + std::string(10 - digits.size(), '0') + digits;
}

}  // namespace mailcosm::sim
