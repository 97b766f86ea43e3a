#include "protocols/mail/message_id.h"

#include <array>

#include "protocols/base/ascii.h"
#include "protocols/mail/date.h"
#include "protocols/mail/header.h"
#include "protocols/mail/scanner.h"

namespace mailcosm::mail {
namespace {

constexpr std::size_t kLengthUsual = 80;

// Neither white space nor control characters, nor what begins or ends something else.
constexpr std::array<bool, 256> kIsPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const auto c = static_cast<char>(i);
    plain[i] =
        !ascii::is_control(c) && std::string_view(" \"([<>").find(c) == std::string_view::npos;
  }
  return plain;
}();

// The longest front of a text that has no meaning of its own in an identifier.
std::string_view plain_run(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && kIsPlain[static_cast<unsigned char>(text[length])]) ++length;
  return text.substr(0, length);
}

// The identifier at the scanner's `<`, with comments and white space taken away and quoting kept;
// empty, with the scanner just behind the `<`, if it is not closed or empty.
std::string take_id(Scanner& scanner, std::string_view text) {
  scanner.take('<');
  Scanner start = scanner;
  std::string id;
  id.reserve(kLengthUsual);
  id += '<';
  for (;;) {
    if (!scanner.skip_cfws() || scanner.at_end()) break;
    char c = scanner.peek();
    std::size_t begin = scanner.offset();
    if (c == '"' || c == '[') {
      std::string content;
      if (!(c == '"' ? scanner.quoted_string(content) : scanner.domain_literal(content))) break;
      id += unfold(text.substr(begin, scanner.offset() - begin));
      continue;
    }
    if (c == '>') {
      scanner.take(c);
      id.push_back(c);
      return id.size() > 2 ? id : std::string();
    }
    const std::string_view run = plain_run(scanner.rest());
    if (run.empty()) break;
    scanner.skip(run.size());
    id += run;
  }
  scanner = start;
  return {};
}

}  // namespace

std::string make_message_id(WallTime wall_time, std::uint64_t random, std::string_view domain) {
  CivilTime civil = from_unix_seconds(wall_time.seconds());
  auto two = [](int number) {
    std::string text = std::to_string(number);
    return text.size() < 2 ? '0' + text : text;
  };
  std::string id = '<' + std::to_string(civil.year) + two(civil.month) + two(civil.day) +
                   two(civil.hour) + two(civil.minute) + two(civil.second) + '.';
  for (int shift = 60; shift >= 0; shift -= 4)
    id.push_back("0123456789abcdef"[random >> shift & 15]);
  id.push_back('@');
  id += domain;
  id.push_back('>');
  return id;
}

std::vector<std::string> parse_message_ids(std::string_view text, std::size_t count_max) {
  std::vector<std::string> ids;
  Scanner scanner(text, true);
  while (ids.size() < count_max) {
    if (!scanner.skip_cfws() || scanner.at_end()) break;
    if (scanner.next_is('<')) {
      std::string id = take_id(scanner, text);
      if (!id.empty()) ids.push_back(std::move(id));
    } else if (scanner.next_is('"')) {
      std::string ignored;
      if (!scanner.quoted_string(ignored)) break;
    } else {
      scanner.take(scanner.peek());
    }
  }
  if (!ids.empty()) return ids;
  std::string_view word = ascii::trim(text);
  bool one_word = !word.empty() && word.find_first_of(" \t\r\n<>()\"") == std::string_view::npos;
  if (one_word) ids.push_back('<' + std::string(word) + '>');
  return ids;
}

}  // namespace mailcosm::mail
