#include "bench/corpus.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>

#include "protocols/base/check.h"
#include "protocols/base/random.h"
#include "protocols/dns/master_file.h"
#include "protocols/dns/message.h"
#include "protocols/mail/transfer_encoding.h"

namespace mailcosm::bench {
namespace {

constexpr std::size_t kDnsMessages = 4'000;
constexpr std::size_t kMimeOctets = 1'000'000;

void add_records(std::vector<dns::Record>& section, const std::string& lines) {
  const auto records = dns::parse_master_file(lines);
  CHECK(records.has_value());
  section.insert(section.end(), records->begin(), records->end());
}

// Three numbers of an address, the last first; drawn one by one, because the order in which
// arguments are made is the compiler's.
std::string three_numbers(Random& random) {
  const std::uint64_t last = random.below(256);
  const std::uint64_t middle = random.below(256);
  return fmt::format("{}.{}.{}", last, middle, random.below(256));
}

std::string address(Random& random) { return "10." + three_numbers(random); }

void answer_mx(const std::string& name, Random& random, dns::Message& message) {
  for (int i = 0; i < 3; ++i) {
    add_records(message.answers, fmt::format("{0} 3600 MX {1} mx{2}.{0}\n", name, 10 * i, i));
    add_records(message.additionals, fmt::format("mx{}.{} 3600 A {}\n", i, name, address(random)));
  }
  for (int i = 0; i < 2; ++i)
    add_records(message.authorities, fmt::format("{0} 86400 NS ns{1}.{0}\n", name, i));
}

void answer_txt(const std::string& name, dns::Message& message) {
  const std::string host = name.substr(0, name.size() - 1);
  add_records(message.answers,
              fmt::format("{0} 300 TXT \"v=spf1 mx a:out.{1} ip4:192.0.2.0/24 include:_spf.{1} "
                          "-all\"\n{0} 300 TXT \"v=DKIM1\\; k=rsa\\; p={2}\"\n"
                          "{0} 300 TXT \"google-site-verification={3}\"\n",
                          name, host, std::string(200, 'A'), std::string(43, 'x')));
}

void answer_ptr(const std::string& name, Random& random, dns::Message& message) {
  add_records(message.answers, name + " 60 PTR mail.example.org.\n");
  for (int i = 0; i < 2; ++i) {
    add_records(message.authorities, fmt::format("{} 86400 NS ns{}.example.org.\n", name, i));
    add_records(message.additionals,
                fmt::format("ns{}.example.org. 60 A {}\n", i, address(random)));
  }
}

dns::Message dns_message(std::size_t kind, Random& random) {
  constexpr std::array kSecond{"blue", "red", "green"};
  constexpr std::array kTop{"com", "org", "example"};
  constexpr std::array kTypes{dns::Type::kMx, dns::Type::kTxt, dns::Type::kA, dns::Type::kPtr,
                              dns::Type::kMx};
  std::string name = fmt::format("host{}", random.below(1'000'000));
  name += fmt::format(".dept{}", random.below(100));
  name += fmt::format(".{}", kSecond[random.below(3)]);
  name += fmt::format(".{}.", kTop[random.below(3)]);
  if (kind == 3) name = three_numbers(random) + ".10.in-addr.arpa.";
  dns::Message message;
  message.header.id = static_cast<std::uint16_t>(random.below(65'536));
  message.header.response = message.header.recursion_desired = true;
  message.header.recursion_available = true;
  message.questions.push_back({dns::Name::of(name), kTypes[kind], dns::Class::kIn});
  message.edns.emplace();
  if (kind == 0) answer_mx(name, random, message);
  if (kind == 1) answer_txt(name, message);
  if (kind == 2) {
    for (int i = 0; i < 2; ++i)
      add_records(message.answers, fmt::format("{} 60 A {}\n", name, address(random)));
  }
  if (kind == 3) answer_ptr(name, random, message);
  if (kind == 4) {
    message.header.rcode = dns::Rcode::kNxDomain;
    add_records(message.authorities,
                fmt::format("{0} 900 SOA ns0.{0} hostmaster.{0} 1 7200 900 1209600 900\n", name));
  }
  return message;
}

std::string words(std::size_t count, Random& random) {
  constexpr std::array kWords{"lorem",
                              "ipsum",
                              "dolor",
                              "sit",
                              "amet",
                              "consectetur",
                              "elit",
                              "sed",
                              "do",
                              "magna",
                              "tempor",
                              "incididunt",
                              "labore",
                              "aliqua",
                              "\xc3\xa9t\xc3\xa9",
                              "Gr\xc3\xbc\xc3\x9f"
                              "e"};
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) text += ' ';
    text += kWords[random.below(kWords.size())];
  }
  return text;
}

std::string lines(std::size_t octets, std::string_view before, Random& random) {
  std::string text;
  while (text.size() < octets) {
    text += before;
    text += words(6 + random.below(8), random);
    text += "\r\n";
  }
  return text;
}

std::string entity(std::string_view type, std::string_view encoding, std::string_view body) {
  return fmt::format(
      "Content-Type: {}\r\nContent-Transfer-Encoding: {}\r\nMIME-Version: 1.0\r\n"
      "\r\n{}",
      type, encoding, body);
}

// A multipart of entities.
std::string join(std::string_view subtype, const std::vector<std::string>& parts, Random& random) {
  const std::string boundary = fmt::format("==============={:019}==", random.below(1'000'000'000));
  std::string text = fmt::format(
      "Content-Type: multipart/{}; boundary=\"{}\"\r\n"
      "MIME-Version: 1.0\r\n\r\n",
      subtype, boundary);
  for (const std::string& part : parts) text += fmt::format("--{}\r\n{}\r\n", boundary, part);
  return text + fmt::format("--{}--\r\n", boundary);
}

std::string attachment(std::size_t number, Random& random) {
  std::string octets;
  for (std::uint64_t left = 2'000 + random.below(28'000); left > 0; --left)
    octets += static_cast<char>(random.below(256));
  std::string encoded;
  mail::encode_base64_lines(octets, encoded);
  const std::string type = fmt::format(
      "application/pdf\r\nContent-Disposition: attachment;\r\n"
      " filename*=utf-8''report%20{}%20%C3%A9.pdf",
      number);
  return entity(type, "base64", encoded);
}

std::string top_fields(Random& random) {
  std::string text = "From: Alice Example <alice@red.example>\r\nTo:";
  for (std::uint64_t i = 0, count = 1 + random.below(11); i < count; ++i) {
    if (i != 0) text += i % 2 == 0 ? ",\r\n" : ",";
    fmt::format_to(std::back_inserter(text), " User {0} <user{0}@blue.example>", i);
  }
  text += "\r\nSubject: Re: " + words(3 + random.below(9), random);
  text += fmt::format("\r\nMessage-ID: <{}@red.example>\r\n", random.below(1'000'000'000));
  text += "Date: Mon, 01 Jan 2024 10:00:00 +0000\r\n";
  for (int i = 0; i < 4; ++i) {
    fmt::format_to(std::back_inserter(text),
                   "Received: from mx{0}.red.example (mx{0}.red.example [192.0.2.{0}]) by\r\n"
                   " mx.blue.example with ESMTPS id {1:x} for <bob@blue.example>;\r\n"
                   " Mon, 01 Jan 2024 10:00:0{0} +0000\r\n",
                   i, random.below(1'000'000'000));
  }
  return text;
}

std::string mime_message(std::size_t number, Random& random) {
  constexpr std::string_view kUtf8 = "; charset=\"utf-8\"";
  const std::size_t kind = number % 5;
  std::string content = entity(fmt::format("text/plain{}", kUtf8), "8bit",
                               lines(500 + random.below(3'500), "", random));
  if (kind >= 1) {
    const std::string html = lines(500 + random.below(5'500), "<p>", random);
    content = join("alternative",
                   {content, entity(fmt::format("text/html{}", kUtf8), "8bit", html)}, random);
  }
  if (kind < 2) return top_fields(random) + content;
  std::vector<std::string> parts{content, attachment(number, random)};
  if (kind == 3) {
    const std::string inner = entity("text/plain", "7bit", lines(1'500, "", random));
    parts.push_back(
        entity("message/rfc822", "8bit", "From: x@y.example\r\nSubject: inner\r\n" + inner));
  }
  return top_fields(random) + join("mixed", parts, random);
}

}  // namespace

std::vector<std::string> dns_corpus() {
  Random random(1);
  std::vector<std::string> messages(kDnsMessages);
  for (std::size_t i = 0; i < messages.size(); ++i) dns_message(i % 5, random).write(messages[i]);
  return messages;
}

std::vector<std::string> mime_corpus() {
  Random random(7);
  std::vector<std::string> messages;
  for (std::size_t octets = 0; octets < kMimeOctets; octets += messages.back().size())
    messages.push_back(mime_message(messages.size(), random));
  return messages;
}

std::size_t octets_of(const std::vector<std::string>& messages) {
  std::size_t octets = 0;
  for (const std::string& message : messages) octets += message.size();
  return octets;
}

}  // namespace mailcosm::bench
