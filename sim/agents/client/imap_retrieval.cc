#include "sim/agents/client/imap_retrieval.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

// Servers may log an idle client out after 30 minutes (RFC 2177 section 3).
constexpr Duration kIdleRenewal = std::chrono::minutes(29);

}  // namespace

ImapRetrieval::ImapRetrieval(Runtime& runtime, AddressLookup& addresses,
                             const MailClientConfig& config, RetrievalOwner& owner, Copies& copies)
    : Retrieval(runtime, addresses, config, owner, copies, "imap", 143) {}

void ImapRetrieval::begin(Instant now) {
  session_.emplace(now);
  stage_ = Stage::kLogin;
  request_ = session_->log_in(config().login, config().password);
  if (request_ != 0) return;
  login_refused_ = true;
  set_ending(Ending::Kind::kRefused, "the login cannot be said in IMAP");
  stage_ = Stage::kLogout;
  request_ = session_->log_out();
}

void ImapRetrieval::wake() {
  if (!is_established() || stage_ != Stage::kIdle) return;
  next_job();
  pump();
}

Conversation::Step ImapRetrieval::step() {
  namespace client = imap::client;
  const client::Event event = session_->next(output());
  report_imap_output();
  if (std::holds_alternative<client::NeedMore>(event)) return Step::kNeedMore;
  if (const auto* line = std::get_if<client::LineReceived>(&event))
    transcript().received_line(line->line);
  if (const auto* literal = std::get_if<client::LiteralReceived>(&event))
    transcript().received_data("literal", literal->bytes);
  if (const auto* exists = std::get_if<client::Exists>(&event)) on_exists(exists->messages);
  if (const auto* expunged = std::get_if<client::Expunged>(&event)) on_expunged(expunged->number);
  if (const auto* listed = std::get_if<client::MailboxListed>(&event)) take_mailbox(*listed);
  if (const auto* moved = std::get_if<client::Moved>(&event); moved && stage_ == Stage::kMove)
    number_moved(moved->uid_validity, moved->source_uids, moved->target_uids);
  if (const auto* selected = std::get_if<client::Selected>(&event)) on_selected(*selected);
  if (const auto* fetched = std::get_if<client::Fetched>(&event)) on_fetched(*fetched);
  if (const auto* completed = std::get_if<client::Completed>(&event)) on_completed(*completed);
  if (const auto* closed = std::get_if<client::Closed>(&event)) return on_session_closed(*closed);
  return Step::kGoOn;
}

// The content of an APPEND is data, not lines.
void ImapRetrieval::report_imap_output() {
  std::string_view written = unreported_output();
  if (stage_ == Stage::kAppend && job_ && job_->content) {
    // With a literal that waits for nobody (RFC 7888) the command's line stands in front of it.
    const std::string content = job_->content.text();
    const std::size_t at = written.find(content);
    if (at != std::string_view::npos) {
      transcript().sent(written.substr(0, at));
      transcript().sent_data("literal", content);
      written.remove_prefix(at + content.size());
      // The CRLF that ends the command behind its literal.
      if (written == "\r\n") return;
    }
  }
  transcript().sent(written);
}

void ImapRetrieval::on_selected(const imap::client::Selected& selected) {
  selected_ = selected.name;
  uid_validity_ = selected.uid_validity;
  uids_.assign(selected.messages, 0);
}

void ImapRetrieval::on_fetched(const imap::client::Fetched& fetched) {
  imap::Uid known = 0;
  if (fetched.number <= uids_.size() && fetched.number > 0) {
    imap::Uid& uid = uids_[fetched.number - 1];
    if (fetched.uid) uid = *fetched.uid;
    known = uid;
  }
  if (stage_ == Stage::kListFlags && fetched.uid && fetched.flags != nullptr) {
    listed_.push_back({*fetched.uid, {}, *fetched.flags});
  } else if (stage_ == Stage::kListHeaders && fetched.uid && !fetched.sections.empty()) {
    listed_.push_back({*fetched.uid, std::string(fetched.sections.front().bytes.value_or("")), {}});
  } else if (stage_ == Stage::kFetch && fetched.uid && !fetched.sections.empty()) {
    take_content(fetched);
  } else if (fetched.flags != nullptr && known != 0) {
    on_flags(known, *fetched.flags);
  }
}

