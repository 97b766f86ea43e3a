#include "sim/store/queue_envelope.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

constexpr std::string_view kFirstLine = "mailcosm-queue 1";

std::string on_one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

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

}  // namespace

std::string write_queue_envelope(const QueuedMessage& message) {
  std::string text;
  auto out = std::back_inserter(text);
  fmt::format_to(out,
                 "{}\nqueue {}\nfrom {}\narrived {}\nattempts {}\nnext {}\ntold {}\ncause {}\n",
                 kFirstLine, message.queue == QueueName::kDeferred ? "deferred" : "incoming",
                 message.reverse_path.to_path(), message.arrived.ns, message.attempts,
                 message.next_attempt.ns, message.delay_told ? 1 : 0, message.cause.bits());
  fmt::format_to(out, "size {}\ndigest {}\nmessage-id {}\n", message.content.size(),
                 message.content.digest(), on_one_line(message.message_id));
  for (const QueuedRecipient& recipient : message.recipients) {
    fmt::format_to(out, "to {}\noriginal {}\ntried {}\nserver {}\nreply {}\n",
                   recipient.address.to_path(), recipient.original.to_path(),
                   recipient.last_attempt.ns, on_one_line(recipient.last_server),
                   on_one_line(recipient.last_reply));
  }
  text += "end\n";
  return text;
}

std::optional<ReadQueueEnvelope> read_queue_envelope(std::string_view text) {
  if (ascii::take_until(text, '\n') != kFirstLine) return std::nullopt;
  Reader reader;
  while (!text.empty()) {
    const std::string_view line = ascii::take_until(text, '\n');
    if (line == "end" && text.empty() && !reader.read.message.recipients.empty())
      return reader.read;
    if (!reader.take(line)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace mailcosm::sim
