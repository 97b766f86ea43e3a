#include <fmt/format.h>

#include "protocols/base/ascii.h"
#include "sim/scenario/address_range.h"
#include "sim/scenario/names.h"
#include "sim/scenario/organisation.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::int64_t kMegabit = 1'000'000;

enum class Place { kOffice, kHome, kMobile };

Link link_from(std::string a, Duration latency, std::int64_t bandwidth, SourcePosition source) {
  Link link;
  link.a = std::move(a);
  link.latency = latency;
  link.bandwidth = bandwidth;
  link.source = source;
  return link;
}

Link device_link(const Organisation& organisation, Place place, SourcePosition source) {
  switch (place) {
    case Place::kHome:
      return link_from(kBackbone, milliseconds(8), 50 * kMegabit, source);
    case Place::kMobile: {
      Link link = link_from(kBackbone, milliseconds(40), 20 * kMegabit, source);
      link.jitter = milliseconds(5);
      return link;
    }
    case Place::kOffice:
      break;
  }
  Link link = organisation.lan;
  link.source = source;
  return link;
}

Organisation::Device read_device(const Organisation& organisation, const Fields::Entry& entry) {
  const Fields fields(*entry.value, kDeviceShape);
  Organisation::Device device;
  device.name = ascii::to_lower(entry.key->text);
  device.source = entry.key->source;
  constexpr Retrieval kRetrievals[] = {Retrieval::kImap, Retrieval::kPop3, Retrieval::kNone};
  device.client.retrieval = kRetrievals[fields.choice("protocol")];
  device.client.leave_on_server = fields.flag("leave_on_server");
  device.client.keeps_sent = fields.flag("keeps_sent");
  device.client.syncs_all = fields.choice("syncs") == 1;
  device.client.idles = fields.flag("idles");
  device.client.check_every = fields.duration("check_every");
  device.client.source = device.source;
  device.link =
      device_link(organisation, static_cast<Place>(fields.choice("place")), device.source);
  apply_link_settings(fields.object("link"), device.link);
  return device;
}

void read_users(const Fields& fields, std::int64_t quota, Organisation& organisation) {
  for (const Fields::Entry& entry : fields.map("users")) {
    const Fields user_fields(*entry.value, kUserShape);
    Organisation::User user;
    user.local_part = entry.key->text;
    user.source = entry.key->source;
    user.name = user_fields.text("name");
    user.password =
        user_fields.has("password") ? user_fields.text("password") : user.local_part + "-password";
    user.quota = user_fields.has("quota") ? user_fields.size("quota") : quota;
    user.mailboxes = user_fields.texts("mailboxes");
    for (const Fields::Entry& device : user_fields.map("devices")) {
      user.devices.push_back(read_device(organisation, device));
    }
    organisation.users.push_back(std::move(user));
  }
}

void read_mail(const Fields& mail, Organisation& organisation) {
  const auto below = [&](const std::string& label) { return label + "." + organisation.domain; };
  if (!mail.has("mx")) organisation.edges.push_back({below("mx1"), 10});
  for (const Fields::Entry& entry : mail.map("mx")) {
    organisation.edges.push_back(
        {below(ascii::to_lower(entry.key->text)), parse_integer(entry.value->text).value()});
  }
  if (mail.has("relay")) organisation.relay = below(mail.name("relay"));
  organisation.submission = below(mail.name("submission"));
  organisation.smart_host = mail.name("smart_host");
  organisation.store = below(mail.name("store"));
  organisation.quota_grace = mail.duration("quota_grace");
  apply_mta_limits(mail, organisation.limits);
}

// Bare local parts are users or aliases of the same domain.
void read_aliases(const Fields& fields, Organisation& organisation) {
  for (const Fields::Entry& entry : fields.map("aliases")) {
    Alias alias{entry.key->text + "@" + organisation.domain, addresses_of(*entry.value),
                entry.key->source};
    organisation.aliases.push_back(std::move(alias));
  }
}

// RFC 5321 section 4.5.1: every domain takes mail for postmaster.
void add_postmaster(Organisation& organisation) {
  const auto is_postmaster = [](std::string_view local_part) {
    return ascii::equal_ignoring_case(local_part, "postmaster");
  };
  for (const Organisation::User& user : organisation.users) {
    if (is_postmaster(user.local_part)) return;
  }
  for (const Alias& alias : organisation.aliases) {
    if (is_postmaster(local_part_of(alias.address))) return;
  }
  if (organisation.users.empty()) return;
  const std::string first = organisation.users[0].local_part + "@" + organisation.domain;
  organisation.aliases.push_back(
      {"postmaster@" + organisation.domain, {first}, organisation.source});
}

// What magic addresses let through must lie somewhere.
void add_magic_aliases(Organisation& organisation) {
  if (!organisation.limits.magic_addresses || organisation.users.empty()) return;
  for (const char* local_part : {"greylist", "slow"}) {
    organisation.aliases.push_back({std::string(local_part) + "@" + organisation.domain,
                                    {"postmaster@" + organisation.domain},
                                    organisation.mail_source});
  }
}

Organisation read_organisation(const Fields::Entry& entry) {
  const Fields fields(*entry.value, kOrganisationShape);
  Organisation organisation;
  organisation.domain = ascii::to_lower(entry.key->text);
  organisation.source = entry.key->source;
  if (fields.has("network"))
    organisation.network = parse_address_range(fields.text("network")).value();
  organisation.network_source = fields.source("network");
  organisation.lan =
      link_from(organisation.router(), microseconds(200), 1000 * kMegabit, organisation.source);
  apply_link_settings(fields.object("lan"), organisation.lan);
  organisation.uplink = link_from(kBackbone, milliseconds(10), 100 * kMegabit, organisation.source);
  apply_link_settings(fields.object("uplink"), organisation.uplink);
  const Fields mail = fields.object("mail");
  organisation.mail_source = fields.source("mail");
  read_mail(mail, organisation);
  const Fields dns = fields.object("dns");
  organisation.ttl = dns.duration("ttl") / std::chrono::seconds(1);
  organisation.negative_ttl = dns.duration("negative_ttl") / std::chrono::seconds(1);
  organisation.records = dns.text("records");
  organisation.records_source = dns.source("records");
  read_users(fields, mail.size("quota"), organisation);
  read_aliases(fields, organisation);
  add_postmaster(organisation);
  add_magic_aliases(organisation);
  return organisation;
}

}  // namespace

std::vector<Organisation> read_organisations(const Fields& scenario, Draft& draft) {
  std::vector<Organisation> organisations;
  for (const Fields::Entry& entry : scenario.map("organisations")) {
    if (entry.key->text.find('.') == std::string::npos) {
      draft.reporter.add(
          entry.key->source, fmt::format("'{}' is not below a top-level domain", entry.key->text),
          "An organisation has a domain that the DNS of its top-level domain delegates to it.",
          fmt::format("for example {}.com", entry.key->text));
      continue;
    }
    if (!is_domain(entry.key->text)) {
      draft.reporter.add(entry.key->source,
                         fmt::format("'{}' is not a domain for mail", entry.key->text),
                         "Letters, digits and hyphens, with dots between the parts (RFC 1123 "
                         "section 2.1, RFC 5321 section 4.1.2).");
      continue;
    }
    organisations.push_back(read_organisation(entry));
  }
  return organisations;
}

}  // namespace mailcosm::sim::scenario
