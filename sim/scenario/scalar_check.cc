#include "sim/scenario/scalar_check.h"

#include <fmt/format.h>

#include <span>
#include <string>

#include "protocols/base/ascii.h"
#include "protocols/base/ip_address.h"
#include "sim/scenario/address_range.h"
#include "sim/scenario/check_shape.h"
#include "sim/scenario/names.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::string_view kFlags[] = {"true", "false"};

// Quotes what was found, shortened.
std::string shown(std::string_view text) {
  constexpr std::size_t kShownMax = 40;
  std::string result = "'";
  for (char c : text.substr(0, kShownMax)) result.push_back(ascii::is_control(c) ? ' ' : c);
  while (text.size() > kShownMax && (static_cast<unsigned char>(result.back()) & 0x80u) != 0)
    result.pop_back();
  return result + (text.size() > kShownMax ? "...'" : "'");
}

// An error of the parsers as a sentence.
std::string sentence(std::string_view what) {
  std::string text = fmt::format("{}.", what);
  if (ascii::is_lower(text[0])) text[0] = ascii::to_upper(text[0]);
  return text;
}

std::string why_no_number(std::string_view what) {
  if (what == "expected a whole number")
    return "Digits only: no point, no exponent, no underscore.";
  return sentence(what);
}

std::span<const std::string_view> units_of(Type type) {
  static constexpr std::string_view kDurations[] = {"ns",  "us", "ms",   "s",
                                                    "min", "h",  "days", "day"};
  static constexpr std::string_view kBandwidths[] = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s"};
  static constexpr std::string_view kSizes[] = {"B", "kB", "KiB", "MB", "MiB", "GB", "GiB"};
  if (type == Type::kDuration) return kDurations;
  if (type == Type::kBandwidth) return kBandwidths;
  if (type == Type::kSize) return kSizes;
  return {};
}

class ScalarCheck {
 public:
  ScalarCheck(const Node& node, const Key& key, Type type, Reporter& reporter)
      : node_(node), key_(key), type_(type), reporter_(reporter) {}

  void run() {
    if (is_quantity() && !key_.zero.empty() && node_.text == key_.zero) return;
    switch (type_) {
      case Type::kText:
        return text();
      case Type::kScalar:
        return scalar();
      case Type::kInteger:
        return integer();
      case Type::kDecimal:
        return decimal();
      case Type::kFlag:
        return flag();
      case Type::kDuration:
        return quantity(parse_duration(node_.text));
      case Type::kBandwidth:
        return quantity(parse_bandwidth(node_.text));
      case Type::kFraction:
        return quantity(parse_fraction(node_.text));
      case Type::kSize:
        return quantity(parse_size(node_.text));
      case Type::kWallTime:
        return quantity(parse_wall_time(node_.text));
      case Type::kChoice:
        return choice();
      case Type::kIpAddress:
        return expect(IpAddress::parse(node_.text).has_value());
      case Type::kAddressRange:
        return quantity(parse_address_range(node_.text));
      default:
        return name();
    }
  }

 private:
  bool is_quantity() const {
    return type_ == Type::kDuration || type_ == Type::kBandwidth || type_ == Type::kSize ||
           type_ == Type::kFraction;
  }

  void fail(std::string what, std::string reason, std::string suggestion = {}) {
    reporter_.add(node_.source, fmt::format("{}: {}", key_.name, what), std::move(reason),
                  std::move(suggestion));
  }

  void expect(bool good, std::string suggestion = {}) {
    if (good) return;
    fail(fmt::format("{} is not {}", shown(node_.text), about_type(type_)), "",
         std::move(suggestion));
  }

  void text() {
    if (node_.quoted) return;
    const std::string_view other = other_reading_of(node_.text);
    if (other.empty()) return;
    fail(fmt::format("{} reads as {}, but a text belongs here", shown(node_.text), other),
         "Without quotes YAML readers do not agree on what it is.",
         fmt::format("write \"{}\"", node_.text));
  }

  void scalar() {
    if (node_.quoted || parse_integer(node_.text)) return;
    text();
  }

  void integer() {
    const auto value = parse_integer(node_.text);
    if (node_.quoted || !value) {
      fail(fmt::format("{} is not a whole number{}", shown(node_.text),
                       node_.quoted ? " but a text in quotes" : ""),
           value ? "" : why_no_number(value.error().what), value ? "leave the quotes out" : "");
    } else if (*value < key_.min || *value > key_.max) {
      fail(fmt::format("{} is out of range", *value),
           key_.min == key_.max
               ? fmt::format("Only {} is possible.", key_.min)
               : fmt::format("It must lie between {} and {}.", key_.min, key_.max));
    }
  }

