// The TCP of sim/net under the work for which the figures of the Linux kernel are known: bulk
// transfers and SMTP-shaped dialogues over links that lose packets.
//
// Everything is virtual time: the results depend on the code only, not on the machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/net/tcp_settings.h"

namespace mailcosm::bench {

// 10,000,000 octets over 10 Mbit/s and 20 ms each way, a queue of 100 packets, loss on the way of
// the data only. Gives the time from connect to the last octet.
Duration bulk_transfer(sim::CongestionControl control, std::uint32_t loss_per_million,
                       std::uint64_t seed);
// The median over seeds 1 to `seeds`. Under loss single runs differ by a tenth; with so many the
// median is good to about 1 %.
constexpr std::uint64_t kBulkSeeds = 40;
Duration bulk_median(sim::CongestionControl control, std::uint32_t loss_per_million,
                     std::uint64_t seeds);

// The dialogue of an SMTP delivery of 10 kB over 100 Mbit/s and 16 ms each way, loss both ways,
// CUBIC, one after the other.
struct DialogueTimes {
  Duration mean{0};
  Duration median{0};
  Duration p90{0};
  Duration p99{0};
  std::uint64_t finished = 0;
};
DialogueTimes dialogues(std::uint32_t loss_per_million, std::uint64_t count, std::uint64_t seed);

// What a Linux 6.18 kernel needs for the same, in milliseconds; measured over two TUN devices with
// loss drawn at random, medians of ten runs and one run of 1,500 dialogues.
struct LinuxBulk {
  std::uint32_t loss_per_million;
  std::int64_t reno_ms;
  std::int64_t cubic_ms;
};
struct LinuxDialogues {
  std::uint32_t loss_per_million;
  std::int64_t mean_ms;
  std::int64_t median_ms;
  std::int64_t p90_ms;
  std::int64_t p99_ms;
};
const std::vector<LinuxBulk>& linux_bulk();
const std::vector<LinuxDialogues>& linux_dialogues();

// All of it: one entry for each row of linux_bulk() and linux_dialogues().
struct Fidelity {
  std::vector<Duration> reno;
  std::vector<Duration> cubic;
  std::vector<DialogueTimes> dialogues;
};
constexpr std::uint64_t kDialogues = 15'000;  // for each loss rate
Fidelity measure_fidelity();

// As Markdown tables beside Linux, as they stand in docs/limitations.md.
std::string fidelity_tables(const Fidelity& fidelity);

}  // namespace mailcosm::bench
