// Letter: a message that somebody of a population writes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/content.h"
#include "protocols/base/instant.h"
#include "protocols/mail/address.h"

namespace mailcosm::sim {

struct Letter {
  mail::Address author;
  std::vector<mail::Address> recipients;
  std::string subject;     // ASCII
  std::uint64_t size = 0;  // octets of the body, which is rounded up to whole lines
};

// Octets of a line of bodies with its end. Bodies of the same size are the same, so that they are
// kept once (ContentPool).
inline constexpr std::uint64_t kBodyLine = 64;

// RFC 5322: Date, From, To, Message-ID, Subject, and a text in ASCII.
std::string write_letter(const Letter& letter, std::string_view message_id, WallTime wall_time);

}  // namespace mailcosm::sim
