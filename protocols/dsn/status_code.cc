#include "protocols/dsn/status_code.h"

#include "protocols/base/ascii.h"

namespace mailcosm::dsn {
namespace {

struct Description {
  std::uint16_t subject;
  std::uint16_t detail;
  std::string_view text;
};
// RFC 3463 section 3.
constexpr Description kDescriptions[] = {
    {0, 0, "Other undefined status"},
    {1, 0, "Other address status"},
    {1, 1, "Bad destination mailbox address"},
    {1, 2, "Bad destination system address"},
    {1, 3, "Bad destination mailbox address syntax"},
    {1, 4, "Destination mailbox address ambiguous"},
    {1, 5, "Destination mailbox address valid"},
    {1, 6, "Mailbox has moved"},
    {1, 7, "Bad sender's mailbox address syntax"},
    {1, 8, "Bad sender's system address"},
    {1, 10, "Recipient address has null MX"},  // RFC 7505
    {2, 0, "Other or undefined mailbox status"},
    {2, 1, "Mailbox disabled, not accepting messages"},
    {2, 2, "Mailbox full"},
    {2, 3, "Message length exceeds administrative limit"},
    {2, 4, "Mailing list expansion problem"},
    {3, 0, "Other or undefined mail system status"},
    {3, 1, "Mail system full"},
    {3, 2, "System not accepting network messages"},
    {3, 3, "System not capable of selected features"},
    {3, 4, "Message too big for system"},
    {3, 5, "System incorrectly configured"},
    {4, 0, "Other or undefined network or routing status"},
    {4, 1, "No answer from host"},
    {4, 2, "Bad connection"},
    {4, 3, "Directory server failure"},
    {4, 4, "Unable to route"},
    {4, 5, "Mail system congestion"},
    {4, 6, "Routing loop detected"},
    {4, 7, "Delivery time expired"},
    {5, 0, "Other or undefined protocol status"},
    {5, 1, "Invalid command"},
    {5, 2, "Syntax error"},
    {5, 3, "Too many recipients"},
    {5, 4, "Invalid command arguments"},
    {5, 5, "Wrong protocol version"},
    {6, 0, "Other or undefined media error"},
    {6, 1, "Media not supported"},
    {6, 2, "Conversion required and prohibited"},
    {6, 3, "Conversion required but not supported"},
    {6, 4, "Conversion with loss performed"},
    {6, 5, "Conversion failed"},
    {7, 0, "Other or undefined security status"},
    {7, 1, "Delivery not authorized, message refused"},
    {7, 2, "Mailing list expansion prohibited"},
    {7, 3, "Security conversion required but not possible"},
    {7, 4, "Security features not supported"},
    {7, 5, "Cryptographic failure"},
    {7, 6, "Cryptographic algorithm not supported"},
    {7, 7, "Message integrity failure"},
};

// One to three digits without a leading zero.
bool parse_number(std::string_view text, std::uint16_t& number) {
  if (text.size() > 3 || (text.size() > 1 && text[0] == '0')) return false;
  auto value = ascii::parse_unsigned(text, 999);
  if (!value) return false;
  number = static_cast<std::uint16_t>(*value);
  return true;
}

}  // namespace

std::string StatusCode::to_string() const {
  return std::to_string(status_class) + '.' + std::to_string(subject) + '.' +
         std::to_string(detail);
}

Result<StatusCode> parse_status_code(std::string_view text) {
  StatusCode code;
  if (text.size() < 5 || text[1] != '.' || (text[0] != '2' && text[0] != '4' && text[0] != '5'))
    return Error{"a status code starts with 2., 4. or 5.", 0};
  code.status_class = static_cast<std::uint8_t>(text[0] - '0');
  std::string_view rest = text.substr(2);
  std::string_view subject = ascii::take_until(rest, '.');
  if (!parse_number(subject, code.subject)) return Error{"bad subject of a status code", 2};
  if (!parse_number(rest, code.detail))
    return Error{"bad detail of a status code", 3 + subject.size()};
  return code;
}

StatusCode status_of_reply(int reply_code, std::string_view reply_text) {
  std::string_view word = reply_text.substr(0, reply_text.find(' '));
  auto reply_class = static_cast<std::uint8_t>(reply_code / 100);
  Result<StatusCode> code = parse_status_code(word);
  if (code && code->status_class == reply_class) return *code;
  if (reply_class == 2 || reply_class == 4) return {reply_class, 0, 0};
  return {5, 0, 0};
}

std::string_view describe(StatusCode code) {
  for (const Description& description : kDescriptions) {
    if (description.subject == code.subject && description.detail == code.detail)
      return description.text;
  }
  return {};
}

}  // namespace mailcosm::dsn
