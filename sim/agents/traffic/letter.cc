#include "sim/agents/traffic/letter.h"

#include "protocols/mail/message_writer.h"

namespace mailcosm::sim {
namespace {

// Sixteen lines, over and over.
constexpr std::string_view kText =
    "The winter was long that year, and the letters came but rarely\r\n"
    "to  the house behind  the hill. When at last the postman stood\r\n"
    "in  the door he  had a whole  bag for us, and stayed until the\r\n"
    "afternoon. We read them all aloud, one after the other, in the\r\n"
    "order  in which they had been written, as far as we could read\r\n"
    "the  dates. My aunt  had bought a boat. My cousin in the north\r\n"
    "wrote  that she would not come before the days were as long as\r\n"
    "the  nights. Somebody whom none of us knew asked for the price\r\n"
    "of  a clock, and  thanked us for  a book that we had never, as\r\n"
    "far  as anyone remembered,  lent to anybody. There were bills,\r\n"
    "of  course, and one  of them was  paid. The last  letter was a\r\n"
    "very  short one: it  said that all  the others should be burnt\r\n"
    "unread.  Nobody said a  word for some time. Then my father put\r\n"
    "it  back in its  envelope, wrote on  it that the addressee was\r\n"
    "unknown  in the place,  and gave it to the postman, who nodded\r\n"
    "as  if he had been expecting it, shouldered his empty bag, and\r\n";
static_assert(kText.size() == 16 * kBodyLine);

}  // namespace

std::string write_letter(const Letter& letter, std::string_view message_id, WallTime wall_time) {
  mail::MessageWriter writer;
  writer.date(wall_time);
  const mail::NamedAddress author{{}, letter.author};
  writer.addresses("From", {&author, 1});
  std::vector<mail::NamedAddress> recipients;
  for (const mail::Address& address : letter.recipients) recipients.push_back({{}, address});
  writer.addresses("To", recipients);
  writer.field("Message-ID", message_id);
  writer.field("Subject", letter.subject);
  writer.raw_body({});
  std::string text = writer.take();
  std::uint64_t left = (letter.size + kBodyLine - 1) / kBodyLine * kBodyLine;
  text.reserve(text.size() + left);
  for (; left > kText.size(); left -= kText.size()) text += kText;
  text += kText.substr(0, left);
  return text;
}

}  // namespace mailcosm::sim
