#include "protocols/dns/rdata_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>

#include "protocols/base/ascii.h"
#include "protocols/base/bytes.h"
#include "protocols/base/ip_address.h"
#include "protocols/dns/rdata_form.h"
#include "protocols/dns/record.h"

namespace mailcosm::dns {
namespace {

constexpr std::size_t kRdataOctetsMax = 65535;

void append_hex(std::string_view octets, std::string& output) {
  for (char c : octets)
    fmt::format_to(std::back_inserter(output), "{:02X}", static_cast<unsigned char>(c));
}

void append_decimal(std::uint32_t number, std::string& output) {
  std::array<char, 10> digits;
  output.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

void append_dotted(std::string_view octets, std::string& output) {
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (i > 0) output += '.';
    append_decimal(static_cast<unsigned char>(octets[i]), output);
  }
}

void append_quoted(std::string_view octets, std::string& output) {
  output += '"';
  for (char c : octets) {
    if (c == '"' || c == '\\') {
      output += '\\';
      output += c;
    } else if (ascii::is_printable(c)) {
      output += c;
    } else {
      fmt::format_to(std::back_inserter(output), "\\{:03}", static_cast<unsigned char>(c));
    }
  }
  output += '"';
}

void append_field(char field, std::string_view value, std::string& output) {
  ByteReader reader(value);
  switch (field) {
    case 'a':
      append_dotted(value, output);
      return;
    case 'A':
      output += IpAddress::from_octets(value).to_string();
      return;
    case 'b':
      append_decimal(reader.u8(), output);
      return;
    case 's':
      append_decimal(reader.u16(), output);
      return;
    case 'l':
      append_decimal(reader.u32(), output);
      return;
    case 'n':
      NameView::from_wire_unchecked(value).append_text(output);
      return;
    case 'x':
      append_hex(value, output);
      return;
    default:
      append_quoted(value.substr(1), output);
  }
}

Result<std::string> character_string(const Word& word) {
  std::string text(1, '\0');
  for (std::size_t at = 0; at < word.text.size(); ++at) {
    char c = word.text[at];
    if (c == '\\') {
      if (++at >= word.text.size()) return Error{"bad escape in character-string", word.offset};
      c = word.text[at];
      if (ascii::is_digit(c)) {
        const std::string_view digits = word.text.substr(at, 3);
        const auto value = digits.size() == 3 ? ascii::parse_unsigned(digits, 255) : std::nullopt;
        if (!value) return Error{"bad escape in character-string", word.offset};
        c = static_cast<char>(*value);
        at += 2;
      }
    }
    text += c;
  }
  if (text.size() > 256) return Error{"character-string is longer than 255 octets", word.offset};
  text[0] = static_cast<char>(text.size() - 1);
  return text;
}

bool append_hex_octets(std::string_view digits, std::string& output) {
  if (digits.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int high = ascii::hex_value(digits[i]);
    const int low = ascii::hex_value(digits[i + 1]);
    if (high < 0 || low < 0) return false;
    output += static_cast<char>(high << 4 | low);
  }
  return true;
}

// "\# 4 0A000001" (RFC 3597 section 5).
Result<std::string> parse_generic(Type type, std::span<const Word> words) {
  if (words.size() < 2) return Error{"data length is missing", words[0].offset};
  const auto length = ascii::parse_unsigned(words[1].text, kRdataOctetsMax);
  if (!length) return Error{"data length is not a number up to 65535", words[1].offset};
  std::string digits;
  for (const Word& word : words.subspan(2)) digits += word.text;
  std::string rdata;
  if (!append_hex_octets(digits, rdata)) return Error{"data is not hexadecimal", words[1].offset};
  if (rdata.size() != *length)
    return Error{"data does not have the length stated", words[1].offset};
  if (!is_well_formed(type, rdata))
    return Error{"data does not have the form of its type", words[1].offset};
  return rdata;
}

Result<std::string> parse_number(const Word& word, int octets) {
  const std::uint64_t max = octets == 4 ? 0xffffffff : octets == 2 ? 0xffff : 0xff;
  const auto number = ascii::parse_unsigned(word.text, max);
  if (!number)
    return Error{fmt::format("'{}' is not a number up to {}", word.text, max), word.offset};
  std::string value;
  for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8)
    value += static_cast<char>(*number >> shift & 0xff);
  return value;
}

Result<std::string> parse_address(const Word& word, bool ipv4) {
  const auto address = IpAddress::parse(word.text);
  if (!address || address->is_ipv4() != ipv4) {
    return Error{fmt::format("'{}' is not an {} address", word.text, ipv4 ? "IPv4" : "IPv6"),
                 word.offset};
  }
  return std::string(address->octets());
}

Result<std::string> parse_field(char field, const Word& word, const NameView* origin) {
  switch (field) {
    case 'a':
    case 'A':
      return parse_address(word, field == 'a');
    case 'b':
      return parse_number(word, 1);
    case 's':
      return parse_number(word, 2);
    case 'l':
      return parse_number(word, 4);
    case 'n': {
      auto name = parse_word_name(word, origin);
      if (!name) return name.error();
      return std::string(name->wire());
    }
    default:
      return character_string(word);
  }
}

}  // namespace

