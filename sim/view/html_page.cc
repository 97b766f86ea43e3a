#include "sim/view/html_page.h"

#include "sim/trace/line_text.h"
#include "sim/view/columnar_json.h"
#include "sim/view/gzip_sink.h"
#include "sim/view/markup_text.h"

namespace mailcosm::sim::view {
namespace {

// The trace goes between the tags.
constexpr std::string_view kTracePlace = "id=\"mailcosm-trace\"></script>";
constexpr std::string_view kTraceTag = "id=\"mailcosm-trace\">";
constexpr std::string_view kTitle = "<title>Mailcosm</title>";
constexpr std::size_t kTitleColumns = 200;

// The page in front of the trace, with the title in it.
std::string front_of(std::string_view front, const std::string& title) {
  std::string text(front);
  const std::size_t place = text.find(kTitle);
  if (place == std::string::npos || title.empty()) return text;
  const std::string shown = markup_escaped(printable(title, kTitleColumns));
  return text.replace(place, kTitle.size(), "<title>" + shown + " - Mailcosm</title>");
}

}  // namespace

Result<void> write_html(const ColumnarTrace& trace, std::string_view page, ByteSink& sink) {
  const std::size_t place = page.find(kTracePlace);
  if (place == std::string_view::npos ||
      page.find(kTracePlace, place + 1) != std::string_view::npos) {
    return Error{"the page has not exactly one place for the trace", 0};
  }
  const std::size_t end = place + kTraceTag.size();
  const Error failure{"the page could not be written completely", 0};
  if (!sink.write(front_of(page.substr(0, end), trace.title()))) return failure;
  Base64Sink base64(sink);
  GzipSink gzip(base64);
  if (!write_columnar_json(trace, gzip) || !gzip.finish() || !base64.finish()) return failure;
  if (!sink.write(page.substr(end))) return failure;
  return {};
}

}  // namespace mailcosm::sim::view
