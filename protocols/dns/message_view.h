// MessageView: a DNS message, checked whole and read without copies (RFC 1035 section 4.1).
//
// The constructor reads everything: names with their compression pointers, and the data of every
// record against the form of its type. What stands uncompressed in the message is a view of it;
// names and data that are compressed are written out once into room inside this object, so that
// records can be used like those of a Message. Messages of usual size need no heap. Views live as
// long as the octets and this object; it is for the stack, and a few kilobytes large.
//
// Compression pointers must lead backwards, before the labels that they continue, and a name may
// follow 128 of them, so that every message is read in bounded time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "protocols/dns/message.h"
#include "protocols/dns/rdata_form.h"

namespace mailcosm::dns {

struct QuestionView {
  NameView name;
  Type type = Type::kNone;
  Class rclass = Class::kIn;
  friend bool operator==(const QuestionView& a, const Question& b) {
    return a.type == b.type && a.rclass == b.rclass && a.name == b.name.view();
  }
};

struct RecordView {
  NameView owner;
  std::string_view rdata;  // names in it are uncompressed
  std::uint32_t ttl = 0;   // zero if its top bit was set (RFC 2181 section 8)
  Type type = Type::kNone;
  Class rclass = Class::kIn;

  Record record() const { return {Name(owner), type, rclass, ttl, std::string(rdata)}; }
};

struct EdnsView {
  std::uint16_t udp_octets = kUdpOctetsMax;
  std::uint8_t version = 0;
  bool dnssec_ok = false;
  std::string_view options;

  Edns edns() const { return {udp_octets, version, dnssec_ok, std::string(options)}; }
};

inline std::optional<IpAddress> address_of(const RecordView& r) {
  return address_of(r.type, r.rdata);
}

class MessageView {
 public:
  explicit MessageView(std::string_view bytes);
  MessageView(const MessageView&) = delete;
  MessageView& operator=(const MessageView&) = delete;

  // False if the octets are no message. What stands before the error can be read all the same.
  bool valid() const { return what_ == nullptr; }
  // REQUIRES: !valid(). Names the field and the offset in the octets.
  Error error() const { return {what_, error_at_}; }

  // The octets suffice for a header; without one header() has its defaults.
  bool has_header() const { return bytes_.size() >= kHeaderOctets; }
  // The response code has the bits of the OPT record.
  const Header& header() const { return header_; }
  // As the header says, also when the message ends before.
  std::size_t questions_announced() const { return questions_announced_; }
  std::span<const QuestionView> questions() const { return {questions_, questions_read_}; }
  std::span<const RecordView> answers() const { return section(0); }
  std::span<const RecordView> authorities() const { return section(1); }
  // Without OPT.
  std::span<const RecordView> additionals() const { return section(2); }
  const std::optional<EdnsView>& edns() const { return edns_; }

 private:
  // A name that has been read, by the offset where it begins: most pointers lead to one.
  struct Known {
    const char* octets;
    std::size_t size;
  };
  static constexpr std::size_t kKnownMax = 32;
  static constexpr std::size_t kRoomOctets = 2'560;

  void read();
  bool read_questions();
  bool read_section(std::size_t count, bool additional);
  bool read_record(bool additional);
  bool take_opt(const RecordView& opt, bool additional, std::size_t at);
  // Each moves `at` behind what it has taken, and gives false if it is not well formed. A name and
  // its pointers lie before `end`.
  bool take_name(std::size_t& at, std::size_t end, NameView& name);
  bool take_labels(std::size_t& at, std::size_t end, NameView& name);
  bool take_compressed(std::size_t start, std::size_t head, std::size_t target, std::size_t end,
                       NameView& name);
  bool take_rdata(std::size_t at, RecordView& record);
  bool write_out_rdata(const RdataShape& shape, std::size_t at, std::string_view& rdata);
  // At least `octets` at room_at_.
  void need_room(std::size_t octets);
  void add_room(std::size_t octets);
  void keep(std::string_view octets);
  template <typename T>
  T* room_for(std::size_t count);
  void remember(std::size_t offset, std::string_view name);
  bool fail(const char* what, std::size_t at);
  std::size_t u16(std::size_t at) const;
  std::span<const RecordView> section(std::size_t index) const {
    return {records_ + starts_[index], records_ + starts_[index + 1]};
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  char* room_at_;
  char* room_end_;
  RecordView* records_ = nullptr;
  std::size_t records_read_ = 0;
  QuestionView* questions_ = nullptr;
  std::size_t questions_read_ = 0;
  std::size_t questions_announced_ = 0;
  std::array<std::size_t, 4> starts_{};  // of the sections in records_, and the end
  const char* what_ = nullptr;
  std::size_t error_at_ = 0;
  Header header_;
  std::optional<EdnsView> edns_;
  std::array<std::uint16_t, kKnownMax> known_offsets_{};  // 0: none
  std::array<Known, kKnownMax> known_;                    // read only where the offset says so
  std::vector<std::unique_ptr<char[]>> more_room_;
  alignas(std::max_align_t) std::array<char, kRoomOctets> room_;
};

}  // namespace mailcosm::dns
