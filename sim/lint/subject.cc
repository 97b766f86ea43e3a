#include "sim/lint/subject.h"

#include "protocols/base/ascii.h"

namespace mailcosm::sim::lint {
namespace {

// The words of a line of a master file, without its comment.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (char c : line) {
    if (c == ';') break;
    if (c == ' ' || c == '\t') {
      if (!word.empty()) words.push_back(ascii::to_lower(word));
      word.clear();
    } else {
      word.push_back(c);
    }
  }
  if (!word.empty()) words.push_back(ascii::to_lower(word));
  return words;
}

bool stands_for(std::string_view word, std::string_view name, std::string_view origin) {
  if (word == "@") return name == origin;
  if (word.ends_with('.')) return word.substr(0, word.size() - 1) == name;
  return std::string(word) + "." + std::string(origin) == name;
}

}  // namespace

std::string plain(const dns::NameView& name) { return ascii::to_lower(name.to_host()); }

Subject::Subject(const scenario::Scenario& the_scenario, const scenario::Node& the_root,
                 std::string_view the_text)
    : scenario(the_scenario), root(the_root), text("", the_text) {
  for (const scenario::Host& host : scenario.hosts) {
    hosts_.emplace(host.name, &host);
    for (const IpAddress& address : host.addresses) by_address_.emplace(address.to_string(), &host);
  }
  for (const scenario::Mta& mta : scenario.mtas) mtas_.emplace(mta.host, &mta);
  for (const scenario::MailboxServer& server : scenario.mailbox_servers)
    mailboxes_.emplace(server.host, &server);
  for (const scenario::Zone& zone : scenario.zones) {
    const dns::Name origin = zone.origin == "." ? dns::Name() : dns::Name::of(zone.origin);
    auto data = dns::Zone::parse(zone.text, origin);
    if (!data) continue;
    const bool spelled_out = !(zone.source == zone.text_source);
    origins_.emplace(plain(origin), zones_.size());
    zones_.push_back({&zone, std::move(*data), spelled_out});
  }
}

const ReadZone* Subject::zone_at(const dns::Name& origin) const {
  const auto found = origins_.find(plain(origin));
  return found == origins_.end() ? nullptr : &zones_[found->second];
}

const ReadZone* Subject::zone_of(const dns::Name& name) const {
  for (dns::Name origin = name;; origin = origin.parent()) {
    if (const ReadZone* zone = zone_at(origin)) return zone;
    if (origin.is_root()) return nullptr;
  }
}

const dns::RrSet* Subject::find(const dns::Name& name, dns::Type type) const {
  const ReadZone* zone = zone_of(name);
  if (zone == nullptr) return nullptr;
  const dns::Zone::Found found = zone->data.find(name, type);
  const bool here = found.status == dns::Zone::Found::Status::kNode ||
                    found.status == dns::Zone::Found::Status::kWildcard;
  return here ? found.node->find(type) : nullptr;
}

std::vector<IpAddress> Subject::addresses_of(const dns::Name& name) const {
  std::vector<IpAddress> addresses;
  for (const dns::Type type : {dns::Type::kA, dns::Type::kAaaa}) {
    const dns::RrSet* set = find(name, type);
    if (set == nullptr) continue;
    for (const std::string& data : set->rdatas) {
      if (const auto address = dns::address_of(type, data)) addresses.push_back(*address);
    }
  }
  return addresses;
}

const scenario::Host* Subject::host_named(std::string_view name) const {
  const auto found = hosts_.find(name);
  return found == hosts_.end() ? nullptr : found->second;
}

const scenario::Host* Subject::host_with(const IpAddress& address) const {
  const auto found = by_address_.find(address.to_string());
  return found == by_address_.end() ? nullptr : found->second;
}

const scenario::Mta* Subject::mta_on(std::string_view host) const {
  const auto found = mtas_.find(host);
  return found == mtas_.end() ? nullptr : found->second;
}

const scenario::MailboxServer* Subject::mailboxes_on(std::string_view host) const {
  const auto found = mailboxes_.find(host);
  return found == mailboxes_.end() ? nullptr : found->second;
}

// Only a block scalar has its lines as the file has them; the line is found by its words.
scenario::SourcePosition Subject::place_of(const ReadZone& zone, const dns::RrSet& set,
                                           std::string_view target) const {
  const scenario::SourcePosition whole =
      zone.spelled_out ? zone.model->text_source : zone.model->source;
  scenario::SourcePosition first = whole;
  std::string_view records = zone.model->text;
  if (!zone.spelled_out) {
    const scenario::Node* own = at({"organisations", zone.model->origin, "dns", "records"});
    if (own == nullptr) return whole;
    first = {own->source.file, own->source.line + 1, 1};
    records = own->text;
  }
  const std::string owner = plain(set.owner), type = ascii::to_lower(dns::to_string(set.type));
  std::string last;
  for (std::uint32_t number = first.line; !records.empty(); ++number) {
    const std::string_view line = ascii::take_until(records, '\n');
    const std::vector<std::string> words = words_of(line);
    if (words.empty()) continue;
    if (line[0] != ' ' && line[0] != '\t') last = words[0];
    bool of_type = false, of_target = target.empty();
    for (const std::string& word : words) {
      of_type = of_type || word == type;
      of_target = of_target || stands_for(word, target, zone.model->origin);
    }
    if (!of_type || !of_target || !stands_for(last, owner, zone.model->origin)) continue;
    const std::string_view shown = text.line(number);
    if (first.file != 0 || ascii::trim(shown) != ascii::trim(line)) return whole;
    return text.position_of(number, shown.find_first_not_of(' '), first.file);
  }
  return whole;
}

const scenario::Node* Subject::at(std::initializer_list<std::string_view> path) const {
  const scenario::Node* node = &root;
  for (std::string_view key : path) {
    if (!node->is_map()) return nullptr;
    node = node->find(key);
    if (node == nullptr) return nullptr;
  }
  return node;
}

}  // namespace mailcosm::sim::lint
