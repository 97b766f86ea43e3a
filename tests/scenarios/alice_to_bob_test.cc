// The first scenario through all readers of the trace: the story as a teacher sees it, the capture
// as Wireshark sees it, and the files as researchers read them.
#include <gtest/gtest.h>

#include <set>

#include "sim/trace/line_text.h"
#include "sim/trace/owned_record.h"
#include "sim/trace/trace_reader.h"
#include "tests/scenarios/run_scenario.h"
#include "tests/support/tshark.h"

namespace mailcosm::sim {
namespace {

class AliceToBobTest : public testing::Test {
 protected:
  // Once for all of them: the tests only look at it.
  static void SetUpTestSuite() {
    run_ = new ScenarioRun(run_scenario("scenarios/first/alice_to_bob.yaml"));
  }
  static void TearDownTestSuite() { delete run_; }
  void SetUp() override { ASSERT_EQ(run_->problem, ""); }

  static std::vector<OwnedRecord> records_of(const std::string& bytes) {
    StringSource source(bytes);
    std::vector<OwnedRecord> records;
    auto reader = open_trace(source);
    EXPECT_TRUE(reader.has_value());
    if (!reader) return records;
    OwnedRecord record;
    while (true) {
      const Result<bool> more = (*reader)->next(record);
      EXPECT_TRUE(more.has_value()) << (more ? "" : more.error().what);
      if (!more || !*more) break;
      records.push_back(record);
    }
    EXPECT_EQ((*reader)->digest(), run_->digest);
    return records;
  }

  static ScenarioRun* run_;
};

ScenarioRun* AliceToBobTest::run_ = nullptr;

TEST_F(AliceToBobTest, MeetsItsExpectations) {
  EXPECT_EQ(run_->failed_expectations, std::vector<std::string>());
}

TEST_F(AliceToBobTest, TellsTheStoryInEightSteps) {
  EXPECT_NE(run_->narrative.find("\n8. "), std::string::npos);
  EXPECT_EQ(run_->narrative.find("\n9. "), std::string::npos);
}

TEST_F(AliceToBobTest, StaysWithinAHundredColumns) {
  std::string_view rest = run_->narrative;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    EXPECT_LE(columns_of(line), 100u) << line;
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
}

TEST_F(AliceToBobTest, WritesTheSameRecordsInBothForms) {
  const std::vector<OwnedRecord> lines = records_of(run_->lines);
  EXPECT_TRUE(lines == records_of(run_->binary));
  EXPECT_LT(run_->binary.size() * 3, run_->lines.size());
}

TEST_F(AliceToBobTest, NumbersRecordsWithoutGapsAndCausesComeBefore) {
  std::set<RecordId> seen;
  for (const OwnedRecord& record : records_of(run_->lines)) {
    const RecordId id = record.id;
    const bool follows = seen.contains(RecordId(id.host(), id.layer(), id.count() - 1));
    EXPECT_TRUE(id.count() == 1 || follows) << id.to_string();
    for (RecordId cause : record.causes) EXPECT_TRUE(seen.contains(cause)) << id.to_string();
    EXPECT_TRUE(seen.insert(id).second) << id.to_string();
  }
}

TEST_F(AliceToBobTest, IsACaptureWithoutExpertWarnings) {
  if (!test::Tshark::installed()) GTEST_SKIP() << "tshark is not installed";
  const test::Tshark tshark(run_->capture);
  // By default Wireshark does not decode the base64 of AUTH, and warns about that.
  const std::string warnings = tshark("-o smtp.decryption:TRUE -q -z expert,warn");
  EXPECT_EQ(warnings.find_first_not_of('\n'), std::string::npos) << warnings;
  EXPECT_EQ(
      tshark(
          "-Y 'ip.checksum.status != 1 || tcp.checksum.status != 1 || udp.checksum.status != 1'"),
      "");
  EXPECT_EQ(tshark("-Y '_ws.malformed'"), "");
}

TEST_F(AliceToBobTest, IsDissectedAsTheProtocolsOfMail) {
  if (!test::Tshark::installed()) GTEST_SKIP() << "tshark is not installed";
  const std::string protocols = test::Tshark(run_->capture)("-T fields -e frame.protocols");
  for (std::string_view protocol :
       {"ip:udp:dns", "ip:tcp:smtp", "smtp:imf", "ip:tcp:pop", "ip:tcp:imap"}) {
    EXPECT_NE(protocols.find(protocol), std::string::npos) << protocol << " in\n" << protocols;
  }
}

TEST_F(AliceToBobTest, CapturesEachSentPacketOnce) {
  if (!test::Tshark::installed()) GTEST_SKIP() << "tshark is not installed";
  std::set<std::string> sent;
  for (const OwnedRecord& record : records_of(run_->binary)) {
    if (record.kind == Kind::kPacketSent) sent.insert(record.id.to_string());
  }
  const std::string text = test::Tshark(run_->capture)("-T fields -e frame.comment");
  std::string_view rest = text;
  std::size_t packets = 0;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    EXPECT_EQ(sent.erase(std::string(line.substr(0, line.find(' ')))), 1u) << line;
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    ++packets;
  }
  EXPECT_TRUE(sent.empty());
  EXPECT_GT(packets, 100u);
}

}  // namespace
}  // namespace mailcosm::sim
