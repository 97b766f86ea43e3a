// What the person does with the messages on the device.
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/mail/encoded_word.h"
#include "protocols/mail/header.h"
#include "protocols/mail/mailbox.h"
#include "protocols/mail/message.h"
#include "sim/agents/client/mail_client_parts.h"

namespace mailcosm::sim {
namespace {

std::string subject_of(const mail::Header& header) {
  return mail::decode_encoded_words(header.value_of("Subject"));
}

// "the messages "Lunch" from bob@blue.com"
std::string wanted(const MessageChoice& choice) {
  std::string text = choice.subject ? '"' + *choice.subject + '"' : std::string("a message");
  if (choice.from) text += " from " + *choice.from;
  return text;
}

// RFC 5322 section 3.6.4: In-Reply-To is the parent's Message-ID, References its References and it.
// Long threads lose their middle, as that section allows.
void add_thread(const mail::Header& parent, Draft& draft) {
  const std::string id = parent.value_of("Message-ID");
  if (id.empty()) return;
  std::string references = parent.value_of("References");
  if (references.empty()) references = parent.value_of("In-Reply-To");
  draft.fields.emplace_back("In-Reply-To", id);
  draft.fields.emplace_back("References", references.empty() ? id : references + ' ' + id);
}

imap::Flags flags_of(const std::vector<std::string>& names) {
  imap::Flags flags;
  // A name that is none is refused when the server is to be told.
  for (const std::string& name : names) static_cast<void>(imap::add_flag(name, flags));
  return flags;
}

}  // namespace

void MailClient::Parts::add_change(RetrievalJob job) {
  changes_.add(job);
  add_job(std::move(job));
}

void MailClient::Parts::report_missed(const MessageChoice& choice) {
  runtime_.trace().emit(Kind::kMessageMissed,
                        {config_.login, config_.device, choice.mailbox, wanted(choice)});
}

void MailClient::Parts::flag(const MessageChoice& choice, std::vector<std::string> ids,
                             imap::SystemFlag flag) {
  std::erase_if(ids,
                [&](const std::string& id) { return store_.flags(choice.mailbox, id).has(flag); });
  if (ids.empty()) return;
  for (const std::string& id : ids) {
    imap::Flags flags = store_.flags(choice.mailbox, id);
    flags.set(flag);
    copies_.set_flags(choice.mailbox, id, flags, Copies::By::kUser);
  }
  if (config_.retrieval != RetrievalProtocol::kImap) return;
  RetrievalJob job;
  job.kind = RetrievalJob::Kind::kMark;
  job.choice = choice;
  job.add = {imap::Flags(flag).to_string()};
  job.ids = std::move(ids);
  add_change(std::move(job));
}

void MailClient::Parts::read(const MessageChoice& choice) {
  if (!reads()) return;
  std::vector<std::string> ids = copies_.choose(choice);
  if (ids.empty()) return report_missed(choice);
  for (const std::string& id : ids) {
    const mail::Message message = mail::Message::parse(store_.find(choice.mailbox, id));
    runtime_.trace().emit(Kind::kMessageRead,
                          {config_.login, config_.device, choice.mailbox, copies_.shown(id),
                           subject_of(message.header())},
                          {{}, message.message_id()});
  }
  flag(choice, std::move(ids), imap::SystemFlag::kSeen);
}

void MailClient::Parts::reply(MessageChoice choice, const std::string& body) {
  if (!reads()) return;
  choice.newest = true;
  const std::vector<std::string> ids = copies_.choose(choice);
  if (ids.empty()) return report_missed(choice);
  const mail::Message parent = mail::Message::parse(store_.find(choice.mailbox, ids.front()));
  const mail::Header& header = parent.header();
  Draft draft;
  const char* author = header.find("Reply-To") != nullptr ? "Reply-To" : "From";
  for (const mail::Mailbox& mailbox : mail::parse_mailboxes(header.value_of(author))) {
    if (mailbox.valid && !mailbox.host.empty()) draft.to.push_back(mailbox.address());
  }
  if (draft.to.empty()) return report_missed(choice);
  const std::string subject = subject_of(header);
  draft.subject = ascii::starts_with_ignoring_case(subject, "Re:") ? subject : "Re: " + subject;
  draft.body = body;
  add_thread(header, draft);
  write(draft);
  flag(choice, ids, imap::SystemFlag::kAnswered);
}

void MailClient::Parts::mark(const MessageChoice& choice, const std::vector<std::string>& add,
                             const std::vector<std::string>& remove) {
  if (!reads()) return;
  RetrievalJob job;
  job.kind = RetrievalJob::Kind::kMark;
  job.choice = choice;
  job.add = add;
  job.remove = remove;
  if (config_.retrieval == RetrievalProtocol::kImap) {
    job.ids = copies_.choose(choice);
    for (const std::string& id : job.ids) {
      imap::Flags flags = store_.flags(choice.mailbox, id);
      flags.add(flags_of(add));
      flags.remove(flags_of(remove));
      copies_.set_flags(choice.mailbox, id, flags, Copies::By::kUser);
    }
  }
  add_change(std::move(job));
}

void MailClient::Parts::move(const MessageChoice& choice, const std::string& to) {
  if (!reads()) return;
  RetrievalJob job;
  job.kind = RetrievalJob::Kind::kMove;
  job.choice = choice;
  job.to = to;
  if (config_.retrieval == RetrievalProtocol::kImap) {
    for (const std::string& id : copies_.choose(choice)) {
      std::string moved = copies_.move(choice.mailbox, id, to);
      if (moved.empty()) continue;
      job.ids.push_back(id);
      job.moved.push_back(std::move(moved));
    }
  }
  add_change(std::move(job));
}

void MailClient::Parts::remove(const MessageChoice& choice) {
  if (!reads()) return;
  RetrievalJob job;
  job.kind = RetrievalJob::Kind::kRemove;
  job.choice = choice;
  job.ids = copies_.choose(choice);
  for (const std::string& id : job.ids) {
    job.message_ids.push_back(mail::message_id_of(store_.find(choice.mailbox, id)));
    copies_.remove(choice.mailbox, id, Copies::By::kUser);
  }
  store_.sync();
  add_change(std::move(job));
}

}  // namespace mailcosm::sim
