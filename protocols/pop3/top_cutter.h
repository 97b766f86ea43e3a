// TopCutter: finds where TOP ends: after the header, the empty line and the first n lines of the
// body (RFC 1939 section 7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailcosm::pop3 {

class TopCutter {
 public:
  TopCutter() = default;  // cuts nothing
  explicit TopCutter(std::uint64_t body_lines) : lines_left_(body_lines), cutting_(true) {}

  // How many octets of this piece belong to the top. Pieces follow one another and may be cut
  // anywhere.
  std::size_t keep(std::string_view bytes);
  // The top is complete.
  bool done() const { return done_; }

 private:
  std::uint64_t lines_left_ = 0;
  std::size_t line_length_ = 0;  // octets of the unfinished line
  bool after_cr_ = false;
  bool in_body_ = false;
  bool cutting_ = false;
  bool done_ = false;
};

}  // namespace mailcosm::pop3
