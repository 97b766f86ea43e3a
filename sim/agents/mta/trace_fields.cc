#include "sim/agents/mta/trace_fields.h"

#include "protocols/mail/date.h"
#include "protocols/mail/message_id.h"
#include "protocols/mail/received.h"

namespace mailcosm::sim {

std::string received_field(const HopFacts& hop) {
  mail::Received received;
  received.from = hop.helo;
  received.from_address = hop.client.to_string();
  received.by = hop.name;
  received.with = hop.with;
  received.id = hop.queue_id;
  received.for_address = hop.only_recipient;
  received.date = hop.date;
  std::string field;
  mail::append_received(received, field);
  return field;
}

std::string missing_fields(const mail::Header& header, WallTime date, std::uint64_t random,
                           std::string_view domain) {
  std::string fields;
  if (header.find("Date") == nullptr) {
    mail::append_field("Date", mail::format_date(date), fields);
  }
  if (header.find("Message-ID") == nullptr) {
    mail::append_field("Message-ID", mail::make_message_id(date, random, domain), fields);
  }
  return fields;
}

}  // namespace mailcosm::sim
