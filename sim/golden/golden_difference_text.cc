#include "sim/golden/golden_difference_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/golden/step_changes.h"
#include "sim/trace/line_text.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kContext = 3;  // unchanged lines around a change
constexpr std::size_t kCausesShown = 10;
constexpr std::size_t kLinesShown = 80;  // of all differences
constexpr std::size_t kHostsShown = 8;
constexpr std::size_t kFirstShown = 12;  // lines of the first divergence

struct Changed {
  StepPair pair;
  std::vector<LineChange> lines;
};

void append_layers(const GoldenDifference& difference, const Golden& expected, const Golden& actual,
                   std::string& text) {
  for (std::size_t i = 0; i < kGoldenLayers; ++i) {
    const auto layer = static_cast<GoldenLayer>(i);
    const std::uint64_t before = expected.layers[i].count;
    const std::uint64_t after = actual.layers[i].count;
    const std::string_view unit = golden_layer_unit(layer);
    std::string state = fmt::format("the same ({} {})", after, unit);
    if (difference.moved[i]) {
      state = before == after ? fmt::format("moved ({} {})", after, unit)
                              : fmt::format("moved ({} {}, {} before)", after, unit, before);
    }
    text += fmt::format("  {:<14}  {}\n", golden_layer_words(layer), state);
  }
}

// "  at mx1.blue.com: protocol lines, times"
void append_hosts(const Golden& expected, const Golden& actual, std::string& text) {
  if (expected.hosts.empty() || actual.hosts.empty()) return;
  std::map<std::string, std::pair<const HostPrint*, const HostPrint*>> hosts;
  for (const HostPrint& host : expected.hosts) hosts[host.host].first = &host;
  for (const HostPrint& host : actual.hosts) hosts[host.host].second = &host;
  static const HostPrint kNothing;
  std::size_t shown = 0;
  std::size_t more = 0;
  for (const auto& [name, prints] : hosts) {
    const HostPrint& before = prints.first != nullptr ? *prints.first : kNothing;
    const HostPrint& after = prints.second != nullptr ? *prints.second : kNothing;
    std::string layers;
    for (std::size_t i = 0; i < kGoldenLayers; ++i) {
      if (before.layers[i] == after.layers[i]) continue;
      layers += fmt::format("{}{}", layers.empty() ? "" : ", ",
                            golden_layer_words(static_cast<GoldenLayer>(i)));
    }
    if (layers.empty()) continue;
    if (shown == kHostsShown) {
      ++more;
      continue;
    }
    ++shown;
    text += fmt::format("  at {}: {}\n", name == "-" ? "the world as a whole" : name, layers);
  }
  if (more != 0) text += fmt::format("  and at {} hosts more\n", more);
}

std::vector<Changed> changed_steps(const std::vector<StepPair>& pairs, StepAspect aspect) {
  std::vector<Changed> changed;
  for (const StepPair& pair : pairs) {
    std::vector<LineChange> lines = changes_of(pair, aspect);
    if (!lines.empty()) changed.push_back({pair, std::move(lines)});
  }
  return changed;
}

const GoldenStep& any_of(const StepPair& pair) {
  return pair.right != nullptr ? *pair.right : *pair.left;
}

// The lines of one step that changed, with a few around them. At most `lines_max`; gives how many.
std::size_t append_lines(const Changed& changed, std::size_t lines_max, std::string& text) {
  const std::vector<LineChange>& lines = changed.lines;
  std::size_t shown = 0;
  std::size_t last = 0;  // line behind the one shown last
  for (std::size_t i = 0; i < lines.size() && shown < lines_max; ++i) {
    const std::size_t begin = i < kContext ? 0 : i - kContext;
    const std::size_t end = std::min(lines.size(), i + kContext + 1);
    const bool near = std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(begin),
                                  lines.begin() + static_cast<std::ptrdiff_t>(end),
                                  [](const LineChange& line) { return line.sign != ' '; });
    if (!near) continue;
    if (i != last) text += "      ...\n";
    last = i + 1;
    text += fmt::format("    {} {}\n", lines[i].sign, printable(lines[i].text, kColumns - 6));
    while (text[text.size() - 2] == ' ') text.erase(text.size() - 2, 1);
    ++shown;
  }
  if (last < lines.size()) text += "      ...\n";
  return shown;
}

