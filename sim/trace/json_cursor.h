// JsonCursor: reads one JSON text (RFC 8259) from front to back without building a tree, so that
// its memory does not depend on the input.
//
// Every call moves on by one value or structural step. After the first failure all calls give false
// and failed() stays true. Numbers are integers of 64 bits; a fraction or exponent can only be
// skipped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm::sim {

class JsonCursor {
 public:
  // The text must outlive the cursor.
  JsonCursor(std::string_view text, int depth_max) : text_(text), depth_max_(depth_max) {}

  // The first character of the next value ('{', '[', '"', '-', a digit, t, f, n), or 0 at the end.
  char peek();

  bool enter_object();
  // True: `key` is the next key, and its value comes next. False: the object is over (or failed).
  bool next_key(std::string& key);
  bool enter_array();
  // True: an element comes next. False: the array is over (or failed).
  bool next_element();

  bool read_string(std::string& output);
  bool read_integer(std::int64_t& output);
  bool read_flag(bool& output);
  // Any value, with all that is in it.
  bool skip();

  // True if nothing but white space is left.
  bool at_end();

  // Makes the cursor fail with a reason of the caller's own. Gives false.
  bool fail(std::string_view what);
  bool failed() const { return !error_.empty(); }
  const std::string& error() const { return error_; }
  std::size_t offset() const { return offset_; }

 private:
  void skip_space();
  bool take(char c, std::string_view what);
  bool next_item(char closing, std::string_view what);
  bool enter(char opening, std::string_view what);
  bool take_word(std::string_view word);
  bool read_escape(std::string& output);
  bool read_code_unit(std::uint32_t& unit);
  bool skip_number();
  bool skip_container(char opening);

  std::string_view text_;
  std::size_t offset_ = 0;
  int depth_ = 0;
  int depth_max_;
  bool first_ = false;  // nothing of the innermost object or array was taken yet
  std::string error_;
};

}  // namespace mailcosm::sim
