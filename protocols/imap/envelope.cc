#include "protocols/imap/envelope.h"

#include "protocols/imap/write.h"

namespace mailcosm::imap {
namespace {

// "(" 1*address ")" / nil
void append_addresses(const std::vector<mail::EnvelopeAddress>& addresses, std::string& output) {
  output.push_back(' ');
  if (addresses.empty()) {
    output.append("NIL");
    return;
  }
  output.push_back('(');
  for (const mail::EnvelopeAddress& address : addresses) {
    output.push_back('(');
    append_nstring(address.name, output);
    output.push_back(' ');
    append_nstring(address.adl, output);
    output.push_back(' ');
    append_nstring(address.mailbox, output);
    output.push_back(' ');
    append_nstring(address.host, output);
    output.push_back(')');
  }
  output.push_back(')');
}

}  // namespace

void append_envelope(const mail::Envelope& envelope, std::string& output) {
  output.push_back('(');
  append_nstring(envelope.date, output);
  output.push_back(' ');
  append_nstring(envelope.subject, output);
  append_addresses(envelope.from, output);
  append_addresses(envelope.sender, output);
  append_addresses(envelope.reply_to, output);
  append_addresses(envelope.to, output);
  append_addresses(envelope.cc, output);
  append_addresses(envelope.bcc, output);
  output.push_back(' ');
  append_nstring(envelope.in_reply_to, output);
  output.push_back(' ');
  append_nstring(envelope.message_id, output);
  output.push_back(')');
}

}  // namespace mailcosm::imap
