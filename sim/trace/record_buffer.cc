#include "sim/trace/record_buffer.h"

#include <algorithm>
#include <cstring>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// What of a record has a fixed size. Causes, numbers with the lengths of their texts, the
// Message-ID and the texts follow.
struct Head {
  RecordId id;
  std::int64_t time_ns;
  ConnectionId connection;
  std::uint64_t digest;
  HostIndex host;
  std::uint32_t message_size;
  std::uint32_t causes;
  std::uint16_t values;
  Kind kind;
};

struct Packed {
  std::int64_t number;
  std::uint64_t text_size;
};

constexpr std::size_t kAlignment = 8;
static_assert(sizeof(Head) % kAlignment == 0 && sizeof(Packed) % kAlignment == 0);
static_assert(sizeof(RecordId) == 8 && std::is_trivially_copyable_v<RecordId>);

// Room left behind by what is gone that is worth moving the rest for.
constexpr std::size_t kGapMax = std::size_t{1} << 20;

char* put(char* at, const void* octets, std::size_t size) {
  if (size != 0) std::memcpy(at, octets, size);
  return at + size;
}

}  // namespace

void RecordBuffer::accept(const Record& record) {
  const Head head{record.id,
                  record.time.ns,
                  record.subject.connection,
                  record.digest,
                  record.host,
                  static_cast<std::uint32_t>(record.subject.message.size()),
                  static_cast<std::uint32_t>(record.causes.size()),
                  static_cast<std::uint16_t>(record.values.size()),
                  record.kind};
  std::size_t size = sizeof head + record.causes.size_bytes() +
                     record.values.size() * sizeof(Packed) + record.subject.message.size();
  for (const Value& value : record.values) size += value.text.size();
  const std::size_t begin = bytes_.size();
  bytes_.resize(begin + (size + kAlignment - 1) / kAlignment * kAlignment);
  char* at = put(bytes_.data() + begin, &head, sizeof head);
  at = put(at, record.causes.data(), record.causes.size_bytes());
  for (const Value& value : record.values) {
    const Packed packed{value.number, value.text.size()};
    at = put(at, &packed, sizeof packed);
  }
  at = put(at, record.subject.message.data(), record.subject.message.size());
  for (const Value& value : record.values) at = put(at, value.text.data(), value.text.size());
  entries_.push_back({simulator_->last_event().key, begin});
}

void RecordBuffer::pop_to(const Recorder& recorder) {
  const char* at = bytes_.data() + entries_[next_].begin;
  Head head;
  std::memcpy(&head, at, sizeof head);
  at += sizeof head;
  const auto* causes = reinterpret_cast<const RecordId*>(at);
  at += head.causes * sizeof(RecordId);
  const char* packed = at;
  at += head.values * sizeof(Packed);
  const std::string_view message(at, head.message_size);
  at += head.message_size;
  values_.resize(head.values);
  for (Value& value : values_) {
    Packed it;
    std::memcpy(&it, packed, sizeof it);
    packed += sizeof it;
    value.number = it.number;
    value.text = std::string_view(at, it.text_size);
    at += it.text_size;
  }
  recorder.hand_on({head.id,
                    Instant{head.time_ns},
                    head.host,
                    head.kind,
                    {causes, head.causes},
                    {head.connection, message},
                    values_,
                    head.digest});
  ++next_;
  forget_what_is_gone();
}

void RecordBuffer::forget_what_is_gone() {
  if (empty()) {
    entries_.clear();
    bytes_.clear();
    next_ = 0;
    return;
  }
  const std::size_t gap = entries_[next_].begin;
  if (gap < kGapMax || gap < bytes_.size() / 2) return;
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(gap));
  entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(next_));
  next_ = 0;
  for (Entry& entry : entries_) entry.begin -= gap;
}

void merge(std::span<RecordBuffer* const> buffers, Instant end, const Recorder& recorder) {
  while (true) {
    RecordBuffer* first = nullptr;
    const EventKey* second = nullptr;  // of the buffer that is next after it
    for (RecordBuffer* buffer : buffers) {
      if (buffer->empty() || end <= buffer->front_key().time) continue;
      if (first == nullptr || buffer->front_key() < first->front_key()) {
        if (first != nullptr) second = &first->front_key();
        first = buffer;
      } else if (second == nullptr || buffer->front_key() < *second) {
        second = &buffer->front_key();
      }
    }
    if (first == nullptr) return;
    do {
      first->pop_to(recorder);
    } while (!first->empty() && first->front_key().time < end &&
             (second == nullptr || first->front_key() < *second));
  }
}

}  // namespace mailcosm::sim
