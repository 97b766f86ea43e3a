#include "bench/units.h"

#include <string>

#include "bench/dialogues.h"
#include "bench/engine.h"
#include "bench/mails.h"
#include "bench/unstuff.h"
#include "protocols/base/base64.h"
#include "protocols/base/check.h"
#include "protocols/dns/master_file.h"
#include "protocols/dns/message.h"
#include "protocols/dns/message_view.h"
#include "protocols/mail/mime.h"
#include "protocols/smtp/data_encoder.h"

namespace mailcosm::bench {
namespace {

// Keeps the compiler from leaving out work whose result nobody reads.
void use(std::size_t value) { asm volatile("" : : "r"(value)); }

void events_among_1000(std::uint64_t count) { hold(1'000, count, Delays::kExponential, 1); }
void events_among_100000(std::uint64_t count) { hold(100'000, count, Delays::kExponential, 1); }
void events_that_tie(std::uint64_t count) { hold(10'000, count, Delays::kEqual, 1); }

void connect(std::uint64_t count, DialogueLoad::Output output) {
  DialogueLoad load;
  load.connections = count;
  load.clients = 10;
  load.servers = 2;
  load.output = output;
  run_dialogues(load);
}
void connections(std::uint64_t count) { connect(count, DialogueLoad::Output::kNone); }
void captured(std::uint64_t count) { connect(count, DialogueLoad::Output::kCapture); }
void traced(std::uint64_t count) { connect(count, DialogueLoad::Output::kTrace); }

// The same world whatever the count, so that the difference of two runs is the mails alone.
void mails(std::uint64_t count) {
  PopulationSize size;
  size.mails = count;
  run_population(population_scenario(size), size, {sim::Layer::kStory});
}

// An answer with the addresses of two mail servers.
std::string dns_answer() {
  dns::Message message;
  message.header.response = true;
  const auto records = dns::parse_master_file(
      "blue.com. 3600 MX 10 mx1.blue.com.\nblue.com. 3600 MX 20 mx2.blue.com.\n"
      "mx1.blue.com. 3600 A 198.51.100.3\nmx2.blue.com. 3600 A 198.51.100.4\n");
  CHECK(records.has_value());
  for (const dns::Record& record : *records) message.answers.push_back(record);
  message.questions.push_back({message.answers.front().owner, message.answers.front().type, {}});
  message.edns.emplace();
  std::string wire;
  message.write(wire);
  return wire;
}

void dns_messages(std::uint64_t count) {
  const std::string wire = dns_answer();
  for (std::uint64_t i = 0; i < count; ++i) use(dns::MessageView(wire).answers().size());
}

constexpr std::size_t kBlock = 100'000;

std::string lines() {
  std::string text;
  while (text.size() < kBlock) {
    text += "The quick brown fox jumps over the lazy dog, and again.\r\n";
    if (text.size() % 13 == 0) text += ".a line that begins with a dot\r\n";
  }
  text.resize(kBlock);
  return text;
}

// Text and an attachment, 100 kB together.
std::string mime_message() {
  std::string text =
      "From: Alice <alice@red.com>\r\nTo: Bob <bob@blue.com>\r\nSubject: parts\r\n"
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\n";
  text += lines().substr(0, 20'000);
  text +=
      "\r\n--outer\r\nContent-Type: application/pdf; name=\"report.pdf\"\r\n"
      "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n";
  const std::string encoded = base64::encode(std::string(60'000, 'p'));
  for (std::size_t at = 0; text.size() < kBlock - 100; at = (at + 76) % 79'000)
    text += encoded.substr(at, 76) + "\r\n";
  return text + "\r\n--outer--\r\n";
}

void mime(std::uint64_t count) {
  const std::string text = mime_message();
  for (std::uint64_t i = 0; i < count; ++i) use(mail::MimeTree::parse(text).parts().size());
}

void base64_encoded(std::uint64_t count) {
  const std::string text = lines();
  std::string output;
  for (std::uint64_t i = 0; i < count; ++i) {
    output.clear();
    base64::encode(text, output);
    use(output.size());
  }
}

void base64_decoded(std::uint64_t count) {
  const std::string text = base64::encode(lines()).substr(0, kBlock);
  std::string output;
  for (std::uint64_t i = 0; i < count; ++i) {
    output.clear();
    base64::decode_lenient(text, output);
    use(output.size());
  }
}

void dots_stuffed(std::uint64_t count) {
  const std::string text = lines();
  std::string output;
  for (std::uint64_t i = 0; i < count; ++i) {
    output.clear();
    smtp::DataEncoder().encode(text, output);
    use(output.size());
  }
}

void dots_taken_away(std::uint64_t count) {
  std::string stuffed;
  smtp::DataEncoder().encode(lines(), stuffed);
  for (std::uint64_t i = 0; i < count; ++i) {
    use(unstuff(stuffed).size());
  }
}

}  // namespace

const std::vector<Unit>& units() {
  static const std::vector<Unit> all = {
      {"event-1k", "one event among 1,000 pending, exponential delays", 20'000, 120'000,
       events_among_1000},
      {"event-100k", "one event among 100,000 pending, exponential delays", 100'000, 200'000,
       events_among_100000},
      {"event-tie", "one event among 10,000 at the same time", 20'000, 120'000, events_that_tie},
      {"connection", "one SMTP dialogue of 10 kB over TCP, both ends and all routers", 50, 150,
       connections},
      {"connection-capture", "the same, with a capture", 50, 150, captured},
      {"connection-trace", "the same, with a full trace", 50, 150, traced},
      {"mail", "one mail of 1 kB from its submission over DNS and SMTP into a mailbox", 50, 250,
       mails},
      {"dns-message", "a DNS message of four records, parsed", 200, 1'200, dns_messages},
      {"mime", "100 kB of MIME parsed into its tree", 2, 12, mime},
      {"base64-encode", "100 kB encoded", 2, 12, base64_encoded},
      {"base64-decode", "100 kB decoded", 2, 12, base64_decoded},
      {"dot-stuff", "100 kB made ready for DATA", 2, 12, dots_stuffed},
      {"dot-unstuff", "100 kB taken from DATA", 2, 12, dots_taken_away},
  };
  return all;
}

}  // namespace mailcosm::bench
