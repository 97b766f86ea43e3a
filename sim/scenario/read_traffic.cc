#include "sim/scenario/read_traffic.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "sim/scenario/read_sizes.h"
#include "sim/scenario/star_name.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Office hours with a dip at noon; docs/population.md.
constexpr std::array<std::uint32_t, 24> kOfficeHours = {
    2, 1, 1, 1, 1, 2, 4, 9, 16, 20, 20, 19, 15, 18, 20, 19, 16, 11, 8, 7, 7, 6, 5, 3};

// A setting of another process would be forgotten silently.
void check_settings(const Fields& fields, ArrivalKind kind, Reporter& reporter) {
  struct Setting {
    std::string_view key;
    ArrivalKind kind;
  };
  constexpr Setting kSettings[] = {
      {"profile", ArrivalKind::kDiurnal},        {"burst_factor", ArrivalKind::kBursts},
      {"burst_length", ArrivalKind::kBursts},    {"burst_pause", ArrivalKind::kBursts},
      {"branching", ArrivalKind::kSelfExciting}, {"memory", ArrivalKind::kSelfExciting}};
  constexpr std::string_view kNames[] = {"poisson", "constant", "diurnal", "bursts",
                                         "self-exciting"};
  for (const Setting& setting : kSettings) {
    if (!fields.has(setting.key) || setting.kind == kind) continue;
    const std::string_view owner = kNames[static_cast<std::size_t>(setting.kind)];
    reporter.add(fields.source(setting.key),
                 fmt::format("{}: it belongs to the process {}", setting.key, owner),
                 fmt::format("The process is {}.", kNames[static_cast<std::size_t>(kind)]),
                 fmt::format("write 'process: {}'", owner));
  }
}

void check_time(const Fields& fields, std::string_view key, Duration value, Duration shortest,
                Reporter& reporter) {
  constexpr Duration kLongest = hours(100 * 24);
  if (value >= shortest && value <= kLongest) return;
  reporter.add(
      fields.source(key),
      fmt::format("{}: it must lie between {} and 100 days", key, format_duration(shortest)), "");
}

void check_positive(const Fields& fields, std::string_view key, Duration value,
                    Reporter& reporter) {
  check_time(fields, key, value, Duration(1), reporter);
}

// Bursts that change by the nanosecond would take for ever to draw, and be none.
void check_pace(const Fields& fields, const ArrivalModel& model, Reporter& reporter) {
  constexpr int kChangesMax = 1'000'000;
  const Duration shortest = model.during / kChangesMax;
  const std::pair<std::string_view, Duration> kLengths[] = {{"burst_length", model.burst_length},
                                                            {"burst_pause", model.burst_pause}};
  for (const auto& [key, length] : kLengths) {
    if (!fields.has(key) || length >= shortest) continue;
    reporter.add(fields.source(key),
                 fmt::format("{}: it is less than a millionth of 'during'", key),
                 "So many bursts are none any more.");
  }
}

void read_profile(const Fields& fields, ArrivalModel& model, Reporter& reporter) {
  model.profile = kOfficeHours;
  if (!fields.has("profile")) return;
  const std::vector<const Node*> weights = fields.list("profile");
  if (weights.size() != model.profile.size()) {
    reporter.add(fields.source("profile"),
                 fmt::format("profile: {} numbers and not 24", weights.size()),
                 "A day has 24 hours, the first from 00:00 to 01:00 UTC.");
    return;
  }
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    sum += model.profile[i] = static_cast<std::uint32_t>(parse_integer(weights[i]->text).value());
  if (sum == 0)
    reporter.add(fields.source("profile"), "profile: all hours have weight 0",
                 "Nobody would ever write.");
}

