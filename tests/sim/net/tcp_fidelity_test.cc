// Our TCP beside the Linux kernel's: the same work, the same loss rates. The limits are what the
// project promises, not what it happens to reach.
#include "bench/tcp_fidelity.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace mailcosm::bench {
namespace {

// Within `percent` of `linux_ms`.
void expect_close(Duration ours, std::int64_t linux_ms, std::int64_t percent, const char* what) {
  const std::int64_t reference = linux_ms * 1'000'000;
  EXPECT_LE(std::abs(ours.count() - reference) * 100, reference * percent)
      << what << ": " << ours.count() / 1'000'000 << " ms, Linux " << linux_ms << " ms";
}

// Measured once: under a sanitizer it takes a while.
const Fidelity& fidelity() {
  static const Fidelity kMeasured = measure_fidelity();
  return kMeasured;
}

TEST(TcpFidelityTest, BulkTransfersTakeAsLongAsWithLinux) {
  for (std::size_t i = 0; i < linux_bulk().size(); ++i) {
    const LinuxBulk& row = linux_bulk()[i];
    SCOPED_TRACE(row.loss_per_million);
    expect_close(fidelity().reno[i], row.reno_ms, 5, "Reno");
    expect_close(fidelity().cubic[i], row.cubic_ms, 5, "CUBIC");
  }
}

TEST(TcpFidelityTest, DialoguesTakeAsLongAsWithLinuxAndAllFinish) {
  for (std::size_t i = 0; i < linux_dialogues().size(); ++i) {
    const LinuxDialogues& row = linux_dialogues()[i];
    const DialogueTimes& times = fidelity().dialogues[i];
    SCOPED_TRACE(row.loss_per_million);
    EXPECT_EQ(times.finished, kDialogues);
    expect_close(times.mean, row.mean_ms, 5, "mean");
    expect_close(times.p90, row.p90_ms, 10, "p90");
    expect_close(times.p99, row.p99_ms, 10, "p99");
  }
}

TEST(TcpFidelityTest, TheTablesOfTheDocumentsAreThese) {
  std::ifstream file("docs/limitations.md");
  ASSERT_TRUE(file) << "run from the root of the sources";
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_NE(text.str().find(fidelity_tables(fidelity())), std::string::npos)
      << "put this between the marks in docs/limitations.md:\n"
      << fidelity_tables(fidelity());
}

}  // namespace
}  // namespace mailcosm::bench
