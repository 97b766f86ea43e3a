// Mailbox and group lists as in From, To and Cc (RFC 5322 section 3.4), read with the leniency that
// old mail needs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/mail/address.h"

namespace mailcosm::mail {

// One mailbox: `name (comment) <@route:local@host>`. Values, no views.
struct Mailbox {
  std::string display_name;  // without quoting and folding; encoded words are left as they are
  std::string comment;       // all comments of it, without parentheses, joined by spaces
  std::string route;         // obs-route without the colon, `@a,@b`; else empty
  std::string local_part;    // without quoting
  std::string host;          // empty for a name without a domain; a literal with its brackets
  bool valid =
      true;  // false: not an address by the grammar; the text is kept in local_part and host

  // Name for a reader, encoded words decoded to UTF-8; the comment stands in when there is no
  // display name.
  std::string name() const;
  Address address() const { return {local_part, host}; }
};

// `name: a, b;` or, with has_name false, the mailboxes that stand outside of groups.
struct MailboxGroup {
  std::string name;  // like display_name
  std::string comment;
  bool has_name = false;
  std::vector<Mailbox> mailboxes;
};

struct MailboxLimits {
  std::size_t mailboxes_max =
      10'000;  // of all groups together, and groups; what follows is dropped
};

// Never fails: what does not parse becomes a mailbox with valid == false. `text` is a field body,
// folded or not. Mailboxes outside of groups come in groups without a name, in order.
std::vector<MailboxGroup> parse_address_list(std::string_view text,
                                             const MailboxLimits& limits = {});
// The mailboxes of all groups in order.
std::vector<Mailbox> parse_mailboxes(std::string_view text, const MailboxLimits& limits = {});

// `name <local@host>` with the name quoted or encoded (RFC 2047 section 5) as it needs, or the bare
// address.
std::string format_mailbox(std::string_view name_utf8, const Address& address);

}  // namespace mailcosm::mail
