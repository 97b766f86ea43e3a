#include "sim/trace/string_places.h"

#include "sim/trace/fold_hash.h"

namespace mailcosm::sim::binary {
namespace {

std::uint64_t hash_of(std::string_view text) {
  FoldHash hash(0);
  hash.add(text);
  return hash.value();
}

}  // namespace

StringPlaces::StringPlaces() : octets_(std::make_unique_for_overwrite<char[]>(kOctets)) {
  static_assert(kRemembered < kNone && kRememberedMax <= 0xff);
  buckets_.fill(kNone);
}

std::uint16_t& StringPlaces::recent_of(std::string_view text) {
  return recent_[reinterpret_cast<std::uintptr_t>(text.data()) / 16 % kRecent];
}

std::optional<std::size_t> StringPlaces::find_or_add(std::string_view text) {
  std::uint16_t& recent = recent_of(text);
  if (holds(recent, text)) return recent;
  const std::uint64_t hash = hash_of(text);
  const std::size_t place = find(hash, text);
  recent = static_cast<std::uint16_t>(place == kNone ? next_ : place);
  if (place != kNone) return place;
  add(hash, text);
  return std::nullopt;
}

std::size_t StringPlaces::find(std::uint64_t hash, std::string_view text) {
  std::size_t place = bucket_of(hash);
  while (place != kNone && !(places_[place].hash == hash && holds(place, text)))
    place = places_[place].next;
  return place;
}

void StringPlaces::add(std::uint64_t hash, std::string_view text) {
  if (places_[next_].size != 0) forget(next_);
  if (kOctets - end_ < text.size()) end_ = 0;
  std::memcpy(octets_.get() + end_, text.data(), text.size());
  std::uint16_t& bucket = bucket_of(hash);
  places_[next_] = {hash, static_cast<std::uint32_t>(end_), bucket,
                    static_cast<std::uint8_t>(text.size())};
  end_ += text.size();
  bucket = static_cast<std::uint16_t>(next_);
  next_ = (next_ + 1) % kRemembered;
}

void StringPlaces::forget(std::size_t place) {
  std::uint16_t* link = &bucket_of(places_[place].hash);
  while (*link != place) link = &places_[*link].next;
  *link = places_[place].next;
}

}  // namespace mailcosm::sim::binary
