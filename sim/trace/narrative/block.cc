#include "sim/trace/narrative/block.h"

namespace mailcosm::sim::narrative {
namespace {

template <typename Map>
void bound(Map& map, std::size_t entries_max) {
  if (map.size() < entries_max) return;
  auto middle = map.begin();
  std::advance(middle, static_cast<std::ptrdiff_t>(entries_max / 2));
  map.erase(map.begin(), middle);
}

}  // namespace

void Memory::chosen(HostIndex mta, std::string_view server, Choice choice) {
  bound(choices_, kEntriesMax);
  choices_[{mta, std::string(server)}] = std::move(choice);
}

const Memory::Choice* Memory::choice(HostIndex mta, std::string_view server) const {
  const auto found = choices_.find({mta, std::string(server)});
  return found == choices_.end() ? nullptr : &found->second;
}

void Memory::arrived(HostIndex host, std::string_view message, std::string_view protocol) {
  bound(arrivals_, kEntriesMax);
  arrivals_[{host, std::string(message)}] = protocol;
}

std::string_view Memory::arrival(HostIndex host, std::string_view message) const {
  const auto found = arrivals_.find({host, std::string(message)});
  return found == arrivals_.end() ? std::string_view() : std::string_view(found->second);
}

bool Memory::first_sight(std::string_view message) {
  bound(seen_, kEntriesMax);
  return seen_.emplace(message, true).second;
}

}  // namespace mailcosm::sim::narrative
