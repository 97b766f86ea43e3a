// Addresses: what a parser accepts is written and read back as the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocols/base/check.h"
#include "protocols/mail/mailbox.h"
#include "protocols/mail/message_id.h"

using namespace mailcosm;        // NOLINT
using namespace mailcosm::mail;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (Result<Address> address = parse_mailbox(text)) {
    Result<Address> again = parse_mailbox(address->to_string());
    CHECK(again.has_value() && *again == *address);
    CHECK(parse_addr_spec(text).has_value());
  }
  for (bool forward : {false, true}) {
    Result<ParsedPath> path = forward ? parse_forward_path(text) : parse_reverse_path(text);
    if (!path) continue;
    CHECK(path->length <= size && text[path->length - 1] == '>');
    std::string written = path->address.to_path();
    Result<ParsedPath> again = forward ? parse_forward_path(written) : parse_reverse_path(written);
    CHECK(again.has_value() && again->address == path->address && again->length == written.size());
  }
  if (Result<Address> address = parse_addr_spec(text, true)) CHECK(!address->domain.empty());
  for (const Mailbox& mailbox : parse_mailboxes(text)) {
    // A quoted string that is not closed gets its end.
    CHECK(mailbox.local_part.size() + mailbox.host.size() <= size + 1);
    mailbox.name();
  }
  for (const std::string& id : parse_message_ids(text))
    CHECK(id.front() == '<' && id.back() == '>');
  return 0;
}
