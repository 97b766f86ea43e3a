// Header: the fields of a message or a body part in their order (RFC 5322 section 2.2), as views.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailcosm::mail {

// One field. Views into the parsed text.
struct Field {
  std::string_view raw;   // name, colon, body and the CRLF that ends it
  std::string_view name;  // without white space before the colon (obsolete, RFC 5322 section 4.5)
  std::string_view body;  // all after the colon, folded, without the CRLF that ends it

  // The body on one line, without white space at both ends.
  std::string value() const;
};

struct HeaderLimits {
  std::size_t size_max = 1 << 20;  // octets of one header section; what follows counts as body
  std::size_t fields_max = 10'000;
  // A line that is neither a field nor empty: false, the body starts with it; true, it is passed
  // over.
  bool skip_malformed_lines = false;
};

// Reads the fields of one header section from left to right and keeps none of them. Does not own
// the text: it must live and stay in place.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text, const HeaderLimits& limits = {})
      : text_(text.substr(0, limits.size_max)), limits_(limits) {}

  // False at the end of the section: at its empty line, at the end of the text, or at a line that
  // is no field.
  bool next(Field& field);

  // Octets read. At the end: of all fields, with the empty line if there is one.
  std::size_t offset() const { return at_; }
  bool has_empty_line() const { return has_empty_line_; }
  // False if there was a line that is neither a field nor empty.
  bool well_formed() const { return well_formed_; }

 private:
  std::string_view text_;
  HeaderLimits limits_;
  std::size_t at_ = 0;
  std::size_t count_ = 0;
  bool has_empty_line_ = false;
  bool well_formed_ = true;
};

// Ordered fields of one header section. Does not own the text: it must live and stay in place.
class Header {
 public:
  Header() = default;
  // Parses from the start of `text` up to the empty line, which is part of the header section's
  // size. Ends early, without an empty line, at the end of the text or at a line that is no field:
  // that line starts the body.
  static Header parse(std::string_view text, const HeaderLimits& limits = {});

  const std::vector<Field>& fields() const { return fields_; }
  // First field of that name in any case, or null.
  const Field* find(std::string_view name) const;
  // value() of the first field of that name, or empty.
  std::string value_of(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  // Octets of all fields, with the empty line if there is one: the body starts here.
  std::size_t size() const { return size_; }
  bool has_empty_line() const { return has_empty_line_; }
  // False if there was a line that is neither a field nor empty.
  bool well_formed() const { return well_formed_; }

 private:
  std::vector<Field> fields_;
  std::size_t size_ = 0;
  bool has_empty_line_ = false;
  bool well_formed_ = true;
};

// Takes every CRLF that white space follows away (RFC 5322 section 2.2.3).
std::string unfold(std::string_view text);

// Lines of a message: SHOULD be at most 78, MUST be at most 998 octets without CRLF (RFC 5322
// section 2.1.1).
inline constexpr std::size_t kLineLengthWanted = 78;
inline constexpr std::size_t kLineLengthMax = 998;

// Appends `name: value` CRLF, folded before white space outside of quoted strings so that lines
// stay below 79 octets where the text has such places; words longer than 998 are cut. CR, LF and
// NUL in the value become spaces, so that no value can add a field of its own. Octets of the value
// are written as they are: encode non-ASCII text first.
void append_field(std::string_view name, std::string_view value, std::string& output);

}  // namespace mailcosm::mail
