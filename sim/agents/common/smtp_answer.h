// The answer that an interferer gives, as a reply of SMTP or LMTP.
#pragma once

#include <string_view>

#include "protocols/smtp/reply.h"

namespace mailcosm::sim {

// "451 4.3.0 Try again later". The reply's text is a view of `text`. REQUIRES: it begins with three
// digits.
smtp::Reply smtp_answer(std::string_view text);

}  // namespace mailcosm::sim
