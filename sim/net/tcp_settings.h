// TcpSettings: the choices that RFC 9293 and its companions leave open. Defaults are those of the
// Linux kernel.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

enum class CongestionControl : std::uint8_t { kReno, kCubic };

struct TcpSettings {
  CongestionControl congestion_control = CongestionControl::kCubic;
  bool sack = true;        // RFC 2018
  bool timestamps = true;  // RFC 7323 section 3
  // Off, as mail servers set it: agents hand over a whole turn, and what is sent at one instant is
  // one piece.
  bool nagle = false;                            // RFC 9293 section 3.7.4
  std::uint32_t initial_window_segments = 10;    // RFC 6928
  std::uint8_t window_scale = 7;                 // RFC 7323 section 2, at most 14
  std::uint32_t receive_window_start = 64'240;   // octets; grows as data flow
  std::uint32_t receive_window_max = 3'145'728;  // octets
  Duration retransmission_timeout_initial = std::chrono::seconds(1);  // RFC 6298 section 2.1
  Duration retransmission_timeout_min = std::chrono::milliseconds(200);
  Duration retransmission_timeout_max = std::chrono::seconds(120);
  // The clock of all these timers (CONFIG_HZ=250); zero for timers that fire exactly.
  Duration timer_tick = std::chrono::milliseconds(4);
  Duration delayed_ack = std::chrono::milliseconds(40);  // RFC 9293 section 3.8.6.3: below 500 ms
  int syn_retries = 6;                                   // 131 s until kTimeout
  // The first retries of a SYN follow at even distances; later ones double it (Linux 6.5).
  std::uint32_t syn_linear_retries = 4;
  int syn_ack_retries = 5;
  // Data not acknowledged for so long end the connection (RFC 9293 section 3.8.3, R2).
  Duration user_timeout = std::chrono::seconds(924);
  Duration time_wait = std::chrono::seconds(60);  // RFC 9293 section 3.6.1: 2 MSL
  // How long a closed side waits for the peer's FIN before it forgets the connection.
  Duration fin_wait2_timeout = std::chrono::seconds(60);
  std::uint32_t backlog = 128;  // half-open connections of one listener
};

}  // namespace mailcosm::sim
