// Any octets as a message: ENVELOPE, BODY and BODYSTRUCTURE are well-formed values, and every
// section is found or not.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "protocols/imap/body_structure.h"
#include "protocols/imap/envelope.h"
#include "protocols/imap/fetch_section.h"
#include "protocols/imap/value.h"
#include "protocols/mail/mime.h"

namespace {

using namespace mailcosm;
using namespace mailcosm::imap;

void check_value(const std::string& text) {
  const ValueLimits limits{1'000, 10'000'000};
  if (!parse_value(text, limits)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view message(reinterpret_cast<const char*>(data), size);
  const mail::MimeTree tree = mail::MimeTree::parse(message);
  std::string text;
  append_body_structure(tree, false, text);
  check_value(text);
  text.clear();
  append_body_structure(tree, true, text);
  check_value(text);
  text.clear();
  append_envelope(mail::make_envelope(tree.root().header), text);
  check_value(text);

  std::string storage;
  for (const char* spec :
       {"[]", "[HEADER]", "[TEXT]", "[1]", "[1.MIME]", "[2.HEADER]", "[1.1.TEXT]",
        "[HEADER.FIELDS (Subject)]", "[1.HEADER.FIELDS.NOT (Subject)]"}) {
    Lexer lexer(spec);
    Section section;
    if (!take_section(lexer, section)) std::abort();
    const auto bytes = find_section(tree, section, storage);
    if (bytes && bytes->size() > message.size() + 2) std::abort();
  }
  return 0;
}
