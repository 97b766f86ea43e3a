#include "tests/protocols/imap/script_tree.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "protocols/base/ascii.h"

namespace mailcosm::imap::testing {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  std::vector<Token> parse_list() {
    std::vector<Token> tokens;
    for (;;) {
      while (rest_.starts_with(' ')) rest_.remove_prefix(1);
      if (rest_.empty()) return tokens;
      if (rest_.front() == ')') {
        rest_.remove_prefix(1);
        return tokens;
      }
      tokens.push_back(parse_token());
    }
  }

 private:
  Token parse_token() {
    Token token;
    if (rest_.front() == '(') {
      rest_.remove_prefix(1);
      token.kind = Token::Kind::kList;
      token.list = parse_list();
      return token;
    }
    if (rest_.front() == '"') return parse_quoted();
    if (rest_.starts_with("~{{{\n") || rest_.starts_with("{{{\n")) return parse_script_literal();
    if (rest_.front() == '{' && rest_.find("}\r\n") != std::string_view::npos)
      return parse_literal();
    const std::size_t end = std::min(rest_.find_first_of(" ()"), rest_.size());
    token.text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return token;
  }

  Token parse_quoted() {
    Token token;
    token.kind = Token::Kind::kString;
    std::size_t i = 1;
    for (; i < rest_.size() && rest_[i] != '"'; ++i) {
      if (rest_[i] == '\\') ++i;
      token.text.push_back(rest_[i]);
    }
    rest_.remove_prefix(std::min(rest_.size(), i + 1));
    return token;
  }

  Token parse_script_literal() {
    Token token;
    token.kind = Token::Kind::kString;
    const bool octets = rest_.front() == '~';
    rest_.remove_prefix(octets ? 5 : 4);
    const std::size_t end = rest_.starts_with("}}}") ? 0 : rest_.find("\n}}}");
    for (char c : rest_.substr(0, end)) {
      if (c == '\n' && !octets) token.text.push_back('\r');
      token.text.push_back(c);
    }
    rest_.remove_prefix(std::min(rest_.size(), end + (rest_.starts_with("}}}") ? 3 : 4)));
    return token;
  }

  Token parse_literal() {
    Token token;
    token.kind = Token::Kind::kString;
    const std::size_t size = std::strtoul(rest_.data() + 1, nullptr, 10);
    rest_.remove_prefix(rest_.find("}\r\n") + 3);
    token.text = rest_.substr(0, size);
    rest_.remove_prefix(std::min(rest_.size(), size));
    return token;
  }

  std::string_view rest_;
};

// How the elements of a list are compared.
struct Rules {
  std::size_t chain = 0;  // 0: in order
  bool extra = true;      // what is not expected may be there
  std::vector<std::string> ignored;
  std::vector<std::string> banned;
};

std::string variable_name(std::string_view text) {
  if (text.size() < 2 || text.front() != '$' || text[1] == '$') return {};
  if (text.starts_with("${") && text.ends_with("}"))
    return std::string(text.substr(2, text.size() - 3));
  for (char c : text.substr(1)) {
    if (!ascii::is_alphanumeric(c) && c != '_') return {};
  }
  return std::string(text.substr(1));
}

class Matcher {
 public:
  Matcher(std::size_t original, Variables& variables)
      : original_(original), variables_(variables) {}

