// MessageWriter: writes a DNS message with name compression (RFC 1035 section 4.1.4), without the
// heap but for the caller's string, and never beyond a size.
//
// Order: constructor, set_edns() if wanted, add_question() at most a few times, add_record()
// section by section, finish(). Before finish() the string holds nothing of use behind its old end.
// A record that does not fit is refused and leaves no octet behind; its owner decides whether to
// set TC.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "protocols/dns/message.h"

namespace mailcosm::dns {

class MessageWriter {
 public:
  // Appends to `output`. `octets_max` counts the whole message.
  MessageWriter(std::string& output, std::size_t octets_max);

  // Keeps room for the OPT record of finish(). REQUIRES: called before records are added.
  void set_edns(const Edns& edns);
  bool add_question(NameView name, Type type, Class rclass);
  // `rdata` is uncompressed.
  bool add_record(Section section, NameView owner, Type type, Class rclass, std::uint32_t ttl,
                  std::string_view rdata);
  // Whole RRsets; false at the first record that does not fit, with its RRset removed (RFC 2181
  // section 9).
  bool add_sets(Section section, std::span<const Record> records);

  // A place to return to, so that an RRset is in the message whole or not at all.
  struct Mark {
    std::size_t size = 0;
    std::array<std::uint16_t, 3> counts{};
    std::size_t known = 0;
  };
  Mark mark() const { return {used_, counts_, known_}; }
  void rewind(const Mark& mark);

  // Writes the OPT record, the counts and the header.
  void finish(const Header& header);

  std::size_t size() const { return used_ - base_; }
  std::uint16_t count(Section section) const { return counts_[static_cast<std::size_t>(section)]; }

 private:
  // A name in the message: `run` octets of labels at `offset`, then the name `next` or the root.
  struct Known {
    std::uint16_t offset;
    std::uint16_t key;
    std::uint8_t run;
    std::uint8_t next;
    std::uint8_t older;  // the one before it in the same slot
  };
  static constexpr std::size_t kKnownMax = 96;
  static constexpr std::size_t kSlots = 64;
  static constexpr std::uint8_t kNone = 255;

  bool put_name(NameView name);
  bool put_rdata(Type type, std::string_view rdata);
  bool put(std::string_view octets);
  // The next octets of the message, to be filled; null if they lie beyond its limit.
  char* claim(std::size_t octets);
  // Number of an earlier spelling of the same name, or kNone.
  std::uint8_t find(std::string_view wire, std::uint16_t key) const;
  bool is_name(std::size_t known, std::string_view wire) const;

  std::string& output_;
  std::size_t base_;
  std::size_t end_;   // in output_: no octet at or after it
  std::size_t used_;  // in output_: what is behind has no meaning
  std::uint16_t questions_ = 0;
  std::array<std::uint16_t, 3> counts_{};
  std::array<Known, kKnownMax> known_names_;  // the first known_ of them
  std::size_t known_ = 0;
  std::array<std::uint8_t, kSlots> slots_;  // by key: the newest name
  const Edns* edns_ = nullptr;
};

}  // namespace mailcosm::dns
