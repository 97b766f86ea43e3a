#include "sim/view/columnar_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/trace/json_text.h"
#include "sim/trace/line_text.h"
#include "sim/trace/output_buffer.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::uint32_t kNoRow = UINT32_MAX;

std::string_view type_name(FieldType type) {
  constexpr std::string_view kNames[] = {"text", "bytes", "number", "duration", "instant", "flag"};
  return kNames[static_cast<std::size_t>(type)];
}

class Writer {
 public:
  Writer(const ColumnarTrace& trace, ByteSink& sink)
      : trace_(trace), columns_(trace.columns()), output_(sink) {
    for (std::uint32_t row = 0; row < columns_.ids.size(); ++row) {
      rows_by_id_.emplace_back(columns_.ids[row], row);
    }
    std::sort(rows_by_id_.begin(), rows_by_id_.end());
  }

  bool write() {
    write_front();
    write_hosts();
    write_kinds();
    write_strings();
    write_columns();
    write_causes();
    write_fields();
    text() += "}\n";
    output_.flush();
    return !output_.failed();
  }

 private:
  std::string& text() { return output_.text(); }
  void number(std::int64_t value) { fmt::format_to(std::back_inserter(text()), "{}", value); }

  // ,"name":
  void key(std::string_view name) { fmt::format_to(std::back_inserter(text()), ",\"{}\":", name); }
  void string(std::string_view octets) { append_json_octets(octets, text()); }
  // What the page takes for a string; octets that are none are shown escaped.
  void name(std::string_view octets) {
    if (is_utf8(octets)) return append_json_string(octets, text());
    append_json_string(printable(octets, octets.size() * 4), text());
  }
  void named(std::string_view name_of_key, std::string_view value) {
    key(name_of_key);
    name(value);
  }

  // [a,b,...] with `each(item)` writing one.
  template <typename Items, typename Each>
  void list(const Items& items, Each each) {
    text() += '[';
    bool first = true;
    for (const auto& item : items) {
      if (!first) text() += ',';
      first = false;
      each(item);
      output_.written();
    }
    text() += ']';
  }
  template <typename Items>
  void numbers(const Items& items) {
    list(items, [this](auto item) { number(static_cast<std::int64_t>(item)); });
  }

  std::uint32_t row_of(RecordId id) const {
    const auto found =
        std::lower_bound(rows_by_id_.begin(), rows_by_id_.end(), std::pair(id, std::uint32_t{0}));
    return found != rows_by_id_.end() && found->first == id ? found->second : kNoRow;
  }

  void write_front() {
    fmt::format_to(std::back_inserter(text()), "{{\"mailcosm_columns\":{},\"epoch\":{},\"seed\":{}",
                   kColumnarVersion, trace_.header().epoch.seconds(),
                   trace_.number_of(Kind::kRunStarted, "seed"));
    named("title", trace_.title());
    named("about", trace_.text_of(Kind::kRunStarted, "about"));
    key("lesson");
    write_lesson();
    named("scenario", trace_.scenario());
    named("program", "mailcosm");
    named("left_out", trace_.left_out());
  }

  using Points = std::vector<std::pair<std::uint32_t, std::size_t>>;  // row, place

  void write_lesson() {
    text() += "{\"text\":";
    name(trace_.text_of(Kind::kRunStarted, "lesson"));
    const auto& points = columns_.fields[static_cast<std::size_t>(Kind::kLessonPoint)].rows;
    Points captions, notes, questions;
    for (std::size_t place = 0; place < points.size(); ++place) {
      const std::uint32_t row = first_cause(points[place]);
      if (row == kNoRow) continue;
      const bool caption = !trace_.text_of(Kind::kLessonPoint, "caption", place).empty();
      const bool question = !trace_.text_of(Kind::kLessonPoint, "question", place).empty();
      if (caption) captions.emplace_back(row, place);
      if (question) questions.emplace_back(row, place);
      // The note of a question is told once it is answered.
      if (!question && !trace_.text_of(Kind::kLessonPoint, "note", place).empty())
        notes.emplace_back(row, place);
    }
    write_texts("captions", "caption", captions);
    write_texts("notes", "note", notes);
    std::sort(questions.begin(), questions.end());
    key("questions");
    list(questions,
         [this](const auto& question) { write_question(question.first, question.second); });
    text() += '}';
  }

  void write_texts(std::string_view list_name, std::string_view field, Points points) {
    std::sort(points.begin(), points.end());
    key(list_name);
    list(points, [&](const auto& point) {
      fmt::format_to(std::back_inserter(text()), "{{\"at\":{},\"text\":", point.first);
      name(trace_.text_of(Kind::kLessonPoint, field, point.second));
      text() += '}';
    });
  }

  void write_question(std::uint32_t row, std::size_t place) {
    const auto point = [&](std::string_view field) -> const std::string& {
      return trace_.text_of(Kind::kLessonPoint, field, place);
    };
    fmt::format_to(std::back_inserter(text()), "{{\"at\":{},\"ask\":", row);
    name(point("question"));
    std::vector<std::string_view> choices;
    std::string_view rest = point("answers");
    while (!rest.empty()) {
      choices.push_back(rest.substr(0, rest.find('\n')));
      rest.remove_prefix(std::min(rest.size(), choices.back().size() + 1));
    }
    key("choices");
    list(choices, [this](std::string_view choice) { name(choice); });
    const auto right = std::find(choices.begin(), choices.end(), point("answer"));
    if (right != choices.end()) {
      key("answer");
      number(right - choices.begin());
    }
    named("why", point("note"));
    text() += '}';
  }

