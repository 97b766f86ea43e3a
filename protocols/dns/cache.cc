#include "protocols/dns/cache.h"

#include <algorithm>
#include <chrono>

#include "protocols/base/hash.h"

namespace mailcosm::dns {

std::uint32_t Cache::Entry::ttl_at(Instant now) const {
  if (expires <= now) return 0;
  constexpr std::int64_t kSecond = 1'000'000'000;
  return static_cast<std::uint32_t>(((expires - now).count() + kSecond - 1) / kSecond);
}

std::size_t Cache::KeyHash::operator()(const KeyView& key) const {
  return static_cast<std::size_t>(
      Hash64::mix(key.name.hash() + static_cast<std::uint16_t>(key.type)));
}

const Cache::Shared* Cache::find_exact(NameView name, Type type, Instant now) const {
  const auto found = entries_.find(KeyView{name, type});
  return found == entries_.end() || found->second->expires <= now ? nullptr : &found->second;
}

const Cache::Shared* Cache::find_any(NameView name, Type type, Instant now) const {
  const Shared* nothing = find_exact(name, Type::kNone, now);
  return nothing != nullptr ? nothing : find_exact(name, type, now);
}

const Cache::Entry* Cache::find(NameView name, Type type, Instant now) const {
  const Shared* found = find_any(name, type, now);
  return found != nullptr ? found->get() : nullptr;
}

std::shared_ptr<const Cache::Entry> Cache::share(NameView name, Type type, Instant now) const {
  const Shared* found = find_any(name, type, now);
  return found != nullptr ? *found : nullptr;
}

bool Cache::put(Key key, Entry entry) {
  if (entry.expires <= entry.stored || limits_.entries_max == 0) return false;
  remove(key.name, key.type);
  if (entries_.size() == limits_.entries_max) {
    const Key victim = std::get<1>(*by_expiry_.begin());
    remove(victim.name, victim.type);
  }
  by_expiry_.emplace(entry.expires, key);
  entries_.emplace(std::move(key), std::make_shared<const Entry>(std::move(entry)));
  return true;
}

bool Cache::store(const RrSet& set, Credibility credibility, Instant now) {
  const Shared* found = find_exact(set.owner, set.type, now);
  const Entry* old = found != nullptr ? found->get() : nullptr;
  if (old != nullptr && old->credibility > credibility) return false;
  // A zone cut that the child keeps confirming must still expire, or a withdrawn delegation would
  // live for ever.
  if (old != nullptr && set.type == Type::kNs && old->kind == Kind::kRecords &&
      old->credibility == credibility) {
    return false;
  }
  Entry entry;
  entry.credibility = credibility;
  entry.set = set;
  entry.set.ttl = std::min(set.ttl, limits_.ttl_max);
  entry.stored = now;
  entry.expires = now + std::chrono::seconds(entry.set.ttl);
  const bool stored = put({set.owner, set.type}, std::move(entry));
  if (stored) remove(set.owner, Type::kNone);
  return stored;
}

bool Cache::store_negative(NameView name, Type type, Kind kind, const std::optional<Record>& soa,
                           Instant now) {
  const auto fields = soa ? soa_of(soa->rdata) : std::nullopt;
  if (!fields || kind == Kind::kRecords) return false;
  Entry entry;
  entry.kind = kind;
  entry.credibility = Credibility::kAuthAnswer;
  entry.set.owner = Name(name);
  entry.set.type = kind == Kind::kNoName ? Type::kNone : type;
  entry.set.ttl = std::min({soa->ttl, fields->minimum, limits_.negative_ttl_max});
  entry.soa = soa;
  entry.soa->ttl = entry.set.ttl;
  entry.stored = now;
  entry.expires = now + std::chrono::seconds(entry.set.ttl);
  Key key{entry.set.owner, entry.set.type};
  return put(std::move(key), std::move(entry));
}

void Cache::remove(NameView name, Type type) {
  const auto found = entries_.find(KeyView{name, type});
  if (found == entries_.end()) return;
  by_expiry_.erase({found->second->expires, found->first});
  entries_.erase(found);
}

void Cache::clear() {
  entries_.clear();
  by_expiry_.clear();
}

}  // namespace mailcosm::dns
