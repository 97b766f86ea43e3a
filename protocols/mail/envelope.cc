#include "protocols/mail/envelope.h"

#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/mail/mailbox.h"

namespace mailcosm::mail {
namespace {

std::optional<std::string> value_if_present(const Header& header, std::string_view name) {
  const Field* field = header.find(name);
  if (!field) return std::nullopt;
  return field->value();
}

std::optional<std::string> if_not_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

EnvelopeAddress to_envelope(Mailbox mailbox) {
  EnvelopeAddress address;
  // A comment behind the address was the display name of RFC 822's day.
  address.name = if_not_empty(mailbox.display_name.empty() ? std::move(mailbox.comment)
                                                           : std::move(mailbox.display_name));
  address.adl = if_not_empty(std::move(mailbox.route));
  address.mailbox = std::move(mailbox.local_part);
  // A host of NIL would mean a group.
  address.host = std::move(mailbox.host);
  return address;
}

// All fields of that name count as one list.
std::vector<EnvelopeAddress> addresses_of(const Header& header, std::string_view name) {
  std::vector<EnvelopeAddress> addresses;
  for (const Field& field : header.fields()) {
    if (!ascii::equal_ignoring_case(field.name, name)) continue;
    for (MailboxGroup& group : parse_address_list(field.body)) {
      if (group.has_name)
        addresses.push_back({std::nullopt, std::nullopt, std::move(group.name), std::nullopt});
      for (Mailbox& mailbox : group.mailboxes) addresses.push_back(to_envelope(std::move(mailbox)));
      if (group.has_name) addresses.emplace_back();
    }
  }
  return addresses;
}

}  // namespace

Envelope make_envelope(const Header& header) {
  Envelope envelope;
  envelope.date = value_if_present(header, "Date");
  envelope.subject = value_if_present(header, "Subject");
  envelope.from = addresses_of(header, "From");
  envelope.sender = addresses_of(header, "Sender");
  if (envelope.sender.empty()) envelope.sender = envelope.from;
  envelope.reply_to = addresses_of(header, "Reply-To");
  if (envelope.reply_to.empty()) envelope.reply_to = envelope.from;
  envelope.to = addresses_of(header, "To");
  envelope.cc = addresses_of(header, "Cc");
  envelope.bcc = addresses_of(header, "Bcc");
  envelope.in_reply_to = value_if_present(header, "In-Reply-To");
  envelope.message_id = value_if_present(header, "Message-ID");
  return envelope;
}

}  // namespace mailcosm::mail
