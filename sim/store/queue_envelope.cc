#include "sim/store/queue_envelope.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <set>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

constexpr std::string_view kFirstLine = "mailcosm-queue 1";

constexpr std::size_t kLengthUsual = 384;

// Appends lines of a name and a value.
class Writer {
 public:
  explicit Writer(std::string& output) : output_(output) {}

  void text(std::string_view name, std::string_view value) {
    begin(name);
    const auto start = static_cast<std::ptrdiff_t>(output_.size());
    output_ += value;
    std::replace_if(
        output_.begin() + start, output_.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    output_ += '\n';
  }
  void path(std::string_view name, const mail::Address& address) {
    begin(name);
    address.append_path_to(output_);
    output_ += '\n';
  }
  template <std::integral T>
  void number(std::string_view name, T value) {
    begin(name);
    std::array<char, 24> digits;
    output_.append(digits.data(), std::to_chars(digits.begin(), digits.end(), value).ptr);
    output_ += '\n';
  }

 private:
  void begin(std::string_view name) {
    output_ += name;
    output_ += ' ';
  }

  std::string& output_;
};

std::optional<mail::Address> read_path(std::string_view text) {
  const Result<mail::ParsedPath> path = mail::parse_reverse_path(text);
  if (!path || path->length != text.size()) return std::nullopt;
  return path->address;
}

// Reads "name value" lines into the message; false at the first that is none of ours.
class Reader {
 public:
  bool take(std::string_view line) {
    std::string_view value = line;
    const std::string_view name = ascii::take_until(value, ' ');
    return take_path(name, value) || take_text(name, value) || take_number(name, value);
  }

  ReadQueueEnvelope read;

 private:
  QueuedMessage& message() { return read.message; }

  bool take_path(std::string_view name, std::string_view value) {
    if (name != "from" && name != "to" && name != "original") return false;
    const std::optional<mail::Address> address = read_path(value);
    if (!address) return false;
    if (name == "from") {
      message().reverse_path = *address;
    } else if (name == "to") {
      message().recipients.emplace_back().address = *address;
    } else {
      if (message().recipients.empty()) return false;
      message().recipients.back().original = *address;
    }
    return true;
  }

  bool take_text(std::string_view name, std::string_view value) {
    if (name == "message-id") {
      message().message_id = value;
      return true;
    }
    if (name == "queue") {
      message().queue = value == "deferred" ? QueueName::kDeferred : QueueName::kIncoming;
      return true;
    }
    if (message().recipients.empty()) return false;
    QueuedRecipient& recipient = message().recipients.back();
    if (name == "server") {
      recipient.last_server = value;
    } else if (name == "reply") {
      recipient.last_reply = value;
    } else {
      return false;
    }
    return true;
  }

  bool take_number(std::string_view name, std::string_view value) {
    const std::optional<std::uint64_t> number = ascii::parse_unsigned(value);
    if (!number) return false;
    const auto ns = static_cast<std::int64_t>(*number);
    if (name == "arrived") {
      message().arrived = {ns};
    } else if (name == "attempts") {
      message().attempts = static_cast<int>(*number);
    } else if (name == "next") {
      message().next_attempt = {ns};
    } else if (name == "told") {
      message().delay_told = *number != 0;
    } else if (name == "cause") {
      message().cause = RecordId::from_bits(*number);
    } else if (name == "size") {
      read.size = *number;
    } else if (name == "digest") {
      read.digest = *number;
    } else if (name == "tried" && !message().recipients.empty()) {
      message().recipients.back().last_attempt = {ns};
    } else {
      return false;
    }
    return true;
  }
};

// Takes those who are done off the recipients.
void take_off_done(std::string_view text, std::vector<QueuedRecipient>& recipients) {
  std::set<std::string_view> done;
  while (text.find('\n') != std::string_view::npos) {
    std::string_view line = ascii::take_until(text, '\n');
    if (ascii::take_until(line, ' ') == "done") done.insert(line);
  }
  std::erase_if(recipients, [&](const QueuedRecipient& recipient) {
    return done.contains(recipient.address.to_path());
  });
}

}  // namespace

void append_done(const mail::Address& recipient, std::string& output) {
  Writer(output).path("done", recipient);
}

std::string write_queue_envelope(const QueuedMessage& message) {
  std::string text;
  text.reserve(kLengthUsual);
  Writer writer(text);
  text += kFirstLine;
  text += '\n';
  writer.text("queue", message.queue == QueueName::kDeferred ? "deferred" : "incoming");
  writer.path("from", message.reverse_path);
  writer.number("arrived", message.arrived.ns);
  writer.number("attempts", message.attempts);
  writer.number("next", message.next_attempt.ns);
  writer.number("told", message.delay_told ? 1 : 0);
  writer.number("cause", message.cause.bits());
  writer.number("size", message.content.size());
  writer.number("digest", message.content.digest());
  writer.text("message-id", message.message_id);
  for (const QueuedRecipient& recipient : message.recipients) {
    writer.path("to", recipient.address);
    writer.path("original", recipient.original);
    writer.number("tried", recipient.last_attempt.ns);
    writer.text("server", recipient.last_server);
    writer.text("reply", recipient.last_reply);
  }
  text += "end\n";
  return text;
}

std::optional<ReadQueueEnvelope> read_queue_envelope(std::string_view text) {
  if (ascii::take_until(text, '\n') != kFirstLine) return std::nullopt;
  Reader reader;
  while (!text.empty()) {
    const std::string_view line = ascii::take_until(text, '\n');
    if (line != "end") {
      if (!reader.take(line)) return std::nullopt;
      continue;
    }
    std::vector<QueuedRecipient>& recipients = reader.read.message.recipients;
    reader.read.has_more = !text.empty();
    if (reader.read.has_more) take_off_done(text, recipients);
    if (recipients.empty()) return std::nullopt;
    return reader.read;
  }
  return std::nullopt;
}

}  // namespace mailcosm::sim
