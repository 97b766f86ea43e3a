// The numbers of DNS: record types, classes, opcodes and response codes, with their names (IANA
// "DNS Parameters").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailcosm::dns {

// Any 16-bit value is legal; those without a name here are opaque (RFC 3597).
enum class Type : std::uint16_t {
  kNone = 0,
  kA = 1,
  kNs = 2,
  kCname = 5,
  kSoa = 6,
  kPtr = 12,
  kMx = 15,
  kTxt = 16,
  kAaaa = 28,
  kSrv = 33,
  kDname = 39,
  kOpt = 41,
  kDs = 43,
  kRrsig = 46,
  kNsec = 47,
  kDnskey = 48,
  kTlsa = 52,
  kSpf = 99,
  kIxfr = 251,
  kAxfr = 252,
  kAny = 255,
};

enum class Class : std::uint16_t { kIn = 1, kChaos = 3, kHesiod = 4, kNone = 254, kAny = 255 };

enum class Opcode : std::uint8_t {
  kQuery = 0,
  kInverseQuery = 1,
  kStatus = 2,
  kNotify = 4,
  kUpdate = 5
};

// The upper eight bits of values above 15 travel in the OPT record (RFC 6891 section 6.1.3).
enum class Rcode : std::uint16_t {
  kNoError = 0,
  kFormErr = 1,
  kServFail = 2,
  kNxDomain = 3,
  kNotImp = 4,
  kRefused = 5,
  kYxDomain = 6,
  kBadVers = 16,
};

// "MX", or "TYPE731" for a type without a name (RFC 3597 section 5).
std::string to_string(Type type);
std::string to_string(Class rclass);
std::string to_string(Opcode opcode);
std::string to_string(Rcode rcode);
// Names and the forms TYPE731 and CLASS32, in any case.
std::optional<Type> type_of(std::string_view text);
std::optional<Class> class_of(std::string_view text);

// Types that may only be asked for (RFC 6895 section 3.1: 128 to 255), and OPT: none of them is
// data.
constexpr bool is_meta(Type type) {
  const auto number = static_cast<std::uint16_t>(type);
  return type == Type::kOpt || type == Type::kNone || (number >= 128 && number <= 255);
}

}  // namespace mailcosm::dns
