// MessageReader: walks a DNS message without the heap (RFC 1035 section 4.1).
//
// The octets must outlive the reader. Questions come first, then records, each call one; a false
// result is the end or an error, told apart by failed(). Compression pointers must point backwards,
// before the labels they continue, so that every name is read in bounded time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/bytes.h"
#include "protocols/dns/message.h"

namespace mailcosm::dns {

enum class Section : std::uint8_t { kAnswer, kAuthority, kAdditional };

struct QuestionView {
  NameBuffer name;
  Type type = Type::kNone;
  Class rclass = Class::kIn;
};

struct RecordView {
  Section section = Section::kAnswer;
  NameBuffer owner;
  Type type = Type::kNone;
  Class rclass = Class::kIn;
  std::uint32_t ttl = 0;
  std::size_t rdata_offset = 0;
  std::string_view rdata;  // as in the message: names may be compressed
};

class MessageReader {
 public:
  // Reads the header; failed() if there is none.
  explicit MessageReader(std::string_view bytes);

  const Header& header() const { return header_; }
  std::uint16_t questions() const { return questions_; }
  // Records of all three sections.
  std::size_t records() const { return std::size_t{counts_[0]} + counts_[1] + counts_[2]; }

  bool next_question(QuestionView& question);
  // REQUIRES: next_question() has given false.
  bool next_record(RecordView& record);
  // RDATA with names uncompressed, replacing `output`. False if it does not have the form of its
  // type.
  bool expand_rdata(const RecordView& record, std::string& output) const;

  bool failed() const { return what_ != nullptr; }
  // All is read and nothing follows.
  bool at_end() const { return reader_.remaining() == 0; }
  Error error() const { return {what_ == nullptr ? "" : what_, reader_.offset()}; }

 private:
  bool fail(const char* what);

  std::string_view bytes_;
  ByteReader reader_;
  Header header_;
  std::uint16_t questions_ = 0;
  std::uint16_t questions_read_ = 0;
  std::uint16_t counts_[3] = {0, 0, 0};
  std::uint16_t read_[3] = {0, 0, 0};
  int section_ = 0;
  const char* what_ = nullptr;
};

// Reads a name at `offset` and moves it behind the name. False if it is not well formed.
bool read_name(std::string_view message, std::size_t& offset, NameBuffer& name);

// The fields that an OPT record hides in its class and TTL (RFC 6891 section 6.1.3).
Edns edns_of(const RecordView& opt);
Rcode extended_rcode(Rcode rcode, const RecordView& opt);

}  // namespace mailcosm::dns
