#include "sim/trace/narrative/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/trace/line_text.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::narrative {
namespace {

constexpr std::size_t kWidthMin = 40;
constexpr std::size_t kWidthMax = 100;
constexpr std::size_t kRowsOfParagraph = 12;
constexpr std::size_t kRowsOfLine = 3;
constexpr std::size_t kShownMax = 2000;  // columns of a text before it is laid out
constexpr std::string_view kIndent = "    ";
constexpr std::array<std::string_view, 4> kMarks = {" -> ", " <- ", "=== ", "*** "};

// A pause that is worth telling: what rounds to a minute.
constexpr Duration kGapMin = std::chrono::seconds(50);

// A long duration to the nearest minute or, from a day on, hour.
std::string about(Duration duration) {
  const Duration unit = duration < std::chrono::hours(24) ? Duration(std::chrono::minutes(1))
                                                          : Duration(std::chrono::hours(1));
  return duration_text((duration + unit / 2) / unit * unit);
}

// Octets of the first `columns` characters.
std::size_t octets_of(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  for (std::size_t column = 0; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
    if (starts && column++ == columns) break;
  }
  return at;
}

// Where to cut a text that is longer than a row: behind the last space that leaves the row at least
// half full.
std::size_t cut_of(std::string_view text, std::size_t columns) {
  const std::size_t hard = octets_of(text, columns);
  if (hard == text.size() || text[hard] == ' ') return hard;
  const std::size_t space = text.rfind(' ', hard);
  return space != std::string_view::npos && space >= hard / 2 ? space : hard;
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t columns, std::size_t rows_max) {
  std::vector<std::string> rows;
  while (true) {
    if (rows.size() + 1 == rows_max || columns_of(text) <= columns) {
      rows.push_back(printable(text, columns));
      return rows;
    }
    const std::size_t cut = cut_of(text, columns);
    rows.emplace_back(text.substr(0, cut));
    text.remove_prefix(cut);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
}

Page::Page(ByteSink& sink, const NarrativeOptions& options) : output_(sink), options_(options) {
  options_.width = std::clamp(options_.width, kWidthMin, kWidthMax);
}

void Page::paragraph(std::string_view first_prefix, std::string_view prefix, std::string_view text,
                     std::string_view on, std::string_view off) {
  const std::string shown = printable(text, kShownMax);
  bool first = true;
  for (const std::string& row : wrap(shown, options_.width - prefix.size(), kRowsOfParagraph)) {
    output_.text() += fmt::format("{}{}{}{}\n", first ? first_prefix : prefix, on, row, off);
    first = false;
  }
}

void Page::title(std::string_view text, std::string_view below) {
  const Style& style = options_.style;
  paragraph("", "", text, style.heading_on, style.heading_off);
  if (!below.empty()) paragraph("", "", below, "", "");
  output_.written();
}

void Page::gap(Instant begin, Instant end) {
  const bool first = told_until_.is_never();
  if (!first && begin - told_until_ >= kGapMin) {
    output_.text() += fmt::format("\n{}... {} later\n", kIndent, about(begin - told_until_));
  }
  told_until_ = first ? end : std::max(told_until_, end);
}

void Page::event(Instant time, const Outcome& event, RecordId) {
  gap(time, time);
  const Style& style = options_.style;
  output_.text() += '\n';
  const std::string_view mark = kMarks[event.failure ? 3 : 2];
  paragraph(mark, kIndent, fmt::format("{}: {}", time_text(time), event.text),
            event.failure ? style.failure_on : std::string_view(),
            event.failure ? style.failure_off : std::string_view());
  output_.written();
}

void Page::line(const Line& line) {
  const Style& style = options_.style;
  const bool error = line.mark == Mark::kError;
  const std::size_t columns = options_.width - 2 * kIndent.size();
  bool first = true;
  const std::string shown = printable(line.text, kShownMax);
  for (const std::string& row : wrap(shown, columns, kRowsOfLine)) {
    const std::string_view mark = first ? kMarks[static_cast<std::size_t>(line.mark)] : kIndent;
    std::string whole = fmt::format("{}{}", mark, row);
    whole.erase(whole.find_last_not_of(' ') + 1);
    output_.text() +=
        fmt::format("{}{}{}{}\n", kIndent, error ? style.failure_on : style.protocol_on, whole,
                    error ? style.failure_off : style.protocol_off);
    first = false;
  }
}

void Page::step(std::uint64_t number, const Step& step) {
  gap(step.begin, step.end);
  const Style& style = options_.style;
  output_.text() += '\n';
  const std::string label =
      number == 0 ? std::string(kIndent) : fmt::format("{:<4}", fmt::format("{}.", number));
  const std::string spaced = label.ends_with(' ') ? label : label + ' ';
  paragraph(spaced, kIndent, step.heading, style.heading_on, style.heading_off);
  std::string when = time_text(step.begin);
  if (step.end > step.begin) when += fmt::format(", for {}", duration_text(step.end - step.begin));
  if (!step.parties.empty()) when += fmt::format("; {}", step.parties);
  paragraph(kIndent, kIndent, fmt::format("({})", when), "", "");
  if (options_.protocol && !step.lines.empty()) {
    output_.text() += '\n';
    for (const Line& one : step.lines) line(one);
    if (step.lines_left_out != 0) {
      line({Mark::kRemark, fmt::format("and {} lines more", step.lines_left_out)});
    }
  }
  if (!step.outcomes.empty()) output_.text() += '\n';
  for (const Outcome& outcome : step.outcomes) {
    if (outcome.failure) {
      paragraph(fmt::format("{}*** ", kIndent), "        ", outcome.text, style.failure_on,
                style.failure_off);
    } else {
      paragraph(kIndent, kIndent, outcome.text, "", "");
    }
  }
  output_.flush();  // people may be watching
}

void Page::closing(std::string_view text) {
  output_.text() += '\n';
  paragraph("", "", text, "", "");
}

bool Page::finish() {
  output_.flush();
  return !output_.failed();
}

}  // namespace mailcosm::sim::narrative