  void decimal() {
    const auto value = parse_decimal(node_.text);
    if (node_.quoted || !value) {
      fail(fmt::format("{} is not a number{}", shown(node_.text),
                       node_.quoted ? " but a text in quotes" : ""),
           value ? "" : sentence(value.error().what), value ? "leave the quotes out" : "");
    } else if (*value < key_.min || *value > key_.max) {
      fail(fmt::format("{} is out of range", node_.text),
           fmt::format("It must lie between {} and {}.", format_decimal(key_.min),
                       format_decimal(key_.max)));
    }
  }

  void flag() {
    if (!node_.quoted && (node_.text == "true" || node_.text == "false")) return;
    const std::string folded = ascii::to_lower(node_.text);
    std::string suggestion = suggestion_for(folded, kFlags);
    if (folded == "yes" || folded == "on" || folded == "y") suggestion = "write true";
    if (folded == "no" || folded == "off" || folded == "n") suggestion = "write false";
    fail(fmt::format("{} is not true or false", shown(node_.text)),
         "YAML readers do not agree on words such as yes and on, so only these two count.",
         suggestion);
  }

  template <typename T>
  void quantity(const Result<T>& value) {
    if (value) return;
    std::string suggestion = is_quantity() ? other_spelling() : "";
    if (suggestion.empty() && !key_.zero.empty())
      suggestion = fmt::format("the word '{}' is possible, too", key_.zero);
    fail(fmt::format("{} is not {}", shown(node_.text), about_type(type_)),
         sentence(value.error().what), std::move(suggestion));
  }

  // For quantities as people write them elsewhere; empty if nothing helps.
  std::string other_spelling() const {
    const std::string_view text = node_.text;
    const std::size_t unit = text.find_first_not_of("0123456789.,: ");
    if (text.empty() || !ascii::is_digit(text[0])) return "";
    if (text.find(':') != std::string::npos) return "write one number and one unit, such as '90 s'";
    if (text.find(',') != std::string::npos) return "write a point instead of the comma";
    if (unit == std::string::npos) return "";
    if (text.find_first_of("0123456789", unit) != std::string::npos)
      return "write one number and one unit, such as '90 min'";
    const auto best = nearest(text.substr(unit), units_of(type_));
    // What is the right unit already is wrong in another way.
    return best && unit > 0 && *best != text.substr(unit)
               ? fmt::format("did you mean '{} {}'?", ascii::trim(text.substr(0, unit)), *best)
               : "";
  }

  void choice() {
    for (std::string_view word : key_.choices) {
      if (node_.text == word) return;
    }
    fail(fmt::format("{} is not possible here", shown(node_.text)),
         fmt::format("One of: {}.", fmt::join(key_.choices, ", ")),
         nearest(node_.text, key_.choices) ? suggestion_for(node_.text, key_.choices) : "");
  }

  void name() {
    const std::string_view value = node_.text;
    if (!node_.quoted && !other_reading_of(value).empty()) return text();
    switch (type_) {
      case Type::kName:
        return expect(is_domain(value), without_dot());
      case Type::kLabel:
        return expect(is_label(value), first_label());
      case Type::kDomain:
        return expect(is_zone_name(value), without_dot());
      case Type::kLocalPart:
        return expect(is_local_part(value), before_at());
      case Type::kMailAddress:
        return expect(is_mail_address(value), one_address());
      case Type::kUser:
        return expect(is_mail_address(value) || is_local_part(value));
      default:
        return;
    }
  }

  std::string without_dot() const {
    const bool dotted = node_.text.size() > 1 && node_.text.ends_with('.');
    return dotted ? "leave the final dot out" : "";
  }
  std::string first_label() const {
    const std::size_t dot = node_.text.find('.');
    const std::string_view first = std::string_view(node_.text).substr(0, dot);
    return is_label(first) ? fmt::format("write only '{}'", first) : "";
  }
  std::string one_address() const {
    if (node_.text.find(',') != std::string::npos)
      return "several addresses are a list: [bob@blue.com, carol@blue.com]";
    if (node_.text.find('<') != std::string::npos)
      return "write the address alone, without the name";
    return is_local_part(node_.text) ? fmt::format("add the domain: {}@blue.com", node_.text) : "";
  }
  std::string before_at() const {
    return is_mail_address(node_.text) ? fmt::format("write only '{}'", local_part_of(node_.text))
                                       : "";
  }

  const Node& node_;
  const Key& key_;
  Type type_;
  Reporter& reporter_;
};

}  // namespace

void check_scalar(const Node& node, const Key& key, Type type, Reporter& reporter) {
  ScalarCheck(node, key, type, reporter).run();
}

}  // namespace mailcosm::sim::scenario
