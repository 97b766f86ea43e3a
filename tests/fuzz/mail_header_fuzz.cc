// Header fields: the fields and the body make up the text; a written field is one field again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/check.h"
#include "protocols/mail/envelope.h"
#include "protocols/mail/header.h"
#include "protocols/mail/keywords.h"
#include "protocols/mail/message.h"

using namespace mailcosm::mail;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Header header = Header::parse(text);
  std::string joined;
  for (const Field& field : header.fields()) joined += field.raw;
  if (header.has_empty_line()) joined += "\r\n";
  CHECK(joined == text.substr(0, header.size()));
  make_envelope(header);
  parse_keywords(text);

  std::string written;
  append_field("X", text, written);
  Header again = Header::parse(written);
  CHECK(again.fields().size() == 1 && again.size() == written.size());
  for (std::size_t at = 0, end; at < written.size(); at = end + 2) {
    end = written.find("\r\n", at);
    CHECK(end - at <= kLineLengthMax);
  }

  Message message = Message::parse(std::string(text));
  CHECK(Message::parse(message.with_fields_on_top("A: 1\r\n")).header().value_of("A") == "1");
  CHECK(Message::parse(message.without_fields("To")).content().size() <= size);
  return 0;
}
