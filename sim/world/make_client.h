// From the plain data of a scenario to mail clients and to what their people do with them.
#pragma once

#include <memory>
#include <string>

#include "sim/agents/client/mail_client.h"
#include "sim/scenario/model.h"

namespace mailcosm::sim {

std::unique_ptr<MailClient> make_client(Runtime& runtime, const scenario::Host& host,
                                        const scenario::Client& model);
// One, or one for each recipient.
std::vector<Draft> drafts_of(const scenario::Writes& action);
MessageChoice choice_of(const scenario::MessageChoice& model);
// REQUIRES: the text is a mail address, as every address of a Scenario is.
mail::Address address_of(const std::string& text);

}  // namespace mailcosm::sim
