// NetworkMap: the network as a picture shows it: hosts with their roles, links, and where each
// stands. Learned from the declarations at the front of every trace.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim::view {

struct MapHost {
  std::string name;          // octets as in the trace
  std::string roles;         // as in host.declared
  std::string organisation;  // empty: part of the internet
  std::int32_t x = 0;        // centre; y grows downwards
  std::int32_t y = 0;

  bool has_role(std::string_view role) const;
};

struct MapLink {
  HostIndex a = 0;
  HostIndex b = 0;
  Duration latency{0};
  std::int64_t bits_per_second = 0;  // 0 is unlimited
  std::int64_t loss_per_million = 0;
};

// The frame around the hosts of an organisation.
struct MapArea {
  std::string name;
  std::int32_t x = 0, y = 0;  // top left corner
  std::int32_t width = 0, height = 0;
};

struct NetworkMap {
  std::vector<MapHost> hosts;  // in header order
  std::vector<MapLink> links;
  std::vector<MapArea> areas;
  std::int32_t width = 0;
  std::int32_t height = 0;
};

// Gathers a map from records; other kinds than declarations are ignored.
class MapReader final : public RecordSink {
 public:
  explicit MapReader(const TraceHeader& header);
  void accept(const Record& record) override;
  // With positions.
  NetworkMap map() const;

 private:
  NetworkMap map_;
  std::map<std::string, HostIndex, std::less<>> by_name_;
};

}  // namespace mailcosm::sim::view
