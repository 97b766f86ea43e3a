#include "tests/fuzz/mutation/mutate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "protocols/base/ascii.h"

namespace mailcosm::test {
namespace {

// What people write where something else belongs.
constexpr std::string_view kValues[] = {"yes",
                                        "no",
                                        "~",
                                        "null",
                                        "0",
                                        "-1",
                                        "1",
                                        "2",
                                        "007",
                                        "0x10",
                                        "1e3",
                                        "3.5",
                                        "''",
                                        "\"\"",
                                        "true",
                                        "false",
                                        "[]",
                                        "{}",
                                        "[a, b]",
                                        "{a: b}",
                                        "*a",
                                        "&a b",
                                        "!!str x",
                                        "|",
                                        ">",
                                        "5 s",
                                        "0 s",
                                        "1 ns",
                                        "5",
                                        "1 h",
                                        "3 days",
                                        "10 %",
                                        "100 %",
                                        "1 KiB",
                                        "25 MB",
                                        "unlimited",
                                        "never",
                                        "blue.com",
                                        "bob@blue.com",
                                        "nobody@nowhere.org",
                                        "mx1.blue.com",
                                        "192.0.2.300",
                                        "192.0.2.1",
                                        "2001:db8::1",
                                        "..",
                                        "@",
                                        "?",
                                        "-",
                                        ": ",
                                        "# x",
                                        "a: b: c",
                                        "\xff",
                                        "\xc3\xa4",
                                        "\t",
                                        "99999999999999999999"};
constexpr std::string_view kKeys[] = {"x",       "title",    "at",         "to",
                                      "says",    "never",    "within",     "has",
                                      "count",   "devices",  "users",      "mail",
                                      "latency", "x-ignore", "<<",         "? a",
                                      "\"a\"",   "[a]",      "bob writes", "alice checks mail",
                                      "between"};
constexpr std::string_view kUnits[] = {"ns", "us",  "ms",  "s",   "min", "h",     "days",
                                       "%",  "ppm", "KiB", "MiB", "B",   "Mbit/s"};

std::size_t indent_of(std::string_view line) {
  const std::size_t space = line.find_first_not_of(' ');
  return space == std::string_view::npos ? line.size() : space;
}

class Mutator {
 public:
  Mutator(std::string_view text, Random& random) : random_(random) {
    while (!text.empty()) lines_.emplace_back(ascii::take_until(text, '\n'));
    if (lines_.empty()) lines_.emplace_back();
  }

  Mutation run() {
    constexpr std::array kKinds = {
        &Mutator::delete_block, &Mutator::double_block,  &Mutator::swap_blocks,
        &Mutator::move_block,   &Mutator::change_value,  &Mutator::change_key,
        &Mutator::change_unit,  &Mutator::change_indent, &Mutator::change_octet,
        &Mutator::delete_part,  &Mutator::change_digit,  &Mutator::cut_off};
    (this->*kKinds[below(kKinds.size())])();
    std::string text;
    for (const std::string& line : lines_) text += line + "\n";
    return {std::move(what_), std::move(text)};
  }

 private:
  std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>(random_.below(std::max<std::size_t>(bound, 1)));
  }
  template <typename T, std::size_t N>
  T one_of(const T (&all)[N]) {
    return all[below(N)];
  }

  // Not a comment and not empty, if there is such a line.
  std::size_t some_line() {
    for (int attempt = 0; attempt < 20; ++attempt) {
      const std::size_t line = below(lines_.size());
      const std::string_view text = ascii::trim(lines_[line]);
      if (!text.empty() && text[0] != '#') return line;
    }
    return below(lines_.size());
  }
  std::size_t end_of_block(std::size_t first) const {
    std::size_t end = first + 1;
    while (end < lines_.size() && (ascii::trim(lines_[end]).empty() ||
                                   indent_of(lines_[end]) > indent_of(lines_[first]))) {
      ++end;
    }
    return end;
  }
  auto at(std::size_t line) { return lines_.begin() + static_cast<std::ptrdiff_t>(line); }

