// The story: steps that cannot do anything, and steps that stand in another order than they happen.
#include <fmt/format.h>

#include <map>
#include <optional>

#include "sim/lint/checks.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::lint {
namespace {

// Hosts that a fault destroys for good, and since when.
std::map<std::string, Instant> destroyed_hosts(const scenario::Scenario& scenario) {
  std::map<std::string, Instant> hosts;
  for (const scenario::Fault& fault : scenario.faults) {
    const auto* host = std::get_if<scenario::HostFault>(&fault.effect);
    if (host == nullptr || !host->loses_everything || fault.when || fault.span != Duration{})
      continue;
    hosts.emplace(host->host, fault.at);
  }
  return hosts;
}

void check_losses(const Subject& subject, Findings& findings) {
  const std::map<std::string, Instant> destroyed = destroyed_hosts(subject.scenario);
  std::map<std::pair<std::string, std::string>, Instant> lost;
  for (const scenario::Step& step : subject.scenario.story) {
    const std::pair device(step.user, step.device);
    if (const auto host = destroyed.find(step.host);
        host != destroyed.end() && host->second <= step.at) {
      findings.add("step-after-loss", step.source,
                   fmt::format("{} is destroyed since {}", step.host,
                               scenario::format_duration(host->second - Instant{})),
                   "let another device do it, or an earlier time");
    }
    if (const auto found = lost.find(device); found != lost.end()) {
      findings.add("step-after-loss", step.source,
                   fmt::format("the {} of {} is lost since {}", step.device, step.user,
                               scenario::format_duration(found->second - Instant{})),
                   "let another device do it, or an earlier time");
    }
    if (std::holds_alternative<scenario::LosesDevice>(step.action)) lost.emplace(device, step.at);
  }
}

void check_end(const Subject& subject, Findings& findings) {
  for (const scenario::Step& step : subject.scenario.story) {
    if (step.at < subject.scenario.until) continue;
    findings.add("step-at-the-end", step.source,
                 "the run ends at the very moment of this step, so that nothing comes of it",
                 "set 'until' to a later time");
  }
}

void check_order(const Subject& subject, Findings& findings) {
  const scenario::Node* story = subject.at({"story"});
  if (story == nullptr) return;
  std::optional<Duration> last;
  for (const scenario::Node& step : story->items) {
    const scenario::Node* at = step.is_map() ? step.find("at") : nullptr;
    const auto time =
        at == nullptr ? Result<Duration>(Error{}) : scenario::parse_duration(at->text);
    if (!time) continue;
    if (last && *time < *last) {
      findings.add("story-out-of-order", at->source,
                   fmt::format("this step happens before the one above it, which is at {}",
                               scenario::format_duration(*last)));
    }
    last = *time;
  }
}

}  // namespace

void check_story(const Subject& subject, Findings& findings) {
  check_losses(subject, findings);
  check_end(subject, findings);
  check_order(subject, findings);
}

}  // namespace mailcosm::sim::lint
