// YamlWriter: prints mappings and lists so that read_yaml reads the same back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"

namespace mailcosm::sim::scenario {

// Every open_* is closed by close().
class YamlWriter {
 public:
  std::string take() { return std::move(text_); }

  void open_map(std::string_view key);
  void open_list(std::string_view key);
  void open_item();  // a mapping as an element of a list
  void close();

  void text(std::string_view key, std::string_view value);   // quoted or as a block where needed
  void plain(std::string_view key, std::string_view value);  // as it is
  void number(std::string_view key, std::int64_t value);
  void flag(std::string_view key, bool value);
  void text_item(std::string_view value);  // an element of a list
  void plain_item(std::string_view value);
  // "key: [a, b]"
  template <typename Texts>
  void texts(std::string_view key, const Texts& values) {
    std::string list;
    for (const std::string& value : values)
      list += (list.empty() ? "" : ", ") + quoted_if_needed(value);
    plain(key, "[" + list + "]");
  }

  static std::string quoted_if_needed(std::string_view value);

 private:
  void line(std::string_view key);
  void start_line();
  void block(std::string_view value);

  std::string text_;
  std::size_t indent_ = 0;
  bool dash_ = false;   // the next line begins an element
  bool empty_ = false;  // nothing was written since the last open
};

}  // namespace mailcosm::sim::scenario
