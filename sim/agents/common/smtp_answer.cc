#include "sim/agents/common/smtp_answer.h"

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"

namespace mailcosm::sim {

smtp::Reply smtp_answer(std::string_view text) {
  CHECK(text.size() >= 3);
  smtp::Reply reply;
  for (char digit : text.substr(0, 3)) {
    CHECK(ascii::is_digit(digit));
    reply.code = static_cast<std::uint16_t>(reply.code * 10 + (digit - '0'));
  }
  text.remove_prefix(text.size() > 3 ? 4 : 3);
  reply.status = smtp::EnhancedStatus::take(text, static_cast<std::uint8_t>(reply.code / 100));
  reply.text = text;
  return reply;
}

}  // namespace mailcosm::sim
