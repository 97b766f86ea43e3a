#include "sim/agents/dns/dns_trace.h"

#include <array>
#include <span>

namespace mailcosm::sim {

RecordId emit_with_both(HostTrace& trace, Kind kind, RecordId one, RecordId other,
                        std::initializer_list<Value> values, const Subject& subject) {
  std::array<RecordId, 2> causes;
  std::size_t count = 0;
  if (!one.is_none()) causes[count++] = one;
  if (!other.is_none() && other != one) causes[count++] = other;
  return trace.emit_with_causes(kind, std::span(causes.data(), count), values, subject);
}

RecordId trace_dns(HostTrace& trace, Kind kind, const Endpoint& peer, dns::Transport transport,
                   std::string_view bytes, ConnectionId connection, RecordId also) {
  RecordId record;
  if (!trace.wants(kind)) {
    record = trace.emit(kind, {});
  } else {
    const auto octet = [&](std::size_t at) {
      return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
    };
    const bool response = (octet(2) & 0x80) != 0;
    record = emit_with_both(
        trace, kind, trace.cause(), also,
        {peer.to_string(), dns::to_string(transport), response ? "response" : "query",
         octet(0) << 8 | octet(1), dns::summary_of(bytes)},
        {connection, {}});
  }
  trace.set_cause(record);
  return record;
}

std::string data_text(dns::Type type, const std::vector<std::string>& rdatas) {
  std::string text;
  for (const std::string& rdata : rdatas) {
    if (!text.empty()) text += "; ";
    dns::append_rdata_text(type, rdata, text);
  }
  return text;
}

RecordId trace_cache(HostTrace& trace, Kind kind, const dns::Cache::Entry& entry,
                     std::uint32_t ttl) {
  if (!trace.wants(kind)) return trace.emit(kind, {});
  const bool no_name = entry.kind == dns::Cache::Kind::kNoName;
  std::string data = no_name ? "NXDOMAIN" : "NODATA";
  if (entry.kind == dns::Cache::Kind::kRecords) data = data_text(entry.set.type, entry.set.rdatas);
  return trace.emit(
      kind, {entry.set.owner.to_host(), no_name ? "ANY" : dns::to_string(entry.set.type), data,
             Duration(std::chrono::seconds(ttl))});
}

}  // namespace mailcosm::sim
