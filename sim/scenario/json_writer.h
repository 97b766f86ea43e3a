// JsonWriter: pretty-prints JSON, two spaces a level.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailcosm::sim::scenario {

// Members are named by key(); elements of arrays and the outermost value are not. Every open_* is
// closed by close().
class JsonWriter {
 public:
  std::string take();

  JsonWriter& key(std::string_view name);
  void open_object() { open('{'); }
  void open_array() { open('['); }
  void close();
  void text(std::string_view value);
  void number(std::int64_t value);
  void flag(bool value);

  // key(name) and the value.
  void text(std::string_view name, std::string_view value) { key(name).text(value); }
  void number(std::string_view name, std::int64_t value) { key(name).number(value); }
  void flag(std::string_view name, bool value) { key(name).flag(value); }

 private:
  void open(char bracket);
  void start_value();
  void line();

  std::string text_;
  std::vector<char> open_;  // closing brackets
  bool first_ = true;       // nothing stands in the open collection yet
  bool after_key_ = false;
};

}  // namespace mailcosm::sim::scenario
