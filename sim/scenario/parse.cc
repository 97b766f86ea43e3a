#include "sim/scenario/parse.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "protocols/base/ascii.h"
#include "sim/scenario/address_plan.h"
#include "sim/scenario/address_range.h"
#include "sim/scenario/check_model.h"
#include "sim/scenario/check_shape.h"
#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/limits.h"
#include "sim/scenario/name_service.h"
#include "sim/scenario/organisation.h"
#include "sim/scenario/organisation_network.h"
#include "sim/scenario/override.h"
#include "sim/scenario/people.h"
#include "sim/scenario/population.h"
#include "sim/scenario/read_agents.h"
#include "sim/scenario/read_expectations.h"
#include "sim/scenario/read_faults.h"
#include "sim/scenario/read_lesson.h"
#include "sim/scenario/read_network.h"
#include "sim/scenario/read_story.h"
#include "sim/scenario/read_traffic.h"
#include "sim/scenario/repeat.h"
#include "sim/scenario/reporter.h"
#include "sim/scenario/text_check.h"
#include "sim/scenario/units.h"
#include "sim/scenario/yaml_reader.h"

namespace mailcosm::sim::scenario {
namespace {

std::optional<Node> read_tree(std::uint32_t file, Reporter& reporter) {
  if (!check_text(file, reporter)) return std::nullopt;
  return read_yaml(file, reporter);
}

bool check_root(const Node& root, Reporter& reporter) {
  if (root.is_nothing()) {
    reporter.add({0, 1, 1}, "the file is empty", "A scenario is a YAML mapping.",
                 "begin with 'mailcosm: 1' and 'title: ...'");
  } else if (!root.is_map()) {
    reporter.add(root.source, "a scenario is a mapping, that is lines of the form 'key: value'",
                 root.is_list() ? "Here is a list." : "Here is a single value.",
                 "begin with 'mailcosm: 1' and 'title: ...'");
  } else if (root.find("mailcosm") == nullptr) {
    reporter.add(
        root.source, "the key 'mailcosm' is missing",
        "It tells the version of the language, so that later versions can still read the file.",
        "begin the file with 'mailcosm: 1'");
  } else {
    return true;
  }
  return false;
}

void apply_overrides(std::span<const Override> overrides, Node& root, Reporter& reporter) {
  for (const Override& override : overrides) {
    const std::uint32_t file = reporter.add_file("--set " + override.path, override.value);
    if (overrides.size() > kOverridesMax) {
      reporter.add({file, 0, 0}, fmt::format("more than {} overrides", kOverridesMax), "");
      return;
    }
    std::optional<Node> value = read_tree(file, reporter);
    if (value) apply_override(override.path, std::move(*value), file, root, reporter);
  }
}

void read_head(const Fields& fields, Scenario& scenario) {
  scenario.title = fields.text("title");
  scenario.about = fields.text("about");
  scenario.seed = static_cast<std::uint64_t>(fields.integer("seed"));
  scenario.epoch = parse_wall_time(fields.text("epoch")).value();
  scenario.until = Instant{} + fields.duration("until");
  scenario.canary = fields.flag("canary");
}

// Addresses and ranges of the text itself are never given to anybody else.
void reserve_spelled_out(const Fields& fields, const std::vector<Organisation>& organisations,
                         AddressPlan& plan) {
  for (const Organisation& organisation : organisations) {
    if (organisation.network) plan.reserve(*organisation.network);
  }
  for (const Fields::Entry& entry : fields.map("hosts")) {
    for (const IpAddress& address : Fields(*entry.value, kHostShape).ip_addresses("addresses"))
      plan.reserve(address);
  }
}

void build_network(const Fields& fields, std::vector<Organisation>& organisations, Draft& draft) {
  AddressPlan plan;
  reserve_spelled_out(fields, organisations, plan);
  OrganisationNetwork network(draft, plan);
  const bool internet = !organisations.empty() || fields.has("internet");
  if (internet) {
    draft.add_router({kBackbone,
                      {},
                      organisations.empty() ? fields.source("internet") : organisations[0].source});
  }
  for (Organisation& organisation : organisations) network.add(organisation);
  read_routers(fields, draft);
  const std::set<std::string> linked = linked_machines(fields);
  for (const Fields::Entry& entry : fields.map("hosts")) {
    const std::string name = ascii::to_lower(entry.key->text);
    network.add_spelled_out(Fields(*entry.value, kHostShape), name, entry.key->source,
                            linked.contains(name));
  }
  read_zones(fields, draft);
  add_hosted_zones(organisations, draft);
  if (internet && draft.reporter.empty())
    add_name_service(fields.object("internet"), organisations, plan, draft);
  read_links(fields, draft);
  add_resolvers(organisations, draft);
  add_dns_servers(draft);
}

void build(const Node& root, Draft& draft) {
  const Fields fields(root, kScenarioShape);
  read_head(fields, draft.scenario);
  std::vector<Organisation> organisations = read_organisations(fields, draft);
  read_population(fields, organisations, draft);
  read_traffic(fields, draft);
  build_network(fields, organisations, draft);
  for (const Organisation& organisation : organisations)
    add_organisation_agents(organisation, draft);
  read_agents(fields, draft);
  if (!draft.reporter.empty()) return;
  check_network(draft);
  check_zones(draft);
  check_agents(draft);
  check_traffic(draft);
  const People people(draft);
  read_story(fields, people, draft);
  read_faults(fields, people, draft);
  read_expectations(fields, people, draft);
  read_lesson(fields, people, draft);
}

}  // namespace

Parsed parse(std::string_view file, std::string_view text, std::span<const Override> overrides) {
  Reporter reporter;
  reporter.add_file(std::string(file), text);
  Parsed parsed;
  std::optional<Node> root = read_tree(0, reporter);
  if (root && check_root(*root, reporter)) {
    apply_overrides(overrides, *root, reporter);
    repeat_names(*root, kScenarioShape, reporter);
    check_shape(*root, kScenarioShape, reporter);
    if (reporter.empty()) {
      Draft draft(reporter);
      build(*root, draft);
      if (reporter.empty()) {
        draft.scenario.files = reporter.file_names();
        parsed.scenario = std::move(draft.scenario);
      }
    }
  }
  parsed.problems = reporter.take();
  return parsed;
}

}  // namespace mailcosm::sim::scenario
