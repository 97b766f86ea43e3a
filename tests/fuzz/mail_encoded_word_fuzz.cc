// Encoded words and parameters: written text is read back as it was.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/check.h"
#include "protocols/mail/charset.h"
#include "protocols/mail/content_type.h"
#include "protocols/mail/encoded_word.h"

using namespace mailcosm;        // NOLINT
using namespace mailcosm::mail;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  decode_encoded_words(text);
  auto type = parse_content_type(text);
  if (type) CHECK(!type->type.empty());
  auto disposition = parse_content_disposition(text);
  if (disposition) CHECK(disposition->parameters.raw.size() <= size);
  if (!is_utf8(text)) return 0;
  CHECK(decode_encoded_words(encode_text(text)) == text);
  std::string field = "attachment";
  append_parameter("filename", text, field);
  auto again = parse_content_disposition(field);
  CHECK(again.has_value());
  if (text.find("=?") == std::string_view::npos) CHECK(again->filename() == text);
  return 0;
}
