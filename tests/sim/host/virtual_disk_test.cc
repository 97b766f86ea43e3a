// The disk alone: what is safe, what a crash takes, and what a torn write leaves.
#include "sim/host/virtual_disk.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

class DiskBench : public DiskHost, public DiskHandler {
 public:
  explicit DiskBench(VirtualDisk::Options options = {}) : disk(*this, options) {}

  Instant now() const override { return now_; }
  HostTrace& trace() override { return trace_; }
  void wake_disk_at(Instant when) override { wakes.push_back(when); }
  void on_synced(std::uint64_t token, bool ok) override {
    synced.push_back(std::to_string(token) + (ok ? " ok" : " failed"));
    causes.push_back(trace_.cause());
  }

  void advance(Duration duration) {
    now_ = now_ + duration;
    disk.expire(now_);
  }
  void make_safe() {
    disk.sync(*this, 0);
    advance(5ms);
  }
  std::string text(std::string_view path) const {
    const Content content = disk.read(path);
    return content ? content.text() : "(none)";
  }
  // Octets of all files, counted anew.
  std::uint64_t counted() const {
    std::uint64_t total = 0;
    for (const std::string& path : disk.list("")) total += disk.read(path).size();
    return total;
  }

  Instant now_;
  Recorder recorder_{1};
  HostTrace trace_{recorder_, 0};
  VirtualDisk disk;
  std::vector<Instant> wakes;
  std::vector<std::string> synced;
  std::vector<RecordId> causes;
};

Content content_of(std::string_view text) { return Content(text); }

// A seed whose first chance(1, 2) is as wanted.
Random random_that_tears(bool tears) {
  for (std::uint64_t seed = 0;; ++seed) {
    Random random(seed);
    if (random.chance(1, 2) == tears) return Random(seed);
  }
}

TEST(VirtualDiskTest, ShowsChangesAtOnce) {
  DiskBench bench;
  EXPECT_TRUE(bench.disk.write("a/1", content_of("one")));
  EXPECT_TRUE(bench.disk.append("a/1", " more"));
  EXPECT_TRUE(bench.disk.append("b", "fresh"));
  EXPECT_EQ(bench.text("a/1"), "one more");
  EXPECT_TRUE(bench.disk.rename("a/1", "a/2"));
  EXPECT_EQ(bench.text("a/1"), "(none)");
  EXPECT_EQ(bench.text("a/2"), "one more");
  EXPECT_FALSE(bench.disk.rename("a/1", "x"));
  EXPECT_TRUE(bench.disk.remove("b"));
  EXPECT_FALSE(bench.disk.remove("b"));
  EXPECT_EQ(bench.disk.list("a/"), std::vector<std::string>{"a/2"});
  EXPECT_EQ(bench.disk.bytes_used(), 8u);
}

TEST(VirtualDiskTest, SharesContentInsteadOfCopyingIt) {
  DiskBench bench;
  const Content body = content_of("body");
  EXPECT_TRUE(bench.disk.write("m", body));
  EXPECT_EQ(bench.disk.read("m").head().data(), body.head().data());
}

TEST(VirtualDiskTest, TellsOfASyncAfterItsLatencyWithItsCause) {
  DiskBench bench({.sync_latency = 5ms});
  const RecordId cause(0, Layer::kStory, 7);
  bench.trace_.set_cause(cause);
  bench.disk.sync(bench, 1);
  ASSERT_EQ(bench.wakes.size(), 1u);
  EXPECT_EQ(bench.wakes[0], Instant{} + 5ms);
  bench.trace_.set_cause({});
  bench.advance(5ms - 1ns);
  EXPECT_TRUE(bench.synced.empty());
  bench.advance(1ns);
  EXPECT_EQ(bench.synced, std::vector<std::string>{"1 ok"});
  EXPECT_EQ(bench.causes, std::vector<RecordId>{cause});
}

TEST(VirtualDiskTest, CompletesSyncsInOrderAlsoWhenTheLatencyShrinks) {
  DiskBench bench({.sync_latency = 9ms});
  bench.disk.sync(bench, 1);
  bench.disk.set_options({.sync_latency = 1ms});
  bench.disk.sync(bench, 2);
  bench.advance(8ms);
  EXPECT_TRUE(bench.synced.empty());
  bench.advance(1ms);
  EXPECT_EQ(bench.synced, (std::vector<std::string>{"1 ok", "2 ok"}));
}

TEST(VirtualDiskTest, KeepsWhatWasSyncedAndUndoesTheRest) {
  DiskBench bench;
  ASSERT_TRUE(bench.disk.write("kept", content_of("old")));
  ASSERT_TRUE(bench.disk.append("journal", "1\n"));
  ASSERT_TRUE(bench.disk.write("from", content_of("from")));
  ASSERT_TRUE(bench.disk.write("gone", content_of("gone")));
  bench.make_safe();
  ASSERT_TRUE(bench.disk.write("kept", content_of("replaced")));
  ASSERT_TRUE(bench.disk.append("journal", "2\n"));
  ASSERT_TRUE(bench.disk.append("fresh", "x"));
  ASSERT_TRUE(bench.disk.rename("from", "to"));
  ASSERT_TRUE(bench.disk.rename("to", "kept"));
  ASSERT_TRUE(bench.disk.remove("gone"));
  Random random(1);
  bench.disk.crash(random);
  EXPECT_EQ(bench.disk.list(""), (std::vector<std::string>{"from", "gone", "journal", "kept"}));
  EXPECT_EQ(bench.text("kept"), "old");
  EXPECT_EQ(bench.text("journal"), "1\n");
  EXPECT_EQ(bench.text("from"), "from");
  EXPECT_EQ(bench.text("gone"), "gone");
  EXPECT_EQ(bench.disk.bytes_used(), bench.counted());
  EXPECT_EQ(bench.disk.unsynced(), 0u);
}

