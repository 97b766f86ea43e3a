// Cache: what a resolver remembers: RRsets, and that names or types do not exist (RFC 2308).
//
// Data of higher credibility replaces lower, never the other way before it expires (RFC 2181
// section 5.4.1). Bounded: the entry that expires first goes, ties by name and type. TTLs count
// down from the moment of storing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/dns/record.h"

namespace mailcosm::dns {

// Least credible first (RFC 2181 section 5.4.1).
enum class Credibility : std::uint8_t {
  kGlue,        // additional section, and the NS set of a referral
  kAuthority,   // authority section of an authoritative answer
  kAnswer,      // answer section without AA
  kAuthAnswer,  // answer section with AA
};

class Cache {
 public:
  struct Limits {
    std::size_t entries_max = 100'000;
    std::uint32_t ttl_max = 7 * 86'400;          // RFC 8767 section 4 recommends no more than days
    std::uint32_t negative_ttl_max = 3 * 3'600;  // RFC 2308 section 5: one to three hours
  };
  enum class Kind : std::uint8_t { kRecords, kNoData, kNoName };
  struct Entry {
    Kind kind = Kind::kRecords;
    Credibility credibility = Credibility::kGlue;
    RrSet set;                  // for kNoData and kNoName: only owner and type
    std::optional<Record> soa;  // of a negative answer
    Instant stored;
    Instant expires;
    // Whole seconds left, rounded up.
    std::uint32_t ttl_at(Instant now) const;
  };

  Cache() : Cache(Limits()) {}
  explicit Cache(const Limits& limits) : limits_(limits) {}

  // Null if absent or expired. A name known not to exist gives its kNoName entry for every type.
  // Valid until the next change of the cache.
  const Entry* find(NameView name, Type type, Instant now) const;
  // The same, for as long as one likes.
  std::shared_ptr<const Entry> share(NameView name, Type type, Instant now) const;
  // False if more credible, unexpired data stays. A TTL of 0 is not stored (RFC 1035
  // section 3.2.1).
  bool store(const RrSet& set, Credibility credibility, Instant now);
  // `type` is ignored for kNoName. The TTL is the lower of the SOA's TTL and MINIMUM; without a SOA
  // nothing is stored (RFC 2308 section 5).
  bool store_negative(NameView name, Type type, Kind kind, const std::optional<Record>& soa,
                      Instant now);
  void remove(NameView name, Type type);
  void clear();

  std::size_t size() const { return entries_.size(); }

 private:
  struct Key {
    Name name;
    Type type = Type::kNone;  // kNone: the name does not exist
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct KeyView {
    NameView name;
    Type type = Type::kNone;
  };
  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(const KeyView& key) const;
    std::size_t operator()(const Key& key) const { return (*this)(KeyView{key.name, key.type}); }
  };
  struct KeyEqual {
    using is_transparent = void;
    bool operator()(const KeyView& a, const KeyView& b) const {
      return a.type == b.type && a.name == b.name;
    }
    bool operator()(const Key& a, const Key& b) const { return a == b; }
    bool operator()(const KeyView& a, const Key& b) const {
      return a.type == b.type && a.name == b.name.view();
    }
    bool operator()(const Key& a, const KeyView& b) const { return (*this)(b, a); }
  };

  using Shared = std::shared_ptr<const Entry>;

  // These give null, or what is in the cache and not expired.
  const Shared* find_exact(NameView name, Type type, Instant now) const;
  const Shared* find_any(NameView name, Type type, Instant now) const;
  bool put(Key key, Entry entry);

  Limits limits_;
  std::unordered_map<Key, Shared, KeyHash, KeyEqual> entries_;  // look-up only
  std::set<std::tuple<Instant, Key>> by_expiry_;
};

}  // namespace mailcosm::dns
