#include "protocols/dns/message.h"

#include <fmt/format.h>

#include <iterator>

#include "protocols/dns/message_reader.h"
#include "protocols/dns/message_writer.h"

namespace mailcosm::dns {
namespace {

// Writes whole RRsets; false at the first record that does not fit, with its RRset removed.
bool write_section(MessageWriter& writer, Section section, const std::vector<Record>& records) {
  MessageWriter::Mark start = writer.mark();
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    const bool same_set =
        i > 0 && records[i - 1].type == record.type && records[i - 1].owner == record.owner;
    if (!same_set) start = writer.mark();
    if (!writer.add_record(section, record.owner, record.type, record.rclass, record.ttl,
                           record.rdata)) {
      writer.rewind(start);
      return false;
    }
  }
  return true;
}

void append_flags(const Header& header, std::string& output) {
  const std::pair<bool, std::string_view> flags[] = {
      {header.authoritative, " aa"},     {header.truncated, " tc"},
      {header.recursion_desired, " rd"}, {header.recursion_available, " ra"},
      {header.authentic_data, " ad"},    {header.checking_disabled, " cd"}};
  for (const auto& [set, name] : flags) {
    if (set) output += name;
  }
}

void append_data(const Record& record, std::string& output) {
  output += to_string(record.type);
  output += ' ';
  append_rdata_text(record.type, record.rdata, output);
}

constexpr std::size_t kSummaryRecordsMax = 8;

void append_answers(const Message& message, std::string& output) {
  const bool referral = message.answers.empty() && !message.header.authoritative &&
                        !message.authorities.empty() && message.authorities[0].type == Type::kNs;
  const std::vector<Record>& shown = referral ? message.authorities : message.answers;
  if (referral) output += fmt::format(", referral to {}", message.authorities[0].owner.to_host());
  std::size_t count = 0;
  for (const Record& record : shown) {
    if (referral && record.type != Type::kNs) continue;
    if (++count > kSummaryRecordsMax) {
      output += "; ...";
      return;
    }
    output += count == 1 ? ": " : "; ";
    append_data(record, output);
  }
}

}  // namespace

Result<Message> Message::parse(std::string_view bytes) {
  MessageReader reader(bytes);
  Message message;
  message.header = reader.header();
  QuestionView question;
  while (reader.next_question(question)) {
    message.questions.push_back({Name(question.name.view()), question.type, question.rclass});
  }
  RecordView view;
  std::string rdata;
  while (reader.next_record(view)) {
    if (view.type == Type::kOpt) {
      // RFC 6891 section 6.1.1: one OPT record at most, in the additional section, owned by the
      // root.
      if (message.edns || view.section != Section::kAdditional || !view.owner.view().is_root()) {
        return Error{"OPT record is misplaced", view.rdata_offset};
      }
      message.edns = edns_of(view);
      message.header.rcode = extended_rcode(message.header.rcode, view);
      continue;
    }
    if (!reader.expand_rdata(view, rdata))
      return Error{"data of a record is not well formed", view.rdata_offset};
    // RFC 2181 section 8: a TTL with the top bit set counts as zero.
    const std::uint32_t ttl = view.ttl > kTtlMax ? 0 : view.ttl;
    std::vector<Record>& section = view.section == Section::kAnswer      ? message.answers
                                   : view.section == Section::kAuthority ? message.authorities
                                                                         : message.additionals;
    section.push_back({Name(view.owner.view()), view.type, view.rclass, ttl, rdata});
  }
  if (reader.failed()) return reader.error();
  if (!reader.at_end()) return Error{"octets follow the message", reader.error().offset};
  return message;
}

void Message::write(std::string& output, std::size_t octets_max) const {
  MessageWriter writer(output, octets_max);
  if (edns) writer.set_edns(*edns);
  for (const Question& question : questions)
    writer.add_question(question.name, question.type, question.rclass);
  Header written = header;
  // Left-out additional data is no truncation (RFC 2181 section 9).
  const bool complete = write_section(writer, Section::kAnswer, answers) &&
                        write_section(writer, Section::kAuthority, authorities);
  if (!complete) written.truncated = true;
  if (complete) write_section(writer, Section::kAdditional, additionals);
  writer.finish(written);
}

std::string Message::summary() const {
  std::string text = header.response ? "response" : "query";
  if (header.opcode != Opcode::kQuery) text += " " + to_string(header.opcode);
  for (const Question& question : questions) {
    text += fmt::format(" {} {}", question.name.to_host(), to_string(question.type));
    if (question.rclass != Class::kIn) text += " " + to_string(question.rclass);
  }
  if (header.response) text += " " + to_string(header.rcode);
  append_flags(header, text);
  append_answers(*this, text);
  if (!authorities.empty() || !additionals.empty()) {
    fmt::format_to(std::back_inserter(text), " ({} authority, {} additional)", authorities.size(),
                   additionals.size());
  }
  return text;
}

std::string Message::to_text() const {
  std::string flags = header.response ? " qr" : "";
  append_flags(header, flags);
  std::string text =
      fmt::format(";; opcode: {}, status: {}, id: {}\n;; flags:{}\n", dns::to_string(header.opcode),
                  dns::to_string(header.rcode), header.id, flags);
  if (edns) {
    text += fmt::format(";; EDNS: version: {}, flags:{}; udp: {}\n", edns->version,
                        edns->dnssec_ok ? " do" : "", edns->udp_octets);
  }
  for (const Question& question : questions) {
    text += fmt::format(";{} {} {}\n", question.name.to_string(), dns::to_string(question.rclass),
                        dns::to_string(question.type));
  }
  const std::pair<std::string_view, const std::vector<Record>*> sections[] = {
      {"ANSWER", &answers}, {"AUTHORITY", &authorities}, {"ADDITIONAL", &additionals}};
  for (const auto& [title, records] : sections) {
    if (records->empty()) continue;
    text += fmt::format(";; {}:\n", title);
    for (const Record& record : *records) text += record.to_string() + "\n";
  }
  return text;
}

std::string summary_of(std::string_view bytes) {
  const auto message = Message::parse(bytes);
  if (message) return message->summary();
  return fmt::format("malformed: {} at octet {}", message.error().what, message.error().offset);
}

void write_query(std::uint16_t id, const Question& question, bool recursion_desired,
                 std::uint16_t edns_octets, std::string& output) {
  MessageWriter writer(output, kUdpOctetsMax);
  const Edns edns{edns_octets, 0, false, {}};
  if (edns_octets != 0) writer.set_edns(edns);
  writer.add_question(question.name, question.type, question.rclass);
  Header header;
  header.id = id;
  header.recursion_desired = recursion_desired;
  writer.finish(header);
}

}  // namespace mailcosm::dns
