// Message: a whole DNS message as owned data (RFC 1035 section 4), for those who compose or change
// one. Engines read with MessageView and write with MessageWriter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"
#include "protocols/dns/record.h"

namespace mailcosm::dns {

inline constexpr std::size_t kHeaderOctets = 12;
inline constexpr std::size_t kUdpOctetsMax = 512;  // RFC 1035 section 4.2.1, without EDNS
inline constexpr std::size_t kEdnsUdpOctets =
    1232;  // what is announced: no fragments on any usual path
inline constexpr std::size_t kMessageOctetsMax = 65535;  // RFC 1035 section 4.2.2

enum class Section : std::uint8_t { kAnswer, kAuthority, kAdditional };

struct Header {
  std::uint16_t id = 0;
  bool response = false;  // QR
  Opcode opcode = Opcode::kQuery;
  bool authoritative = false;        // AA
  bool truncated = false;            // TC
  bool recursion_desired = false;    // RD
  bool recursion_available = false;  // RA
  bool authentic_data = false;       // AD (RFC 4035)
  bool checking_disabled = false;    // CD (RFC 4035)
  Rcode rcode = Rcode::kNoError;     // with the bits of the OPT record, if there is one

  friend bool operator==(const Header&, const Header&) = default;
};

struct Question {
  Name name;
  Type type = Type::kA;
  Class rclass = Class::kIn;
  friend bool operator==(const Question&, const Question&) = default;
};

// The OPT pseudo record (RFC 6891).
struct Edns {
  std::uint16_t udp_octets = kEdnsUdpOctets;
  std::uint8_t version = 0;
  bool dnssec_ok = false;
  std::string options;  // RDATA: pairs of code, length and data
  friend bool operator==(const Edns&, const Edns&) = default;
};

struct Message {
  Header header;
  std::vector<Question> questions;
  std::vector<Record> answers;
  std::vector<Record> authorities;
  std::vector<Record> additionals;  // without OPT
  std::optional<Edns> edns;

  // Errors name the field and the offset in the octets.
  static Result<Message> parse(std::string_view bytes);
  // Appends the wire form. Records that would exceed `octets_max` are left out: whole RRsets from
  // the end, and TC is set when it was one of the answer or authority section (RFC 2181 section 9).
  void write(std::string& output, std::size_t octets_max = kMessageOctetsMax) const;

  // Every section line by line as dig prints them.
  std::string to_text() const;
};

// "query blue.com MX rd" / "response blue.com MX NOERROR aa: MX 10 mx.blue.com. (2 authority,
// 1 additional)"; what is wrong, for octets that are no message.
std::string summary_of(std::string_view bytes);

// A query with one question and, unless `edns_octets` is 0, an OPT record.
void write_query(std::uint16_t id, const Question& question, bool recursion_desired,
                 std::uint16_t edns_octets, std::string& output);

}  // namespace mailcosm::dns
