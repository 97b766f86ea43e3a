// The columnar form holds what the trace holds.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "protocols/base/base64.h"
#include "sim/view/columnar_json.h"
#include "tests/sim/trace/sample.h"
#include "tests/sim/view/run_sample.h"

namespace mailcosm::sim::view {
namespace {

using Json = nlohmann::json;

Json columns_of(const TraceHeader& header, const std::vector<OwnedRecord>& records,
                const ColumnarOptions& options = {}) {
  ColumnarTrace trace(header, options);
  for (const OwnedRecord& record : records) trace.accept(RecordView(record).record());
  StringSink sink;
  EXPECT_TRUE(write_columnar_json(trace, sink));
  return Json::parse(sink.bytes());
}

// The octets of an entry of the string table.
std::string octets(const Json& entry) {
  if (entry.is_string()) return entry.get<std::string>();
  std::string bytes;
  base64::decode_lenient(entry["base64"].get<std::string>(), bytes);
  return bytes;
}

// Reads the columns as docs/trace-format.md says.
std::vector<OwnedRecord> records_in(const Json& json) {
  std::vector<OwnedRecord> records;
  std::map<std::pair<std::size_t, std::string>, std::uint64_t> counts;
  std::map<std::size_t, std::size_t> places;  // in the kind
  std::int64_t time = 0;
  std::size_t cause = 0;
  for (std::size_t row = 0; row < json["count"]; ++row) {
    OwnedRecord record;
    const std::size_t kind = json["kind"][row];
    const Json& info = json["kinds"][kind];
    record.kind = *kind_of(info["name"].get<std::string>());
    const std::size_t slot = json["slot"][row];
    record.host = slot == 0 ? kWorld : static_cast<HostIndex>(slot - 1);
    const std::string layer = info["layer"];
    std::uint64_t& count = counts[{slot, layer}];
    count += json["number"][row].get<std::uint64_t>();
    record.id = RecordId(record.host, static_cast<Layer>(std::string("spn").find(layer)), count);
    record.time = Instant{time += json["time"][row].get<std::int64_t>()};
    for (int i = 0; i < json["causes"][row]; ++i) {
      record.causes.push_back(records[row - json["cause"][cause++].get<std::size_t>()].id);
    }
    if (const std::size_t connection = json["connection"][row]; connection != 0) {
      record.connection =
          *ConnectionId::parse(json["connections"][connection - 1].get<std::string>());
    }
    record.message = octets(json["strings"][json["message"][row].get<std::size_t>()]);
    const std::size_t place = places[kind]++;
    for (std::size_t field = 0; field < info["fields"].size(); ++field) {
      const Json& value = json["fields"][kind][field][place];
      const std::string type = info["fields"][field][1];
      OwnedValue owned;
      if (type == "text" || type == "bytes") {
        owned.text = octets(json["strings"][value.get<std::size_t>()]);
      } else {
        owned.number = type == "instant" && value == -1 ? INT64_MAX : value.get<std::int64_t>();
      }
      record.values.push_back(std::move(owned));
    }
    records.push_back(std::move(record));
  }
  return records;
}

TEST(ColumnarTest, GivesBackEveryRecord) {
  const std::vector<OwnedRecord> records = sample_records(3);
  const std::vector<OwnedRecord> back =
      records_in(columns_of(sample_header(), records, {.frames = true}));
  ASSERT_EQ(back.size(), records.size());
  for (std::size_t i = 0; i < records.size(); ++i) EXPECT_TRUE(back[i] == records[i]) << i;
}

TEST(ColumnarTest, LeavesTheOctetsOfPacketsOutUnlessAsked) {
  SmallRun run;
  run.emit(0, Kind::kPacketSent, {"summary", "octets of the frame"});
  const Json without = columns_of(run.header(), run.records());
  EXPECT_EQ(without.dump().find("octets of the frame"), std::string::npos);
  const Json with = columns_of(run.header(), run.records(), {.frames = true});
  EXPECT_NE(with.dump().find("octets of the frame"), std::string::npos);
}

TEST(ColumnarTest, SaysWhatTheRunIsAbout) {
  SmallRun run;
  run.declare();
  const Json json = columns_of(run.header(), run.records());
  EXPECT_EQ(json["mailcosm_columns"], 1);
  EXPECT_EQ(json["title"], "A <small> run");
  EXPECT_EQ(json["about"], "about it");
  EXPECT_EQ(json["lesson"]["text"], "the lesson");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["epoch"], 1'767'603'600);
  EXPECT_EQ(json["hosts"].size(), 3u);
  EXPECT_EQ(json["hosts"][1]["organisation"], "blue.com");
  EXPECT_EQ(json["organisations"].size(), 2u);
}

TEST(ColumnarTest, BindsLessonPointsToTheirRecords) {
  SmallRun run;
  run.declare();
  const RecordId note = run.emit(0, Kind::kNote, {"something"});
  run.emit(kWorld, Kind::kLessonPoint, {1, "See here", "", "", "", ""}, {note});
  run.emit(kWorld, Kind::kLessonPoint, {2, "", "What now?", "250\n550", "550", "Because"}, {note});
  run.emit(kWorld, Kind::kLessonPoint, {3, "", "", "", "", "More"}, {note});
  const Json lesson = columns_of(run.header(), run.records())["lesson"];
  ASSERT_EQ(lesson["captions"].size(), 1u);
  EXPECT_EQ(lesson["captions"][0], Json::parse(R"({"at": 6, "text": "See here"})"));
  ASSERT_EQ(lesson["notes"].size(), 1u);
  EXPECT_EQ(lesson["notes"][0], Json::parse(R"({"at": 6, "text": "More"})"));
  ASSERT_EQ(lesson["questions"].size(), 1u);
  EXPECT_EQ(lesson["questions"][0],
            Json::parse(R"({"at": 6, "ask": "What now?", "choices": ["250", "550"], "answer": 1,
                            "why": "Because"})"));
}

TEST(ColumnarTest, DropsCausesThatAreNotThere) {
  SmallRun run;
  run.emit(0, Kind::kNote, {"present"}, {RecordId(0, Layer::kProtocol, 99)});
  EXPECT_EQ(columns_of(run.header(), run.records())["causes"], Json::parse("[0]"));
}

TEST(ColumnarTest, CutsLongStringsAndSaysSo) {
  SmallRun run;
  const std::string long_text(100, 'x');
  run.emit(0, Kind::kNote, {long_text});
  const Json json = columns_of(run.header(), run.records(), {.string_octets_max = 10});
  EXPECT_EQ(json["strings"][1], std::string(10, 'x'));
  EXPECT_EQ(json["cut"], Json::parse("[[1, 100]]"));
}

TEST(ColumnarTest, AnEmptyTraceIsAnObjectToo) {
  const Json json = columns_of({}, {});
  EXPECT_EQ(json["count"], 0);
  EXPECT_EQ(json["hosts"].size(), 0u);
}

}  // namespace
}  // namespace mailcosm::sim::view
