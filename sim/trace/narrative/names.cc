#include "sim/trace/narrative/names.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"

namespace mailcosm::sim::narrative {

Names::Names(const TraceHeader& header) : header_(header) {
  for (std::size_t index = 0; index < header_.hosts.size(); ++index) {
    for (const IpAddress& address : header_.hosts[index].addresses) {
      by_address_.emplace(address.to_string(), static_cast<HostIndex>(index));
    }
  }
}

std::string_view Names::at(std::string_view endpoint) const {
  const auto found = by_address_.find(address_of(endpoint));
  return found == by_address_.end() ? endpoint : header_.name_of(found->second);
}

std::string_view address_of(std::string_view endpoint) {
  if (endpoint.starts_with('[')) return endpoint.substr(1, endpoint.find(']') - 1);
  if (std::count(endpoint.begin(), endpoint.end(), ':') != 1) return endpoint;
  return endpoint.substr(0, endpoint.find(':'));
}

std::string_view port_of(std::string_view endpoint) {
  const std::string_view address = address_of(endpoint);
  if (address.size() == endpoint.size()) return {};
  return endpoint.substr(endpoint.rfind(':') + 1);
}

std::string person(std::string_view user) {
  const std::string_view local_part = user.substr(0, user.find('@'));
  const bool word =
      !local_part.empty() && std::all_of(local_part.begin(), local_part.end(), ascii::is_alpha);
  if (!word) return std::string(user);
  std::string name(local_part);
  name.front() = ascii::to_upper(name.front());
  return name;
}

std::string counted(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

std::string without_dots(std::string_view data) {
  std::string text;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const bool ends = i + 1 == data.size() || data[i + 1] == ';' || data[i + 1] == ' ';
    const bool of_root = data[i] == '.' && ends && i > 0 && ascii::is_alphanumeric(data[i - 1]);
    if (!of_root) text += data[i];
  }
  return text;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace mailcosm::sim::narrative
