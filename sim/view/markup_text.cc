#include "sim/view/markup_text.h"

namespace mailcosm::sim::view {

std::string markup_escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    // U+FFFE and U+FFFF are no characters of XML (XML 1.0 section 2.2).
    if (text.starts_with("\xef\xbf\xbe") || text.starts_with("\xef\xbf\xbf")) {
      escaped += "\xef\xbf\xbd";
      text.remove_prefix(3);
      continue;
    }
    const char c = text.front();
    text.remove_prefix(1);
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace mailcosm::sim::view
