// Reply: what the answer of an authoritative server means for a question, and what of it may be
// believed.
//
// Only data within the zone that the server was asked for counts (RFC 2181 section 5.4.1, RFC 5452
// section 6); the rest is dropped before anything looks at it. CNAMEs are synthesised anew from a
// DNAME.
#pragma once

#include <optional>
#include <vector>

#include "protocols/dns/cache.h"
#include "protocols/dns/message_view.h"

namespace mailcosm::dns {

struct Reply {
  enum class Kind : std::uint8_t {
    kAnswer,    // `answers`, at the end of `chain`
    kAlias,     // only `chain`: `name` must be asked for elsewhere
    kReferral,  // to `cut`
    kNoName,    // `name` does not exist
    kNoData,    // `name` has no such records
    kLame,      // the server does not know the zone
    kFailed,    // SERVFAIL and the like, or nonsense
  };
  struct Believed {
    RrSet set;
    Credibility credibility = Credibility::kGlue;
  };

  Kind kind = Kind::kFailed;
  Name name;                  // at the end of the chain
  std::vector<Record> chain;  // CNAME and DNAME records in order
  int aliases = 0;            // CNAMEs among them
  std::vector<Record> answers;
  std::optional<Record> soa;
  Name cut;
  std::vector<Believed> believed;  // to be cached, NS set of the referral and its glue included
};

// `zone` is the zone that the server was asked for: `asked.name` lies within it. `any_glue` also
// believes addresses of the referral's servers that lie outside of it, which lets a server poison
// the cache.
Reply read_reply(const MessageView& message, const Question& asked, NameView zone,
                 bool any_glue = false);

}  // namespace mailcosm::dns
