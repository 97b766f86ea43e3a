#include "sim/agents/client/retrieval.h"

#include "protocols/mail/encoded_word.h"
#include "protocols/mail/header.h"
#include "protocols/mail/mailbox.h"
#include "protocols/mail/message.h"

namespace mailcosm::sim {

Retrieval::Retrieval(Runtime& runtime, AddressLookup& addresses, const MailClientConfig& config,
                     RetrievalOwner& owner, Copies& copies, std::string_view protocol,
                     std::uint16_t standard_port)
    : Conversation(runtime, addresses, config, protocol,
                   {config.retrieval_server,
                    config.retrieval_port != 0 ? config.retrieval_port : standard_port}),
      owner_(owner),
      copies_(copies),
      protocol_(protocol) {}

void Retrieval::report_checked(std::size_t messages, std::size_t fresh, std::string_view mailbox) {
  trace().set_cause(trace().emit(Kind::kMailChecked,
                                 {config().login, config().device, protocol_,
                                  config().retrieval_server, messages, fresh, mailbox},
                                 transcript().subject()));
}

// REQUIRES: it is in the store.
void Retrieval::report_fetched(std::string_view mailbox, std::string_view id) {
  const Content content = store().find(mailbox, id);
  const std::string message_id = mail::message_id_of(content);
  trace().emit(Kind::kMessageFetched,
               {config().login, config().device, protocol_, mailbox, copies().shown(id),
                content.text(), store().flags(mailbox, id).to_string()},
               {transcript().connection(), message_id});
}

void Retrieval::report_deleted(std::string_view uid, const std::string& message_id) {
  trace().emit(Kind::kMessageDeleted, {config().login, config().device, protocol_, uid},
               {transcript().connection(), message_id});
}

bool is_chosen(const MessageChoice& choice, std::string_view header_text) {
  const mail::Header header = mail::Header::parse(header_text);
  if (choice.subject && mail::decode_encoded_words(header.value_of("Subject")) != *choice.subject)
    return false;
  if (!choice.from) return true;
  const mail::Field* from = header.find("From");
  if (!from) return false;
  const Result<mail::Address> wanted = mail::parse_addr_spec(*choice.from, true);
  for (const mail::Mailbox& mailbox : mail::parse_mailboxes(from->body)) {
    if (wanted && mailbox.address() == *wanted) return true;
  }
  return false;
}

}  // namespace mailcosm::sim
