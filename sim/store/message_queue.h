// MessageQueue: the messages that an MTA is responsible for, on its disk.
//
// Each message is two files: its content, written once, and its envelope, to which recipients who
// are done are added. A message is safe when the sync after add() has completed; only then may 250
// be said. After a crash open() finds every such message, with every recipient whose end was not
// yet safe, and nothing that was torn.
//
// Emits queue.moved and message.removed. One object per MTA; the Runtime must outlive it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/mail/address.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

enum class QueueName : std::uint8_t {
  kIncoming,  // safe, and not looked at yet
  kActive,    // being delivered
  kDeferred,  // waiting for another attempt
};
std::string_view to_string(QueueName queue);

// A recipient who is not done.
struct QueuedRecipient {
  mail::Address address;
  // As the client gave it, where an alias has led to another; else null.
  mail::Address original;
  // What the last attempt gave: the reply or reason, the server asked, and when. Empty before the
  // first.
  std::string last_reply;
  std::string last_server;
  Instant last_attempt;
};

struct QueuedMessage {
  std::string id;  // "4F2A1C0B7" and the like, unique on this disk
  QueueName queue = QueueName::kIncoming;
  mail::Address reverse_path;
  std::vector<QueuedRecipient> recipients;
  Content content;
  std::string message_id;  // with angle brackets, or empty
  bool eight_bit = false;  // the content has octets above 127
  Instant arrived;
  int attempts = 0;
  Instant next_attempt = Instant::never();  // in the deferred queue
  bool delay_told = false;
  // The record that explains what happens to it next: its acceptance, or its last deferral.
  RecordId cause;
};

class QueueHandler {
 public:
  // The message with this id is safe, or is not and has been forgotten. Called later, never from
  // inside add(), and before the listener hears of it. Returns the record that shall be its cause;
  // none keeps the one it has.
  virtual RecordId on_queued(std::uint64_t token, const QueuedMessage& message, bool ok) = 0;

 protected:
  ~QueueHandler() = default;
};

class QueueListener {
 public:
  // A message has come into the incoming queue. May be called from inside add_unwatched().
  virtual void on_incoming(const QueuedMessage& message) = 0;

 protected:
  ~QueueListener() = default;
};

class MessageQueue final : DiskHandler {
 public:
  // The listener must outlive the queue, or at least its events.
  MessageQueue(Runtime& runtime, QueueListener& listener);
  ~MessageQueue();
  MessageQueue(const MessageQueue&) = delete;
  MessageQueue& operator=(const MessageQueue&) = delete;

  // Reads the disk. What was being delivered is in incoming again. To be called once, before
  // anything else.
  void open();

  // An id that no message on this disk has; for the Received field, which is written before add().
  std::string new_id();
  // Writes the message and asks for a sync. False, and nothing has happened, if the disk is full.
  // REQUIRES: the id is from new_id().
  bool add(QueuedMessage message, QueueHandler& handler, std::uint64_t token);
  // The same for a message that nobody waits for, such as a bounce. It counts as queued at once,
  // and is as safe as whatever is written with it before the next sync().
  bool add_unwatched(QueuedMessage message);
  // Null if there is none. Messages that are not yet safe are not found.
  const QueuedMessage* find(std::string_view id) const;
  // In order of their ids.
  const std::map<std::string, QueuedMessage, std::less<>>& messages() const { return messages_; }

  // Moves it to another queue. `next_attempt` is for the deferred queue.
  void move(std::string_view id, QueueName queue, Instant next_attempt = Instant::never());
  // The message as it shall be kept: recipients done are left out, attempts counted. Written to the
  // disk; safe after the next sync(). REQUIRES: find(id), at least one recipient.
  void update(const QueuedMessage& message);
  // These recipients are done, and others are not: a line each in the file, so that each of many
  // costs no more than one of few. find() has them until update(). Safe after the next sync().
  void note_done(std::string_view id, std::span<const mail::Address> recipients);
  // The message is done. Safe after the next sync().
  void remove(std::string_view id);
  // Makes updates and removals safe; nobody waits for it.
  void sync();

 private:
  struct Waiting {
    QueuedMessage message;
    QueueHandler* handler = nullptr;
    std::uint64_t token = 0;
  };

  void on_synced(std::uint64_t token, bool ok) override;
  bool write(const QueuedMessage& message);
  bool write_envelope(const QueuedMessage& message);
  void erase(const QueuedMessage& message);
  void enter(QueuedMessage message);
  bool exists(const std::string& id) const;
  void announce(const QueuedMessage& message);

  Runtime* runtime_;
  QueueListener* listener_;
  std::map<std::string, QueuedMessage, std::less<>> messages_;
  std::map<std::uint64_t, Waiting> waiting_;  // by sync token
  std::uint64_t next_token_ = 1;
  Instant last_id_time_{-1};
  unsigned last_id_number_ = 0;
};

}  // namespace mailcosm::sim
