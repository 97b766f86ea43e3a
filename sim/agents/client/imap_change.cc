// Changes on the server: flags, moves, removals, and copies of what was sent.
#include <algorithm>

#include "protocols/mail/header.h"
#include "protocols/mail/message_id.h"
#include "sim/agents/client/imap_retrieval.h"

namespace mailcosm::sim {
namespace {

// Nothing for a name that is no flag.
std::optional<imap::Flags> flags_of(const std::vector<std::string>& names) {
  imap::Flags flags;
  for (const std::string& name : names) {
    if (!imap::add_flag(name, flags)) return std::nullopt;
  }
  return flags;
}

// In the order of the set. What is too much for one command of a client is not worked out.
std::vector<imap::Uid> numbers_of(const imap::SequenceSet& set) {
  constexpr std::size_t kNumbersMax = 100'000;
  std::vector<imap::Uid> numbers;
  for (const imap::SequenceSet::Range& range : set.ranges()) {
    const imap::Uid first = std::min(range.first, range.last);
    const imap::Uid last = std::max(range.first, range.last);
    for (std::uint64_t uid = first; uid <= last && numbers.size() < kNumbersMax; ++uid)
      numbers.push_back(static_cast<imap::Uid>(uid));
  }
  return numbers;
}

}  // namespace

// The mailbox is selected.
void ImapRetrieval::begin_change() { job_->ids.empty() ? list_headers() : choose_copies(); }

// What was chosen among the copies of another UIDVALIDITY cannot be named any more.
void ImapRetrieval::choose_copies() {
  std::vector<imap::Uid> uids;
  for (std::size_t i = 0; i < job_->ids.size(); ++i) {
    const imap::Uid uid = Copies::uid_of(job_->ids[i], uid_validity_);
    if (uid != 0) uids.push_back(uid);
  }
  if (uids.empty()) return finish_job("the mailbox on the server is another one now");
  std::sort(uids.begin(), uids.end());
  chosen_ = imap::compressed(uids);
  change();
}

void ImapRetrieval::list_headers() {
  if (uids_.empty()) return finish_job({});
  expect(Stage::kListHeaders,
         session_->uid_fetch(imap::SequenceSet::range(1, imap::SequenceSet::kLargest),
                             "(UID BODY.PEEK[HEADER.FIELDS (SUBJECT FROM MESSAGE-ID)])"));
}

void ImapRetrieval::choose() {
  std::sort(listed_.begin(), listed_.end(),
            [](const Listed& a, const Listed& b) { return a.uid < b.uid; });
  for (Listed& listed : listed_) {
    if (is_chosen(job_->choice, listed.header)) chosen_messages_.push_back(std::move(listed));
  }
  if (job_->choice.newest && chosen_messages_.size() > 1)
    chosen_messages_.erase(chosen_messages_.begin(), chosen_messages_.end() - 1);
  if (chosen_messages_.empty()) return finish_job({});
  std::vector<imap::Uid> uids;
  for (const Listed& message : chosen_messages_) uids.push_back(message.uid);
  chosen_ = imap::compressed(uids);
  change();
}

void ImapRetrieval::change() {
  switch (job_->kind) {
    case RetrievalJob::Kind::kMark: {
      const auto flags = flags_of(job_->add.empty() ? job_->remove : job_->add);
      if (!flags) return finish_job("no such flag");
      if (job_->add.empty() && job_->remove.empty()) return finish_job({});
      if (job_->add.empty())
        return expect(Stage::kRemoveFlags,
                      session_->uid_store(chosen_, imap::StoreMode::kRemove, *flags));
      return expect(Stage::kAddFlags, session_->uid_store(chosen_, imap::StoreMode::kAdd, *flags));
    }
    case RetrievalJob::Kind::kMove:
      if (session_->has_capability("MOVE"))
        return expect(Stage::kMove, session_->uid_move(chosen_, job_->to));
      return expect(Stage::kCopy, session_->uid_copy(chosen_, job_->to));
    case RetrievalJob::Kind::kRemove:
      return expect(Stage::kMarkDeleted, session_->uid_store(chosen_, imap::StoreMode::kAdd,
                                                             imap::SystemFlag::kDeleted));
    case RetrievalJob::Kind::kAppend:
      return expect(Stage::kAppend, session_->append(job_->to, imap::SystemFlag::kSeen,
                                                     runtime().wall_time(), job_->content));
    case RetrievalJob::Kind::kCheck:
      return;
  }
}

void ImapRetrieval::begin_append() { change(); }

void ImapRetrieval::advance_change(const imap::client::Completed& completed) {
  const bool ok = completed.condition == imap::Condition::kOk;
  // The target is missing: makes it and tries once more (RFC 3501 section 6.3.11).
  if (!ok && completed.code == imap::ResponseCode::kTryCreate && !created_) {
    created_ = true;
    return expect(Stage::kCreate, session_->create(job_->to));
  }
  if (!ok)
    return finish_job(std::string(to_string(completed.condition)) + " " +
                      std::string(completed.text));
  switch (stage_) {
    case Stage::kCreate:
      return change();
    case Stage::kAddFlags: {
      const auto flags = flags_of(job_->remove);
      if (!flags) return finish_job("no such flag");
      if (job_->remove.empty()) return finish_job({});
      return expect(Stage::kRemoveFlags,
                    session_->uid_store(chosen_, imap::StoreMode::kRemove, *flags));
    }
    case Stage::kCopy:
      number_moved(completed.uid_validity, completed.source_uids, completed.target_uids);
      return expect(Stage::kMarkDeleted, session_->uid_store(chosen_, imap::StoreMode::kAdd,
                                                             imap::SystemFlag::kDeleted));
    case Stage::kMarkDeleted:
      return expunge();
    case Stage::kMove:
    case Stage::kExpunge:
      return finish_removal();
    default:
      return finish_job({});
  }
}

// Only what was chosen, where the server can do that (RFC 4315 section 2.1).
void ImapRetrieval::expunge() {
  if (session_->has_capability("UIDPLUS"))
    return expect(Stage::kExpunge, session_->uid_expunge(chosen_));
  expect(Stage::kExpunge, session_->expunge());
}

// The copies in the new mailbox get the UIDs that the server has told (COPYUID, RFC 4315 section
// 3): those of the target in the order of those of the source.
void ImapRetrieval::number_moved(std::uint32_t uid_validity, std::string_view source_uids,
                                 std::string_view target_uids) {
  const auto source = imap::SequenceSet::parse(source_uids);
  const auto target = imap::SequenceSet::parse(target_uids);
  if (!source || !target || uid_validity == 0) return;
  const std::vector<imap::Uid> from = numbers_of(*source), to = numbers_of(*target);
  if (from.size() != to.size()) return;
  for (std::size_t i = 0; i < job_->moved.size(); ++i) {
    const imap::Uid uid = Copies::uid_of(job_->ids[i], uid_validity_);
    const auto found = std::find(from.begin(), from.end(), uid);
    if (found == from.end()) continue;
    const imap::Uid numbered = to[static_cast<std::size_t>(found - from.begin())];
    const std::string id = Copies::imap_id(uid_validity, numbered);
    copies().number(job_->to, job_->moved[i], id);
    owner().on_numbered(job_->to, job_->moved[i], id);
  }
}

void ImapRetrieval::finish_removal() {
  for (std::size_t i = 0; i < job_->message_ids.size(); ++i) {
    const imap::Uid uid = Copies::uid_of(job_->ids[i], uid_validity_);
    if (uid != 0) report_deleted(std::to_string(uid), job_->message_ids[i]);
  }
  for (const Listed& message : chosen_messages_) {
    copies().remove(selected_, local_id(message.uid), Copies::By::kUser);
    if (job_->kind != RetrievalJob::Kind::kRemove) continue;
    const mail::Header header = mail::Header::parse(message.header);
    const std::vector<std::string> ids = mail::parse_message_ids(header.value_of("Message-ID"), 1);
    report_deleted(std::to_string(message.uid), ids.empty() ? std::string() : ids.front());
  }
  finish_job({});
}

}  // namespace mailcosm::sim
