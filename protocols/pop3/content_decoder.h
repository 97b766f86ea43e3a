// ContentDecoder: takes a byte-stuffed multi-line answer apart (RFC 1939 section 3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailcosm::pop3 {

// Looks at what is buffered and says what its front is; it holds no octets itself. Strict: only
// CRLF "." CRLF ends the answer.
class ContentDecoder {
 public:
  enum class What : std::uint8_t {
    kNeedMore,  // the octets buffered, if any, cannot be told apart yet
    kChunk,     // drop `skip` octets, then `size` octets are content
    kEnd,       // drop `skip` octets: the answer is complete
  };
  struct Front {
    What what = What::kNeedMore;
    std::size_t skip = 0;
    std::size_t size = 0;
  };

  // The caller drops what the result names before it asks again.
  Front look(std::string_view buffered);

 private:
  bool at_line_start_ = true;
};

}  // namespace mailcosm::pop3
