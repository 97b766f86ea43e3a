#include "sim/scenario/expand_faults.h"

#include <array>

#include "sim/scenario/check_writer.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

class EffectWriter {
 public:
  explicit EffectWriter(YamlWriter& out) : out_(out) {}

  void operator()(const LinkFault& fault) {
    out_.open_map("link");
    out_.texts("between", std::vector<std::string>{fault.a, fault.b});
    if (fault.up) out_.flag("up", *fault.up);
    if (fault.loss) out_.plain("loss", format_fraction(*fault.loss));
    if (fault.latency) out_.plain("latency", format_duration(*fault.latency));
    if (fault.jitter) out_.plain("jitter", format_duration(*fault.jitter));
    if (fault.bandwidth) {
      out_.plain("bandwidth",
                 *fault.bandwidth == 0 ? "unlimited" : format_bandwidth(*fault.bandwidth));
    }
    if (fault.duplication) out_.plain("duplication", format_fraction(*fault.duplication));
    if (fault.reorders) out_.flag("reorders", *fault.reorders);
    if (fault.queue) out_.number("queue", *fault.queue);
    if (fault.flap_down != Duration{}) {
      out_.open_map("flaps");
      out_.plain("down", format_duration(fault.flap_down));
      out_.plain("up", format_duration(fault.flap_up));
      out_.close();
    }
    if (fault.one_way) out_.flag("one_way", true);
    out_.close();
  }

  void operator()(const PartitionFault& fault) {
    out_.open_map("partition");
    out_.texts("cuts_off", fault.machines);
    out_.close();
  }

  void operator()(const HostFault& fault) {
    out_.open_map("host");
    out_.text("name", fault.host);
    out_.plain("loses", fault.loses_everything ? "everything" : "power");
    out_.close();
  }

  void operator()(const DiskFault& fault) {
    out_.open_map("disk");
    out_.text("host", fault.host);
    if (fault.full) out_.flag("full", true);
    if (fault.slow != Duration{}) out_.plain("slow", format_duration(fault.slow));
    if (fault.fails) out_.flag("fails", true);
    out_.close();
  }

  void operator()(const DnsFault& fault) {
    constexpr std::array<std::string_view, 6> kAnswers = {"",        "servfail", "refused",
                                                          "nothing", "lame",     "truncated"};
    out_.open_map("dns");
    out_.text("host", fault.host);
    write_checks(fault.name, out_);
    if (!fault.type.empty()) out_.text("type", fault.type);
    if (fault.count != 0) out_.number("count", fault.count);
    if (fault.answers != DnsAnswer::kUsual)
      out_.plain("answers", kAnswers[static_cast<std::size_t>(fault.answers)]);
    if (fault.delay != Duration{}) out_.plain("delay", format_duration(fault.delay));
    out_.close();
  }

  void operator()(const ReplyFault& fault) {
    out_.open_map("replies");
    out_.text("host", fault.host);
    if (!fault.protocol.empty()) out_.plain("protocol", fault.protocol);
    if (!fault.command.empty()) out_.text("command", fault.command);
    write_checks(fault.text, out_);
    if (fault.count != 0) out_.number("count", fault.count);
    if (fault.over != 0) {
      out_.number("over", fault.over);
      out_.plain("per", format_duration(fault.per));
    }
    if (!fault.answers.empty()) out_.text("answers", fault.answers);
    if (fault.drops) out_.flag("drops", true);
    if (fault.delay != Duration{}) out_.plain("delay", format_duration(fault.delay));
    out_.close();
  }

 private:
  YamlWriter& out_;
};

void write_condition(const FaultCondition& condition, YamlWriter& out) {
  out.open_map("when");
  out.open_map(condition.topic == Topic::kLine ? "line" : "event");
  write_checks(condition.where, out);
  out.close();
  if (condition.nth != 1) out.number("nth", condition.nth);
  if (condition.after != Duration{}) out.plain("after", format_duration(condition.after));
  out.close();
}

}  // namespace

void expand_faults(const Scenario& scenario, YamlWriter& out) {
  if (scenario.faults.empty()) return;
  out.open_list("faults");
  for (const Fault& fault : scenario.faults) {
    out.open_item();
    out.text("says", fault.sentence);
    if (fault.when) {
      write_condition(*fault.when, out);
    } else {
      out.plain("at", format_duration(fault.at - Instant{}));
    }
    if (fault.span != Duration{}) out.plain("for", format_duration(fault.span));
    std::visit(EffectWriter(out), fault.effect);
    out.close();
  }
  out.close();
}

}  // namespace mailcosm::sim::scenario
