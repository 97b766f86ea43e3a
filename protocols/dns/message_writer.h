// MessageWriter: writes a DNS message with name compression (RFC 1035 section 4.1.4), without the
// heap but for the caller's string, and never beyond a size.
//
// Order: constructor, add_question() at most a few times, add_record() section by section,
// set_edns() before finish(). A record that does not fit is refused and leaves no octet behind; its
// owner decides whether to set TC.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/dns/message_reader.h"

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

  // A place to return to, so that an RRset is in the message whole or not at all.
  struct Mark {
    std::size_t size = 0;
    std::array<std::uint16_t, 3> counts{};
    std::size_t known = 0;
  };
  Mark mark() const { return {output_.size(), counts_, known_}; }
  void rewind(const Mark& mark);

  // Writes the OPT record, the counts and the header.
  void finish(const Header& header);

  std::size_t size() const { return output_.size() - base_; }
  std::uint16_t count(Section section) const { return counts_[static_cast<std::size_t>(section)]; }

 private:
  struct Known {
    std::uint16_t offset = 0;
    std::uint16_t hash = 0;
  };
  static constexpr std::size_t kKnownMax = 96;

  bool put_name(NameView name, bool compress);
  bool put_rdata(Type type, std::string_view rdata);
  // Offset of an earlier spelling of the same name, or 0.
  std::size_t find(std::string_view wire, std::uint16_t hash) const;
  bool same_name_at(std::size_t offset, std::string_view wire) const;

  std::string& output_;
  std::size_t base_;
  std::size_t end_;  // in output_: no octet at or after it
  std::uint16_t questions_ = 0;
  std::array<std::uint16_t, 3> counts_{};
  std::array<Known, kKnownMax> known_names_;
  std::size_t known_ = 0;
  const Edns* edns_ = nullptr;
};

}  // namespace mailcosm::dns
