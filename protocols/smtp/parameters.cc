#include "protocols/smtp/parameters.h"

#include <optional>

#include "protocols/base/ascii.h"

namespace mailcosm::smtp {
namespace {

struct Parameter {
  std::string_view keyword;
  std::string_view value;
  bool has_value = false;
};

// esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-");  esmtp-value = 1*(%d33-60 / %d62-126)
std::optional<Parameter> parse_parameter(std::string_view text) {
  Parameter parameter;
  const std::size_t equals = text.find('=');
  parameter.keyword = text.substr(0, equals);
  if (parameter.keyword.empty() || parameter.keyword.front() == '-') return std::nullopt;
  for (char c : parameter.keyword) {
    if (!ascii::is_alphanumeric(c) && c != '-') return std::nullopt;
  }
  if (equals == std::string_view::npos) return parameter;
  parameter.has_value = true;
  parameter.value = text.substr(equals + 1);
  if (parameter.value.empty()) return std::nullopt;
  for (char c : parameter.value) {
    if (!ascii::is_printable(c) || c == ' ' || c == '=') return std::nullopt;
  }
  return parameter;
}

// Takes the next parameter off the front; `text` begins with its space. Several spaces count as
// one.
std::string_view take_word(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return ascii::take_until(text, ' ');
}

ParameterError set(const Parameter& parameter, Extension extension, MailParameters& parameters) {
  switch (extension) {
    case Extension::kSize: {
      // RFC 1870 section 3: size-value = 1*20DIGIT. What 64 bits cannot hold is too large for any
      // limit.
      if (parameter.value.empty() || parameter.value.size() > 20) return ParameterError::kSyntax;
      for (char c : parameter.value) {
        if (!ascii::is_digit(c)) return ParameterError::kSyntax;
      }
      parameters.size = ascii::parse_unsigned(parameter.value).value_or(UINT64_MAX);
      return ParameterError::kNone;
    }
    case Extension::kEightBitMime:
      if (ascii::equal_ignoring_case(parameter.value, "7BIT")) {
        parameters.body = Body::kSevenBit;
      } else if (ascii::equal_ignoring_case(parameter.value, "8BITMIME")) {
        parameters.body = Body::kEightBitMime;
      } else {
        return ParameterError::kSyntax;
      }
      return ParameterError::kNone;
    case Extension::kAuth:
      if (!parameter.has_value) return ParameterError::kSyntax;
      parameters.auth = parameter.value;
      return ParameterError::kNone;
    default:
      return ParameterError::kUnknown;
  }
}

// Which extension defines a parameter of MAIL.
std::optional<Extension> owner_of(std::string_view keyword) {
  if (ascii::equal_ignoring_case(keyword, "SIZE")) return Extension::kSize;
  if (ascii::equal_ignoring_case(keyword, "BODY")) return Extension::kEightBitMime;
  if (ascii::equal_ignoring_case(keyword, "AUTH")) return Extension::kAuth;
  return std::nullopt;
}

}  // namespace

ParameterError parse_mail_parameters(std::string_view text, ExtensionSet offered,
                                     MailParameters& parameters) {
  parameters = {};
  ExtensionSet seen;
  while (true) {
    const std::string_view word = take_word(text);
    if (word.empty()) return ParameterError::kNone;
    const std::optional<Parameter> parameter = parse_parameter(word);
    if (!parameter) return ParameterError::kSyntax;
    const std::optional<Extension> extension = owner_of(parameter->keyword);
    if (!extension || !offered.has(*extension)) return ParameterError::kUnknown;
    if (seen.has(*extension)) return ParameterError::kSyntax;
    seen.add(*extension);
    const ParameterError error = set(*parameter, *extension, parameters);
    if (error != ParameterError::kNone) return error;
  }
}

// No extension that is built defines a parameter of RCPT.
ParameterError parse_rcpt_parameters(std::string_view text, ExtensionSet offered) {
  (void)offered;
  const std::string_view word = take_word(text);
  if (word.empty()) return ParameterError::kNone;
  return parse_parameter(word) ? ParameterError::kUnknown : ParameterError::kSyntax;
}

}  // namespace mailcosm::smtp
