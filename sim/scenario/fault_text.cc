#include "sim/scenario/fault_text.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::size_t kMachinesShownMax = 4;

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

std::string first_few(std::vector<std::string> names) {
  if (names.size() <= kMachinesShownMax) return joined(names);
  const std::size_t more = names.size() - kMachinesShownMax + 1;
  names.resize(kMachinesShownMax - 1);
  names.push_back(fmt::format("{} more machines", more));
  return joined(names);
}

struct Teller {
  std::string operator()(const LinkFault& fault) const {
    const std::string which = fault.one_way
                                  ? fmt::format("The way from {} to {}", fault.a, fault.b)
                                  : fmt::format("The link between {} and {}", fault.a, fault.b);
    if (fault.flap_down != Duration{}) {
      return fmt::format("{} flaps: {} down, {} up.", which, format_duration(fault.flap_down),
                         format_duration(fault.flap_up));
    }
    if (fault.up == false) return which + " is cut.";
    std::vector<std::string> changes;
    if (fault.up == true) changes.emplace_back("works");
    if (fault.loss)
      changes.push_back(fmt::format("loses {} of the packets", format_fraction(*fault.loss)));
    if (fault.latency)
      changes.push_back(fmt::format("has a latency of {}", format_duration(*fault.latency)));
    if (fault.jitter)
      changes.push_back(fmt::format("has a jitter of {}", format_duration(*fault.jitter)));
    if (fault.bandwidth) {
      changes.push_back(*fault.bandwidth == 0
                            ? std::string("has no limit of bandwidth")
                            : fmt::format("carries {}", format_bandwidth(*fault.bandwidth)));
    }
    if (fault.duplication) {
      changes.push_back(
          fmt::format("doubles {} of the packets", format_fraction(*fault.duplication)));
    }
    if (fault.reorders)
      changes.emplace_back(*fault.reorders ? "reorders packets" : "keeps the order of packets");
    if (fault.queue) changes.push_back(fmt::format("lets {} packets wait", *fault.queue));
    return fmt::format("{} {}.", which, joined(changes));
  }

  std::string operator()(const PartitionFault& fault) const {
    return fmt::format("{} {} cut off from the rest of the network.", first_few(fault.machines),
                       fault.machines.size() == 1 ? "is" : "are");
  }

  std::string operator()(const HostFault& fault) const {
    return fault.host +
           (fault.loses_everything ? " is destroyed with all its data." : " loses power.");
  }

  std::string operator()(const DiskFault& fault) const {
    std::vector<std::string> states;
    if (fault.full) states.emplace_back("is full");
    if (fault.slow != Duration{})
      states.push_back(fmt::format("needs {} longer for each sync", format_duration(fault.slow)));
    if (fault.fails) states.emplace_back("fails to sync");
    return fmt::format("The disk of {} {}.", fault.host, joined(states));
  }

  std::string operator()(const DnsFault& fault) const {
    constexpr std::array<std::string_view, 6> kAnswers = {
        "answers",         "answers SERVFAIL",   "answers REFUSED",
        "does not answer", "gives lame answers", "gives truncated answers"};
    std::string text =
        fmt::format("{} {}", fault.host, kAnswers[static_cast<std::size_t>(fault.answers)]);
    if (fault.delay != Duration{} && fault.answers != DnsAnswer::kNothing)
      text += fmt::format(" {} late", format_duration(fault.delay));
    return text + (fault.type.empty() ? "." : fmt::format(" to queries for {}.", fault.type));
  }

  std::string operator()(const ReplyFault& fault) const {
    const std::string what = fault.command.empty()        ? "commands"
                             : fault.command == "connect" ? "connections"
                             : fault.command == "message" ? "messages"
                                                          : fault.command;
    std::string text = fault.host;
    if (fault.drops) {
      text += fmt::format(" drops the connection at {}", what);
    } else if (!fault.answers.empty()) {
      text += fmt::format(" answers {} with \"{}\"", what, fault.answers);
    } else {
      text += fmt::format(" handles {}", what);
    }
    if (fault.delay != Duration{}) text += fmt::format(" {} late", format_duration(fault.delay));
    if (fault.over != 0)
      text += fmt::format(" beyond {} in {}", fault.over, format_duration(fault.per));
    if (fault.count != 0)
      text += fault.count == 1 ? ", once" : fmt::format(", {} times", fault.count);
    return text + ".";
  }
};

}  // namespace

std::string sentence_of(const FaultEffect& effect) { return std::visit(Teller{}, effect); }

}  // namespace mailcosm::sim::scenario