  std::uint32_t first_cause(std::uint32_t row) const {
    std::size_t begin = 0;
    for (std::uint32_t before = 0; before < row; ++before) begin += columns_.cause_counts[before];
    return columns_.cause_counts[row] == 0 ? kNoRow : row_of(columns_.causes[begin]);
  }

  void write_hosts() {
    const NetworkMap map = trace_.map();
    fmt::format_to(std::back_inserter(text()), ",\"width\":{},\"height\":{}", map.width,
                   map.height);
    key("organisations");
    list(map.areas, [this](const MapArea& area) {
      text() += "{\"name\":";
      name(area.name);
      fmt::format_to(std::back_inserter(text()), ",\"x\":{},\"y\":{},\"w\":{},\"h\":{}}}", area.x,
                     area.y, area.width, area.height);
    });
    key("hosts");
    std::size_t place = 0;
    list(map.hosts, [this, &place](const MapHost& host) {
      text() += "{\"name\":";
      name(host.name);
      key("addresses");
      list(trace_.header().hosts[place].addresses,
           [this](const IpAddress& address) { name(address.to_string()); });
      named("roles", host.roles);
      named("organisation", host.organisation);
      fmt::format_to(std::back_inserter(text()), ",\"x\":{},\"y\":{}}}", host.x, host.y);
      ++place;
    });
  }

  void write_kinds() {
    std::vector<Kind> kinds;
    for (int number = 0; number < kKinds; ++number) kinds.push_back(static_cast<Kind>(number));
    key("kinds");
    list(kinds, [this](Kind kind) {
      const KindInfo& info = info_of(kind);
      fmt::format_to(std::back_inserter(text()), "{{\"name\":\"{}\",\"layer\":\"{}\"", info.name,
                     "spn"[static_cast<std::size_t>(info.layer)]);
      named("about", info.about);
      key("fields");
      list(info.fields, [this](const FieldInfo& field) {
        fmt::format_to(std::back_inserter(text()), "[\"{}\",\"{}\"]", field.name,
                       type_name(field.type));
      });
      text() += '}';
    });
  }

  void write_strings() {
    const StringTable& strings = trace_.strings();
    key("strings");
    text() += '[';
    for (std::size_t number = 0; number < strings.size(); ++number) {
      if (number != 0) text() += ',';
      string(strings.at(number));
      output_.written();
    }
    text() += ']';
    key("cut");
    list(strings.cut(), [this](const auto& cut) {
      fmt::format_to(std::back_inserter(text()), "[{},{}]", cut.first, cut.second);
    });
    key("connections");
    list(columns_.connection_names, [this](ConnectionId id) { name(id.to_string()); });
  }

  void write_columns() {
    key("count");
    number(static_cast<std::int64_t>(columns_.ids.size()));
    key("kind");
    numbers(columns_.kinds);
    key("slot");
    list(columns_.ids, [this](RecordId id) {
      number(id.host() == kWorld ? 0 : static_cast<std::int64_t>(id.host()) + 1);
    });
    key("number");
    std::map<std::pair<HostIndex, Layer>, std::int64_t> last;
    list(columns_.ids, [this, &last](RecordId id) {
      std::int64_t& before = last[{id.host(), id.layer()}];
      number(static_cast<std::int64_t>(id.count()) - before);
      before = static_cast<std::int64_t>(id.count());
    });
    key("time");
    std::int64_t time = 0;
    list(columns_.times,
         [this, &time](std::int64_t now) { number(now - std::exchange(time, now)); });
    key("connection");
    numbers(columns_.connections);
    key("message");
    numbers(columns_.messages);
  }

  // Only causes that are here.
  void write_causes() {
    std::vector<std::uint32_t> counts;
    std::vector<std::uint32_t> back;  // how many rows before the record
    std::size_t place = 0;
    for (std::uint32_t row = 0; row < columns_.ids.size(); ++row) {
      const std::size_t before = back.size();
      for (std::uint32_t i = 0; i < columns_.cause_counts[row]; ++i) {
        const std::uint32_t cause = row_of(columns_.causes[place++]);
        if (cause < row) back.push_back(row - cause);
      }
      counts.push_back(static_cast<std::uint32_t>(back.size() - before));
    }
    key("causes");
    numbers(counts);
    key("cause");
    numbers(back);
  }

  void write_fields() {
    key("fields");
    int kind = 0;
    list(columns_.fields, [this, &kind](const Columns::OfKind& of_kind) {
      const std::span<const FieldInfo> fields = info_of(static_cast<Kind>(kind++)).fields;
      std::size_t place = 0;
      list(fields, [&](const FieldInfo& field) {
        write_column(field, of_kind.strings[place], of_kind.numbers[place]);
        ++place;
      });
    });
  }

  void write_column(const FieldInfo& field, const std::vector<std::uint32_t>& strings,
                    const std::vector<std::int64_t>& values) {
    if (field.type == FieldType::kText || field.type == FieldType::kBytes) return numbers(strings);
    const bool instant = field.type == FieldType::kInstant;
    list(values, [this, instant](std::int64_t value) {
      number(instant && Instant{value}.is_never() ? -1 : value);
    });
  }

  const ColumnarTrace& trace_;
  const Columns& columns_;
  OutputBuffer output_;
  std::vector<std::pair<RecordId, std::uint32_t>> rows_by_id_;
};

}  // namespace

bool write_columnar_json(const ColumnarTrace& trace, ByteSink& sink) {
  return Writer(trace, sink).write();
}

}  // namespace mailcosm::sim::view
