// Tokens of an imaptest script and of a server's responses as trees, and how the one matches the
// other.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailcosm::imap::testing {

struct Token {
  enum class Kind { kAtom, kString, kList };
  Kind kind = Kind::kAtom;
  std::string text;
  std::vector<Token> list;
};

// Space-separated tokens; literals of a server are `{n}` CRLF octets, those of a script `{{{` LF
// lines LF `}}}`, or behind `~` octets as
// they are.
std::vector<Token> parse_tokens(std::string_view text);

using Variables = std::map<std::string, std::string>;

// `$name`, `${name}` and `$$`.
std::string substitute(std::string_view text, const Variables& variables);

// `original` is the sequence number at the start of the command of the message that `found` begins
// with, or 0. Variables without a value take it from `found`, and keep it if all matches.
bool matches(const std::vector<Token>& expected, const std::vector<Token>& found,
             std::size_t original, Variables& variables);

}  // namespace mailcosm::imap::testing
