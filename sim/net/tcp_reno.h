// TcpReno: additive increase, multiplicative decrease (RFC 5681), counted in segments.
#pragma once

#include <algorithm>
#include <cstdint>

namespace mailcosm::sim {

class TcpReno {
 public:
  // Congestion avoidance: one segment more for each `per` segments acknowledged. Gives the new
  // window.
  std::uint32_t grow(std::uint32_t window, std::uint32_t acknowledged, std::uint32_t per) {
    if (credit_ >= per) {
      credit_ = 0;
      ++window;
    }
    credit_ += acknowledged;
    if (credit_ >= per) {
      window += credit_ / per;
      credit_ %= per;
    }
    return window;
  }
  // A loss takes back what was on its way to the next segment.
  void restart() { credit_ = 0; }
  // RFC 5681 equation 4.
  static std::uint32_t threshold(std::uint32_t window) { return std::max(window / 2, 2u); }

 private:
  std::uint32_t credit_ = 0;
};

}  // namespace mailcosm::sim
