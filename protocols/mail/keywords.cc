#include "protocols/mail/keywords.h"

#include "protocols/base/ascii.h"
#include "protocols/mail/encoded_word.h"

namespace mailcosm::mail {

std::vector<std::string> parse_keywords(std::string_view text, std::size_t count_max) {
  std::vector<std::string> keywords;
  while (!text.empty() && keywords.size() < count_max) {
    std::string_view raw = ascii::take_until(text, ',');
    std::string phrase;
    bool space = false;
    for (char c : raw) {
      if (ascii::is_blank(c) || c == '\r' || c == '\n') {
        space = !phrase.empty();
        continue;
      }
      if (space) phrase.push_back(' ');
      space = false;
      phrase.push_back(c);
    }
    if (!phrase.empty()) keywords.push_back(decode_encoded_words(phrase));
  }
  return keywords;
}

}  // namespace mailcosm::mail
