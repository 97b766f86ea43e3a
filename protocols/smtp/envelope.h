// Envelope: reverse-path, recipients and parameters of one transaction that a client is asked to
// make.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mailcosm::smtp {

// Everything viewed must live until TransactionDone or Closed.
struct Envelope {
  std::string_view reverse_path;            // without brackets; empty for <>
  std::span<const std::string> recipients;  // without brackets; at least one
  std::uint64_t size = 0;                   // octets of the message; 0: unknown
  bool eight_bit = false;                   // the message has octets above 127
};

}  // namespace mailcosm::smtp
