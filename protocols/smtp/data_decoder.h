// DataDecoder: finds the end of a message after DATA and removes dot-stuffing (RFC 5321
// section 4.5.2), without copying.
//
// Only CRLF ends a line (section 2.3.8), so only CRLF "." CRLF ends the message; a bare CR or LF is
// reported and never ends anything, which leaves no room for smuggling. A value of a few octets;
// the caller keeps the undecoded input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocols/base/line_end.h"

namespace mailcosm::smtp {

class DataDecoder {
 public:
  enum class Status : std::uint8_t {
    kChunk,     // `chunk` is the next piece of the message, not empty
    kEnd,       // the end of the message has been consumed
    kNeedMore,  // nothing more can be told; at most two octets of the input stay unconsumed
  };
  struct Step {
    Status status = Status::kNeedMore;
    std::size_t consumed = 0;  // octets to take off the input before the next call
    std::string_view chunk;    // a view of the input
  };

  // REQUIRES: `input` begins with what the previous step left unconsumed; kEnd has not been
  // returned.
  Step decode(std::string_view input);

  // So far: a CR without LF or an LF without CR has been seen.
  bool bare_line_end() const { return bare_line_end_; }
  // So far: the longest line with its CRLF, without stuffed dot.
  std::size_t line_length() const { return place_.longest; }
  // Octets of message so far.
  std::uint64_t size() const { return size_; }

 private:
  // Length of the piece of `input` that lies before the next point of decision.
  std::size_t scan(std::string_view input);

  LinePlace place_;
  std::uint64_t size_ = 0;
  bool bare_line_end_ = false;
};

}  // namespace mailcosm::smtp
