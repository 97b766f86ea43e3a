#include "sim/runner/xml_text.h"

#include <fmt/format.h>

#include "sim/scenario/utf8.h"

namespace mailcosm::sim::runner {
namespace {

// U+FFFE and U+FFFF; surrogates are no UTF-8.
bool is_forbidden(std::string_view character) {
  return character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf";
}

void append_octet(char octet, bool attribute, std::string& xml) {
  switch (octet) {
    case '&':
      xml += "&amp;";
      return;
    case '<':
      xml += "&lt;";
      return;
    case '>':
      xml += "&gt;";  // also the end of "]]>"
      return;
    case '"':
      xml += "&quot;";
      return;
    case '\n':
    case '\t':
      if (attribute) {
        xml += octet == '\n' ? "&#10;" : "&#9;";
      } else {
        xml.push_back(octet);
      }
      return;
    default:
      break;
  }
  if (static_cast<unsigned char>(octet) < 32 || octet == 127) {
    xml += fmt::format("\\x{:02x}", static_cast<unsigned char>(octet));
  } else {
    xml.push_back(octet);
  }
}

std::string escape(std::string_view octets, bool attribute) {
  std::string xml;
  xml.reserve(octets.size() + octets.size() / 8);
  while (!octets.empty()) {
    const std::size_t length = scenario::utf8_length(octets, 0);
    const std::string_view character = octets.substr(0, length);
    if (length == 1) {
      append_octet(octets[0], attribute, xml);
    } else if (length == 0 || is_forbidden(character)) {
      for (char octet : octets.substr(0, std::max<std::size_t>(length, 1)))
        xml += fmt::format("\\x{:02x}", static_cast<unsigned char>(octet));
    } else {
      xml += character;
    }
    octets.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return xml;
}

}  // namespace

std::string xml_text(std::string_view octets) { return escape(octets, false); }
std::string xml_attribute(std::string_view octets) { return escape(octets, true); }

}  // namespace mailcosm::sim::runner
