#include "sim/view/player.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/line_text.h"
#include "sim/trace/narrative/facts.h"
#include "sim/trace/time_text.h"
#include "sim/view/record_text.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::size_t kColumnsMin = 20;
constexpr std::size_t kRowsMin = 8;
constexpr std::size_t kDetailRows = 5;
constexpr std::string_view kHelp =
    "n next  p previous  N/P chapter  c cause  b back  g/G first/last  q quit";

bool tells_something(const Record& record, const narrative::Names& names) {
  if (record.id.layer() != Layer::kStory) return false;
  return narrative::event_of(record) || narrative::outcome_of(record, names);
}

}  // namespace

Player::Player(const TraceHeader& header) : header_(header), names_(header) {}

void Player::accept(const Record& record) {
  if (record.kind == Kind::kRunStarted) title_ = field_of(record, "title").text;
  chapters_.push_back(tells_something(record, names_));
  records_.push_back(OwnedRecord::copy_of(record));
}

Player::Key Player::key_of(std::string_view input) {
  constexpr std::pair<std::string_view, Key> kKeys[] = {{"n", Key::kNextEvent},
                                                        {" ", Key::kNextEvent},
                                                        {"\x1b[C", Key::kNextEvent},
                                                        {"p", Key::kPreviousEvent},
                                                        {"\x1b[D", Key::kPreviousEvent},
                                                        {"N", Key::kNextChapter},
                                                        {"\x1b[B", Key::kNextChapter},
                                                        {"P", Key::kPreviousChapter},
                                                        {"\x1b[A", Key::kPreviousChapter},
                                                        {"c", Key::kCause},
                                                        {"b", Key::kBack},
                                                        {"g", Key::kFirst},
                                                        {"G", Key::kLast},
                                                        {"q", Key::kQuit},
                                                        {"\x03", Key::kQuit},
                                                        {"\x04", Key::kQuit}};
  for (const auto& [text, key] : kKeys) {
    if (text == input) return key;
  }
  return Key::kOther;
}

bool Player::press(Key key) {
  if (key == Key::kQuit) return false;
  if (records_.empty()) return true;
  switch (key) {
    case Key::kNextEvent:
      place_ = std::min(place_ + 1, records_.size() - 1);
      break;
    case Key::kPreviousEvent:
      place_ -= place_ == 0 ? 0 : 1;
      break;
    case Key::kNextChapter:
      step_chapter(true);
      break;
    case Key::kPreviousChapter:
      step_chapter(false);
      break;
    case Key::kFirst:
      place_ = 0;
      break;
    case Key::kLast:
      place_ = records_.size() - 1;
      break;
    case Key::kCause: {
      const std::vector<RecordId>& causes = records_[place_].causes;
      if (causes.empty()) break;
      for (std::size_t place = place_; place-- > 0;) {
        if (records_[place].id != causes.front()) continue;
        followed_.push_back(std::exchange(place_, place));
        break;
      }
      break;
    }
    case Key::kBack:
      if (followed_.empty()) break;
      place_ = followed_.back();
      followed_.pop_back();
      break;
    default:
      break;
  }
  return true;
}

void Player::step_chapter(bool forwards) {
  for (std::size_t place = place_; forwards ? ++place < records_.size() : place-- > 0;) {
    if (!is_chapter(place)) continue;
    place_ = place;
    return;
  }
}

std::string Player::line(std::size_t place, std::size_t columns) const {
  const OwnedRecord& record = records_[place];
  const std::string front =
      fmt::format("{} {:>12}  ", is_chapter(place) ? '*' : ' ', time_text(record.time));
  const std::string host =
      record.host == kWorld ? "the scenario" : printable(header_.name_of(record.host), 18);
  const std::string text =
      record_text(RecordView(record).record(), names_, std::max(columns, kColumnsMin));
  return printable(fmt::format("{}{:<18}  {}", front, host, text), columns);
}

// The fields of the record that is shown.
std::vector<std::string> Player::details(std::size_t columns) const {
  const OwnedRecord& record = records_[place_];
  std::string causes;
  for (RecordId cause : record.causes) causes += " " + cause.to_string();
  std::vector<std::string> lines = {
      fmt::format("{}  {}{}{}", record.id.to_string(), info_of(record.kind).name,
                  causes.empty() ? "" : "  because of", causes),
      std::string(info_of(record.kind).about)};
  if (!record.message.empty()) lines.push_back("message " + record.message);
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size() && lines.size() < kDetailRows; ++i) {
    if (fields[i].type != FieldType::kText || record.values[i].text.empty()) continue;
    lines.push_back(fmt::format("{}: {}", fields[i].name, record.values[i].text));
  }
  for (std::string& line : lines) line = printable(line, columns);
  lines.resize(kDetailRows);
  return lines;
}

std::string Player::screen(std::size_t columns, std::size_t rows, const Style& style) const {
  columns = std::max(columns, kColumnsMin);
  rows = std::max(rows, kRowsMin);
  std::string text = fmt::format(
      "{}{}{}\n", style.heading_on,
      printable(
          fmt::format("{} - {} of {}", title_, records_.empty() ? 0 : place_ + 1, records_.size()),
          columns),
      style.heading_off);
  const std::size_t list = rows - 2 - kDetailRows;  // between the title and the details
  const std::size_t half = list / 2;
  std::size_t first = place_ < half ? 0 : place_ - half;
  if (first + list > records_.size()) first = records_.size() < list ? 0 : records_.size() - list;
  for (std::size_t row = 0; row < list; ++row) {
    const std::size_t place = first + row;
    if (place >= records_.size()) {
      text += '\n';
      continue;
    }
    const bool here = place == place_;
    text +=
        fmt::format("{}{}{}{}\n", here ? style.heading_on : std::string_view(), here ? "> " : "  ",
                    line(place, columns - 2), here ? style.heading_off : std::string_view());
  }
  const std::vector<std::string> below =
      records_.empty() ? std::vector<std::string>(kDetailRows) : details(columns);
  for (const std::string& line : below) text += line + '\n';
  return text + printable(kHelp, columns);
}

}  // namespace mailcosm::sim::view
