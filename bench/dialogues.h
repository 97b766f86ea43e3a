// SMTP dialogues over TCP with the real engines: K clients --100 Mbit/s, 5 ms-- R1 --1 Gbit/s, 10
// ms-- R2 --1 Gbit/s, 1 ms-- M servers, queues of 1,000 packets. Connection n is made by client n
// mod K, with j = n div K, at j * 50 ms + i * 0.37 ms, to server (i + j) mod M; each carries one
// message of 10 kB and stays in TIME-WAIT for four minutes.
#pragma once

#include <cstdint>

#include "bench/figure.h"
#include "protocols/base/instant.h"

namespace mailcosm::bench {

struct DialogueLoad {
  std::uint64_t connections = 20'000;
  std::uint64_t clients = 100;
  std::uint64_t servers = 10;
  enum class Output : std::uint8_t { kNone, kCapture, kTrace };
  Output output = Output::kNone;                   // written and thrown away
  Duration round = std::chrono::milliseconds(50);  // from one connection of a client to its next
};

struct DialogueResult {
  double seconds = 0;        // of real time
  double packets = 0;        // for each connection
  double events = 0;         // for each connection
  std::uint64_t octets = 0;  // of output
};
DialogueResult run_dialogues(const DialogueLoad& load);

// With and without capture and trace, and with 1,000 and 10,000 clients.
Figures measure_dialogues(std::uint64_t connections);

}  // namespace mailcosm::bench
