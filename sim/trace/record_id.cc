#include "sim/trace/record_id.h"

#include <fmt/format.h>

#include <array>

#include "protocols/base/ascii.h"
#include "sim/trace/id_text.h"

namespace mailcosm::sim {
namespace {

constexpr std::string_view kLayerLetters = "spn";

// Takes "w" or "h12" off the front.
bool take_host(std::string_view& rest, HostIndex& host) {
  if (rest.empty()) return false;
  const bool world = rest.front() == 'w';
  if (!world && rest.front() != 'h') return false;
  rest.remove_prefix(1);
  host = kWorld;
  if (world) return true;
  std::size_t digits = 0;
  while (digits < rest.size() && ascii::is_digit(rest[digits])) ++digits;
  const auto number = ascii::parse_unsigned(rest.substr(0, digits), 0xfffffd);
  rest.remove_prefix(digits);
  if (number) host = static_cast<HostIndex>(*number);
  return number.has_value();
}

void write_host(HostIndex host, OctetCursor& output) {
  if (host == kWorld) return output.append("w");
  output.append("h");
  output.decimal(host);
}

template <typename Id>
std::string text_of(Id id) {
  std::array<char, kIdTextMax> text;
  OctetCursor output(text.data());
  write_id(id, output);
  return std::string(text.data(), output.at());
}

}  // namespace

void write_id(RecordId id, OctetCursor& output) {
  if (id.is_none()) return output.append("-");
  write_host(id.host(), output);
  output.append(kLayerLetters.substr(static_cast<std::size_t>(id.layer()), 1));
  output.decimal(id.count());
}

void write_id(ConnectionId id, OctetCursor& output) {
  if (id.is_none()) return output.append("-");
  write_host(id.opener(), output);
  output.append("c");
  output.decimal(id.count());
}

std::string host_text(HostIndex host) { return host == kWorld ? "w" : fmt::format("h{}", host); }

Result<HostIndex> parse_host(std::string_view text) {
  HostIndex host = kWorld;
  std::string_view rest = text;
  if (take_host(rest, host) && rest.empty()) return host;
  return Error{fmt::format("'{}' is not a host such as h3", text.substr(0, 40)), 0};
}

std::string RecordId::to_string() const { return text_of(*this); }

Result<RecordId> RecordId::parse(std::string_view text) {
  if (text == "-") return RecordId();
  std::string_view rest = text;
  HostIndex host = kWorld;
  const Error error{fmt::format("'{}' is not a record id such as h3s12", text.substr(0, 40)), 0};
  if (!take_host(rest, host) || rest.empty()) return error;
  const std::size_t layer = kLayerLetters.find(rest.front());
  const auto count = ascii::parse_unsigned(rest.substr(1), 0xfffffffff);
  if (layer == std::string_view::npos || !count) return error;
  return RecordId(host, static_cast<Layer>(layer), *count);
}

std::string ConnectionId::to_string() const { return text_of(*this); }

Result<ConnectionId> ConnectionId::parse(std::string_view text) {
  if (text == "-") return ConnectionId();
  std::string_view rest = text;
  HostIndex host = kWorld;
  const Error error{fmt::format("'{}' is not a connection id such as h3c7", text.substr(0, 40)), 0};
  if (!take_host(rest, host) || host == kWorld || rest.empty() || rest.front() != 'c') return error;
  const auto count = ascii::parse_unsigned(rest.substr(1), 0xffffffffff);
  if (!count) return error;
  return ConnectionId::of(host, *count);
}

}  // namespace mailcosm::sim
