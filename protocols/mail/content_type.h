// Content-Type and Content-Disposition: a value with parameters (RFC 2045 section 5.1, RFC 2183,
// RFC 2231).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/base/result.h"

namespace mailcosm::mail {

struct Parameter {
  std::string name;      // lower case, without the marks of RFC 2231
  std::string value;     // continuations joined, percent encoding and charset decoded to UTF-8
  std::string language;  // RFC 2231 section 5; mostly empty
};

struct ParameterLimits {
  std::size_t parameters_max = 256;       // what follows is dropped
  std::size_t value_length_max = 65'536;  // of one joined parameter; what follows is dropped
};

// Parameters as read. `raw` is what stands in the field, for BODYSTRUCTURE: names as written
// (`filename*0*`), values without quoting but not decoded.
struct Parameters {
  std::vector<Parameter> decoded;
  std::vector<std::pair<std::string, std::string>> raw;

  // Decoded value of the first parameter of that name (lower case), or null.
  const std::string* find(std::string_view name) const;
};

struct ContentType {
  std::string type = "text";      // lower case
  std::string subtype = "plain";  // lower case
  Parameters parameters;

  bool is(std::string_view wanted_type, std::string_view wanted_subtype) const {
    return type == wanted_type && subtype == wanted_subtype;
  }
  // The boundary of a multipart, or empty.
  std::string boundary() const;
  // The charset in lower case; us-ascii if there is none (RFC 2045 section 5.2).
  std::string charset() const;
};

struct ContentDisposition {
  std::string type;  // lower case: inline, attachment
  Parameters parameters;

  std::string filename() const;
};

// From a field body, folded or not. An Error means that there is no type at all: the caller takes
// the default of RFC 2045 section 5.2. Parameters that do not parse are left out. A missing subtype
// is empty.
Result<ContentType> parse_content_type(std::string_view text, const ParameterLimits& limits = {});
Result<ContentDisposition> parse_content_disposition(std::string_view text,
                                                     const ParameterLimits& limits = {});

// `; name=value`, quoted if needed, or in the extended form of RFC 2231 if not ASCII.
void append_parameter(std::string_view name, std::string_view value_utf8, std::string& output);

}  // namespace mailcosm::mail
