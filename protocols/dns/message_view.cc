#include "protocols/dns/message_view.h"

#include <algorithm>
#include <cstring>

#include "protocols/dns/rdata_form.h"

namespace mailcosm::dns {
namespace {

constexpr std::size_t kQuestionOctetsMin = 5;
constexpr std::size_t kRecordOctetsMin = 11;
constexpr std::size_t kNameRoomOctets = 512;
constexpr std::size_t kPointerMax = 0x3fff;
constexpr std::size_t kPointersMax = 127;  // as many as a name can have labels

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

MessageView::MessageView(std::string_view bytes) : bytes_(bytes) { read(); }

bool MessageView::fail(const char* what, std::size_t at) {
  what_ = what;
  error_at_ = at;
  return false;
}

inline std::size_t MessageView::u16(std::size_t at) const {
  return octet(bytes_[at]) << 8 | octet(bytes_[at + 1]);
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
  if (!read_questions(questions_announced_)) return;
  const std::size_t fit = (bytes_.size() - at_) / kRecordOctetsMin;
  records_.reserve(std::min(counts[0] + counts[1] + counts[2], fit));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const bool whole = read_section(counts[i], i == 2);
    std::fill(starts_.begin() + static_cast<std::ptrdiff_t>(i) + 1, starts_.end(), records_.size());
    if (!whole) return;
  }
  if (at_ != bytes_.size()) fail("octets follow the message", at_);
}

bool MessageView::read_questions(std::size_t count) {
  questions_.reserve(std::min(count, (bytes_.size() - at_) / kQuestionOctetsMin));
  for (; count > 0; --count) {
    QuestionView question;
    const std::size_t start = at_;
    if (!take_name(at_, bytes_.size(), question.name))
      return fail("name of the question is not well formed", start);
    if (bytes_.size() - at_ < 4) return fail("question is cut short", at_);
    question.type = static_cast<Type>(u16(at_));
    question.rclass = static_cast<Class>(u16(at_ + 2));
    at_ += 4;
    questions_.push_back(question);
  }
  return true;
}

bool MessageView::read_section(std::size_t count, bool additional) {
  for (; count > 0; --count) {
    if (!read_record(additional)) return false;
  }
  return true;
}

bool MessageView::read_record(bool additional) {
  RecordView record;
  const std::size_t start = at_;
  if (!take_name(at_, bytes_.size(), record.owner))
    return fail("owner of a record is not well formed", start);
  if (bytes_.size() - at_ < 10) return fail("record is cut short", at_);
  record.type = static_cast<Type>(u16(at_));
  record.rclass = static_cast<Class>(u16(at_ + 2));
  record.ttl = static_cast<std::uint32_t>(u16(at_ + 4) << 16 | u16(at_ + 6));
  const std::size_t length = u16(at_ + 8);
  at_ += 10;
  if (bytes_.size() - at_ < length) return fail("record is cut short", at_);
  const std::size_t data = at_;
  if (record.type == Type::kOpt) {
    record.rdata = bytes_.substr(at_, length);
    at_ += length;
    // RFC 6891 section 6.1.1: one OPT record at most, in the additional section, owned by the root.
    const bool placed = additional && !edns_ && record.owner.is_root();
    return placed ? take_opt(record) : fail("OPT record is misplaced", data);
  }
  if (!take_rdata(at_, length, record)) return fail("data of a record is not well formed", data);
  if (record.ttl > kTtlMax) record.ttl = 0;
  records_.push_back(record);
  return true;
}

// RFC 6891 section 6.1.3: the fields that an OPT record hides in its class and TTL.
bool MessageView::take_opt(const RecordView& opt) {
  edns_.emplace();
  edns_->udp_octets = static_cast<std::uint16_t>(opt.rclass);
  edns_->version = static_cast<std::uint8_t>(opt.ttl >> 16 & 0xff);
  edns_->dnssec_ok = (opt.ttl & 0x8000) != 0;
  edns_->options = opt.rdata;
  header_.rcode =
      static_cast<Rcode>((opt.ttl >> 24 << 4) | static_cast<std::uint32_t>(header_.rcode));
  return true;
}

inline void MessageView::remember(std::size_t offset, NameView name) {
  // The first name stays: later ones point to it, not to each other.
  std::uint16_t& known = known_offsets_[offset % kKnownMax];
  if (known != 0 || offset > kPointerMax) return;
  known = static_cast<std::uint16_t>(offset);
  known_[offset % kKnownMax] = {name.wire().data(), name.wire().size()};
}

bool MessageView::take_name(std::size_t& at, std::size_t end, NameView& name) {
  const std::size_t start = at;
  std::size_t length = 0;
  std::size_t here = at;
  for (; here < end; here += 1 + length) {
    length = octet(bytes_[here]);
    if (length == 0 || length > kLabelOctetsMax) break;
  }
  if (here >= end) return false;
  if (length == 0) {
    at = here + 1;
    if (at - start > kNameOctetsMax) return false;
    name = NameView::from_wire_unchecked(bytes_.substr(start, at - start));
    remember(start, name);
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
  const std::size_t slot = target % kKnownMax;
  const bool known = target != 0 && known_offsets_[slot] == target;
  std::string_view suffix;
  NameBuffer buffer;
  if (known) {
    suffix = {known_[slot].octets, known_[slot].size};
    if (head == 0) {
      name = NameView::from_wire_unchecked(suffix);
      return true;
    }
  } else {
    if (!read_name(bytes_.substr(0, end), target, buffer)) return false;
    suffix = buffer.view().wire();
  }
  const std::size_t size = head + suffix.size();
  if (size > kNameOctetsMax) return false;
  need_room(size);
  char* const octets = room_at_;
  std::memcpy(octets, bytes_.data() + start, head);
  std::memcpy(octets + head, suffix.data(), suffix.size());
  room_at_ += size;
  name = NameView::from_wire_unchecked({octets, size});
  if (!known) remember(target, NameView::from_wire_unchecked({octets + head, suffix.size()}));
  if (head != 0) remember(start, name);
  return true;
}

bool MessageView::take_rdata(std::size_t& at, std::size_t length, RecordView& record) {
  const std::size_t start = at;
  at += length;
  record.rdata = bytes_.substr(start, length);
  const RdataForm* form = form_of(record.type);
  if (form == nullptr) return true;
  const RdataShape& shape = form->shape;
  if (shape.names == 0) {
    if (length < shape.head) return false;
    if (shape.rest == RdataShape::Rest::kNothing) return length == shape.head;
    return shape.rest == RdataShape::Rest::kOctets ||
           are_character_strings(record.rdata.substr(shape.head));
  }
  if (length < std::size_t{shape.head} + shape.names + shape.tail) return false;
  if (shape.names > 1 || shape.head + shape.tail != 0)
    return write_out_rdata(start, at, shape.head, shape.names, shape.tail, record.rdata);
  std::size_t behind = start;
  NameView name;
  if (!take_name(behind, at, name)) return false;
  record.rdata = name.wire();
  return behind == at;
}

// The data as a whole in the room, unless nothing in it is compressed.
bool MessageView::write_out_rdata(std::size_t at, std::size_t end, std::size_t head,
                                  std::size_t names, std::size_t tail, std::string_view& rdata) {
  need_room(head + names * kNameOctetsMax + tail);
  char* const start = room_at_;
  bool compressed = false;
  keep(bytes_.substr(at, head));
  at += head;
  for (; names > 0; --names) {
    const char* const spelled = bytes_.data() + at;
    char* const here = room_at_;
    NameView name;
    if (!take_name(at, end, name)) return false;
    compressed = compressed || name.wire().data() != spelled;
    if (name.wire().data() != here) keep(name.wire());
  }
  if (end - at != tail) return false;
  keep(bytes_.substr(at, tail));
  if (compressed) rdata = {start, static_cast<std::size_t>(room_at_ - start)};
  if (!compressed) room_at_ = start;
  return true;
}

inline void MessageView::need_room(std::size_t octets) {
  if (static_cast<std::size_t>(room_end_ - room_at_) >= octets) return;
  const std::size_t size = std::max(octets, kNameRoomOctets);
  room_at_ = static_cast<char*>(resource_.allocate(size, 1));
  room_end_ = room_at_ + size;
}

inline std::string_view MessageView::keep(std::string_view octets) {
  need_room(octets.size());
  char* const start = room_at_;
  std::memcpy(start, octets.data(), octets.size());
  room_at_ += octets.size();
  return {start, octets.size()};
}

}  // namespace mailcosm::dns
