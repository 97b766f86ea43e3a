#include "sim/trace/string_places.h"

#include <cstring>

#include "sim/trace/fold_hash.h"

namespace mailcosm::sim::binary {
namespace {

std::uint64_t hash_of(std::string_view text) {
  FoldHash hash(0);
  hash.add(text);
  return hash.value();
}

}  // namespace

StringPlaces::StringPlaces()
    : octets_(std::make_unique_for_overwrite<char[]>(kRemembered * kRememberedMax)) {
  static_assert(kRemembered < kNone && kRememberedMax <= 0xff);
  buckets_.fill(kNone);
}

std::optional<std::size_t> StringPlaces::find_or_add(std::string_view text) {
  const std::uint64_t hash = hash_of(text);
  for (std::size_t i = bucket_of(hash); i != kNone; i = places_[i].next) {
    const Place& place = places_[i];
    if (place.hash == hash && std::string_view(octets_of(i), place.size) == text) return i;
  }
  if (places_[next_].size != 0) forget(next_);
  std::uint16_t& bucket = bucket_of(hash);
  places_[next_] = {hash, bucket, static_cast<std::uint8_t>(text.size())};
  std::memcpy(octets_of(next_), text.data(), text.size());
  bucket = static_cast<std::uint16_t>(next_);
  next_ = (next_ + 1) % kRemembered;
  return std::nullopt;
}

void StringPlaces::forget(std::size_t place) {
  std::uint16_t* link = &bucket_of(places_[place].hash);
  while (*link != place) link = &places_[*link].next;
  *link = places_[place].next;
}

}  // namespace mailcosm::sim::binary
