#include "sim/store/message_queue.h"

#include <array>

#include "protocols/base/check.h"
#include "sim/store/queue_envelope.h"

namespace mailcosm::sim {
namespace {

constexpr std::string_view kEnvelopes = "queue/envelope/";
constexpr std::string_view kContents = "queue/content/";
constexpr std::string_view kDraft = "queue/draft";

std::string path_of(std::string_view folder, std::string_view id) {
  std::string path;
  path.reserve(folder.size() + id.size());
  path += folder;
  path += id;
  return path;
}
std::string envelope_path(std::string_view id) { return path_of(kEnvelopes, id); }
std::string content_path(std::string_view id) { return path_of(kContents, id); }

// In hexadecimal, filled up with zeros to `width` digits.
void append_hex(std::uint64_t number, std::size_t width, std::string& output) {
  std::array<char, 16> digits;
  auto at = digits.end();
  do {
    *--at = "0123456789ABCDEF"[number & 15];
    number >>= 4;
  } while (number != 0);
  const auto count = static_cast<std::size_t>(digits.end() - at);
  if (count < width) output.append(width - count, '0');
  output.append(at, digits.end());
}

}  // namespace

std::string_view to_string(QueueName queue) {
  switch (queue) {
    case QueueName::kIncoming:
      return "incoming";
    case QueueName::kActive:
      return "active";
    case QueueName::kDeferred:
      return "deferred";
  }
  return "";
}

MessageQueue::MessageQueue(Runtime& runtime, QueueListener& listener)
    : runtime_(&runtime), listener_(&listener) {}

MessageQueue::~MessageQueue() { runtime_->disk().forget(*this); }

void MessageQueue::open() {
  Disk& disk = runtime_->disk();
  for (const std::string& path : disk.list(kEnvelopes)) {
    const Content text = disk.read(path);
    const std::string id = path.substr(kEnvelopes.size());
    std::optional<ReadQueueEnvelope> read = read_queue_envelope(text.text());
    const Content content = disk.read(content_path(id));
    // What is torn was never answered with 250.
    if (!read || !content || content.size() != read->size || content.digest() != read->digest) {
      disk.remove(path);
      continue;
    }
    read->message.id = id;
    read->message.content = content;
    read->message.eight_bit = content.has_eight_bit();
    if (read->has_more) write_envelope(read->message);
    messages_.emplace(id, std::move(read->message));
  }
  for (const std::string& path : disk.list(kContents)) {
    if (find(std::string_view(path).substr(kContents.size())) == nullptr) disk.remove(path);
  }
  disk.remove(kDraft);
  for (const auto& [id, message] : messages_) {
    announce(message);
    if (message.queue == QueueName::kIncoming) listener_->on_incoming(message);
  }
}

bool MessageQueue::exists(const std::string& id) const {
  return runtime_->disk().read(content_path(id)) != nullptr;
}

std::string MessageQueue::new_id() {
  const Instant now = runtime_->now();
  last_id_number_ = now == last_id_time_ ? last_id_number_ + 1 : 0;
  last_id_time_ = now;
  std::string id;
  // Microseconds of virtual time never come again, also after a restart; a number tells those of
  // one instant apart.
  do {
    id.clear();
    append_hex(static_cast<std::uint64_t>(now.ns / 1000), 9, id);
    append_hex(last_id_number_++, 1, id);
  } while (exists(id));
  --last_id_number_;
  return id;
}

bool MessageQueue::add(QueuedMessage message, QueueHandler& handler, std::uint64_t token) {
  message.queue = QueueName::kIncoming;
  if (!write(message)) return false;
  const std::uint64_t sync = next_token_++;
  waiting_.emplace(sync, Waiting{std::move(message), &handler, token});
  runtime_->disk().sync(*this, sync);
  return true;
}

bool MessageQueue::add_unwatched(QueuedMessage message) {
  message.queue = QueueName::kIncoming;
  if (!write(message)) return false;
  enter(std::move(message));
  return true;
}

void MessageQueue::on_synced(std::uint64_t token, bool ok) {
  const auto found = waiting_.find(token);
  if (found == waiting_.end()) return;
  Waiting waiting = std::move(found->second);
  waiting_.erase(found);
  const RecordId cause = waiting.handler->on_queued(waiting.token, waiting.message, ok);
  if (!ok) {
    erase(waiting.message);
    return;
  }
  if (!cause.is_none()) waiting.message.cause = cause;
  enter(std::move(waiting.message));
}

void MessageQueue::enter(QueuedMessage message) {
  message.eight_bit = message.content.has_eight_bit();
  const std::string id = message.id;
  const auto [at, inserted] = messages_.emplace(id, std::move(message));
  CHECK(inserted);
  announce(at->second);
  listener_->on_incoming(at->second);
}

const QueuedMessage* MessageQueue::find(std::string_view id) const {
  const auto found = messages_.find(id);
  return found == messages_.end() ? nullptr : &found->second;
}

void MessageQueue::move(std::string_view id, QueueName queue, Instant next_attempt) {
  const auto found = messages_.find(id);
  CHECK(found != messages_.end());
  QueuedMessage& message = found->second;
  message.queue = queue;
  message.next_attempt = next_attempt;
  // A message that was active when the host stopped is tried again at once, so that state needs no
  // file.
  if (queue != QueueName::kActive) write_envelope(message);
  announce(message);
}

void MessageQueue::update(const QueuedMessage& message) {
  CHECK(!message.recipients.empty());
  const auto found = messages_.find(message.id);
  CHECK(found != messages_.end());
  if (&found->second != &message) found->second = message;
  write_envelope(message);
}

// If the disk is full these recipients may get the message twice.
void MessageQueue::note_done(std::string_view id, std::span<const mail::Address> recipients) {
  std::string lines;
  for (const mail::Address& recipient : recipients) append_done(recipient, lines);
  static_cast<void>(runtime_->disk().append(envelope_path(id), lines));
}

void MessageQueue::remove(std::string_view id) {
  const auto found = messages_.find(id);
  CHECK(found != messages_.end());
  erase(found->second);
  runtime_->trace().emit(Kind::kMessageRemoved, {id}, {{}, found->second.message_id});
  messages_.erase(found);
}

void MessageQueue::sync() { runtime_->disk().sync(*this, next_token_++); }

bool MessageQueue::write(const QueuedMessage& message) {
  if (!runtime_->disk().write(content_path(message.id), message.content)) return false;
  if (write_envelope(message)) return true;
  runtime_->disk().remove(content_path(message.id));
  return false;
}

// Through a draft, because a file that is written over may be torn by a crash, and a renamed one
// may not. If the disk is full the old envelope stays, and recipients may get the message twice
// rather than never.
bool MessageQueue::write_envelope(const QueuedMessage& message) {
  Disk& disk = runtime_->disk();
  if (!disk.write(kDraft, Content(write_queue_envelope(message)))) {
    return false;
  }
  disk.rename(kDraft, envelope_path(message.id));
  return true;
}

void MessageQueue::erase(const QueuedMessage& message) {
  runtime_->disk().remove(envelope_path(message.id));
  runtime_->disk().remove(content_path(message.id));
}

void MessageQueue::announce(const QueuedMessage& message) {
  runtime_->trace().emit(Kind::kQueueMoved,
                         {message.id, to_string(message.queue), message.next_attempt},
                         {{}, message.message_id});
}

}  // namespace mailcosm::sim
