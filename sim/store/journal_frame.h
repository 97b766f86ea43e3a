// Frames of a journal: each holds one change, whole or not at all.
//
//   journal = *frame
//   frame   = length (32 bits) hash (32 bits) payload (length octets)
//
// A frame that is shorter than it says, or whose hash is wrong, was torn by a crash: it and all
// that follows never happened.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailcosm::sim {

void append_frame(std::string_view payload, std::string& output);

class FrameReader {
 public:
  // `journal` must outlive the reader and the payloads.
  explicit FrameReader(std::string_view journal) : journal_(journal) {}

  // False at the end, and at a torn frame.
  bool next(std::string_view& payload);
  // Octets behind the last whole frame.
  bool torn() const { return !journal_.empty(); }

 private:
  std::string_view journal_;
};

}  // namespace mailcosm::sim
