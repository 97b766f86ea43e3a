// AnswerWriter: composes one authoritative response section by section. A part of Server, split
// from it by task: this file knows which records belong together and what happens when they do not
// fit; the server knows what to answer.
#pragma once

#include "protocols/dns/message_writer.h"
#include "protocols/dns/zone.h"

namespace mailcosm::dns {

class AnswerWriter {
 public:
  explicit AnswerWriter(MessageWriter& writer) : writer_(writer) {}

  // An RRset whole or, when it does not fit, TC and nothing more (RFC 2181 section 9).
  bool add(Section section, NameView owner, const RrSet& set);
  bool add(Section section, NameView owner, Type type, std::uint32_t ttl, std::string_view rdata);
  // The SOA of a negative answer, with the TTL of RFC 2308 section 3.
  void add_negative(const Zone& zone);
  // NS of the cut and the addresses of its servers that the zone has. Addresses below the cut must
  // fit, or TC is set (RFC 9471).
  void add_referral(const Zone& zone, const Zone::Node& cut);
  // Addresses in the zone for the targets of an NS, MX or SRV set, as far as they fit.
  void add_targets(const Zone& zone, const RrSet& set);

  bool truncated() const { return truncated_; }

 private:
  void add_addresses(const Zone& zone, NameView target, const Zone::Node* cut);

  MessageWriter& writer_;
  bool truncated_ = false;
};

}  // namespace mailcosm::dns
