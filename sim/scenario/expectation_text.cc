#include "sim/scenario/expectation_text.h"

#include <fmt/format.h>

#include <array>

#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::size_t kValueShownMax = 80;

constexpr std::array<std::string_view, 11> kWords = {
    "is",      "is_not",   "contains", "contains_not", "starts_with", "ends_with",
    "matches", "at_least", "at_most",  "more_than",    "less_than"};
constexpr std::array<std::string_view, 11> kPhrases = {
    "is",      "is not",      "contains",   "does not contain", "starts with", "ends with",
    "matches", "is at least", "is at most", "is more than",     "is less than"};
constexpr std::array<std::string_view, 10> kTopics = {
    "Mailbox", "Message", "Received message", "Queue",
    "Bounce",  "Look-up", "Protocol line",    "Event",
    "Copy",    "Delay"};

std::string value_of(const Check& check) {
  if (check.property == "as_written") return check.number != 0 ? "true" : "false";
  if (check.quantity == Quantity::kNumber) return fmt::format("{}", check.number);
  if (check.quantity == Quantity::kFraction) return format_decimal(check.number * 100) + " %";
  if (check.quantity != Quantity::kText) return format_duration(Duration(check.number));
  std::string text = "\"";
  for (char c : std::string_view(check.text).substr(0, kValueShownMax)) {
    if (c == '\n') {
      text += "\\n";
    } else {
      text.push_back(c);
    }
  }
  while (check.text.size() > kValueShownMax &&
         (static_cast<unsigned char>(text.back()) & 0x80u) != 0)
    text.pop_back();
  return text + (check.text.size() > kValueShownMax ? "...\"" : "\"");
}

}  // namespace

std::string_view word_of(Comparison comparison) {
  return kWords[static_cast<std::size_t>(comparison)];
}

std::string key_of(const Check& check) {
  if (check.property == "header") return "header " + check.header;
  if (check.property == "header_count") return "count of header " + check.header;
  return check.property;
}

std::string sentence_of(const Check& check) {
  const std::string key = check.property == "field" ? check.header : key_of(check);
  return fmt::format("{} {} {}", key, kPhrases[static_cast<std::size_t>(check.comparison)],
                     value_of(check));
}

std::string sentence_of(const Expectation& expectation) {
  std::string text(kTopics[static_cast<std::size_t>(expectation.topic)]);
  if (!expectation.where.empty()) text += " with";
  for (std::size_t i = 0; i < expectation.where.size(); ++i) {
    text += (i == 0 ? " " : ", ") + sentence_of(expectation.where[i]);
  }
  text += expectation.never ? ": never" : expectation.checks.empty() ? ": there is one" : ":";
  for (std::size_t i = 0; i < expectation.checks.size(); ++i) {
    text += (i == 0 ? " " : ", ") + sentence_of(expectation.checks[i]);
  }
  if (expectation.after) text += ", after " + format_duration(*expectation.after - Instant{});
  if (expectation.within) text += ", within " + format_duration(*expectation.within - Instant{});
  return text + ".";
}

}  // namespace mailcosm::sim::scenario
