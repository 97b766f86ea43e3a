#include "bench/parsers.h"

#include <arpa/nameser.h>
#include <fmt/format.h>

#include <cstring>
#include <string>
#include <vector>

#include "bench/stopwatch.h"
#include "protocols/base/base64.h"
#include "protocols/base/check.h"
#include "protocols/dns/master_file.h"
#include "protocols/dns/message.h"
#include "protocols/mail/mime.h"
#include "protocols/smtp/data_decoder.h"
#include "protocols/smtp/data_encoder.h"

namespace mailcosm::bench {
namespace {

// Keeps the compiler from leaving out work whose result nobody reads.
void use(std::size_t value) { asm volatile("" : : "r"(value)); }

// Runs of `work` a second.
template <typename Work>
double runs_per_second(std::size_t runs, Work work) {
  return median_of_five([&] {
    const Stopwatch watch;
    for (std::size_t i = 0; i < runs; ++i) work();
    return static_cast<double>(runs) / watch.seconds();
  });
}

// Answers as they come when mail is delivered: MX with addresses, referrals, text, none.
std::vector<std::string> dns_messages() {
  constexpr const char* kAnswers[] = {
      "blue.com. 3600 MX 10 mx1.blue.com.\nblue.com. 3600 MX 20 mx2.blue.com.\n"
      "mx1.blue.com. 3600 A 198.51.100.3\nmx2.blue.com. 3600 A 198.51.100.4\n",
      "com. 172800 NS a.nic.com.\ncom. 172800 NS b.nic.com.\na.nic.com. 172800 A 198.18.0.2\n"
      "b.nic.com. 172800 AAAA 2001:db8::2\n",
      "red.com. 300 TXT \"v=spf1 mx ip4:192.0.2.0/24 include:_spf.provider.example -all\"\n",
      "mail.red.com. 3600 CNAME smtp.provider.example.\nsmtp.provider.example. 60 A 192.0.2.25\n",
  };
  std::vector<std::string> wires;
  for (const char* text : kAnswers) {
    dns::Message message;
    message.header.response = true;
    const auto records = dns::parse_master_file(text);
    CHECK(records.has_value());
    for (const dns::Record& record : *records) message.answers.push_back(record);
    message.questions.push_back({message.answers.front().owner, message.answers.front().type, {}});
    message.edns.emplace();
    message.write(wires.emplace_back());
  }
  return wires;
}

// All records of all sections by glibc, as resolver libraries use it.
std::size_t parse_with_glibc(const std::string& wire) {
  ns_msg handle;
  if (ns_initparse(reinterpret_cast<const unsigned char*>(wire.data()),
                   static_cast<int>(wire.size()), &handle) != 0)
    return 0;
  std::size_t octets = 0;
  for (const ns_sect section : {ns_s_qd, ns_s_an, ns_s_ns, ns_s_ar}) {
    for (int i = 0; i < ns_msg_count(handle, section); ++i) {
      ns_rr record;
      if (ns_parserr(&handle, section, i, &record) != 0) return 0;
      octets += ns_rr_rdlen(record) + std::strlen(ns_rr_name(record));
    }
  }
  return octets;
}

Figures dns() {
  const std::vector<std::string> wires = dns_messages();
  std::size_t octets = 0;
  for (const std::string& wire : wires) octets += wire.size();
  const auto messages = static_cast<double>(wires.size());
  const double ours = runs_per_second(50'000, [&] {
    for (const std::string& wire : wires) use(dns::Message::parse(wire)->answers.size());
  });
  const double glibc = runs_per_second(50'000, [&] {
    for (const std::string& wire : wires) use(parse_with_glibc(wire));
  });
  const std::string remark = fmt::format("mean {} octets, all sections", octets / wires.size());
  return {{"dns messages", ours * messages / 1e6, "million/s", 2,
           fmt::format("{}; {:.2f} times glibc", remark, ours / glibc)},
          {"dns messages, glibc", glibc * messages / 1e6, "million/s", 2, remark}};
}

std::string text_message(std::size_t octets) {
  std::string text;
  while (text.size() < octets) {
    text += "The quick brown fox jumps over the lazy dog, and again.\r\n";
    if (text.size() % 13 == 0) text += ".a line that begins with a dot\r\n";
  }
  return text;
}

std::string mime_message() {
  std::string text =
      "From: Alice <alice@red.com>\r\nTo: Bob <bob@blue.com>\r\nSubject: parts\r\n"
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\n";
  text += text_message(4'000);
  text +=
      "\r\n--outer\r\nContent-Type: application/pdf; name=\"report.pdf\"\r\n"
      "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n";
  const std::string encoded = base64::encode(std::string(60'000, 'p'));
  for (std::size_t at = 0; at < encoded.size(); at += 76) text += encoded.substr(at, 76) + "\r\n";
  return text + "\r\n--outer--\r\n";
}

Figures octet_streams() {
  const auto rate = [](std::size_t octets, double runs) {
    return runs * static_cast<double>(octets) / 1e6;
  };
  const std::string mime = mime_message();
  const std::string text = text_message(100'000);
  const std::string encoded = base64::encode(text);
  std::string stuffed;
  smtp::DataEncoder().encode(text, stuffed);
  std::string output;
  Figures figures;
  const auto add = [&](const char* name, std::size_t octets, auto work) {
    figures.push_back({name, rate(octets, runs_per_second(300, work)), "MB/s", 0, ""});
  };
  add("mime tree", mime.size(), [&] { use(mail::MimeTree::parse(mime).parts().size()); });
  add("base64, encoded", text.size(), [&] {
    output.clear();
    base64::encode(text, output);
    use(output.size());
  });
  add("base64, decoded", encoded.size(), [&] {
    output.clear();
    base64::decode_lenient(encoded, output);
    use(output.size());
  });
  add("dots stuffed", text.size(), [&] {
    output.clear();
    smtp::DataEncoder().encode(text, output);
    use(output.size());
  });
  add("dots taken away", stuffed.size(), [&] {
    smtp::DataDecoder decoder;
    std::string_view rest = stuffed;
    for (auto step = decoder.decode(rest); step.status == smtp::DataDecoder::Status::kChunk;
         step = decoder.decode(rest)) {
      rest.remove_prefix(step.consumed);
    }
    use(rest.size());
  });
  add("memory copied", text.size(), [&] {
    output.assign(text);
    use(output.size());
  });
  return figures;
}

}  // namespace

Figures measure_parsers() {
  Figures figures = dns();
  for (Figure& figure : octet_streams()) figures.push_back(std::move(figure));
  return figures;
}

}  // namespace mailcosm::bench
