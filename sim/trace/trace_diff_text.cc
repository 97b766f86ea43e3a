// The words of a comparison.
#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/kind_table.h"
#include "sim/trace/line_text.h"
#include "sim/trace/time_text.h"
#include "sim/trace/trace_diff.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kRowsShown = 10;  // of kinds and hosts

// "3 with other content, 12 at other times"
std::string parts_text(const LayerDifference& counts) {
  std::string parts;
  const auto add = [&parts](std::uint64_t count, std::string_view what) {
    if (count != 0) parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", count, what);
  };
  add(counts.content, "with other content");
  add(counts.causes, "with other causes");
  add(counts.times, "at other times");
  add(counts.only_left, "only in the first");
  add(counts.only_right, "only in the second");
  return parts;
}

std::string layer_line(Layer layer, const LayerDifference& counts) {
  std::string line = fmt::format("  {:<9} ", layer_name(layer));
  if (!counts.differs()) return line + fmt::format("the same ({} records)\n", counts.left);
  return line +
         fmt::format("{} and {} records: {}\n", counts.left, counts.right, parts_text(counts));
}

// The kinds or hosts with the most differences that are not only a matter of times; those with
// other times only if there are no others.
template <typename Key, typename Name>
void append_most(std::string_view what, const std::map<Key, LayerDifference>& all, const Name& name,
                 std::string& output) {
  std::vector<std::pair<Key, LayerDifference>> sorted(all.begin(), all.end());
  const auto weight = [](const LayerDifference& counts) {
    return std::pair(counts.beyond_times(), counts.times);
  };
  std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
    const auto left = weight(a.second);
    const auto right = weight(b.second);
    return left != right ? left > right : a.first < b.first;
  });
  if (sorted.empty()) return;
  output += fmt::format("\nBy {}:\n", what);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i == kRowsShown) {
      output += fmt::format("  and {} more\n", sorted.size() - i);
      break;
    }
    output += fmt::format("  {:<24} {}\n", name(sorted[i].first), parts_text(sorted[i].second));
  }
}

// "2.5 ms earlier", "10 ms later"
std::string shift_text(Duration shift) {
  return shift < Duration(0) ? duration_text(-shift) + " earlier" : duration_text(shift) + " later";
}

std::string_view verdict(const TraceDifference& difference) {
  const auto differs = [&difference](Layer layer) {
    return difference.layers[static_cast<std::size_t>(layer)].differs_beyond_times();
  };
  if (difference.equal()) return "The traces are the same.";
  if (differs(Layer::kStory)) return "The outcomes differ.";
  if (differs(Layer::kProtocol)) return "The outcomes are the same, but the dialogues differ.";
  if (differs(Layer::kPacket)) return "Outcomes and dialogues are the same, but packets differ.";
  if (difference.first) return "Times only: the same things happened, but at other times.";
  return "The same things happened, but the hosts or the epoch differ.";
}

std::string value_text(const FieldInfo& field, const OwnedValue& value) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kBytes:
      return '"' + printable(value.text, kColumns - 24) + '"';
    case FieldType::kDuration:
      return duration_text(Duration(value.number));
    case FieldType::kInstant:
      return time_text(Instant{value.number});
    case FieldType::kFlag:
      return value.number != 0 ? "yes" : "no";
    case FieldType::kNumber:
      break;
  }
  return std::to_string(value.number);
}

// A record in one line: id, time, host, kind and the short fields.
std::string record_line(const OwnedRecord& record, const TraceHeader& header) {
  std::string line = fmt::format("{}  {}  {}  {}", record.id.to_string(), time_text(record.time),
                                 header.name_of(record.host), info_of(record.kind).name);
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].type != FieldType::kBytes) {
      line += fmt::format("  {}={}", fields[i].name, value_text(fields[i], record.values[i]));
    }
  }
  return printable(line, kColumns - 4);
}

std::string causes_text(const OwnedRecord& record) {
  std::string text;
  for (RecordId cause : record.causes) text += (text.empty() ? "" : " ") + cause.to_string();
  return text;
}

