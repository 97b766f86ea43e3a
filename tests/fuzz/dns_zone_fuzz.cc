// Any text as a master file: what parses is written and read again the same, also as a zone; every
// name of it can be looked up.
#include <cstdint>
#include <cstdlib>

#include "protocols/dns/master_file.h"
#include "protocols/dns/zone.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailcosm::dns;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  MasterFileOptions options;
  options.origin = Name::of("blue.com");
  const auto records = parse_master_file(text, options);
  if (!records) return 0;
  std::string lines;
  for (const Record& record : *records) lines += record.to_string() + "\n";
  const auto again = parse_master_file(lines);
  if (!again || *again != *records) std::abort();
  const auto zone = Zone::from_records(Name::of("blue.com"), *records);
  if (!zone) return 0;
  const auto copy = Zone::parse(zone->to_master_file());
  if (!copy || copy->to_master_file() != zone->to_master_file()) std::abort();
  for (const Zone::Node& node : zone->nodes()) {
    if (zone->node_at(node.name) != &node) std::abort();
    const Zone::Found found = zone->find(node.name, Type::kA);
    if (!node.occluded && !node.delegation && found.node != &node) std::abort();
  }
  return 0;
}
