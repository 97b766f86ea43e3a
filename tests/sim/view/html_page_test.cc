#include "sim/view/html_page.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "protocols/base/base64.h"
#include "sim/view/gzip_sink.h"
#include "tests/sim/view/run_sample.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::string_view kPage =
    "<!doctype html><title>Mailcosm</title><script type=\"application/octet-stream;base64\" "
    "id=\"mailcosm-trace\"></script><p>end</p>";

std::string unzipped(std::string_view bytes) {
  z_stream zlib{};
  EXPECT_EQ(inflateInit2(&zlib, MAX_WBITS + 16), Z_OK);
  std::string output(std::size_t{8} << 20, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = reinterpret_cast<Bytef*>(output.data());
  zlib.avail_out = static_cast<uInt>(output.size());
  EXPECT_EQ(inflate(&zlib, Z_FINISH), Z_STREAM_END);
  output.resize(zlib.total_out);
  inflateEnd(&zlib);
  return output;
}

std::string page_of(const SmallRun& run, std::string_view page = kPage) {
  ColumnarTrace trace(run.header());
  run.hand_to(trace);
  StringSink sink;
  EXPECT_TRUE(write_html(trace, page, sink));
  return sink.bytes();
}

// What stands between the tags of the trace, decoded.
std::string trace_in(const std::string& page) {
  const std::string tag = "id=\"mailcosm-trace\">";
  const std::size_t from = page.find(tag) + tag.size();
  std::string gzip;
  base64::decode_lenient(std::string_view(page).substr(from, page.find('<', from) - from), gzip);
  return unzipped(gzip);
}

TEST(HtmlPageTest, HoldsTheTraceBetweenTheTags) {
  SmallRun run;
  run.declare();
  const std::string page = page_of(run);
  EXPECT_TRUE(page.ends_with("</script><p>end</p>"));
  const auto json = nlohmann::json::parse(trace_in(page));
  EXPECT_EQ(json["count"], run.records().size());
}

TEST(HtmlPageTest, ShowsTheTitleAsText) {
  SmallRun run;
  run.declare();
  EXPECT_NE(page_of(run).find("<title>A &lt;small&gt; run - Mailcosm</title>"), std::string::npos);
}

TEST(HtmlPageTest, HostileTextCannotLeaveTheTrace) {
  SmallRun run;
  run.emit(kWorld, Kind::kRunStarted, {kHostile, 1, 0, kHostile, kHostile});
  run.emit(0, Kind::kNote, {kHostile}, {}, {ConnectionId(), kHostile});
  const std::string page = page_of(run);
  EXPECT_EQ(page.find("alert(1)</script>"), std::string::npos);
  EXPECT_EQ(page.find("<script>"), std::string::npos);
  EXPECT_EQ(page.find("\xe2\x80\xae"), std::string::npos);
  EXPECT_NE(trace_in(page).find("alert(1)"), std::string::npos);
}

TEST(HtmlPageTest, TakesALineOfTenMegabytes) {
  SmallRun run;
  run.emit(0, Kind::kNote, {std::string(10'000'000, 'x')});
  const auto json = nlohmann::json::parse(trace_in(page_of(run)));
  EXPECT_EQ(json["cut"][0][1], 10'000'000);
}

TEST(HtmlPageTest, RefusesAPageWithoutAPlaceForTheTrace) {
  const ColumnarTrace trace(small_header());
  StringSink sink;
  EXPECT_FALSE(write_html(trace, "<p>nothing</p>", sink));
  EXPECT_FALSE(write_html(trace, std::string(kPage) + std::string(kPage), sink));
}

TEST(HtmlPageTest, ThePageInTheProgramHasAPlaceForTheTrace) {
  SmallRun run;
  run.declare();
  EXPECT_EQ(nlohmann::json::parse(trace_in(page_of(run, page_template())))["title"],
            "A <small> run");
}

TEST(HtmlPageTest, SaysWhenItCannotBeWritten) {
  class FullDisk final : public ByteSink {
   public:
    bool write(std::string_view) override { return false; }
  };
  FullDisk disk;
  EXPECT_FALSE(write_html(ColumnarTrace(small_header()), kPage, disk));
}

TEST(Base64SinkTest, BreaksLinesThatDecodeByThemselves) {
  StringSink text;
  Base64Sink sink(text);
  const std::string bytes(Base64Sink::kLine, 'x');  // a line and a third
  ASSERT_TRUE(sink.write(bytes.substr(0, 5)) && sink.write(bytes.substr(5)) && sink.finish());
  const std::size_t end = text.bytes().find('\n');
  ASSERT_EQ(end, Base64Sink::kLine);
  const auto first = base64::decode(std::string_view(text.bytes()).substr(0, end));
  const auto second = base64::decode(std::string_view(text.bytes()).substr(end + 1));
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(*first + *second == bytes);
}

}  // namespace
}  // namespace mailcosm::sim::view
