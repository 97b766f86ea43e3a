// What large numbers of users do.
#include <fmt/format.h>

#include "sim/lint/checks.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::lint {

void check_traffic(const Subject& subject, Findings& findings) {
  const scenario::Traffic& traffic = subject.scenario.traffic;
  if (traffic.sources.empty()) return;
  const Duration end = traffic.mails.begin + traffic.mails.arrivals.during;
  const Duration until = subject.scenario.until - Instant{};
  if (end >= until) {
    findings.add("traffic-cut-off", traffic.mails.source,
                 fmt::format("writing takes until {}, and the run ends after {}",
                             scenario::format_duration(end), scenario::format_duration(until)),
                 "set 'until' to a later time");
  }
  const bool read = traffic.readers.imap > 0 || traffic.readers.pop3 > 0;
  if (read && traffic.readers.until < end) {
    findings.add("readers-too-early", traffic.readers.source,
                 fmt::format("nobody reads after {}, and writing takes until {}",
                             scenario::format_duration(traffic.readers.until),
                             scenario::format_duration(end)),
                 "let the readers go on longer with 'until'");
  }
}

}  // namespace mailcosm::sim::lint
