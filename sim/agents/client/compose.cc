#include "sim/agents/client/compose.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/mail/date.h"
#include "protocols/mail/mailbox.h"
#include "protocols/mail/message_id.h"
#include "protocols/mail/message_writer.h"

namespace mailcosm::sim {
namespace {

const std::string* field_of(const Draft& draft, std::string_view name) {
  for (const auto& [field, body] : draft.fields) {
    if (ascii::equal_ignoring_case(field, name)) return &body;
  }
  return nullptr;
}

std::vector<mail::NamedAddress> named(const std::vector<mail::Address>& addresses) {
  std::vector<mail::NamedAddress> list;
  for (const mail::Address& address : addresses) list.push_back({{}, address});
  return list;
}

void add_recipients(const std::vector<mail::Address>& addresses,
                    std::vector<std::string>& recipients) {
  for (const mail::Address& address : addresses) {
    std::string text = address.to_string();
    if (std::find(recipients.begin(), recipients.end(), text) == recipients.end())
      recipients.push_back(std::move(text));
  }
}

}  // namespace

Composed compose(const Draft& draft, const MailClientConfig& config, WallTime wall_time,
                 std::uint64_t random, ContentPool& contents) {
  Composed composed;
  add_recipients(draft.to, composed.recipients);
  add_recipients(draft.cc, composed.recipients);
  add_recipients(draft.bcc, composed.recipients);

  const auto has = [&](std::string_view name) { return field_of(draft, name) != nullptr; };
  mail::MessageWriter writer;
  if (!has("Date")) writer.date(wall_time);
  const mail::NamedAddress author{config.display_name, config.address};
  if (!has("From")) writer.addresses("From", {&author, 1});
  if (!has("To") && !draft.to.empty()) writer.addresses("To", named(draft.to));
  if (!has("Cc") && !draft.cc.empty()) writer.addresses("Cc", named(draft.cc));
  if (!has("Message-ID"))
    writer.field("Message-ID", mail::make_message_id(wall_time, random, config.address.domain));
  if (!has("Subject") && !draft.subject.empty()) writer.text_field("Subject", draft.subject);
  for (const auto& [name, body] : draft.fields) writer.text_field(name, body);
  composed.content = contents.intern(writer.text_body(draft.body).take());
  composed.message_id = mail::message_id_of(composed.content);
  return composed;
}

}  // namespace mailcosm::sim
