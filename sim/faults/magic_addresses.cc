#include "sim/faults/magic_addresses.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"
#include "sim/scenario/names.h"

namespace mailcosm::sim {
namespace {

// The address of "RCPT TO:<bob@blue.com> ..."; empty if there is none.
std::string_view recipient_of(std::string_view line) {
  const std::size_t begin = line.find('<'), end = line.find('>');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  return line.substr(begin + 1, end - begin - 1);
}

// Three digits that are a refusal (RFC 5321 section 4.2.1).
bool is_code(std::string_view text) {
  return text.size() == 3 && (text[0] == '4' || text[0] == '5') && text[1] >= '0' &&
         text[1] <= '5' && ascii::is_digit(text[2]);
}

Interference answered(std::string answer) {
  Interference result;
  result.answer = std::move(answer);
  return result;
}

}  // namespace

bool MagicAddresses::is_magic(std::string_view domain) const {
  return std::any_of(domains_.begin(), domains_.end(), [&](const std::string& own) {
    return ascii::equal_ignoring_case(own, domain);
  });
}

Interference MagicAddresses::greylist(const IpAddress& client) {
  const Instant now = host_->now();
  const auto [first, is_new] = greylisted_.emplace(client, now);
  if (!is_new && now - first->second >= kGreylistMin) return {};
  return answered("450 4.2.0 Greylisted, try again later");
}

Interference MagicAddresses::effect_of(std::string_view local_part, const IpAddress& client) {
  const std::string name = ascii::to_lower(local_part);
  if (is_code(name)) return answered(fmt::format("{} {}.0.0 Magic address", name, name[0]));
  if (name == "greylist") return greylist(client);
  Interference result;
  if (name == "slow") result.delay = kSlow;
  result.drops = name == "drop";
  return result;
}

Interference MagicAddresses::on_command(const Command& command) {
  Interference result = others_ == nullptr ? Interference() : others_->on_command(command);
  if (command.verb != "RCPT" || result.drops || !result.answer.empty()) return result;
  const std::string_view recipient = recipient_of(command.line);
  if (!is_magic(scenario::domain_of(recipient))) return result;
  const Interference magic = effect_of(scenario::local_part_of(recipient), command.client);
  std::string detail;
  if (!magic.answer.empty()) detail = "answered with \"" + magic.answer + "\"";
  if (magic.drops) detail = "the connection is dropped";
  if (magic.delay != Duration{}) detail = "answered late";
  if (detail.empty()) return result;
  HostTrace& trace = host_->trace();
  trace.set_cause(trace.emit(
      Kind::kFaultApplied,
      {"Magic address", fmt::format("{} client {}", command.protocol, command.client.to_string()),
       fmt::format("{}: {}", recipient, detail)}));
  return {result.delay + magic.delay, magic.drops, magic.answer};
}

}  // namespace mailcosm::sim
