#include "bench/beside_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "protocols/base/ascii.h"

namespace mailcosm::bench {
namespace {

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  if (error != std::errc() || end != text.end() || !(value > 0)) return std::nullopt;
  return value;
}

// Three digits or more.
int decimals_of(double value) { return value >= 100 ? 0 : 1; }

std::optional<Figure> peer(const std::vector<std::string_view>& words, const Figures& ours) {
  const auto value = number_of(words[3]);
  const auto own = std::find_if(ours.begin(), ours.end(),
                                [&](const Figure& figure) { return figure.name == words[1]; });
  if (!value || own == ours.end() || own->value <= 0) return std::nullopt;
  const double times = words[5] == "less" ? *value / own->value : own->value / *value;
  std::string remark = fmt::format("beside {}: Mailcosm is {} times as fast", words[1],
                                   grouped(times, decimals_of(times)));
  if (!words[6].empty()) remark += fmt::format("; {}", words[6]);
  return Figure{std::string(words[2]), *value, std::string(words[4]), decimals_of(*value),
                std::move(remark),     true};
}

}  // namespace

BesideLine read_beside_line(std::string_view line, const Figures& ours) {
  std::vector<std::string_view> words;
  for (std::string_view rest = line; !rest.empty();) words.push_back(ascii::take_until(rest, '\t'));
  if (words.size() == 6 && words[0] == "peer") words.emplace_back();  // an empty remark
  if (words.size() == 7 && words[0] == "peer") {
    if (auto figure = peer(words, ours)) return {std::move(figure), {}};
  }
  if (words.size() == 4 && words[0] == "instructions") {
    if (const auto value = number_of(words[2]))
      return {Figure{fmt::format("instructions, {}", words[1]), *value, "instructions", 0,
                     std::string(words[3]), false},
              {}};
  }
  if (words.size() == 2 && words[0] == "missing") return {std::nullopt, std::string(words[1])};
  return {std::nullopt, fmt::format("bench/beside.py said what is not understood: {}", line)};
}

}  // namespace mailcosm::bench
