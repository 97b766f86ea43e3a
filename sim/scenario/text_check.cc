#include "sim/scenario/text_check.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"
#include "sim/scenario/limits.h"
#include "sim/scenario/utf8.h"

namespace mailcosm::sim::scenario {
namespace {

bool check_octets(std::uint32_t file, std::string_view text, Reporter& reporter) {
  const SourceText& source = reporter.file(file);
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '\r') {
      reporter.add(
          source.position_of(i, file), "carriage return in the file",
          "Scenarios end their lines with a line feed alone, so that a message's text is the same "
          "on every machine.",
          "save the file with Unix line ends (LF)");
      return false;
    }
    if ((ascii::is_control(c) && c != '\n' && c != '\t') || c == '\0') {
      reporter.add(source.position_of(i, file),
                   fmt::format("control character {:#04x} in the file", static_cast<unsigned>(c)),
                   "It cannot be seen in an editor, so nobody could tell what the scenario says.",
                   "write it in double quotes as an escape, such as \"\\x1b\"");
      return false;
    }
    const std::size_t length = utf8_length(text, i);
    if (length == 0) {
      reporter.add(source.position_of(i, file),
                   fmt::format("octet {:#04x} is not UTF-8", static_cast<unsigned char>(c)),
                   "Scenarios are UTF-8 text, so that every reader sees the same characters.",
                   "save the file as UTF-8");
      return false;
    }
    i += length;
  }
  return true;
}

// How many brackets a line opens and does not close. Only roughly the depth, because it knows
// nothing of quotes.
std::size_t unclosed_brackets(std::string_view line) {
  std::size_t depth = 0;
  for (char c : line) {
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
  }
  return depth;
}

bool check_lines(std::uint32_t file, Reporter& reporter) {
  const SourceText& source = reporter.file(file);
  for (std::uint32_t number = 1; number <= source.lines(); ++number) {
    const std::string_view line = source.line(number);
    if (line.size() > kLineBytesMax) {
      reporter.add(
          {file, number, 1},
          fmt::format("line of {} octets; at most {} are allowed", line.size(), kLineBytesMax),
          "Nobody reads such a line, and a message about it could not show the place.");
      return false;
    }
    // yaml-cpp is not asked to look that far ahead; the exact limit is its reader's.
    if (unclosed_brackets(line) > kBracketsMax) {
      reporter.add({file, number, 1},
                   fmt::format("more than {} levels of lists and mappings", kDepthMax),
                   "No part of a scenario is that deep.");
      return false;
    }
    // yaml-cpp would take it for the end of the document and drop it.
    if (line.starts_with('%')) {
      reporter.add({file, number, 1}, "a line that begins with %",
                   "YAML takes it for a directive to its readers; scenarios have none.",
                   "remove it; a text that begins with % needs quotes");
      return false;
    }
    const std::size_t space = line.find_first_not_of(' ');
    if (space != std::string_view::npos && line[space] == '\t') {
      reporter.add({file, number, static_cast<std::uint32_t>(space) + 1},
                   "tab in front of the line",
                   "YAML shows by spaces what belongs to what; a tab has no agreed width.",
                   "use spaces, two for each level");
      return false;
    }
  }
  return true;
}

}  // namespace

bool check_text(std::uint32_t file, Reporter& reporter) {
  const std::string_view text = reporter.file(file).text();
  if (text.size() > kFileSizeMax) {
    reporter.add(
        {file, 0, 0},
        fmt::format("the file has {} octets; at most {} are allowed", text.size(), kFileSizeMax),
        "A scenario of this size is not written by hand.",
        "let shorthands such as 'organisations' stand for repeated parts");
    return false;
  }
  if (text.starts_with("\xef\xbb\xbf")) {
    reporter.add({file, 1, 1}, "byte order mark at the start of the file",
                 "UTF-8 needs none, and other tools take it for part of the first key.",
                 "save the file as UTF-8 without BOM");
    return false;
  }
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    reporter.add({file, 1, 1}, "the file is UTF-16", "Scenarios are UTF-8 text.",
                 "save the file as UTF-8");
    return false;
  }
  return check_octets(file, text, reporter) && check_lines(file, reporter);
}

}  // namespace mailcosm::sim::scenario