  bool match_top(const std::vector<Token>& expected, const std::vector<Token>& found) {
    if (expected.size() != found.size()) return false;
    std::string before;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (i == 0 && is_number_mark(expected[0])) {
        if (original_ != std::strtoul(expected[0].text.c_str() + 1, nullptr, 10)) return false;
        continue;
      }
      if (!match(expected[i], found[i], before)) return false;
      const bool named = ascii::equal_ignoring_case(found[0].text, "STATUS");
      before = i == 1 && named ? "STATUS" : found[i].text;
    }
    return true;
  }

 private:
  static bool is_number_mark(const Token& token) {
    return token.text.size() > 1 && token.text[0] == '$' && ascii::is_digit(token.text[1]);
  }

  bool match(const Token& expected, const Token& found, const std::string& before) {
    if (expected.kind == Token::Kind::kAtom && expected.text == "$") return true;
    if ((expected.kind == Token::Kind::kList) != (found.kind == Token::Kind::kList)) return false;
    if (expected.kind == Token::Kind::kList) return match_list(expected.list, found.list, before);
    const std::string name =
        expected.kind == Token::Kind::kAtom ? variable_name(expected.text) : "";
    if (!name.empty() && !variables_.contains(name)) {
      variables_[name] = found.text;
      return true;
    }
    return ascii::equal_ignoring_case(substitute(expected.text, variables_), found.text);
  }

  static Rules rules_of(const std::string& before, std::vector<Token>& expected) {
    Rules rules;
    const auto is = [&before](const char* name) {
      return ascii::equal_ignoring_case(before, name);
    };
    if (is("FETCH") || is("STATUS")) rules.chain = 2;
    if (is("FLAGS")) rules = {1, false, {"\\recent"}, {}};
    if (is("LIST") || is("LSUB")) rules.chain = 1;
    bool directives = false;
    while (!expected.empty() && expected.front().text.starts_with("$!")) {
      const std::string text = expected.front().text.substr(2);
      if (!directives) rules = {};
      directives = true;
      const std::size_t equals = text.find('=');
      const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
      if (text.starts_with("unordered"))
        rules.chain = value.empty() ? 1 : std::strtoul(value.c_str(), nullptr, 10);
      if (text == "noextra") rules.extra = false;
      if (text.starts_with("ignore")) rules.ignored.push_back(value);
      if (text.starts_with("ban")) rules.banned.push_back(value);
      expected.erase(expected.begin());
    }
    if (rules.chain == 0) rules.extra = false;
    return rules;
  }

  bool match_list(std::vector<Token> expected, const std::vector<Token>& found,
                  const std::string& before) {
    const Rules rules = rules_of(before, expected);
    const std::size_t chain = std::max<std::size_t>(rules.chain, 1);
    if (rules.chain == 0) {
      if (expected.size() != found.size()) return false;
      for (std::size_t i = 0; i < expected.size(); ++i) {
        if (!match(expected[i], found[i], i == 0 ? "" : found[i - 1].text)) return false;
      }
      return true;
    }
    std::vector<bool> used(found.size(), false);
    for (std::size_t e = 0; e < expected.size(); e += chain) {
      bool matched = false;
      for (std::size_t f = 0; f + chain <= found.size() && !matched; f += chain) {
        if (used[f] || !match_chain(expected, e, found, f, chain)) continue;
        matched = used[f] = true;
      }
      if (!matched) return false;
    }
    for (std::size_t f = 0; f < found.size(); f += chain) {
      if (used[f]) continue;
      const auto is_found = [&](const std::string& text) {
        return ascii::equal_ignoring_case(text, found[f].text);
      };
      if (std::any_of(rules.banned.begin(), rules.banned.end(), is_found)) return false;
      if (!rules.extra && std::none_of(rules.ignored.begin(), rules.ignored.end(), is_found))
        return false;
    }
    return true;
  }

  bool match_chain(const std::vector<Token>& expected, std::size_t e,
                   const std::vector<Token>& found, std::size_t f, std::size_t chain) {
    const Variables before = variables_;
    for (std::size_t i = 0; i < chain && e + i < expected.size(); ++i) {
      if (match(expected[e + i], found[f + i], i == 0 ? "" : found[f].text)) continue;
      variables_ = before;
      return false;
    }
    return true;
  }

  std::size_t original_;
  Variables& variables_;
};

}  // namespace

std::vector<Token> parse_tokens(std::string_view text) { return Parser(text).parse_list(); }

std::string substitute(std::string_view text, const Variables& variables) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') {
      result.push_back(text[i]);
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == '$') {
      result.push_back('$');
      ++i;
      continue;
    }
    const bool braces = i + 1 < text.size() && text[i + 1] == '{';
    const std::size_t begin = i + (braces ? 2 : 1);
    std::size_t end = begin;
    while (end < text.size() &&
           (ascii::is_alphanumeric(text[end]) || text[end] == '_' || (braces && text[end] != '}')))
      ++end;
    const auto variable = variables.find(std::string(text.substr(begin, end - begin)));
    if (variable == variables.end()) {
      result.push_back('$');
      continue;
    }
    result.append(variable->second);
    i = braces ? end : end - 1;
  }
  return result;
}

bool matches(const std::vector<Token>& expected, const std::vector<Token>& found,
             std::size_t original, Variables& variables) {
  Variables tried = variables;
  if (!Matcher(original, tried).match_top(expected, found)) return false;
  variables = std::move(tried);
  return true;
}

}  // namespace mailcosm::imap::testing
