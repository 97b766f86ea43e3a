// MIME trees: parts lie inside their parents, and decoding what was encoded gives the same octets.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/check.h"
#include "protocols/mail/mime.h"

using namespace mailcosm::mail;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  MimeTree tree = MimeTree::parse(text);
  for (const Part& part : tree.parts()) {
    CHECK(part.header_extent.end() == part.body_extent.begin && part.body_extent.end() <= size);
    if (part.parent != Part::kNone) {
      const Part& parent = tree.part(part.parent);
      CHECK(part.header_extent.begin >= parent.body_extent.begin);
      CHECK(part.body_extent.end() <= parent.body_extent.end());
    }
    CHECK(part.kind != Part::Kind::kMessage || part.children.size() == 1);
    tree.text_of(part);
  }
  std::string encoded;
  encode_quoted_printable(text, encoded);
  std::string decoded;
  decode_quoted_printable(encoded, decoded);
  CHECK(decoded == text);
  encoded.clear();
  decoded.clear();
  encode_base64_lines(text, encoded);
  decode_body(encoded, TransferEncoding::kBase64, decoded);
  CHECK(decoded == text);
  decoded.clear();
  decode_quoted_printable(text, decoded);
  return 0;
}
