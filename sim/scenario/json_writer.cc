#include "sim/scenario/json_writer.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"

namespace mailcosm::sim::scenario {
namespace {

void append_string(std::string_view value, std::string& output) {
  output.push_back('"');
  for (char c : value) {
    if (c == '"' || c == '\\') {
      output.push_back('\\');
      output.push_back(c);
    } else if (c == '\n') {
      output += "\\n";
    } else if (ascii::is_control(c)) {
      output += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      output.push_back(c);
    }
  }
  output.push_back('"');
}

}  // namespace

std::string JsonWriter::take() {
  text_.push_back('\n');
  return std::move(text_);
}

void JsonWriter::line() {
  text_.push_back('\n');
  text_.append(open_.size() * 2, ' ');
}

void JsonWriter::start_value() {
  if (!after_key_ && !open_.empty()) {
    if (!first_) text_.push_back(',');
    line();
  }
  after_key_ = false;
  first_ = false;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  start_value();
  append_string(name, text_);
  text_ += ": ";
  after_key_ = true;
  return *this;
}

void JsonWriter::open(char bracket) {
  start_value();
  text_.push_back(bracket);
  open_.push_back(bracket == '{' ? '}' : ']');
  first_ = true;
}

void JsonWriter::close() {
  const char bracket = open_.back();
  open_.pop_back();
  if (!first_) line();
  text_.push_back(bracket);
  first_ = false;
}

void JsonWriter::text(std::string_view value) {
  start_value();
  append_string(value, text_);
}

void JsonWriter::number(std::int64_t value) {
  start_value();
  text_ += fmt::format("{}", value);
}

void JsonWriter::flag(bool value) {
  start_value();
  text_ += value ? "true" : "false";
}

}  // namespace mailcosm::sim::scenario
