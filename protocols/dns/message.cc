#include "protocols/dns/message.h"

#include <fmt/format.h>

#include <iterator>

#include "protocols/dns/message_view.h"
#include "protocols/dns/message_writer.h"

namespace mailcosm::dns {
namespace {

void append_flags(const Header& header, std::string& output) {
  const std::pair<bool, std::string_view> flags[] = {
      {header.authoritative, " aa"},     {header.truncated, " tc"},
      {header.recursion_desired, " rd"}, {header.recursion_available, " ra"},
      {header.authentic_data, " ad"},    {header.checking_disabled, " cd"}};
  for (const auto& [set, name] : flags) {
    if (set) output += name;
  }
}

void append_data(const RecordView& record, std::string& output) {
  output += to_string(record.type);
  output += ' ';
  append_rdata_text(record.type, record.rdata, output);
}

constexpr std::size_t kSummaryRecordsMax = 8;

void append_answers(const MessageView& message, std::string& output) {
  const bool referral = message.answers().empty() && !message.header().authoritative &&
                        !message.authorities().empty() &&
                        message.authorities()[0].type == Type::kNs;
  if (referral) output += fmt::format(", referral to {}", message.authorities()[0].owner.to_host());
  std::size_t count = 0;
  for (const RecordView& record : referral ? message.authorities() : message.answers()) {
    if (referral && record.type != Type::kNs) continue;
    if (++count > kSummaryRecordsMax) {
      output += "; ...";
      return;
    }
    output += count == 1 ? ": " : "; ";
    append_data(record, output);
  }
}

std::vector<Record> owned(std::span<const RecordView> views) {
  std::vector<Record> records;
  records.reserve(views.size());
  for (const RecordView& view : views) records.push_back(view.record());
  return records;
}

}  // namespace

Result<Message> Message::parse(std::string_view bytes) {
  const MessageView view(bytes);
  if (!view.valid()) return view.error();
  Message message;
  message.header = view.header();
  for (const QuestionView& question : view.questions())
    message.questions.push_back({Name(question.name), question.type, question.rclass});
  message.answers = owned(view.answers());
  message.authorities = owned(view.authorities());
  message.additionals = owned(view.additionals());
  if (view.edns()) message.edns = view.edns()->edns();
  return message;
}

void Message::write(std::string& output, std::size_t octets_max) const {
  MessageWriter writer(output, octets_max);
  if (edns) writer.set_edns(*edns);
  for (const Question& question : questions)
    writer.add_question(question.name, question.type, question.rclass);
  Header written = header;
  // Left-out additional data is no truncation (RFC 2181 section 9).
  const bool complete = writer.add_sets(Section::kAnswer, answers) &&
                        writer.add_sets(Section::kAuthority, authorities);
  if (!complete) written.truncated = true;
  if (complete) writer.add_sets(Section::kAdditional, additionals);
  writer.finish(written);
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
  const MessageView message(bytes);
  if (!message.valid()) {
    const Error error = message.error();
    return fmt::format("malformed: {} at octet {}", error.what, error.offset);
  }
  const Header& header = message.header();
  std::string text = header.response ? "response" : "query";
  if (header.opcode != Opcode::kQuery) text += " " + to_string(header.opcode);
  for (const QuestionView& question : message.questions()) {
    text += ' ';
    text += question.name.to_host();
    text += ' ';
    text += to_string(question.type);
    if (question.rclass != Class::kIn) text += " " + to_string(question.rclass);
  }
  if (header.response) text += " " + to_string(header.rcode);
  append_flags(header, text);
  append_answers(message, text);
  const std::size_t authorities = message.authorities().size();
  const std::size_t additionals = message.additionals().size();
  if (authorities + additionals != 0) {
    fmt::format_to(std::back_inserter(text), " ({} authority, {} additional)", authorities,
                   additionals);
  }
  return text;
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
