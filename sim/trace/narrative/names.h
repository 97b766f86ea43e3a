// Names: what the narrative calls hosts, addresses and people.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sim/trace/trace_header.h"

namespace mailcosm::sim::narrative {

class Names {
 public:
  explicit Names(const TraceHeader& header);

  std::string_view host(HostIndex host) const { return header_.name_of(host); }
  // The host with this "address:port" or address, or the text itself.
  std::string_view at(std::string_view endpoint) const;

 private:
  TraceHeader header_;
  std::map<std::string, HostIndex, std::less<>> by_address_;
};

// "Alice" for alice@red.com and for the login alice; what is no plain word stays as it is.
std::string person(std::string_view user);

// "192.0.2.1" of "192.0.2.1:25" and "2001:db8::1" of "[2001:db8::1]:25".
std::string_view address_of(std::string_view endpoint);
// "25", or empty.
std::string_view port_of(std::string_view endpoint);

// "1 message", "3 messages".
std::string counted(std::int64_t count, std::string_view noun);
// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string>& items);
// "10 mx1.blue.com; 20 mx2.blue.com" of "10 mx1.blue.com.; 20 mx2.blue.com.": names without the dot
// of the root.
std::string without_dots(std::string_view data);
// "1,234"
std::string grouped(std::uint64_t number);

}  // namespace mailcosm::sim::narrative