TEST(VirtualDiskTest, CountsASyncThatHasNotCompletedAsNone) {
  DiskBench bench;
  ASSERT_TRUE(bench.disk.write("a", content_of("a")));
  bench.disk.sync(bench, 1);
  ASSERT_TRUE(bench.disk.write("b", content_of("b")));
  bench.advance(4ms);
  Random random = random_that_tears(false);
  bench.disk.crash(random);
  EXPECT_TRUE(bench.disk.list("").empty());
  bench.advance(10ms);
  EXPECT_TRUE(bench.synced.empty());
}

TEST(VirtualDiskTest, CoversOnlyWhatWasDoneBeforeTheSync) {
  DiskBench bench;
  ASSERT_TRUE(bench.disk.write("a", content_of("a")));
  bench.disk.sync(bench, 1);
  ASSERT_TRUE(bench.disk.write("b", content_of("b")));
  bench.advance(5ms);
  Random random = random_that_tears(false);
  bench.disk.crash(random);
  EXPECT_EQ(bench.disk.list(""), std::vector<std::string>{"a"});
}

TEST(VirtualDiskTest, LeavesAFirstPartOfATornAppend) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    DiskBench bench;
    ASSERT_TRUE(bench.disk.append("journal", "safe;"));
    bench.make_safe();
    ASSERT_TRUE(bench.disk.append("other", "x"));
    ASSERT_TRUE(bench.disk.append("journal", "first;"));
    ASSERT_TRUE(bench.disk.append("journal", "second;"));
    Random random(seed);
    bench.disk.crash(random);
    const std::string left = bench.text("journal");
    EXPECT_TRUE(left.starts_with("safe;")) << left;
    EXPECT_TRUE(std::string_view("safe;first;second;").starts_with(left)) << left;
    EXPECT_LT(left.size(), 18u);
    EXPECT_EQ(bench.text("other"), "(none)");
    EXPECT_EQ(bench.disk.bytes_used(), bench.counted());
  }
}

TEST(VirtualDiskTest, LeavesAFirstPartOfATornReplacement) {
  DiskBench bench;
  ASSERT_TRUE(bench.disk.write("f", content_of("old content")));
  bench.make_safe();
  ASSERT_TRUE(bench.disk.write("f", content_of("NEW CONTENT THAT IS LONGER")));
  Random random = random_that_tears(true);
  bench.disk.crash(random);
  EXPECT_TRUE(std::string_view("NEW CONTENT THAT IS LONGER").starts_with(bench.text("f")));
  EXPECT_EQ(bench.disk.bytes_used(), bench.counted());
}

TEST(VirtualDiskTest, DoesNotTearAFileWhoseRenameWasNotSafe) {
  DiskBench bench;
  ASSERT_TRUE(bench.disk.append("journal", "old"));
  bench.make_safe();
  ASSERT_TRUE(bench.disk.write("journal.new", content_of("new")));
  ASSERT_TRUE(bench.disk.rename("journal.new", "journal"));
  ASSERT_TRUE(bench.disk.append("journal", "added"));
  Random random = random_that_tears(true);
  bench.disk.crash(random);
  EXPECT_EQ(bench.text("journal"), "old");
  EXPECT_EQ(bench.disk.list(""), std::vector<std::string>{"journal"});
}

TEST(VirtualDiskTest, RefusesWhatDoesNotFitAndChangesNothing) {
  DiskBench bench({.capacity_max = 10});
  EXPECT_FALSE(bench.disk.write("a", content_of("12345678901")));
  EXPECT_TRUE(bench.disk.write("a", content_of("1234567890")));
  EXPECT_FALSE(bench.disk.append("a", "x"));
  EXPECT_FALSE(bench.disk.append("b", "x"));
  EXPECT_EQ(bench.text("a"), "1234567890");
  EXPECT_EQ(bench.disk.list(""), std::vector<std::string>{"a"});
  EXPECT_TRUE(bench.disk.write("a", content_of("abcde")));
  EXPECT_TRUE(bench.disk.append("b", "fghij"));
  EXPECT_EQ(bench.disk.bytes_used(), 10u);
}

TEST(VirtualDiskTest, NoLongerCallsAHandlerThatIsForgottenButStaysSafe) {
  DiskBench bench;
  ASSERT_TRUE(bench.disk.write("a", content_of("a")));
  bench.disk.sync(bench, 1);
  bench.disk.forget(bench);
  bench.advance(5ms);
  EXPECT_TRUE(bench.synced.empty());
  EXPECT_EQ(bench.disk.unsynced(), 0u);
}

TEST(VirtualDiskTest, LosesEverythingWhenDestroyedAndFailsOpenSyncs) {
  DiskBench bench;
  ASSERT_TRUE(bench.disk.write("a", content_of("a")));
  bench.make_safe();
  ASSERT_TRUE(bench.disk.write("b", content_of("b")));
  bench.disk.sync(bench, 9);
  bench.disk.destroy();
  EXPECT_TRUE(bench.disk.list("").empty());
  EXPECT_EQ(bench.disk.bytes_used(), 0u);
  bench.advance(5ms);
  EXPECT_EQ(bench.synced.back(), "9 failed");
}

}  // namespace
}  // namespace mailcosm::sim
