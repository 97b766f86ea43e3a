#include "sim/world/expectations/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "protocols/base/ascii.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::expectations {
namespace {

using scenario::Check;
using scenario::Comparison;
using scenario::Quantity;

constexpr std::size_t kShownMax = 200;

bool is_text(FieldType type) { return type == FieldType::kText || type == FieldType::kBytes; }

bool is_ordering(Comparison comparison) { return comparison >= Comparison::kAtLeast; }

// The wanted value as a number of the property's type, or nothing if it is none.
std::optional<std::int64_t> wanted_number(const Check& check, FieldType type) {
  if (check.quantity != Quantity::kText) return check.number;
  if (type == FieldType::kFlag) {
    if (check.text == "true") return 1;
    if (check.text == "false") return 0;
  }
  if (type == FieldType::kInstant && check.text == "never") return Instant::never().ns;
  if (const auto duration = scenario::parse_duration(check.text)) return duration->count();
  return std::nullopt;
}

bool one_text_holds(const Check& check, std::string_view found) {
  if (!is_ordering(check.comparison)) return holds(check.comparison, found, check.text);
  const auto number = scenario::parse_integer(found);
  return number && holds(check.comparison, *number, check.number);
}

}  // namespace

bool holds(const Check& check, const Property& property) {
  if (!property.known) return false;
  if (!is_text(property.type)) {
    const auto wanted = wanted_number(check, property.type);
    return wanted && holds(check.comparison, property.number, *wanted);
  }
  const auto fits = [&](const std::string& text) { return one_text_holds(check, text); };
  const bool negative =
      check.comparison == Comparison::kIsNot || check.comparison == Comparison::kContainsNot;
  return negative ? std::all_of(property.texts.begin(), property.texts.end(), fits)
                  : std::any_of(property.texts.begin(), property.texts.end(), fits);
}

std::string to_text(const Property& property) {
  if (!property.shown.empty()) return property.shown;
  if (!property.known) return "nothing of this name";
  switch (property.type) {
    case FieldType::kNumber:
      return fmt::format("{}", property.number);
    case FieldType::kFlag:
      return property.number != 0 ? "true" : "false";
    case FieldType::kDuration:
      return scenario::format_duration(Duration(property.number));
    case FieldType::kInstant:
      return property.number == Instant::never().ns
                 ? "never"
                 : scenario::format_duration(Duration(property.number));
    default:
      break;
  }
  if (property.texts.empty()) return "nothing of this name";
  std::string result;
  for (const std::string& text : property.texts) {
    result += (result.empty() ? "\"" : ", \"");
    for (char c : text) {
      if (c == '\n') {
        result += "\\n";
      } else {
        result.push_back(ascii::is_control(c) ? ' ' : c);
      }
    }
    result += "\"";
  }
  if (result.size() <= kShownMax) return result;
  result.resize(kShownMax);
  while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0x80u) != 0)
    result.pop_back();
  return result + "...";
}

}  // namespace mailcosm::sim::expectations