const GoldenStep* find_step(const Golden& golden, std::string_view id) {
  const auto found = std::find_if(golden.steps.begin(), golden.steps.end(),
                                  [id](const GoldenStep& step) { return step.id == id; });
  return found == golden.steps.end() ? nullptr : &*found;
}

void append_causes(const GoldenStep& step, const Golden& golden, std::string& text) {
  std::string causes;
  std::string_view id = step.cause;
  for (std::size_t i = 0; i < kCausesShown && !id.empty(); ++i) {
    const GoldenStep* cause = find_step(golden, id);
    if (cause == nullptr) break;
    causes += fmt::format("    at {}: {}\n", cause->time.substr(0, cause->time.find(", for ")),
                          printable(cause->heading, kColumns - 20));
    id = cause->cause;
  }
  if (!causes.empty()) text += fmt::format("What led to it, the nearest first:\n{}", causes);
}

void append_first(const Changed& first, const Golden& expected, const Golden& actual,
                  const GoldenNames& names, std::string& text) {
  const GoldenStep& step = any_of(first.pair);
  if (first.pair.left == nullptr) {
    text += fmt::format("\nThe first divergence: a step that only {} has, at {}.\n", names.actual,
                        step.time);
  } else if (first.pair.right == nullptr) {
    text += fmt::format("\nThe first divergence: a step that only {} has, at {}.\n", names.expected,
                        step.time);
  } else {
    text += fmt::format("\nThe first divergence, in the step of {}:\n  {}\n", step.time,
                        printable(step.heading, kColumns));
  }
  append_lines(first, kFirstShown, text);
  append_causes(step, first.pair.right != nullptr ? actual : expected, text);
}

void append_all(const std::vector<Changed>& changed, const GoldenNames& names, std::string& text) {
  text += fmt::format("{}- {}, + {}):\n", kAllDifferences, names.expected, names.actual);
  std::size_t shown = 0;
  for (std::size_t i = 0; i < changed.size(); ++i) {
    if (shown >= kLinesShown) {
      text += fmt::format("  and in {} steps more\n", changed.size() - i);
      return;
    }
    const GoldenStep& step = any_of(changed[i].pair);
    text += fmt::format("  [{}] {}\n", step.id, printable(step.heading, kColumns - 12));
    shown += 1 + append_lines(changed[i], kLinesShown - shown, text);
  }
}

// Why the narrative shows nothing of what moved.
std::string_view hidden_cause(const GoldenDifference& difference) {
  if (difference.moved_in(GoldenLayer::kOutcomes) || difference.moved_in(GoldenLayer::kProtocol))
    return "The narrative shows nothing of it: it lies in steps or lines that are left out there.";
  if (difference.moved_in(GoldenLayer::kBytes))
    return "The narrative shows nothing of it: it lies in contents beyond the lines shown there.";
  if (difference.moved_in(GoldenLayer::kTimes))
    return "The narrative shows nothing of it: it lies within its steps, or in the number of "
           "packets.";
  return "The narrative does not show what was drawn.";
}

}  // namespace

std::string describe(const GoldenDifference& difference, const Golden& expected,
                     const Golden& actual, const GoldenNames& names) {
  std::string text =
      fmt::format("{} differs from {}: {}.\n", names.actual, names.expected, difference.summary);
  if (text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  if (difference.scenario_changed)
    text += "The scenario has changed since the golden was written.\n";
  if (difference.seed_changed)
    text += fmt::format("The seeds differ: {} and {}.\n", expected.seed, actual.seed);
  append_layers(difference, expected, actual, text);
  append_hosts(expected, actual, text);
  const std::vector<StepPair> pairs = pair_steps(expected, actual);
  std::vector<Changed> changed = changed_steps(pairs, StepAspect::kContent);
  if (changed.empty()) changed = changed_steps(pairs, StepAspect::kTime);
  if (changed.empty()) {
    text +=
        fmt::format("\n{}\n", difference.wording ? "Title, end or hosts are told in other words."
                                                 : hidden_cause(difference));
    return text;
  }
  append_first(changed.front(), expected, actual, names, text);
  if (changed.size() > 1) append_all(changed, names, text);
  return text;
}

}  // namespace mailcosm::sim
