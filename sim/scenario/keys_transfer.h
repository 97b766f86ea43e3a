// The keys of mail transfer that an organisation sets for all its servers, and an MTA that is
// spelled out for itself: limits, retries and notices.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "sim/scenario/keys.h"

namespace mailcosm::sim::scenario {

inline constexpr Key kTransferKeys[] = {
    {.name = "message_size_max",
     .type = Type::kSize,
     .fallback = "25 MiB",
     .about = "Larger messages are refused (RFC 1870).",
     .example = "1 MiB"},
    {.name = "recipients_max",
     .type = Type::kInteger,
     .fallback = "100",
     .about = "Recipients of one message in one transaction (RFC 5321 section 4.5.3.1.8).",
     .example = "1000",
     .min = 1,
     .max = 1'000'000},
    {.name = "hops_max",
     .type = Type::kInteger,
     .fallback = "100",
     .about = "Received fields of a message before it is taken for looping (RFC 5321 section 6.3).",
     .example = "30",
     .min = 1,
     .max = 1'000},
    {.name = "connections_max",
     .type = Type::kInteger,
     .fallback = "20",
     .about = "Connections at once to one destination.",
     .example = "5",
     .min = 1,
     .max = 10'000},
    {.name = "deliveries_max",
     .type = Type::kInteger,
     .fallback = "100",
     .about = "Outgoing connections at once to all destinations together; other mail waits for one "
              "of them to end.",
     .example = "1000",
     .min = 1,
     .max = 1'000'000},
    {.name = "delivery_recipients_max",
     .type = Type::kInteger,
     .fallback = "50",
     .about = "Recipients of one message in one outgoing transaction.",
     .example = "10",
     .min = 1,
     .max = 10'000},
    {.name = "sessions_max",
     .type = Type::kInteger,
     .fallback = "1000",
     .about = "Incoming connections at once on one port; further ones are told 421.",
     .example = "10",
     .min = 1,
     .max = 1'000'000},
    {.name = "magic_addresses",
     .type = Type::kFlag,
     .fallback = "false",
     .about = "true: mail to some local parts meets a fault: 4xx and 5xx (such as 451, 550) are "
              "refused with that code, greylist at first, slow is answered late, drop loses the "
              "connection, bounce comes back.",
     .example = "true"},
    {.name = "retry_first",
     .type = Type::kDuration,
     .fallback = "15 min",
     .about = "Time until the second attempt; then it doubles (RFC 5321 section 4.5.4.1).",
     .example = "5 min"},
    {.name = "retry_max",
     .type = Type::kDuration,
     .fallback = "4 h",
     .about = "The longest time between two attempts.",
     .example = "1 h"},
    {.name = "queue_lifetime",
     .type = Type::kDuration,
     .fallback = "5 days",
     .about = "After this time the message goes back to its sender (RFC 5321 section 4.5.4.1).",
     .example = "2 days"},
    {.name = "delay_notice",
     .type = Type::kDuration,
     .fallback = "4 h",
     .about = "After this time the sender is told that the message is delayed.",
     .example = "1 h",
     .zero = "never"}};

// Several tables as one, in this order.
template <std::size_t... Sizes>
constexpr std::array<Key, (Sizes + ...)> join(const Key (&... tables)[Sizes]) {
  std::array<Key, (Sizes + ...)> joined{};
  auto at = joined.begin();
  ((at = std::copy(std::begin(tables), std::end(tables), at)), ...);
  return joined;
}

}  // namespace mailcosm::sim::scenario
