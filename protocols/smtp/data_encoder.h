// DataEncoder: writes a message after DATA with dot-stuffing (RFC 5321 section 4.5.2), piece by
// piece.
//
// Line ends that are not CRLF are repaired: a bare CR or LF would be a line end to some receivers
// and not to others (section 2.3.8: must not be sent).
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::smtp {

class DataEncoder {
 public:
  // Appends the encoding of a piece. Pieces may be cut anywhere, also within CRLF.
  void encode(std::string_view piece, std::string& output);
  // Appends the missing CRLF, if any, and the final "." CRLF; ready for the next message.
  void finish(std::string& output);

 private:
  bool line_start_ = true;
  bool after_cr_ = false;  // a CR has come and nothing is written for it yet
};

}  // namespace mailcosm::smtp
