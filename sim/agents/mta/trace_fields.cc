#include "sim/agents/mta/trace_fields.h"

#include "protocols/mail/date.h"
#include "protocols/mail/message_id.h"
#include "protocols/mail/received.h"

namespace mailcosm::sim {

std::string received_field(const HopFacts& hop) {
  const std::string client = hop.client.to_string();
  mail::Received received;
  received.from = hop.helo;
  received.from_address = client;
  received.by = hop.name;
  received.with = hop.with;
  received.id = hop.queue_id;
  received.for_address = hop.only_recipient;
  received.date = hop.date;
  std::string field;
  mail::append_received(received, field);
  return field;
}

void append_missing_fields(const mail::Header& header, WallTime date, std::uint64_t random,
                           std::string_view domain, std::string& message_id, std::string& output) {
  if (header.find("Date") == nullptr) {
    mail::append_field("Date", mail::format_date(date), output);
  }
  if (header.find("Message-ID") == nullptr) {
    message_id = mail::make_message_id(date, random, domain);
    mail::append_field("Message-ID", message_id, output);
  }
}

}  // namespace mailcosm::sim