void append_rdata_text(Type type, std::string_view rdata, std::string& output) {
  const RdataForm* form = is_well_formed(type, rdata) ? form_of(type) : nullptr;
  if (form == nullptr) {
    fmt::format_to(std::back_inserter(output), "\\# {}", rdata.size());
    if (!rdata.empty()) output += ' ';
    append_hex(rdata, output);
    return;
  }
  bool first = true;
  std::string_view value;
  for (char field : form->fields) {
    do {
      if (!first) output += ' ';
      first = false;
      take_field(field, rdata, value);
      append_field(field, value, output);
    } while (field == 'C' && !rdata.empty());
  }
}

std::string rdata_to_string(Type type, std::string_view rdata) {
  std::string text;
  append_rdata_text(type, rdata, text);
  return text;
}

Result<Name> parse_word_name(const Word& word, const NameView* origin) {
  if (word.text == "@" && origin != nullptr) return Name(*origin);
  auto name = Name::parse(word.text, origin != nullptr ? *origin : NameView());
  if (!name) return Error{name.error().what, word.offset};
  if (origin != nullptr) return name;
  // Without an origin the text itself must give all labels, that is end with a dot that is not
  // escaped.
  const auto marked = Name::parse(word.text, Name::of("x."));
  const bool relative = !marked || marked->labels() != name->labels();
  if (relative)
    return Error{fmt::format("'{}' is relative and there is no $ORIGIN", word.text), word.offset};
  return name;
}

Result<std::string> parse_rdata(Type type, std::span<const Word> words, const NameView* origin) {
  if (!words.empty() && words[0].text == "\\#" && !words[0].quoted)
    return parse_generic(type, words);
  const RdataForm* form = form_of(type);
  const std::size_t offset = words.empty() ? 0 : words.back().offset;
  if (form == nullptr)
    return Error{fmt::format("data of {} must be written as \\# length hex", to_string(type)),
                 offset};
  std::string rdata;
  std::size_t at = 0;
  for (char field : form->fields) {
    if (field == 'x') {
      std::string digits;
      while (at < words.size()) digits += words[at++].text;
      if (!append_hex_octets(digits, rdata)) return Error{"data is not hexadecimal", offset};
      continue;
    }
    do {
      if (at >= words.size())
        return Error{fmt::format("data of {} is incomplete", to_string(type)), offset};
      auto value = parse_field(field, words[at++], origin);
      if (!value) return value.error();
      rdata += *value;
    } while (field == 'C' && at < words.size());
  }
  if (at != words.size())
    return Error{fmt::format("'{}' follows the data", words[at].text), words[at].offset};
  if (rdata.size() > kRdataOctetsMax) return Error{"data is longer than 65535 octets", offset};
  return rdata;
}

}  // namespace mailcosm::dns
