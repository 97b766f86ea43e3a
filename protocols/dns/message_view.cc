#include "protocols/dns/message_view.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace mailcosm::dns {
namespace {

constexpr std::size_t kQuestionOctetsMin = 5;
constexpr std::size_t kRecordOctetsMin = 11;
constexpr std::size_t kMoreRoomOctets = 4'096;
constexpr std::size_t kPointerMax = 0x3fff;
constexpr std::size_t kPointersMax = 127;  // behind the first: no name has more labels

std::size_t octet(char c) { return static_cast<unsigned char>(c); }

Header header_of(std::size_t id, std::size_t flags) {
  Header header;
  header.id = static_cast<std::uint16_t>(id);
  header.response = (flags & 0x8000) != 0;
  header.opcode = static_cast<Opcode>(flags >> 11 & 15);
  header.authoritative = (flags & 0x0400) != 0;
  header.truncated = (flags & 0x0200) != 0;
  header.recursion_desired = (flags & 0x0100) != 0;
  header.recursion_available = (flags & 0x0080) != 0;
  header.authentic_data = (flags & 0x0020) != 0;
  header.checking_disabled = (flags & 0x0010) != 0;
  header.rcode = static_cast<Rcode>(flags & 15);
  return header;
}

// The slow way through pointers, label by label.
bool read_name(std::string_view message, std::size_t at, NameBuffer& name) {
  std::size_t floor = at;  // pointers must lead before the labels that are being read
  std::size_t pointers = 0;
  while (at < message.size()) {
    const std::size_t length = octet(message[at]);
    if (length == 0) return true;
    if (length <= kLabelOctetsMax) {
      if (message.size() - at - 1 < length || !name.append_label(message.substr(at + 1, length)))
        return false;
      at += 1 + length;
      continue;
    }
    if (length < 0xc0 || at + 1 >= message.size() || ++pointers > kPointersMax) return false;
    at = (length & 0x3f) << 8 | octet(message[at + 1]);
    if (at >= floor) return false;
    floor = at;
  }
  return false;
}

}  // namespace

MessageView::MessageView(std::string_view bytes) : bytes_(bytes) {
  room_at_ = room_.data();
  room_end_ = room_at_ + room_.size();
  read();
}

bool MessageView::fail(const char* what, std::size_t at) {
  what_ = what;
  error_at_ = at;
  return false;
}

inline std::size_t MessageView::u16(std::size_t at) const {
  return octet(bytes_[at]) << 8 | octet(bytes_[at + 1]);
}

void MessageView::add_room(std::size_t octets) {
  const std::size_t size = std::max(octets, kMoreRoomOctets);
  room_at_ = more_room_.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get();
  room_end_ = room_at_ + size;
}

inline void MessageView::need_room(std::size_t octets) {
  if (static_cast<std::size_t>(room_end_ - room_at_) < octets) add_room(octets);
}

inline void MessageView::keep(std::string_view octets) {
  std::memcpy(room_at_, octets.data(), octets.size());
  room_at_ += octets.size();
}

// REQUIRES: nothing but such arrays has been put into the room: it is aligned for them.
template <typename T>
inline T* MessageView::room_for(std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) % alignof(std::string_view) == 0);
  need_room(count * sizeof(T));
  T* const array = reinterpret_cast<T*>(room_at_);
  room_at_ += count * sizeof(T);
  return array;
}

void MessageView::read() {
  if (!has_header()) {
    fail("message is shorter than its header", bytes_.size() / 2 * 2);
    return;
  }
  header_ = header_of(u16(0), u16(2));
  questions_announced_ = u16(4);
  const std::array<std::size_t, 3> counts{u16(6), u16(8), u16(10)};
  at_ = kHeaderOctets;
  const std::size_t octets = bytes_.size() - kHeaderOctets;
  const std::size_t records = counts[0] + counts[1] + counts[2];
  questions_ = room_for<QuestionView>(std::min(questions_announced_, octets / kQuestionOctetsMin));
  records_ = room_for<RecordView>(std::min(records, octets / kRecordOctetsMin));
  if (!read_questions()) return;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const bool whole = read_section(counts[i], i == 2);
    for (std::size_t after = i + 1; after < starts_.size(); ++after) starts_[after] = records_read_;
    if (!whole) return;
  }
  if (at_ != bytes_.size()) fail("octets follow the message", at_);
}

inline void MessageView::remember(std::size_t offset, std::string_view name) {
  // The first name stays: later ones point to it, not to each other.
  std::uint16_t& known = known_offsets_[offset % kKnownMax];
  if (known != 0 || offset > kPointerMax) return;
  known = static_cast<std::uint16_t>(offset);
  known_[offset % kKnownMax] = {name.data(), name.size()};
}

inline bool MessageView::take_name(std::size_t& at, std::size_t end, NameView& name) {
  if (end - at >= 2 && octet(bytes_[at]) >= 0xc0) {
    const std::size_t target = u16(at) & kPointerMax;
    const std::size_t slot = target % kKnownMax;
    if (target != 0 && known_offsets_[slot] == target) {
      name = NameView::from_wire_unchecked({known_[slot].octets, known_[slot].size});
      at += 2;
      return true;
    }
  }
  return take_labels(at, end, name);
}

bool MessageView::take_labels(std::size_t& at, std::size_t end, NameView& name) {
  const char* const octets = bytes_.data();
  const std::size_t start = at;
  std::size_t here = start;
  std::size_t length = 0;
  for (; here < end; here += 1 + length) {
    length = octet(octets[here]);
    if (length - 1 >= kLabelOctetsMax) break;  // the root's, or none of a label
  }
  if (here >= end) return false;
  if (length == 0) {
    at = here + 1;
    if (at - start > kNameOctetsMax) return false;
    name = NameView::from_wire_unchecked({octets + start, at - start});
    remember(start, name.wire());
    return true;
  }
  if (length < 0xc0 || here + 1 >= end) return false;
  const std::size_t target = u16(here) & kPointerMax;
  if (target >= start) return false;
  at = here + 2;
  return take_compressed(start, here - start, target, end, name);
}

