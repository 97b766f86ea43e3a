// MailClient: the mail program on one device of one person.
//
// It composes messages and submits them (RFC 6409), and retrieves mail by POP3 or IMAP into a store
// of its own on the device. The verbs are what a person does; each returns at once, and what comes
// of it is told by the trace: message.composed, message.submitted or message.submission_failed;
// mail.checked or mail.check_failed, message.fetched, message.deleted; and the dialogues.
//
// With IMAP a device keeps copies of INBOX or of all mailboxes. Changes that the person makes count
// on the device at once, and wait on its disk until the server has heard of them. What the server
// says in the end counts.
//
// Requests queue up: one session for submission and one for retrieval at a time. What was composed
// goes into an outbox on the disk and is tried again, with growing pauses, until the submission
// server has taken it or refused it for good. POP3 messages are deleted on the server only after
// they have been synced to the device's disk.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/agents/client/draft.h"
#include "sim/agents/client/mail_client_config.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class MailClient final : public Agent {
 public:
  MailClient(Runtime& runtime, MailClientConfig config);
  ~MailClient() override;

  // Takes up the outbox and the store that the disk holds.
  void start() override;

  // Gives the Message-ID. REQUIRES: a submission server is configured and the draft has a
  // recipient.
  std::string write(const Draft& draft);
  // Without a retrieval server: does nothing, as do the following.
  void check_mail();
  // The person reads messages that are on the device; it need not be connected. With IMAP they are
  // \Seen then, here and as soon as possible on the server. Reports message.read, or
  // message.missed if there is none.
  void read(const MessageChoice& choice);
  // Answers the newest of them, which is \Answered then, likewise. REQUIRES: a submission server
  // is configured.
  void reply(const MessageChoice& choice, const std::string& body);
  // The following three mean the messages that the device has; only if none of those fits, the ones
  // on the server (IMAP). What they do counts on the device at once, and on the server as soon as
  // possible.
  //
  // Sets and removes flags (`\Seen`, `\Flagged`, keywords). IMAP only: POP3 reports
  // mail.check_failed.
  void mark(const MessageChoice& choice, const std::vector<std::string>& add,
            const std::vector<std::string>& remove);
  // Into another mailbox, which is made if it does not exist. IMAP only, likewise.
  void move(const MessageChoice& choice, const std::string& to);
  // Deletes messages on the device and on the server.
  void remove(const MessageChoice& choice);
  // The device is lost: its store and outbox are gone, open sessions are cut, and every verb after
  // this does nothing. Reports device.lost.
  void lose();

  const MailClientConfig& config() const;
  // Messages of a mailbox stored on this device.
  std::size_t stored(const std::string& mailbox) const;
  std::size_t outbox_size() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace mailcosm::sim
