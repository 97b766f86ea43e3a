#include "sim/agents/client/pop3_retrieval.h"

#include <memory>
#include <variant>

#include "protocols/base/check.h"
#include "protocols/base/hash.h"
#include "protocols/mail/message.h"

namespace mailcosm::sim {
namespace {

constexpr std::string_view kInbox = "INBOX";

// What stands for a unique-id where the server has none.
std::string digest_of(std::string_view content) {
  std::string digest = "digest-";
  const std::uint64_t hash = hash64(content);
  for (int shift = 60; shift >= 0; shift -= 4)
    digest.push_back("0123456789abcdef"[hash >> shift & 15]);
  return digest;
}

}  // namespace

Pop3Retrieval::Pop3Retrieval(Runtime& runtime, AddressLookup& addresses,
                             const MailClientConfig& config, RetrievalOwner& owner, Copies& copies)
    : Retrieval(runtime, addresses, config, owner, copies, "pop3", 110) {}

Pop3Retrieval::~Pop3Retrieval() { runtime().disk().forget(*this); }

void Pop3Retrieval::begin(Instant now) {
  session_.emplace(now);
  // A login that POP3 cannot say is refused like a wrong one.
  if (session_->log_in(config().login, config().password,
                       pop3::ClientSession::LoginMethod::kUserPass, now))
    return;
  set_ending(Ending::Kind::kRefused, "the login cannot be said in POP3");
  login_refused_ = true;
  quit();
}

// While the disk is busy the server waits for us, not we for it.
Instant Pop3Retrieval::deadline() const { return session_->deadline(); }

Conversation::Step Pop3Retrieval::step() {
  const pop3::client::Event event = session_->next(output());
  report_output();
  if (std::holds_alternative<pop3::client::NeedMore>(event)) return Step::kNeedMore;
  if (const auto* line = std::get_if<pop3::client::LineReceived>(&event)) {
    // The content of a message comes before the dot that ends it.
    if (line->line == "." && !content_.empty()) transcript().received_data("message", content_);
    transcript().received_line(line->line);
  }
  if (const auto* decided = std::get_if<pop3::client::LoginDecided>(&event)) on_login(*decided);
  if (const auto* stat = std::get_if<pop3::client::StatReceived>(&event))
    messages_ = stat->messages;
  if (const auto* item = std::get_if<pop3::client::UidlItem>(&event))
    unique_ids_[item->number] = item->unique_id;
  if (const auto* content = std::get_if<pop3::client::ContentReceived>(&event))
    content_ += content->bytes;
  if (const auto* done = std::get_if<pop3::client::RequestDone>(&event)) on_done(*done);
  if (const auto* closed = std::get_if<pop3::client::Closed>(&event))
    return on_session_closed(*closed);
  return Step::kGoOn;
}

void Pop3Retrieval::on_login(const pop3::client::LoginDecided& decided) {
  const Instant now = runtime().now();
  if (decided.response.ok) {
    CHECK(session_->stat(now) && session_->uidl(0, now));
    return;
  }
  // A locked maildrop or a passing fault may be tried again (RFC 2449 section 8.1.1, RFC 3206).
  const bool passing = decided.response.code == pop3::ResponseCode::kInUse ||
                       decided.response.code == pop3::ResponseCode::kLoginDelay ||
                       decided.response.code == pop3::ResponseCode::kSysTemp;
  set_ending(passing ? Ending::Kind::kBroken : Ending::Kind::kRefused,
             "-ERR " + std::string(decided.response.text));
  login_refused_ = true;
  quit();
}

void Pop3Retrieval::on_done(const pop3::client::RequestDone& done) {
  switch (done.command) {
    case pop3::Command::kUidl:
      on_listed(done.response);
      return;
    case pop3::Command::kRetr:
      on_fetched(done.number, done.response.ok);
      return;
    case pop3::Command::kDele:
      if (!done.response.ok) {
        std::erase_if(deleted_, [&](const auto& deleted) {
          return deleted.first == unique_ids_[done.number];
        });
      }
      return;
    default:
      return;
  }
}

void Pop3Retrieval::on_listed(const pop3::Response& response) {
  listed_ = true;
  has_unique_ids_ = response.ok;
  if (!has_unique_ids_) {
    for (std::size_t number = 1; number <= messages_; ++number)
      unique_ids_[static_cast<pop3::MessageNumber>(number)] = {};
  }
  next_job();
}

void Pop3Retrieval::next_job() {
  const RetrievalJob* job = owner().current_job();
  if (!job) return quit();
  switch (job->kind) {
    case RetrievalJob::Kind::kCheck:
      return check();
    case RetrievalJob::Kind::kRemove:
      return remove_chosen(*job);
    case RetrievalJob::Kind::kMark:
    case RetrievalJob::Kind::kMove:
    case RetrievalJob::Kind::kAppend:
      return finish_job("POP3 has neither flags nor mailboxes");
  }
}

void Pop3Retrieval::check() {
  std::vector<pop3::MessageNumber> fresh;
  for (const auto& [number, unique_id] : unique_ids_) {
    const bool known = !unique_id.empty() &&
                       (store().has(kInbox, unique_id) || owner().has_change(kInbox, unique_id));
    if (!known) fresh.push_back(number);
  }
  report_checked(unique_ids_.size(), fresh.size());
  to_fetch_ = fresh.size();
  for (const pop3::MessageNumber number : fresh) CHECK(session_->retr(number, runtime().now()));
  if (fresh.empty()) finish_fetching();
}

void Pop3Retrieval::on_fetched(pop3::MessageNumber number, bool ok) {
  const Content content = runtime().contents().intern(std::exchange(content_, {}));
  if (ok) {
    std::string& unique_id = unique_ids_[number];
    if (unique_id.empty()) unique_id = digest_of(content.text());
    if (!store().has(kInbox, unique_id)) {
      if (store().add(kInbox, unique_id, content)) {
        report_fetched(kInbox, unique_id);
      } else {
        disk_full_ = true;
      }
    }
  }
  if (--to_fetch_ == 0) finish_fetching();
}

void Pop3Retrieval::finish_fetching() {
  if (disk_full_) return finish_job("the disk of the device is full");
  runtime().disk().sync(*this, 0);
}

void Pop3Retrieval::on_synced(std::uint64_t, bool ok) {
  if (session_->closed()) return;
  if (ok && !config().leave_on_server) {
    for (const auto& [number, unique_id] : unique_ids_) {
      const Content content = store().find(kInbox, unique_id);
      if (content) delete_on_server(number, mail::message_id_of(content));
    }
  }
  finish_job(ok ? "" : "the disk of the device failed");
  pump();
}

// What the owner has removed from the device; if there was nothing yet, what has come since.
void Pop3Retrieval::remove_chosen(const RetrievalJob& job) {
  if (job.ids.empty()) {
    for (const std::string& id : copies().choose(job.choice)) {
      const std::string message_id = mail::message_id_of(store().find(kInbox, id));
      for (const auto& [number, unique_id] : unique_ids_) {
        if (unique_id == id) delete_on_server(number, message_id);
      }
      copies().remove(kInbox, id, Copies::By::kUser);
    }
    store().sync();
  }
  for (std::size_t i = 0; i < job.ids.size(); ++i) {
    for (const auto& [number, unique_id] : unique_ids_) {
      if (unique_id == job.ids[i]) delete_on_server(number, job.message_ids[i]);
    }
  }
  finish_job({});
}

void Pop3Retrieval::delete_on_server(pop3::MessageNumber number, const std::string& message_id) {
  const std::string& unique_id = unique_ids_[number];
  for (const auto& [id, deleted_message_id] : deleted_) {
    if (id == unique_id) return;
  }
  CHECK(session_->dele(number, runtime().now()));
  deleted_.emplace_back(unique_id, message_id);
}

void Pop3Retrieval::finish_job(const std::string& failure) {
  owner().on_job_finished(failure);
  next_job();
}

void Pop3Retrieval::quit() { static_cast<void>(session_->quit(runtime().now())); }

Conversation::Step Pop3Retrieval::on_session_closed(const pop3::client::Closed& closed) {
  const bool orderly = closed.reason == pop3::client::Closed::Reason::kQuit;
  if (orderly) {
    for (const auto& [unique_id, message_id] : deleted_) report_deleted(unique_id, message_id);
  }
  if (!login_refused_) {
    set_ending(orderly ? Ending::Kind::kOrderly : Ending::Kind::kBroken, to_string(closed.reason));
  }
  return Step::kClosed;
}

}  // namespace mailcosm::sim
