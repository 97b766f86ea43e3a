#include "bench/parsers.h"

#include <arpa/nameser.h>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "bench/corpus.h"
#include "bench/gmime_peer.h"
#include "bench/stopwatch.h"
#include "bench/unstuff.h"
#include "protocols/base/base64.h"
#include "protocols/dns/message.h"
#include "protocols/dns/message_view.h"
#include "protocols/mail/mime.h"
#include "protocols/mail/transfer_encoding.h"
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

// The one name in the data of a record, for the types that have it at a fixed place; else null.
const unsigned char* name_in(const ns_rr& record) {
  const auto type = static_cast<dns::Type>(ns_rr_type(record));
  if (type == dns::Type::kMx) return ns_rr_rdata(record) + 2;
  const bool named = type == dns::Type::kNs || type == dns::Type::kPtr || type == dns::Type::kSoa;
  return named ? ns_rr_rdata(record) : nullptr;
}

// All records of all sections by glibc, as resolver libraries use it. It decodes the owners; on
// demand also the names in data, which it otherwise does not look at.
std::size_t parse_with_glibc(const std::string& wire, bool names_in_data) {
  ns_msg handle;
  if (ns_initparse(reinterpret_cast<const unsigned char*>(wire.data()),
                   static_cast<int>(wire.size()), &handle) != 0)
    return 0;
  std::size_t octets = 0;
  for (const ns_sect section : {ns_s_qd, ns_s_an, ns_s_ns, ns_s_ar}) {
    for (int i = 0; i < ns_msg_count(handle, section); ++i) {
      ns_rr record;
      if (ns_parserr(&handle, section, i, &record) != 0) return 0;
      octets += ns_rr_rdlen(record);
      const unsigned char* const name =
          names_in_data && section != ns_s_qd ? name_in(record) : nullptr;
      char text[NS_MAXDNAME];
      if (name != nullptr &&
          ns_name_uncompress(ns_msg_base(handle), ns_msg_end(handle), name, text, sizeof text) < 0)
        return 0;
    }
  }
  return octets;
}

Figures dns() {
  const std::vector<std::string> wires = dns_corpus();
  const auto rate = [&](auto&& read) {
    return static_cast<double>(wires.size()) * runs_per_second(10, [&] {
             for (const std::string& wire : wires) use(read(wire));
           });
  };
  const double ours = rate([](const std::string& wire) {
    const dns::MessageView message(wire);
    return message.answers().size() + message.additionals().size();
  });
  const double owned =
      rate([](const std::string& wire) { return dns::Message::parse(wire)->answers.size(); });
  const double located =
      rate([](const std::string& wire) { return parse_with_glibc(wire, false); });
  const double decoded = rate([](const std::string& wire) { return parse_with_glibc(wire, true); });
  std::vector<dns::Message> messages;
  for (const std::string& wire : wires) messages.push_back(*dns::Message::parse(wire));
  std::string output;
  const double written = static_cast<double>(messages.size()) * runs_per_second(10, [&] {
                           for (const dns::Message& message : messages) {
                             output.clear();
                             message.write(output);
                             use(output.size());
                           }
                         });
  const auto million = [](const char* name, double value, std::string remark) {
    return Figure{name, value / 1e6, "million/s", 2, std::move(remark)};
  };
  return {million("dns messages", ours,
                  fmt::format("mean {} octets, all sections, names and data checked and decoded; "
                              "{:.2f} times glibc",
                              octets_of(wires) / wires.size(), ours / decoded)),
          million("dns messages, owned", owned, "the same as a value that can be kept"),
          million("dns messages, glibc", decoded, "all sections, names in data decoded"),
          million("dns messages, glibc, located", located, "all sections, data only located"),
          million("dns messages, written", written, "names compressed")};
}

// The tree of every message by each parser, and whether they agree.
Figures mime() {
  const std::vector<std::string> messages = mime_corpus();
  const double octets = static_cast<double>(octets_of(messages));
  const auto rate = [&](auto&& parse) {
    return octets / 1e6 * runs_per_second(5, [&] {
             for (const std::string& message : messages) use(parse(message));
           });
  };
  const double ours =
      rate([](const std::string& text) { return mail::MimeTree::parse(text).parts().size(); });
  const std::string remark = fmt::format("{} messages, {:.1f} MB", messages.size(), octets / 1e6);
  const std::unique_ptr<GmimePeer> gmime = GmimePeer::load();
  if (gmime == nullptr) return {{"mime trees", ours, "MB/s", 0, remark}};
  std::size_t same = 0;
  for (const std::string& message : messages)
    same += gmime->outline(message) == outline_of(mail::MimeTree::parse(message)) ? 1 : 0;
  const double theirs = rate([&](const std::string& text) { return gmime->parse(text); });
  return {{"mime trees", ours, "MB/s", 0,
           fmt::format("{}; {:.2f} times GMime, the same tree in {} of {}", remark, ours / theirs,
                       same, messages.size())},
          {"mime trees, GMime", theirs, "MB/s", 0, remark}};
}

std::string text_message(std::size_t octets) {
  std::string text;
  while (text.size() < octets) {
    text += "The quick brown fox jumps over the lazy dog, and again.\r\n";
    if (text.size() % 13 == 0) text += ".a line that begins with a dot\r\n";
  }
  return text;
}

Figures octet_streams() {
  const auto rate = [](std::size_t octets, double runs) {
    return runs * static_cast<double>(octets) / 1e6;
  };
  const std::string text = text_message(100'000);
  const std::string encoded = base64::encode(text);
  std::string lines;
  mail::encode_base64_lines(text, lines);
  std::string stuffed;
  smtp::DataEncoder().encode(text, stuffed);
  std::string output;
  Figures figures;
  const auto add = [&](const char* name, std::size_t octets, auto work) {
    figures.push_back({name, rate(octets, runs_per_second(300, work)), "MB/s", 0, ""});
  };
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
  add("base64, decoded from lines", lines.size(), [&] {
    output.clear();
    base64::decode_lenient(lines, output);
    use(output.size());
  });
  add("dots stuffed", text.size(), [&] {
    output.clear();
    smtp::DataEncoder().encode(text, output);
    use(output.size());
  });
  add("dots taken away", stuffed.size(), [&] { use(unstuff(stuffed).size()); });
  add("memory copied", text.size(), [&] {
    output.assign(text);
    use(output.size());
  });
  return figures;
}

}  // namespace

Figures measure_parsers() {
  Figures figures = dns();
  for (Figures (*measure)() : {mime, octet_streams}) {
    for (Figure& figure : measure()) figures.push_back(std::move(figure));
  }
  return figures;
}

}  // namespace mailcosm::bench
