// Both formats: what is written is read back, and no damage goes unnoticed or does harm.
#include <gtest/gtest.h>

#include "protocols/base/bytes.h"
#include "sim/trace/binary_format.h"
#include "tests/sim/trace/sample.h"

namespace mailcosm::sim {
namespace {

// The end of a binary trace without records: length, tag, two counts and a digest.
constexpr std::size_t kEmptyEndItem = 12;

class TraceFileTest : public testing::TestWithParam<TraceFormat> {};

INSTANTIATE_TEST_SUITE_P(Formats, TraceFileTest,
                         testing::Values(TraceFormat::kJsonLines, TraceFormat::kBinary),
                         [](const auto& test) {
                           return std::string(test.param == TraceFormat::kBinary ? "Binary"
                                                                                 : "JsonLines");
                         });

TEST_P(TraceFileTest, GivesBackWhatWasWritten) {
  const std::vector<OwnedRecord> records = sample_records(3);
  const ReadBack back = read_back(written(GetParam(), records));
  EXPECT_EQ(back.error.what, "");
  EXPECT_EQ(back.header, sample_header());
  ASSERT_EQ(back.records.size(), records.size());
  for (std::size_t i = 0; i < records.size(); ++i) EXPECT_TRUE(back.records[i] == records[i]) << i;
  EXPECT_EQ(back.skipped, 0u);
}

TEST_P(TraceFileTest, ReadsTheSameOctetByOctet) {
  const std::string bytes = written(GetParam(), sample_records(1));
  const ReadBack whole = read_back(bytes);
  for (std::size_t step : {1u, 2u, 3u, 7u, 1000u}) {
    const ReadBack cut = read_back(bytes, step);
    EXPECT_EQ(cut.error.what, "");
    EXPECT_TRUE(cut.records == whole.records) << step;
  }
}

TEST_P(TraceFileTest, StatesTheDigestOfTheRecorder) {
  StringSink sink;
  const auto writer = make_trace_writer(GetParam(), sink, sample_header());
  Recorder recorder(sample_header().hosts.size());
  recorder.set_depth(Layer::kPacket);
  recorder.add_sink(*writer);
  HostTrace trace(recorder, 1);
  trace.emit(Kind::kNote, {"one"});
  recorder.emit(kWorld, Kind::kStoryStep, {}, {}, {1, "Alice writes to Bob"});
  ASSERT_TRUE(writer->finish());
  EXPECT_EQ(read_back(sink.bytes()).digest, recorder.digest());
}

TEST_P(TraceFileTest, LeavesDeeperLayersOut) {
  TraceWriterOptions options;
  options.deepest = Layer::kStory;
  const ReadBack back = read_back(written(GetParam(), sample_records(2), options));
  EXPECT_EQ(back.error.what, "");
  ASSERT_FALSE(back.records.empty());
  for (const OwnedRecord& record : back.records) EXPECT_EQ(record.id.layer(), Layer::kStory);
}

TEST_P(TraceFileTest, TellsThatAFileIsCutOffAtEveryPlace) {
  TraceWriterOptions options;
  options.checkpoint_interval = 20;
  std::vector<OwnedRecord> records = sample_records(1);
  records.resize(24);
  const std::string bytes = written(GetParam(), records, options);
  // Without the final LF a line is no line.
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const ReadBack back = read_back(std::string_view(bytes).substr(0, length));
    EXPECT_NE(back.error.what, "") << length;
    EXPECT_LE(back.error.offset, length);
  }
}

TEST_P(TraceFileTest, NoticesEveryChangedBitOfARecord) {
  TraceWriterOptions options;
  options.checkpoint_interval = 20;
  std::vector<OwnedRecord> records = sample_records(1);
  records.resize(24);
  std::string bytes = written(GetParam(), records, options);
  const std::size_t header = GetParam() == TraceFormat::kJsonLines
                                 ? bytes.find('\n') + 1
                                 : written(GetParam(), {}).size() - kEmptyEndItem;
  const ReadBack whole = read_back(bytes);
  // Some changes do not change what is said (the host's name in JSON, the case of a hexadecimal
  // digit).
  for (std::size_t i = header; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(bytes[i] ^ 1);
    const ReadBack back = read_back(bytes);
    EXPECT_TRUE(back.error.what != "" || back.records == whole.records || back.skipped != 0) << i;
    bytes[i] = static_cast<char>(bytes[i] ^ 1);
  }
}

TEST_P(TraceFileTest, LocatesADivergenceBetweenTwoCheckpoints) {
  TraceWriterOptions options;
  options.checkpoint_interval = 10;
  std::vector<OwnedRecord> records = sample_records(1);
  for (OwnedRecord& record : records) record.message = "<original@red.com>";
  const std::string bytes = written(GetParam(), records, options);
  std::vector<OwnedRecord> changed = records;
  changed[25].time = changed[25].time + Duration(1);
  // The file of the changed run, with the checkpoints of the original one, is refused behind
  // record 30.
  const ReadBack back = read_back(written(GetParam(), changed, options));
  ASSERT_EQ(back.error.what, "");
  EXPECT_NE(back.digest, read_back(bytes).digest);
  if (GetParam() == TraceFormat::kBinary) return;
  std::string forged = bytes;
  const std::string time = "\"t\":" + std::to_string(records[25].time.ns);
  const std::size_t place =
      forged.find(time, forged.find("\"id\":\"" + records[25].id.to_string()));
  ASSERT_NE(place, std::string::npos);
  forged.replace(place, time.size(), "\"t\":" + std::to_string(changed[25].time.ns));
  const ReadBack refused = read_back(forged);
  EXPECT_EQ(refused.records.size(), 30u);
  EXPECT_NE(refused.error.what.find("line 34: "), std::string::npos) << refused.error.what;
  EXPECT_NE(refused.error.what.find("the digest of "), std::string::npos) << refused.error.what;
}

TEST_P(TraceFileTest, ReportsThatTheSinkFailed) {
  class Full final : public ByteSink {
   public:
    bool write(std::string_view) override { return false; }
  } full;
  const auto writer = make_trace_writer(GetParam(), full, sample_header());
  EXPECT_FALSE(writer->finish());
  EXPECT_TRUE(writer->failed());
}

TEST_P(TraceFileTest, HoldsItsRecordLimit) {
  OwnedRecord record = sample_record(Kind::kNote, 0);
  record.id = RecordId(0, Layer::kProtocol, 1);
  record.host = 0;
  record.values = {{0, std::string(20'000, 'x')}};
  const std::string bytes = written(GetParam(), {record});
  std::size_t length = bytes.find('\n', bytes.find('\n') + 1) - bytes.find('\n') - 1;
  if (GetParam() == TraceFormat::kBinary) {
    length = ByteReader(bytes, written(GetParam(), {}).size() - kEmptyEndItem).varint();
  }
  TraceLimits limits;
  for (const std::size_t limit : {length - 1, length, length + 1}) {
    limits.record_octets_max = limit;
    const std::string what = read_back(bytes, 65'536, limits).error.what;
    EXPECT_EQ(what.find("longer than") != std::string::npos, limit < length) << what;
  }
}

TEST_P(TraceFileTest, HoldsItsCountLimits) {
  OwnedRecord record = sample_record(Kind::kNote, 0);
  record.id = RecordId(0, Layer::kProtocol, 9);
  record.host = 0;
  record.causes.assign(5, RecordId(1, Layer::kStory, 3));
  const std::string bytes = written(GetParam(), {record});
  TraceLimits limits;
  for (const std::size_t limit : {4u, 5u, 6u}) {
    limits.causes_max = limit;
    EXPECT_EQ(read_back(bytes, 65'536, limits).error.what.empty(), limit >= 5);
  }
  for (const std::size_t limit : {2u, 3u, 4u}) {
    limits.hosts_max = limit;
    EXPECT_EQ(read_back(bytes, 65'536, limits).error.what.empty(), limit >= 3);
  }
  for (const std::size_t limit : {1u, 2u, 3u}) {
    limits.addresses_max = limit;
    EXPECT_EQ(read_back(bytes, 65'536, limits).error.what.empty(), limit >= 2);
  }
}

TEST_P(TraceFileTest, WritesRecordsOfAnySize) {
  std::vector<OwnedRecord> records;
  std::uint64_t number = 0;
  // Around the limits of a remembered string, of lengths of one, two and three octets, and of the
  // buffers.
  for (const std::size_t size :
       {0u,      1u,      2u,      100u,    110u,    111u,    112u,       113u, 114u,
        115u,    120u,    126u,    127u,    128u,    199u,    200u,       201u, 16'360u,
        16'370u, 16'383u, 16'384u, 65'500u, 65'536u, 70'000u, 1'000'000u, 3u}) {
    OwnedRecord record;
    record.kind = Kind::kLineSent;
    record.host = 0;
    record.id = RecordId(0, Layer::kProtocol, ++number);
    record.values = {{0, "smtp"}, {0, std::string(size, 'x')}};
    records.push_back(record);
    record.id = RecordId(0, Layer::kProtocol, ++number);
    records.push_back(record);
  }
  const ReadBack back = read_back(written(GetParam(), records));
  EXPECT_EQ(back.error.what, "");
  EXPECT_TRUE(back.records == records);
}

TEST_P(TraceFileTest, ReadsFilesOfEarlierVersionsWithoutComparingTheirDigests) {
  std::string bytes = written(GetParam(), sample_records(1));
  // A digit of the digest at the end, and the version.
  char& digit = GetParam() == TraceFormat::kBinary ? bytes.back() : bytes[bytes.size() - 5];
  digit = digit == '1' ? '2' : '1';
  EXPECT_NE(read_back(bytes).error.what.find("the digest of the trace does not hold"),
            std::string::npos);
  const bool is_binary = GetParam() == TraceFormat::kBinary;
  for (char version : {'\x01', '\x02'}) {
    bytes[is_binary ? binary::kMagic.size() : bytes.find(':') + 1] =
        is_binary ? version : static_cast<char>('0' + version);
    const ReadBack back = read_back(bytes);
    EXPECT_EQ(back.error.what, "");
    EXPECT_TRUE(back.records == sample_records(1));
  }
}

TEST(JsonLinesTest, LooksAsDocumented) {
  OwnedRecord record;
  record.id = RecordId(1, Layer::kProtocol, 12);
  record.time = Instant{120'500'000};
  record.host = 1;
  record.kind = Kind::kLineReceived;
  record.causes = {RecordId(0, Layer::kProtocol, 3)};
  record.connection = ConnectionId::of(0, 1);
  record.message = "<1@red.com>";
  record.values = {{0, "smtp"}, {0, "MAIL FROM:<\xff>"}};
  const std::string text = written(TraceFormat::kJsonLines, {record});
  EXPECT_NE(
      text.find(
          "\n{\"id\":\"h1p12\",\"t\":120500000,\"host\":\"mx.blue.com\",\"kind\":\"line.received\","
          "\"causes\":[\"h0p3\"],\"connection\":\"h0c1\",\"message\":\"<1@red.com>\","
          "\"fields\":{\"protocol\":\"smtp\",\"text\":{\"base64\":\"TUFJTCBGUk9NOjz/Pg==\"}}}\n"),
      std::string::npos)
      << text;
  EXPECT_EQ(text.find("{\"mailcosm_trace\":3,\"kinds\":\""), 0u);
}

TEST(JsonLinesTest, SkipsUnknownKindsKeysAndLines) {
  std::string text = written(TraceFormat::kJsonLines, sample_records(1));
  const std::size_t second = text.find('\n') + 1;
  text.insert(second,
              "{\"weather\":{\"sky\":[1.5,null]}}\n"
              "{\"id\":\"h0s9\",\"t\":1,\"host\":\"x\",\"kind\":\"cake.baked\",\"fields\":{"
              "\"eggs\":3}}\n\n");
  // The count of the end record does not hold any more, which tells that the skipped record was
  // counted.
  const ReadBack back = read_back(text);
  EXPECT_EQ(back.records.size(), static_cast<std::size_t>(kKinds));
  EXPECT_EQ(back.skipped, 1u);
  EXPECT_NE(back.error.what.find("it should hold"), std::string::npos) << back.error.what;
}

TEST(JsonLinesTest, NamesLineAndOffsetOfAnError) {
  std::string text = written(TraceFormat::kJsonLines, {});
  const std::size_t second = text.find('\n') + 1;
  text.insert(second, "{\"id\":\"h0s1\",\"t\":1.5}\n");
  const ReadBack back = read_back(text);
  EXPECT_EQ(back.error.what, "line 2: an integer of 64 bits is expected");
  EXPECT_EQ(back.error.offset, second + 18);
}

TEST(JsonLinesTest, RefusesANewerVersion) {
  const ReadBack back = read_back("{\"mailcosm_trace\":4,\"hosts\":[]}\n");
  EXPECT_EQ(back.error.what, "line 1: format version 4 is not known; this program reads up to 3");
}

TEST(TraceReaderTest, RefusesOtherFiles) {
  EXPECT_EQ(read_back("").error.what, "not a trace: neither JSON Lines nor the binary form");
  EXPECT_EQ(read_back("mailcosm: 1\n").error.what,
            "not a trace: neither JSON Lines nor the binary form");
  EXPECT_EQ(read_back("{}\n").error.what, "line 1: not the header of a trace");
}

// A file of a later program: one more kind in front, one more field in front of "text" of note.
std::string newer_binary_file() {
  std::string body;
  ByteWriter header(body);
  const auto text = [](ByteWriter& out, std::string_view value) {
    out.varint(value.size());
    out.append(value);
  };
  header.varint(0);  // epoch
  header.varint(2);
  text(header, "cake.baked");
  header.u8(0);
  header.varint(1);
  text(header, "name");
  header.u8(0);
  text(header, "note");
  header.u8(1);
  header.varint(2);
  text(header, "mood");
  header.u8(2);
  text(header, "text");
  header.u8(0);
  header.varint(1);
  text(header, "a");
  header.varint(0);
  std::string file(binary::kMagic);
  ByteWriter out(file);
  const auto item = [&out](std::string_view bytes) {
    out.varint(bytes.size());
    out.append(bytes);
  };
  out.varint(1);
  item(body);
  // tag, slot, id delta, time delta, no causes, no connection, no message, then the values
  item(
      std::string_view("\x02\x01\x00\x02\x00\x00\x00\x08"
                       "cake",
                       12));
  item(std::string_view("\x03\x01\x00\x02\x00\x00\x00\x05\x01", 9));
  item(
      std::string_view("\x01\x02\x00"
                       "\0\0\0\0\0\0\0\0",
                       11));
  return file;
}

TEST(BinaryTest, SkipsUnknownKindsAndFieldsOfANewerProgram) {
  const ReadBack back = read_back(newer_binary_file());
  EXPECT_EQ(back.error.what, "");
  EXPECT_EQ(back.skipped, 1u);
  ASSERT_EQ(back.records.size(), 1u);
  EXPECT_EQ(back.records[0].text("text"), "cake");  // remembered from the skipped record
  EXPECT_EQ(back.records[0].time, Instant{2});
}

TEST(BinaryTest, IsMuchSmallerThanJson) {
  const std::vector<OwnedRecord> records = sample_records(20);
  EXPECT_LT(written(TraceFormat::kBinary, records).size() * 4,
            written(TraceFormat::kJsonLines, records).size());
}

TEST(BinaryTest, RemembersStringsBeyondItsPlaces) {
  std::vector<OwnedRecord> records;
  for (std::uint64_t n = 1; n <= 3 * binary::kRemembered; ++n) {
    OwnedRecord record;
    record.kind = Kind::kNote;
    record.host = 0;
    record.id = RecordId(0, Layer::kProtocol, n);
    record.values = {{0, "note " + std::to_string(n % 5000)}};
    records.push_back(record);
  }
  const ReadBack back = read_back(written(TraceFormat::kBinary, records));
  EXPECT_EQ(back.error.what, "");
  EXPECT_TRUE(back.records == records);
}

}  // namespace
}  // namespace mailcosm::sim
