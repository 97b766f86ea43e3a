#include "sim/world/read_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/scenario/reporter.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/units.h"
#include "sim/trace/kind.h"

namespace mailcosm::sim {
namespace {

using scenario::Check;
using scenario::Comparison;
using scenario::Quantity;

std::vector<std::string_view> names_of_kinds() {
  std::vector<std::string_view> names;
  for (int i = 0; i < kKinds; ++i) names.push_back(info_of(static_cast<Kind>(i)).name);
  return names;
}

bool is_text(FieldType type) { return type == FieldType::kText || type == FieldType::kBytes; }

bool compares_texts(Comparison comparison) {
  return comparison > Comparison::kIsNot && comparison < Comparison::kAtLeast;
}

// What a value for the field looks like; empty if the one given will do.
std::string_view wanted_instead(const Check& check, FieldType type) {
  if (is_text(type)) return {};
  const bool number = check.quantity != Quantity::kText && !compares_texts(check.comparison);
  switch (type) {
    case FieldType::kNumber:
      return number ? "" : "a whole number";
    case FieldType::kFlag:
      return number || check.text == "true" || check.text == "false"
                 ? ""
                 : "\"true\" or \"false\" in quotes";
    case FieldType::kInstant:
      if (check.text == "never") return {};
      [[fallthrough]];
    default:
      return scenario::parse_duration(check.text) && !compares_texts(check.comparison)
                 ? ""
                 : "a duration with its unit, such as 20 ms";
  }
}

void check_field(const Check& check, const KindInfo& info, scenario::Reporter& reporter) {
  const auto field =
      std::find_if(info.fields.begin(), info.fields.end(),
                   [&](const FieldInfo& known) { return known.name == check.header; });
  if (field == info.fields.end()) {
    std::vector<std::string_view> known;
    for (const FieldInfo& one : info.fields) known.push_back(one.name);
    reporter.add(check.source, fmt::format("fields: {} has no field '{}'", info.name, check.header),
                 "Nothing could ever fit. docs/trace-format.md lists the fields of each kind.",
                 scenario::suggestion_for(check.header, known));
    return;
  }
  const std::string_view wanted = wanted_instead(check, field->type);
  if (wanted.empty()) return;
  reporter.add(
      check.source,
      fmt::format("fields: '{}' of {} is compared with '{}'", check.header, info.name, check.text),
      fmt::format("Nothing could ever fit: the field holds {}.", wanted),
      fmt::format("write {}", wanted));
}

// `where` chooses the records, `checks` must hold for them.
void check_event(const std::vector<Check>& where, const std::vector<Check>& checks,
                 scenario::Reporter& reporter) {
  for (const Check& check : where) {
    if (check.property != "kind") continue;
    const auto kind = kind_of(check.text);
    if (!kind) {
      reporter.add(check.source, fmt::format("there is no kind of record '{}'", check.text),
                   "Nothing could ever fit. docs/trace-format.md lists all kinds.",
                   scenario::suggestion_for(check.text, names_of_kinds()));
      return;
    }
    for (const std::vector<Check>* all : {&where, &checks}) {
      for (const Check& one : *all) {
        if (one.property == "field") check_field(one, info_of(*kind), reporter);
      }
    }
  }
}

// Points of the lesson are told when all else has happened, so that they cannot speak of what comes
// behind them.
void check_comes_before_the_end(const std::vector<Check>& where, scenario::Reporter& reporter) {
  for (const Check& check : where) {
    if (check.property != "kind") continue;
    const auto kind = kind_of(check.text);
    if (kind != Kind::kRunEnded && kind != Kind::kLessonPoint) continue;
    reporter.add(check.source, fmt::format("a lesson does not speak of {}", check.text),
                 "Such a record is written when the lesson is over.",
                 "name something that happens in the run");
  }
}

}  // namespace

scenario::Parsed read_scenario(std::string_view file, std::string_view text,
                               std::span<const scenario::Override> overrides) {
  scenario::Parsed parsed = scenario::parse(file, text, overrides);
  if (!parsed.scenario) return parsed;
  scenario::Reporter reporter;
  reporter.add_file(std::string(file), text);
  for (const scenario::Override& one : overrides) reporter.add_file("--set " + one.path, one.value);
  for (const scenario::Expectation& expectation : parsed.scenario->expectations) {
    if (expectation.topic == scenario::Topic::kEvent)
      check_event(expectation.where, expectation.checks, reporter);
  }
  for (const scenario::Fault& fault : parsed.scenario->faults) {
    if (fault.when && fault.when->topic == scenario::Topic::kEvent)
      check_event(fault.when->where, {}, reporter);
  }
  for (const scenario::LessonPoint& point : parsed.scenario->lesson_points) {
    if (point.topic != scenario::Topic::kEvent) continue;
    check_event(point.where, {}, reporter);
    check_comes_before_the_end(point.where, reporter);
  }
  if (reporter.empty()) return parsed;
  return {std::nullopt, reporter.take()};
}

}  // namespace mailcosm::sim