  void note(std::string_view what, std::size_t line) {
    what_ = fmt::format("{} at line {}", what, line + 1);
  }

  void delete_block() {
    const std::size_t first = some_line();
    note("delete block", first);
    lines_.erase(at(first), at(end_of_block(first)));
  }
  void double_block() {
    const std::size_t first = some_line(), end = end_of_block(first);
    note("double block", first);
    const std::vector<std::string> block(at(first), at(end));
    lines_.insert(at(end), block.begin(), block.end());
  }
  void swap_blocks() {
    const std::size_t first = some_line(), second = end_of_block(first);
    note("swap blocks", first);
    if (second >= lines_.size()) return;
    std::rotate(at(first), at(second), at(end_of_block(second)));
  }
  void move_block() {
    const std::size_t first = some_line(), end = end_of_block(first);
    note("move block", first);
    const std::vector<std::string> block(at(first), at(end));
    lines_.erase(at(first), at(end));
    const std::size_t target = below(lines_.size() + 1);
    lines_.insert(at(target), block.begin(), block.end());
  }
  void change_value() {
    const std::size_t line = some_line();
    note("change value", line);
    const std::size_t colon = lines_[line].rfind(": ");
    if (colon == std::string::npos) {
      lines_[line] += one_of(kValues);
    } else {
      lines_[line].replace(colon + 2, std::string::npos, one_of(kValues));
    }
  }
  void change_key() {
    const std::size_t line = some_line();
    note("change key", line);
    const std::size_t begin = lines_[line].find_first_not_of(" -"), end = lines_[line].find(':');
    if (begin == std::string::npos || end == std::string::npos || end < begin) return;
    lines_[line].replace(begin, end - begin, one_of(kKeys));
  }
  void change_unit() {
    const std::size_t line = some_line();
    note("change unit", line);
    std::string& text = lines_[line];
    const std::size_t digit = text.find_last_of("0123456789");
    if (digit == std::string::npos) return;
    const std::size_t end = std::min(text.find_first_of(",}]", digit), text.size());
    text.replace(digit + 1, end - digit - 1, " " + std::string(one_of(kUnits)));
  }
  void change_indent() {
    const std::size_t line = some_line();
    note("change indentation", line);
    if (below(2) == 0) {
      lines_[line].insert(0, below(3) == 0 ? "\t" : below(2) == 0 ? " " : "  ");
    } else {
      lines_[line].erase(0, std::min(indent_of(lines_[line]), 1 + below(2)));
    }
  }
  void change_octet() {
    const std::size_t line = some_line();
    note("change octet", line);
    std::string& text = lines_[line];
    const auto octet = static_cast<char>(below(256));
    if (text.empty() || below(3) == 0) {
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(below(text.size() + 1)), octet);
    } else {
      text[below(text.size())] = octet;
    }
  }
  // One part of a list or mapping in brackets.
  void delete_part() {
    const std::size_t line = some_line();
    note("delete part", line);
    std::string& text = lines_[line];
    const std::size_t begin = text.find_first_of("{[,", below(text.size() + 1));
    if (begin == std::string::npos) return;
    const std::size_t end = std::min(text.find_first_of(",}]", begin + 1), text.size());
    text.erase(begin + 1, end - begin - 1);
  }
  void change_digit() {
    const std::size_t line = some_line();
    note("change digit", line);
    const std::size_t digit =
        lines_[line].find_first_of("0123456789", below(lines_[line].size() + 1));
    if (digit != std::string::npos) lines_[line][digit] = static_cast<char>('0' + below(10));
  }
  void cut_off() {
    const std::size_t line = some_line();
    note("cut off", line);
    lines_[line].resize(below(lines_[line].size() + 1));
    lines_.erase(at(line + 1), lines_.end());
  }

  Random& random_;
  std::vector<std::string> lines_;
  std::string what_;
};

}  // namespace

Mutation mutate(std::string_view text, Random& random) { return Mutator(text, random).run(); }

}  // namespace mailcosm::test
