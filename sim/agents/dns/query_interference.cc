#include "sim/agents/dns/query_interference.h"

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "protocols/dns/message.h"
#include "protocols/dns/message_view.h"

namespace mailcosm::sim {

QueryInterference interfere(QueryInterferer* interferer, std::string_view query,
                            dns::Transport transport) {
  if (interferer == nullptr) return {};
  const dns::MessageView message(query);
  if (!message.valid() || message.header().response || message.questions().size() != 1) return {};
  const dns::QuestionView& question = message.questions().front();
  return interferer->on_query(ascii::to_lower(question.name.to_host()),
                              dns::to_string(question.type), transport);
}

void write_altered_answer(std::string_view query, QueryInterference::Answer answer,
                          std::string& output) {
  using enum QueryInterference::Answer;
  auto message = dns::Message::parse(query);
  CHECK(message.has_value());
  message->header.response = true;
  message->answers.clear();
  message->authorities.clear();
  message->additionals.clear();
  if (answer == kServfail) message->header.rcode = dns::Rcode::kServFail;
  if (answer == kRefused) message->header.rcode = dns::Rcode::kRefused;
  if (answer == kTruncated) message->header.truncated = message->header.authoritative = true;
  message->write(output);
}

}  // namespace mailcosm::sim
