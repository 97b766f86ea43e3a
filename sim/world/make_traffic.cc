#include "sim/world/make_traffic.h"

#include <algorithm>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

UserRange range_of(const scenario::UserGroup& group) {
  const std::size_t star = group.names.find('*');
  CHECK(star != std::string::npos);
  return {group.domain, group.names.substr(0, star), group.names.substr(star + 1),
          static_cast<std::uint64_t>(group.count)};
}

}  // namespace

TrafficTables::TrafficTables(const scenario::Scenario& scenario) : scenario_(scenario) {
  const scenario::Traffic& traffic = scenario.traffic;
  std::vector<UserRange> ranges;
  for (const scenario::UserGroup& group : traffic.groups) {
    groups_.emplace(group.domain, &group);
    ranges.push_back(range_of(group));
  }
  if (traffic.sources.empty()) return;
  directory_ = std::make_shared<const UserDirectory>(std::move(ranges), traffic.mails.popularity);
  std::int64_t most = 1;
  for (const scenario::TrafficSource& source : traffic.sources) most = std::max(most, source.users);
  activity_ =
      std::make_shared<const Zipf>(static_cast<std::uint64_t>(most), traffic.mails.activity);
}

std::vector<UserRange> TrafficTables::users_of(const std::vector<std::string>& domains) const {
  std::vector<UserRange> ranges;
  for (const std::string& domain : domains) ranges.push_back(range_of(*groups_.at(domain)));
  return ranges;
}

std::unique_ptr<Agent> TrafficTables::make_source(Runtime& runtime, const scenario::Host& host,
                                                  const scenario::TrafficSource& model) const {
  const scenario::TrafficMails& mails = scenario_.traffic.mails;
  const scenario::TrafficReaders& readers = scenario_.traffic.readers;
  TrafficConfig config;
  config.directory = directory_;
  config.first = static_cast<std::uint64_t>(model.first);
  config.users = static_cast<std::uint64_t>(model.users);
  config.mails = static_cast<std::uint64_t>(model.mails);
  config.begin = mails.begin;
  config.arrivals = mails.arrivals;
  config.recipients = mails.recipients;
  config.size = mails.size;
  config.local = mails.local;
  config.activity = activity_;
  config.submission_server = model.submission.name;
  config.submission_port = model.submission.port;
  config.imap = readers.imap;
  config.pop3 = readers.pop3;
  config.check_every = readers.check_every;
  config.read_until = Instant{} + readers.until;
  config.retrieval_server = model.retrieval_server;
  config.imap_port = model.imap_port;
  config.pop3_port = model.pop3_port;
  config.resolvers = host.name_servers;
  return std::make_unique<TrafficSource>(runtime, std::move(config));
}

}  // namespace mailcosm::sim
