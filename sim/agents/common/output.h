// The output of a session: a string that an engine writes to, sent and emptied again.
//
// A session lives long and writes lines mostly. The room that one message took is not kept for each
// of thousands of sessions: given back, it is the next one's, and still in a cache.
#pragma once

#include <cstddef>
#include <string>

#include "sim/host/stream.h"

namespace mailcosm::sim {

inline void empty_output(std::string& output) {
  constexpr std::size_t kKeptMax = 1024;
  if (output.capacity() > kKeptMax) {
    std::string().swap(output);
  } else {
    output.clear();
  }
}

inline void send_output(Stream& stream, std::string& output) {
  stream.send(output);
  empty_output(output);
}

}  // namespace mailcosm::sim
