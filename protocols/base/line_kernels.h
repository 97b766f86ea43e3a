// The inner loops of pass_plain_lines(), for the vectors of the machine. Only line_end.cc and the
// tests that compare them use them.
//
// Each looks at whole blocks, one after the other, and stops before the first that needs care: one
// with a CR that no LF follows, with an octet that is no CR before an LF, or with a CRLF before a
// dot. So an LF at the front of the first block is not judged, nor a dot there.
#pragma once

#include <cstddef>
#include <span>

namespace mailcosm::line_kernels {

inline constexpr std::size_t kBlock = 64;
// So much is read behind a block.
inline constexpr std::size_t kBehind = 2;

// The line that a place lies in, and the longest of those before it, each with its CRLF.
struct Lines {
  std::size_t begin = 0;  // may wrap around: only differences count
  std::size_t longest = 0;
};

struct Kernel {
  const char* name;
  // Both give the end of the last block passed, or `at`. REQUIRES: at <= size.
  std::size_t (*pass)(const char* octets, std::size_t at, std::size_t size);
  // The same, and measures the lines whose CR lies in these blocks.
  std::size_t (*measure)(const char* octets, std::size_t at, std::size_t size, Lines& lines);
};

// Those that this processor can run, the fastest one last; maybe none.
std::span<const Kernel> kernels();

}  // namespace mailcosm::line_kernels