// `head` octets of labels at `start`, then the name at `target`.
bool MessageView::take_compressed(std::size_t start, std::size_t head, std::size_t target,
                                  std::size_t end, NameView& name) {
  const Known& known = known_[target % kKnownMax];
  const bool is_known = target != 0 && known_offsets_[target % kKnownMax] == target;
  NameBuffer buffer;
  if (!is_known && !read_name(bytes_.substr(0, end), target, buffer)) return false;
  const std::string_view suffix =
      is_known ? std::string_view(known.octets, known.size) : buffer.view().wire();
  const std::size_t size = head + suffix.size();
  if (size > kNameOctetsMax) return false;
  need_room(size);
  char* const octets = room_at_;
  keep({bytes_.data() + start, head});
  keep(suffix);
  name = NameView::from_wire_unchecked({octets, size});
  if (!is_known) remember(target, {octets + head, suffix.size()});
  if (head != 0) remember(start, name.wire());
  return true;
}

bool MessageView::read_questions() {
  for (; questions_read_ < questions_announced_; ++questions_read_) {
    const std::size_t start = at_;
    QuestionView question;
    if (!take_name(at_, bytes_.size(), question.name))
      return fail("name of the question is not well formed", start);
    if (bytes_.size() - at_ < 4) return fail("question is cut short", at_);
    question.type = static_cast<Type>(u16(at_));
    question.rclass = static_cast<Class>(u16(at_ + 2));
    at_ += 4;
    std::construct_at(questions_ + questions_read_, question);
  }
  return true;
}

bool MessageView::read_section(std::size_t count, bool additional) {
  for (; count > 0; --count) {
    if (!read_record(additional)) return false;
  }
  return true;
}

inline bool MessageView::read_record(bool additional) {
  RecordView record;
  std::size_t at = at_;
  if (!take_name(at, bytes_.size(), record.owner))
    return fail("owner of a record is not well formed", at_);
  if (bytes_.size() - at < 10) return fail("record is cut short", at);
  record.type = static_cast<Type>(u16(at));
  record.rclass = static_cast<Class>(u16(at + 2));
  record.ttl = static_cast<std::uint32_t>(u16(at + 4) << 16 | u16(at + 6));
  const std::size_t length = u16(at + 8);
  at += 10;
  if (bytes_.size() - at < length) return fail("record is cut short", at);
  at_ = at + length;
  record.rdata = {bytes_.data() + at, length};
  if (record.type == Type::kOpt) return take_opt(record, additional, at);
  if (!take_rdata(at, record)) return fail("data of a record is not well formed", at);
  if (record.ttl > kTtlMax) record.ttl = 0;
  std::construct_at(records_ + records_read_, record);
  ++records_read_;
  return true;
}

// RFC 6891 section 6.1.3: the fields that an OPT record hides in its class and TTL.
bool MessageView::take_opt(const RecordView& opt, bool additional, std::size_t at) {
  // RFC 6891 section 6.1.1: one OPT record at most, in the additional section, owned by the root.
  if (!additional || edns_ || !opt.owner.is_root()) return fail("OPT record is misplaced", at);
  edns_.emplace(EdnsView{static_cast<std::uint16_t>(opt.rclass),
                         static_cast<std::uint8_t>(opt.ttl >> 16 & 0xff), (opt.ttl & 0x8000) != 0,
                         opt.rdata});
  header_.rcode =
      static_cast<Rcode>((opt.ttl >> 24 << 4) | static_cast<std::uint32_t>(header_.rcode));
  return true;
}

// The data begins at `at` and ends at at_.
inline bool MessageView::take_rdata(std::size_t at, RecordView& record) {
  const RdataForm* form = form_of(record.type);
  if (form == nullptr) return true;
  const RdataShape& shape = form->shape;
  const std::size_t length = at_ - at;
  if (shape.names == 0) {
    if (shape.rest == RdataShape::Rest::kNothing) return length == shape.head;
    if (length < shape.head) return false;
    return shape.rest == RdataShape::Rest::kOctets ||
           are_character_strings(record.rdata.substr(shape.head));
  }
  if (shape.names > 1 || shape.head + shape.tail != 0)
    return write_out_rdata(shape, at, record.rdata);
  NameView name;
  if (!take_name(at, at_, name)) return false;
  record.rdata = name.wire();
  return at == at_;
}

// The data as a whole in the room, unless nothing in it is compressed.
bool MessageView::write_out_rdata(const RdataShape& shape, std::size_t at,
                                  std::string_view& rdata) {
  if (at_ - at < std::size_t{shape.head} + shape.names + shape.tail) return false;
  need_room(shape.head + shape.names * kNameOctetsMax + shape.tail);
  char* const start = room_at_;
  bool compressed = false;
  keep({bytes_.data() + at, shape.head});
  at += shape.head;
  for (int i = 0; i < shape.names; ++i) {
    const char* const spelled = bytes_.data() + at;
    const char* const here = room_at_;
    NameView name;
    if (!take_name(at, at_, name)) return false;
    compressed = compressed || name.wire().data() != spelled;
    if (name.wire().data() != here) keep(name.wire());
  }
  if (at_ - at != shape.tail) return false;
  keep({bytes_.data() + at, shape.tail});
  if (compressed) {
    rdata = {start, static_cast<std::size_t>(room_at_ - start)};
  } else {
    room_at_ = start;
  }
  return true;
}

}  // namespace mailcosm::dns
