// Flags of the store as IMAP says them, and back.
#pragma once

#include <optional>

#include "protocols/imap/flags.h"
#include "protocols/imap/message.h"
#include "sim/store/mailbox_store.h"

namespace mailcosm::sim {

imap::Flags to_imap(const MessageFlags& flags, const Mailbox& mailbox);

// Makes keywords that are new to the mailbox. Nothing if it has no room for them. \Recent is not
// kept.
std::optional<MessageFlags> from_imap(const imap::Flags& flags, Mailbox& mailbox,
                                      MailboxStore& store);

// With \Recent if no session has shown the message so far.
imap::MessageInfo info_of(const StoredMessage& message, const Mailbox& mailbox);

}  // namespace mailcosm::sim
