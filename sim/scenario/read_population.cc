#include <fmt/format.h>

#include <numeric>
#include <set>

#include "sim/population/apportion.h"
#include "sim/population/zipf.h"
#include "sim/scenario/population.h"
#include "sim/scenario/read_traffic.h"
#include "sim/scenario/star_name.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::int64_t kMegabit = 1'000'000;

std::vector<std::uint64_t> zipf_weights(std::size_t count, std::int64_t exponent) {
  std::vector<std::uint64_t> weights;
  for (std::size_t rank = 1; rank <= count; ++rank) weights.push_back(zipf_weight(rank, exponent));
  return weights;
}

class PopulationReader {
 public:
  PopulationReader(const Fields& fields, std::vector<Organisation>& organisations, Draft& draft)
      : fields_(fields), organisations_(organisations), draft_(draft) {}

  void run() {
    read_groups();
    if (!draft_.reporter.empty()) return;
    const std::vector<std::size_t> domains = domains_of_providers();
    if (domains.empty()) return;
    std::size_t first_domain = 0, first_user = 0;
    for (std::size_t i = 0; i < domains.size(); ++i) {
      Organisation provider = read_provider(i + 1);
      std::size_t users = 0;
      for (std::size_t j = first_domain; j < first_domain + domains[i]; ++j) {
        provider.hosted.push_back(traffic_.groups[j].domain);
        users += static_cast<std::size_t>(traffic_.groups[j].count);
      }
      add_client_hosts(first_user, users, provider);
      first_domain += domains[i];
      first_user += users;
      organisations_.push_back(std::move(provider));
    }
    read_mails();
  }

 private:
  void read_groups() {
    const Fields domains = fields_.object("domains"), users = fields_.object("users");
    const auto count = static_cast<std::uint64_t>(domains.integer("count"));
    const auto people = static_cast<std::uint64_t>(users.integer("count"));
    const std::string names = read_star_name(domains, "names", StarName::kDomain, draft_.reporter);
    const std::string local_parts =
        read_star_name(users, "names", StarName::kLocalPart, draft_.reporter);
    if (people < count) {
      draft_.reporter.add(users.source("count"), "users: there are fewer than domains",
                          "Each domain has at least one.", fmt::format("write at least {}", count));
      return;
    }
    const std::vector<std::uint64_t> sizes =
        apportion(people, zipf_weights(count, users.decimal("exponent")), 1);
    for (std::uint64_t i = 0; i < count; ++i) {
      traffic_.groups.push_back({with_number(names, i + 1), local_parts,
                                 static_cast<std::int64_t>(sizes[i]), domains.source()});
    }
  }

  // How many domains each provider hosts: runs of them, cut where the mailboxes that a provider
  // should have are reached, and at least one each.
  std::vector<std::size_t> domains_of_providers() {
    const Fields providers = fields_.object("providers");
    const auto count = static_cast<std::size_t>(providers.integer("count"));
    names_ = read_star_name(providers, "names", StarName::kDomain, draft_.reporter);
    if (count > traffic_.groups.size()) {
      draft_.reporter.add(providers.source("count"), "providers: there are more than domains",
                          "Each provider hosts at least one.",
                          fmt::format("write at most {}", traffic_.groups.size()));
      return {};
    }
    std::uint64_t mailboxes = 0;
    for (const UserGroup& group : traffic_.groups)
      mailboxes += static_cast<std::uint64_t>(group.count);
    const std::vector<std::uint64_t> targets =
        apportion(mailboxes, zipf_weights(count, providers.decimal("exponent")));
    std::vector<std::size_t> domains(count, 0);
    std::size_t next = 0;
    std::uint64_t given = 0, target = 0;
    for (std::size_t i = 0; i < count; ++i) {
      target += targets[i];
      const std::size_t for_others = count - i - 1;
      while (next + for_others < traffic_.groups.size()) {
        const auto size = static_cast<std::uint64_t>(traffic_.groups[next].count);
        // A domain goes where its middle lies.
        if (domains[i] > 0 && for_others > 0 && given + size / 2 >= target) break;
        given += size;
        ++domains[i];
        ++next;
      }
    }
    return domains;
  }