void ImapRetrieval::on_login(const imap::client::Completed& completed) {
  if (completed.condition == imap::Condition::kOk) return next_job();
  login_refused_ = true;
  const bool passing = completed.code == imap::ResponseCode::kUnavailable ||
                       completed.code == imap::ResponseCode::kInUse;
  set_ending(passing ? Ending::Kind::kBroken : Ending::Kind::kRefused,
             std::string(to_string(completed.condition)) + " " + std::string(completed.text));
  stage_ = Stage::kLogout;
  request_ = session_->log_out();
}

void ImapRetrieval::on_completed(const imap::client::Completed& completed) {
  if (completed.request != request_) return;
  const bool ok = completed.condition == imap::Condition::kOk;
  switch (stage_) {
    case Stage::kLogin:
      return on_login(completed);
    case Stage::kIdle:
      if (ok) return rest();
      stage_ = Stage::kLogout;
      request_ = session_->log_out();
      return;
    case Stage::kLogout:
      return;
    case Stage::kListMailboxes:
      if (!ok) break;
      return check_next();
    case Stage::kSelect:
      if (!ok) {
        selected_.clear();
        uids_.clear();
        break;
      }
      return job_->kind == RetrievalJob::Kind::kCheck ? list_flags() : begin_change();
    case Stage::kListFlags:
      if (!ok) break;
      return compare();
    case Stage::kFetch:
      if (!ok || disk_full_) break;
      return check_next();
    case Stage::kListHeaders:
      if (!ok) break;
      return choose();
    default:
      return advance_change(completed);
  }
  if (ok) return finish_job("the disk of the device is full");
  finish_job(std::string(to_string(completed.condition)) + " " + std::string(completed.text));
}

void ImapRetrieval::expect(Stage stage, imap::ClientSession::RequestId request) {
  if (request == 0) return finish_job("the request cannot be said in IMAP");
  stage_ = stage;
  request_ = request;
}

void ImapRetrieval::next_job() {
  job_ = owner().current_job();
  created_ = false;
  listed_.clear();
  chosen_messages_.clear();
  to_check_.clear();
  if (!job_) return rest();
  switch (job_->kind) {
    case RetrievalJob::Kind::kCheck:
      return begin_check();
    case RetrievalJob::Kind::kAppend:
      return begin_append();
    case RetrievalJob::Kind::kMark:
    case RetrievalJob::Kind::kMove:
    case RetrievalJob::Kind::kRemove:
      if (is_selected(job_->choice.mailbox)) return begin_change();
      return expect(Stage::kSelect, session_->select(job_->choice.mailbox));
  }
}

// Nothing to do: waits for new mail in INBOX, or says good-bye.
void ImapRetrieval::rest() {
  const bool in_inbox = is_selected("INBOX");
  if (config().idles && session_->has_capability("IDLE") && in_inbox) {
    has_idled_ = true;
    stage_ = Stage::kIdle;
    idle_until_ = runtime().now() + kIdleRenewal;
    request_ = session_->idle();
    return;
  }
  if (has_idled_ && !in_inbox) {
    // Back to INBOX, where something may have come meanwhile.
    owner().on_new_mail();
    return next_job();
  }
  stage_ = Stage::kLogout;
  request_ = session_->log_out();
}

Instant ImapRetrieval::deadline() const {
  return stage_ == Stage::kIdle ? std::min(session_->deadline(), idle_until_)
                                : session_->deadline();
}

void ImapRetrieval::expire(Instant now) {
  if (stage_ == Stage::kIdle && now >= idle_until_) {
    idle_until_ = Instant::never();
    session_->done();
  }
  if (now >= session_->deadline()) session_->expire(now);
}

void ImapRetrieval::finish_job(const std::string& failure) {
  store().sync();
  job_ = nullptr;
  owner().on_job_finished(failure);
  next_job();
}

Conversation::Step ImapRetrieval::on_session_closed(const imap::client::Closed& closed) {
  const bool orderly = closed.reason == imap::client::Closed::Reason::kLogout;
  if (!login_refused_)
    set_ending(orderly ? Ending::Kind::kOrderly : Ending::Kind::kBroken, to_string(closed.reason));
  return Step::kClosed;
}

}  // namespace mailcosm::sim