void append_pair(std::string_view name, const std::string& left, const std::string& right,
                 std::string& output) {
  if (left == right) return;
  output += fmt::format("  {}:\n    first:  {}\n    second: {}\n", name, left, right);
}

void append_fields(const OwnedRecord& left, const OwnedRecord& right, std::string& output) {
  append_pair("time", time_text(left.time) + fmt::format(" ({} ns)", left.time.ns),
              time_text(right.time) + fmt::format(" ({} ns)", right.time.ns), output);
  append_pair("causes", causes_text(left), causes_text(right), output);
  append_pair("connection", left.connection.to_string(), right.connection.to_string(), output);
  append_pair("message", printable(left.message, kColumns - 12),
              printable(right.message, kColumns - 12), output);
  append_pair("kind", std::string(info_of(left.kind).name), std::string(info_of(right.kind).name),
              output);
  if (left.kind != right.kind) return;
  const std::span<const FieldInfo> fields = info_of(left.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (left.values[i] == right.values[i]) continue;
    const std::string a = value_text(fields[i], left.values[i]);
    const std::string b = value_text(fields[i], right.values[i]);
    if (a != b) {
      append_pair(fields[i].name, a, b, output);
      continue;
    }
    // They differ beyond what is shown.
    const std::string& x = left.values[i].text;
    const std::string& y = right.values[i].text;
    std::size_t same = 0;
    while (same < x.size() && same < y.size() && x[same] == y[same]) ++same;
    append_pair(fmt::format("{} from octet {} on", fields[i].name, same),
                '"' + printable(std::string_view(x).substr(same), kColumns - 24) + '"',
                '"' + printable(std::string_view(y).substr(same), kColumns - 24) + '"', output);
  }
}

void append_divergence(const Divergence& divergence, const TraceHeader& header,
                       std::string& output) {
  if (divergence.left && divergence.right) {
    output += fmt::format("  {}\n", record_line(*divergence.left, header));
    append_fields(*divergence.left, *divergence.right, output);
  } else if (divergence.left) {
    output += fmt::format("  only in the first: {}\n", record_line(*divergence.left, header));
  } else if (divergence.right) {
    output += fmt::format("  only in the second: {}\n", record_line(*divergence.right, header));
  }
  if (divergence.causes.empty()) return;
  output += "  What led to it, the nearest first:\n";
  for (const OwnedRecord& cause : divergence.causes) {
    output += fmt::format("    {}\n", record_line(cause, header));
  }
}

}  // namespace

bool TraceDifference::equal() const { return !headers_differ && !first; }

std::string TraceDifference::summary() const {
  std::string text = fmt::format("{}\n", verdict(*this));
  for (int layer = 0; layer < kLayers; ++layer) {
    text += layer_line(static_cast<Layer>(layer), layers[static_cast<std::size_t>(layer)]);
  }
  if (earliest_shift != latest_shift) {
    const bool both = earliest_shift != Duration(0) && latest_shift != Duration(0);
    const Duration one = latest_shift != Duration(0) ? latest_shift : earliest_shift;
    text += both ? fmt::format("  The second is between {} and {}.\n", shift_text(earliest_shift),
                               shift_text(latest_shift))
                 : fmt::format("  The second is up to {}.\n", shift_text(one));
  }
  if (headers_differ) text += "  The hosts or the epoch differ.\n";
  return text;
}

std::string describe(const TraceDifference& difference, const TraceHeader& header,
                     std::string_view left_name, std::string_view right_name) {
  std::string text =
      fmt::format("first:  {}\nsecond: {}\n{}", left_name, right_name, difference.summary());
  if (difference.first) {
    text += "\nThe first difference:\n";
    append_divergence(*difference.first, header, text);
  }
  if (difference.first_beyond_times) {
    text += "\nThe first difference that is not only a matter of times:\n";
    append_divergence(*difference.first_beyond_times, header, text);
  }
  append_most("kind", difference.kinds, [](Kind kind) { return info_of(kind).name; }, text);
  append_most(
      "host", difference.hosts,
      [&header](HostIndex host) { return host == kWorld ? "the world" : header.name_of(host); },
      text);
  return text;
}

}  // namespace mailcosm::sim