  Organisation read_provider(std::size_t number) {
    const SourcePosition source = fields_.source("providers");
    Organisation provider;
    provider.domain = with_number(names_, number);
    provider.source = provider.mail_source = source;
    const auto below = [&](std::string_view label) {
      return std::string(label) + "." + provider.domain;
    };
    provider.edges = {{below("mx1"), 10}};
    provider.submission = below("mail");
    provider.store = below("store");
    provider.quota_grace = std::chrono::hours(24);
    apply_mta_limits(fields_.object("servers"), provider.limits);
    provider.ttl = provider.negative_ttl = fields_.duration("ttl") / std::chrono::seconds(1);
    provider.lan = line(provider.router(), std::chrono::microseconds(200), "lan");
    provider.uplink = line(kBackbone, std::chrono::milliseconds(10), "uplink");
    return provider;
  }

  Link line(std::string from, Duration latency, std::string_view key) {
    Link link;
    link.a = std::move(from);
    link.latency = latency;
    link.bandwidth = 1000 * kMegabit;
    link.source = fields_.source("providers");
    apply_link_settings(fields_.object(key), link);
    return link;
  }

  // As many as its users need, all with nearly as many users.
  void add_client_hosts(std::size_t first_user, std::size_t users, Organisation& provider) {
    const auto most = static_cast<std::size_t>(fields_.integer("users_per_host"));
    const std::size_t hosts = (users + most - 1) / most;
    const std::vector<std::uint64_t> shares =
        apportion(users, std::vector<std::uint64_t>(hosts, 1));
    for (std::size_t i = 0; i < hosts; ++i) {
      Link access = line(kBackbone, std::chrono::milliseconds(10), "access");
      access.b = fmt::format("clients{}.{}", i + 1, provider.domain);
      TrafficSource source;
      source.host = access.b;
      source.first = static_cast<std::int64_t>(first_user);
      source.users = static_cast<std::int64_t>(shares[i]);
      source.submission = {provider.submission, 587};
      source.retrieval_server = provider.store;
      source.source = fields_.source("mails");
      traffic_.sources.push_back(std::move(source));
      provider.client_lines.push_back(std::move(access));
      first_user += shares[i];
    }
  }

  void read_mails() {
    const Fields mails = fields_.object("mails");
    traffic_.mails = read_traffic_mails(mails, draft_.reporter);
    traffic_.readers = read_traffic_readers(fields_.object("readers"), draft_.reporter);
    std::vector<std::uint64_t> weights;
    for (const TrafficSource& source : traffic_.sources)
      weights.push_back(static_cast<std::uint64_t>(source.users));
    const std::vector<std::uint64_t> shares =
        apportion(static_cast<std::uint64_t>(mails.integer("count")), weights);
    for (std::size_t i = 0; i < shares.size(); ++i)
      traffic_.sources[i].mails = static_cast<std::int64_t>(shares[i]);
  }

  const Fields fields_;
  std::vector<Organisation>& organisations_;
  Draft& draft_;
  Traffic& traffic_ = draft_.scenario.traffic;
  std::string names_;  // of providers
};

}  // namespace

void read_population(const Fields& scenario, std::vector<Organisation>& organisations,
                     Draft& draft) {
  if (!scenario.has("population")) return;
  PopulationReader(scenario.object("population"), organisations, draft).run();
}

void add_hosted_zones(const std::vector<Organisation>& organisations, Draft& draft) {
  std::set<std::string> spelled_out;
  for (const Zone& zone : draft.scenario.zones) spelled_out.insert(zone.origin);
  for (const Organisation& provider : organisations) {
    for (const std::string& domain : provider.hosted) {
      if (spelled_out.contains(domain)) continue;
      const std::string server = provider.name_server();
      std::string text = fmt::format(
          "$ORIGIN {}.\n$TTL {}\n@ IN SOA {}. hostmaster.{}. 1 7200 900 1209600 {}\n@ IN NS {}.\n",
          domain, provider.ttl, server, provider.domain, provider.negative_ttl, server);
      for (const Organisation::Edge& edge : provider.edges)
        text += fmt::format("@ IN MX {} {}.\n", edge.preference, edge.name);
      text += fmt::format("@ IN TXT \"v=spf1 mx a:{} -all\"\n", provider.submission);
      draft.scenario.zones.push_back(
          {domain, std::move(text), {server}, provider.source, provider.source});
    }
  }
}

}  // namespace mailcosm::sim::scenario
