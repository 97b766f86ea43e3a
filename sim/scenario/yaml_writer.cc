#include "sim/scenario/yaml_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"
#include "sim/scenario/check_shape.h"
#include "sim/scenario/limits.h"

namespace mailcosm::sim::scenario {
namespace {

bool is_plain(std::string_view value) {
  constexpr std::string_view kFirst = "./<\\(";
  constexpr std::string_view kInside = " @._-+/!'()=~$;\\<>%*";
  if (value.empty() || value.back() == ' ' || !other_reading_of(value).empty()) return false;
  if (!ascii::is_alphanumeric(value[0]) && kFirst.find(value[0]) == std::string_view::npos)
    return false;
  return std::all_of(value.begin(), value.end(), [&](char c) {
    return ascii::is_alphanumeric(c) || kInside.find(c) != std::string_view::npos;
  });
}

std::string quoted(std::string_view value) {
  std::string result = "\"";
  for (char c : value) {
    if (c == '"' || c == '\\') {
      result += std::string("\\") + c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (ascii::is_control(c)) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      result.push_back(c);
    }
  }
  return result + "\"";
}

// Several lines, none of which YAML or the text check would take for something else.
bool is_block(std::string_view value) {
  if (value.find('\n') == std::string_view::npos || value[0] == ' ' || value[0] == '\n')
    return false;
  while (!value.empty()) {
    const std::string_view line = ascii::take_until(value, '\n');
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos ? !line.empty() : line[begin] == '\t') return false;
    if (line.size() > kLineBytesMax / 2) return false;
    if (std::any_of(line.begin(), line.end(),
                    [](char c) { return ascii::is_control(c) && c != '\t'; }))
      return false;
  }
  return true;
}

}  // namespace

std::string YamlWriter::quoted_if_needed(std::string_view value) {
  return is_plain(value) ? std::string(value) : quoted(value);
}

void YamlWriter::start_line() {
  if (dash_) {
    text_.append(indent_ - 2, ' ');
    text_ += "- ";
  } else {
    text_.append(indent_, ' ');
  }
  dash_ = false;
  empty_ = false;
}

void YamlWriter::line(std::string_view key) {
  start_line();
  text_ += quoted_if_needed(key) + ":";
}

void YamlWriter::open_map(std::string_view key) {
  line(key);
  text_.push_back('\n');
  indent_ += 2;
  empty_ = true;
}

void YamlWriter::open_list(std::string_view key) { open_map(key); }

void YamlWriter::open_item() {
  indent_ += 2;
  dash_ = true;
}

void YamlWriter::close() {
  // A mapping or list that nothing was written to.
  if (empty_) {
    text_.pop_back();
    text_ += " {}\n";
    empty_ = false;
  }
  indent_ -= 2;
}

void YamlWriter::text(std::string_view key, std::string_view value) {
  line(key);
  if (is_block(value)) return block(value);
  text_ += " " + quoted_if_needed(value) + "\n";
}

void YamlWriter::plain(std::string_view key, std::string_view value) {
  line(key);
  text_ += " " + std::string(value) + "\n";
}

void YamlWriter::number(std::string_view key, std::int64_t value) {
  plain(key, fmt::format("{}", value));
}
void YamlWriter::flag(std::string_view key, bool value) { plain(key, value ? "true" : "false"); }

void YamlWriter::text_item(std::string_view value) { plain_item(quoted_if_needed(value)); }

void YamlWriter::plain_item(std::string_view value) {
  indent_ += 2;
  dash_ = true;
  start_line();
  text_ += std::string(value) + "\n";
  indent_ -= 2;
}

void YamlWriter::block(std::string_view value) {
  text_ += !value.ends_with('\n') ? " |-\n" : value.ends_with("\n\n") ? " |+\n" : " |\n";
  while (!value.empty()) {
    const std::string_view line = ascii::take_until(value, '\n');
    if (!line.empty()) text_.append(indent_ + 2, ' ');
    text_ += line;
    text_.push_back('\n');
  }
}

}  // namespace mailcosm::sim::scenario
