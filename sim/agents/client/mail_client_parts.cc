#include "sim/agents/client/mail_client_parts.h"

#include <algorithm>
#include <utility>

#include "protocols/base/check.h"
#include "sim/agents/client/compose.h"
#include "sim/agents/client/imap_retrieval.h"
#include "sim/agents/client/pop3_retrieval.h"

namespace mailcosm::sim {
namespace {

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all.push_back(' ');
    all += text;
  }
  return all;
}

}  // namespace

MailClient::Parts::Parts(Runtime& runtime, MailClientConfig config)
    : runtime_(runtime),
      config_(std::move(config)),
      random_(runtime.random("client/" + config_.device + "/message-id")),
      stub_(runtime, config_.resolvers),
      addresses_(stub_),
      store_(runtime.disk(), "client/" + config_.device),
      copies_(runtime, config_, store_),
      changes_(runtime.disk(), "client/" + config_.device),
      outbox_(runtime.disk(), "client/" + config_.device),
      job_pause_(config_.retry_first),
      outbox_timer_(runtime, *this, kOutboxDue),
      check_timer_(runtime, *this, kCheckDue),
      jobs_timer_(runtime, *this, kJobsDue) {
  CHECK(config_.retry_first > Duration{} && config_.retry_max >= config_.retry_first);
}

void MailClient::Parts::start() {
  jobs_ = changes_.load();
  std::vector<std::string> being_moved;
  for (const RetrievalJob& job : jobs_)
    being_moved.insert(being_moved.end(), job.moved.begin(), job.moved.end());
  copies_.load(being_moved);
  outbox_.load(runtime_.now());
  submit_due();
  retrieve();
  if (config_.check_every > Duration{}) check_timer_.arm_after(config_.check_every);
}

std::string MailClient::Parts::write(const Draft& draft) {
  if (lost_) return {};
  CHECK(!config_.submission_server.empty());
  Composed composed =
      compose(draft, config_, runtime_.wall_time(), random_.next(), runtime_.contents());
  CHECK(!composed.recipients.empty());
  runtime_.trace().set_cause(
      runtime_.trace().emit(Kind::kMessageComposed,
                            {config_.address.to_string(), config_.device,
                             joined(composed.recipients), draft.subject, composed.content.text()},
                            {{}, composed.message_id}));
  add_to_outbox(composed);
  submit_due();
  return composed.message_id;
}

// As many recipients in one transaction as every server must take (RFC 5321 section 4.5.3.1.8).
void MailClient::Parts::add_to_outbox(const Composed& composed) {
  constexpr std::size_t kRecipients = 100;
  for (std::size_t at = 0; at < composed.recipients.size(); at += kRecipients) {
    OutboxItem item;
    item.message_id = composed.message_id;
    item.reverse_path = config_.address.to_string();
    const auto first = composed.recipients.begin() + static_cast<std::ptrdiff_t>(at);
    const std::size_t count = std::min(kRecipients, composed.recipients.size() - at);
    item.recipients.assign(first, first + static_cast<std::ptrdiff_t>(count));
    item.message = composed.content;
    item.next_attempt = runtime_.now();
    outbox_.add(std::move(item));
  }
}

void MailClient::Parts::lose() {
  if (lost_) return;
  lost_ = true;
  runtime_.trace().emit(Kind::kDeviceLost, {config_.login, config_.device});
  submission_.reset();
  retrieval_.reset();
  jobs_.clear();
  outbox_timer_.disarm();
  check_timer_.disarm();
  jobs_timer_.disarm();
  store_.clear();
  changes_.clear();
  outbox_.clear();
}

void MailClient::Parts::submit_due() {
  if (submission_ || lost_) return;
  if (!outbox_.due(runtime_.now())) return outbox_timer_.arm(outbox_.next_due());
  submission_ = std::make_unique<Submission>(runtime_, addresses_, config_, *this);
  submission_->open();
}

OutboxItem* MailClient::Parts::next_to_submit() { return outbox_.due(runtime_.now()); }

void MailClient::Parts::on_submitted(OutboxItem& item, const SubmissionResult& result,
                                     const Subject& subject) {
  if (!result.accepted.empty()) {
    emit_submission(Kind::kMessageSubmitted, result.accepted, subject);
    keep_sent(item.message);
  }
  if (!result.refused.empty()) emit_submission(Kind::kSubmissionFailed, result.refused, subject);
  if (!result.deferred.empty()) emit_submission(Kind::kSubmissionFailed, result.deferred, subject);
  item.recipients = result.retry;
  if (!item.recipients.empty()) postpone(item);
  outbox_.update(item);
}

void MailClient::Parts::postpone(OutboxItem& item) {
  Duration pause = config_.retry_first;
  for (int attempt = 0; attempt < item.attempts && pause < config_.retry_max; ++attempt) pause *= 2;
  ++item.attempts;
  item.next_attempt = runtime_.now() + std::min(pause, config_.retry_max);
}

