// WireSplitter: cuts what a session writes into lines and literals, so that a transcript shows them
// apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm::imap {

// Feed it all output in order. Only an unfinished line is kept between calls.
class WireSplitter {
 public:
  enum class Kind : std::uint8_t {
    kNone,     // nothing more in this input
    kLine,     // a line without its CRLF, an announcement `{n}` included
    kLiteral,  // a piece of a literal's octets
  };
  struct Piece {
    Kind kind = Kind::kNone;
    std::string_view bytes;  // valid until the next call
  };

  // Takes the next piece off the front of `bytes`.
  Piece next(std::string_view& bytes);

 private:
  Piece line_ending_at(std::string_view line);

  std::string unfinished_;
  std::uint64_t literal_left_ = 0;
  bool clear_unfinished_ = false;
};

// The count of a literal that the line ends by announcing (`{12}`, `{12+}`), or nothing.
struct LiteralAnnouncement {
  std::uint64_t size = 0;
  bool synchronising = true;  // false: `+`, the octets follow without being asked for (RFC 7888)
  std::size_t length = 0;     // octets of the announcement itself
};
bool find_literal(std::string_view line, LiteralAnnouncement& announcement);

}  // namespace mailcosm::imap
