// LineBuffer: cuts a byte stream into lines that end with CRLF, and lets counted octets (literals)
// pass between them.
//
// Strict: only the pair CR LF ends a line (RFC 5321 section 2.3.8); a bare CR or LF is part of the
// line, and the protocol decides what to answer. Remembers how far it has searched, so that input
// of single octets costs O(n). Views stay valid until the next append(). While it is empty it keeps
// the capacity of its last input, so that a command costs no allocation; clear() gives it back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm {

class LineBuffer {
 public:
  enum class Status : std::uint8_t {
    kLine,      // `line` is a whole line without its CRLF
    kTooLong,   // a line longer than the limit; all of it up to and including its CRLF has been
                // dropped
    kNeedMore,  // no whole line is buffered
  };
  struct Taken {
    Status status = Status::kNeedMore;
    std::string_view line;
  };

  void append(std::string_view bytes);

  // Takes the next line. `length_max` counts octets without CRLF. A line that exceeds it is
  // reported once, when its end has arrived; until then its octets are dropped as they come, so
  // that no peer can make the buffer grow.
  Taken take_line(std::size_t length_max);

  // Takes up to `count_max` octets of what is buffered, in one view; empty if nothing is there.
  std::string_view take_bytes(std::size_t count_max);

  // What is buffered and not taken, for look-ahead.
  std::string_view buffered() const { return std::string_view(buffer_).substr(begin_); }
  bool empty() const { return begin_ == buffer_.size(); }

  // Drops everything, for example what was pipelined behind STARTTLS.
  void clear();

 private:
  void drop_overlong_tail();

  std::string buffer_;
  std::size_t begin_ = 0;     // first octet not taken
  std::size_t searched_ = 0;  // no line ends before this octet
  bool dropping_ = false;     // inside a line that was too long
};

}  // namespace mailcosm