void MailClient::Parts::on_submission_over(const Ending& ending) {
  submission_.reset();
  // What is still due was not even tried.
  while (OutboxItem* item =
             ending.kind == Ending::Kind::kOrderly ? nullptr : outbox_.due(runtime_.now())) {
    emit_submission(Kind::kSubmissionFailed, ending.reason, {{}, item->message_id});
    if (ending.kind == Ending::Kind::kRefused) {
      item->recipients.clear();
      outbox_.update(*item);
    } else {
      postpone(*item);
    }
  }
  submit_due();
}

void MailClient::Parts::emit_submission(Kind kind, const std::string& reply,
                                        const Subject& subject) {
  runtime_.trace().emit(kind, {config_.address.to_string(), config_.submission_server, reply},
                        subject);
}

void MailClient::Parts::keep_sent(const Content& message) {
  if (!config_.keeps_sent || config_.retrieval != RetrievalProtocol::kImap) return;
  RetrievalJob job;
  job.kind = RetrievalJob::Kind::kAppend;
  job.to = config_.sent_mailbox;
  job.content = message;
  add_job(std::move(job));
}

void MailClient::Parts::add_job(RetrievalJob job) {
  if (!reads()) return;
  const bool check = job.kind == RetrievalJob::Kind::kCheck;
  if (check && !jobs_.empty() && jobs_.back().kind == RetrievalJob::Kind::kCheck &&
      jobs_.size() > 1) {
    jobs_.back().news = jobs_.back().news && job.news;
    return;
  }
  jobs_.push_back(std::move(job));
  retrieve();
}

void MailClient::Parts::retrieve() {
  if (jobs_.empty() || lost_) return;
  if (retrieval_) return retrieval_->wake();
  jobs_timer_.disarm();
  if (config_.retrieval == RetrievalProtocol::kPop3) {
    retrieval_ = std::make_unique<Pop3Retrieval>(runtime_, addresses_, config_, *this, copies_);
  } else {
    retrieval_ = std::make_unique<ImapRetrieval>(runtime_, addresses_, config_, *this, copies_);
  }
  retrieval_->open();
}

const RetrievalJob* MailClient::Parts::current_job() {
  return jobs_.empty() ? nullptr : &jobs_.front();
}

void MailClient::Parts::on_job_finished(const std::string& failure) {
  job_pause_ = config_.retry_first;
  if (!failure.empty()) report_failed_check(failure);
  drop_unnumbered(jobs_.front());
  changes_.remove(jobs_.front());
  jobs_.pop_front();
}

// What the server did not number lies where the server has put it, or where it was: the next check
// tells.
void MailClient::Parts::drop_unnumbered(const RetrievalJob& job) {
  for (const std::string& id : job.moved) copies_.remove(job.to, id, Copies::By::kServer);
}

bool MailClient::Parts::has_change(std::string_view mailbox, std::string_view id) const {
  return std::any_of(jobs_.begin(), jobs_.end(), [&](const RetrievalJob& job) {
    return job.choice.mailbox == mailbox &&
           std::find(job.ids.begin(), job.ids.end(), id) != job.ids.end();
  });
}

void MailClient::Parts::on_numbered(std::string_view mailbox, std::string_view id,
                                    const std::string& numbered_id) {
  for (RetrievalJob& job : jobs_) {
    if (job.choice.mailbox != mailbox) continue;
    std::replace(job.ids.begin(), job.ids.end(), std::string(id), numbered_id);
    changes_.update(job);
  }
}

void MailClient::Parts::on_new_mail() {
  RetrievalJob job;
  job.news = true;
  add_job(std::move(job));
}

void MailClient::Parts::on_retrieval_over(const Ending& ending) {
  retrieval_.reset();
  // Jobs that came while the session was saying good-bye.
  if (ending.kind == Ending::Kind::kOrderly) return retrieve();
  if (!jobs_.empty()) report_failed_check(ending.reason);
  // The person looks again when it suits; what was changed here is told to the server as soon as
  // possible, unless it refuses to hear it.
  if (ending.kind == Ending::Kind::kRefused) {
    for (const RetrievalJob& job : jobs_) {
      drop_unnumbered(job);
      changes_.remove(job);
    }
  }
  std::erase_if(jobs_, [&](const RetrievalJob& job) {
    return ending.kind == Ending::Kind::kRefused || job.kind == RetrievalJob::Kind::kCheck;
  });
  // A client that waits for new mail connects again by itself.
  if (config_.idles && ending.kind == Ending::Kind::kBroken) jobs_.emplace_back();
  if (jobs_.empty()) return;
  jobs_timer_.arm_after(job_pause_);
  job_pause_ = std::min(job_pause_ * 2, config_.retry_max);
}

void MailClient::Parts::report_failed_check(const std::string& reason) {
  runtime_.trace().emit(Kind::kMailCheckFailed,
                        {config_.login, config_.device,
                         config_.retrieval == RetrievalProtocol::kPop3 ? "pop3" : "imap",
                         config_.retrieval_server, reason});
}

void MailClient::Parts::on_timer(std::uint64_t tag) {
  switch (tag) {
    case kOutboxDue:
      return submit_due();
    case kCheckDue:
      check_timer_.arm_after(config_.check_every);
      return add_job({});
    case kJobsDue:
      if (retrieval_) return;
      return retrieve();
    default:
      CHECK(false);
  }
}

}  // namespace mailcosm::sim
