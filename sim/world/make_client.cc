#include "sim/world/make_client.h"

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

RetrievalProtocol protocol_of(scenario::Retrieval retrieval) {
  switch (retrieval) {
    case scenario::Retrieval::kPop3:
      return RetrievalProtocol::kPop3;
    case scenario::Retrieval::kImap:
      return RetrievalProtocol::kImap;
    case scenario::Retrieval::kNone:
      break;
  }
  return RetrievalProtocol::kNone;
}

}  // namespace

mail::Address address_of(const std::string& text) {
  const auto address = mail::parse_mailbox(text);
  CHECK(address.has_value());
  return *address;
}

std::unique_ptr<MailClient> make_client(Runtime& runtime, const scenario::Host& host,
                                        const scenario::Client& model) {
  MailClientConfig config;
  config.address = address_of(model.user);
  config.display_name = model.display_name;
  config.login = model.user;
  config.password = model.password;
  config.device = model.device;
  config.submission_server = model.submission.name;
  config.submission_port = model.submission.port;
  config.retrieval = protocol_of(model.retrieval);
  config.retrieval_server = model.retrieval_server.name;
  config.retrieval_port = model.retrieval_server.port;
  config.leave_on_server = model.leave_on_server;
  config.keeps_sent = model.keeps_sent;
  config.sent_mailbox = model.sent_mailbox;
  config.syncs_all = model.syncs_all;
  config.idles = model.idles;
  config.check_every = model.check_every;
  config.resolvers = host.name_servers;
  return std::make_unique<MailClient>(runtime, std::move(config));
}

std::vector<Draft> drafts_of(const scenario::Writes& action) {
  Draft draft;
  const auto add = [](const std::vector<std::string>& texts,
                      std::vector<mail::Address>& addresses) {
    for (const std::string& text : texts) addresses.push_back(address_of(text));
  };
  add(action.to, draft.to);
  add(action.cc, draft.cc);
  add(action.bcc, draft.bcc);
  draft.subject = action.subject;
  draft.body = action.body;
  for (const scenario::HeaderField& field : action.headers)
    draft.fields.emplace_back(field.name, field.body);
  if (!action.individually) return {draft};
  std::vector<Draft> drafts;
  Draft single = draft;
  for (const std::vector<mail::Address>* list : {&draft.to, &draft.cc, &draft.bcc}) {
    for (const mail::Address& address : *list) {
      single.to = {address};
      single.cc.clear();
      single.bcc.clear();
      drafts.push_back(single);
    }
  }
  return drafts;
}

MessageChoice choice_of(const scenario::MessageChoice& model) {
  return {model.mailbox, model.subject, model.from, model.newest};
}

}  // namespace mailcosm::sim