ArrivalModel read_arrivals(const Fields& mails, Reporter& reporter) {
  const Fields fields = mails.object("arrivals");
  ArrivalModel model;
  model.kind = static_cast<ArrivalKind>(fields.choice("process"));
  check_settings(fields, model.kind, reporter);
  model.during = mails.duration("during");
  check_positive(mails, "during", model.during, reporter);
  const auto duration = [&](std::string_view key, Duration fallback) {
    const Duration value = fields.has(key) ? fields.duration(key) : fallback;
    check_positive(fields, key, value, reporter);
    return value;
  };
  read_profile(fields, model, reporter);
  model.burst_factor =
      fields.has("burst_factor") ? static_cast<std::uint32_t>(fields.integer("burst_factor")) : 10;
  model.burst_length = duration("burst_length", minutes(1));
  model.burst_pause = duration("burst_pause", minutes(10));
  check_pace(fields, model, reporter);
  model.branching = fields.has("branching") ? fields.decimal("branching") : 500'000;
  model.memory = duration("memory", minutes(1));
  return model;
}

void check_groups(Traffic& traffic, Reporter& reporter) {
  std::set<std::string_view> domains;
  for (const UserGroup& group : traffic.groups) {
    if (domains.insert(group.domain).second) continue;
    reporter.add(group.source, fmt::format("users: {} is there twice", group.domain),
                 "The users of a domain are one group.");
  }
}

TrafficSource read_source(const Fields& fields) {
  TrafficSource source;
  source.host = fields.name("host");
  source.first = fields.integer("first") - 1;
  source.users = fields.integer("users");
  source.mails = fields.integer("mails");
  source.submission = {fields.name("submission_server"),
                       static_cast<std::uint16_t>(fields.integer("submission_port"))};
  source.retrieval_server = fields.name("retrieval_server");
  source.imap_port = static_cast<std::uint16_t>(fields.integer("imap_port"));
  source.pop3_port = static_cast<std::uint16_t>(fields.integer("pop3_port"));
  source.source = fields.source();
  return source;
}

}  // namespace

TrafficMails read_traffic_mails(const Fields& fields, Reporter& reporter) {
  TrafficMails mails;
  mails.arrivals = read_arrivals(fields, reporter);
  mails.begin = fields.duration("begin");
  mails.recipients = read_recipients(fields, reporter);
  mails.local = fields.fraction("local");
  mails.popularity = fields.decimal("popularity");
  mails.activity = fields.decimal("activity");
  mails.size = read_sizes(fields, reporter);
  mails.source = fields.source();
  return mails;
}

TrafficReaders read_traffic_readers(const Fields& fields, Reporter& reporter) {
  TrafficReaders readers;
  readers.imap = fields.fraction("imap");
  readers.pop3 = fields.fraction("pop3");
  readers.check_every = fields.duration("check_every");
  readers.until = fields.duration("until");
  readers.source = fields.source();
  // A run in which everybody looks all the time would not come to an end.
  check_time(fields, "check_every", readers.check_every, seconds(1), reporter);
  if (readers.imap + readers.pop3 > 1'000'000) {
    reporter.add(fields.source("pop3"), "pop3: with those of imap more than 100 % read",
                 "Each user has one program.");
  }
  return readers;
}

void read_traffic(const Fields& scenario, Draft& draft) {
  if (!scenario.has("traffic")) return;
  const Fields fields = scenario.object("traffic");
  if (scenario.has("population")) {
    draft.reporter.add(fields.source(), "traffic: there is a population already",
                       "A population says itself who writes and reads.",
                       "leave one of the two out");
    return;
  }
  Traffic& traffic = draft.scenario.traffic;
  for (const Node* node : fields.list("users")) {
    const Fields group(*node, kUserGroupShape);
    traffic.groups.push_back({group.name("domain"),
                              read_star_name(group, "names", StarName::kLocalPart, draft.reporter),
                              group.integer("count"), node->source});
  }
  check_groups(traffic, draft.reporter);
  traffic.mails = read_traffic_mails(fields.object("mails"), draft.reporter);
  traffic.readers = read_traffic_readers(fields.object("readers"), draft.reporter);
  for (const Node* node : fields.list("sources"))
    traffic.sources.push_back(read_source(Fields(*node, kTrafficSourceShape)));
}

}  // namespace mailcosm::sim::scenario
