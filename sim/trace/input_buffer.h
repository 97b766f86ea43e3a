// InputBuffer: a window on a ByteSource that grows only as far as octets have really come, so that
// a length stated by a hostile file costs nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/byte_sink.h"

namespace mailcosm::sim {

class InputBuffer {
 public:
  // The source must outlive the buffer.
  explicit InputBuffer(ByteSource& source) : source_(source) {}

  // Makes at least `count` octets available at the front. False if the source ends before.
  bool fill(std::size_t count);
  enum class Line : std::uint8_t { kLine, kUnfinished, kTooLong, kEnd };
  // Takes the next line, without its LF or CRLF. kUnfinished: the last line has no end. The view
  // lives until the next call of fill() or take_line().
  Line take_line(std::size_t length_max, std::string_view& line);

  std::string_view available() const { return std::string_view(bytes_).substr(begin_); }
  // REQUIRES: at least `count` octets are available.
  void consume(std::size_t count) { begin_ += count; }
  // Of the first octet available, in the file.
  std::uint64_t offset() const { return dropped_ + begin_; }
  bool source_failed() const { return source_.failed(); }

 private:
  bool read_more();

  ByteSource& source_;
  std::string bytes_;
  std::vector<char> chunk_;  // what the source fills
  std::size_t begin_ = 0;
  std::uint64_t dropped_ = 0;  // octets before bytes_
  bool ended_ = false;
};

}  // namespace mailcosm::sim
