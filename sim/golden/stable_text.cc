#include "sim/golden/stable_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailcosm::sim {
namespace {

constexpr std::int64_t kTenYears = std::int64_t{10} * 366 * 86'400;
constexpr std::string_view kDayInitials = "MTWFS";
constexpr std::size_t kMessageIdMax = 998;  // RFC 5322 section 2.1.1: a line

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_digit(c) || is_letter(c); }

// Takes octets off the front of a text if they fit.
class Matcher {
 public:
  explicit Matcher(std::string_view text) : rest_(text) {}
  bool text(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  bool one_of(std::string_view three_letter_names) {
    for (std::size_t at = 0; at + 3 <= three_letter_names.size(); at += 3)
      if (text(three_letter_names.substr(at, 3))) return true;
    return false;
  }
  bool digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < most && count < rest_.size() && is_digit(rest_[count])) ++count;
    if (count < least) return false;
    rest_.remove_prefix(count);
    return true;
  }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

bool is_random(std::string_view word) {
  if (word.size() != 16) return false;
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace

// RFC 5322 section 3.3: [ day-name "," ] date time; RFC 9051: date-time.
std::size_t date_at_front(std::string_view text) {
  Matcher matcher(text);
  if (matcher.one_of("MonTueWedThuFriSatSun") && !matcher.text(", ")) return 0;
  if (!matcher.digits(1, 2)) return 0;
  const std::string_view separator = matcher.text("-") ? "-" : " ";
  if (separator == " " && !matcher.text(" ")) return 0;
  const bool date = matcher.one_of("JanFebMarAprMayJunJulAugSepOctNovDec") &&
                    matcher.text(separator) && matcher.digits(4, 4) && matcher.text(" ");
  const bool time = date && matcher.digits(2, 2) && matcher.text(":") && matcher.digits(2, 2) &&
                    matcher.text(":") && matcher.digits(2, 2) && matcher.text(" ");
  const bool zone = time && (matcher.text("+") || matcher.text("-")) && matcher.digits(4, 4);
  return zone ? text.size() - matcher.left() : 0;
}

StableText::StableText(WallTime epoch) : epoch_seconds_(epoch.seconds()) {}

bool StableText::learn_message(std::string_view message, std::string_view host) {
  if (message.empty() || messages_.size() >= kNamesMax || messages_.contains(std::string(message)))
    return false;
  const std::uint64_t count = ++counts_[fmt::format("message {}", host)];
  messages_.emplace(message, fmt::format("<message {} of {}>", count, host));
  return true;
}

void StableText::learn_queue_id(std::string_view queue_id, std::string_view host) {
  if (queue_id.empty() || queue_ids_.size() >= kNamesMax ||
      queue_ids_.contains(std::string(queue_id)))
    return;
  const std::uint64_t count = ++counts_[fmt::format("queue {}", host)];
  queue_ids_.emplace(queue_id, fmt::format("{{{} {}}}", host, count));
}

void StableText::append_word(std::string_view word, std::string& result) const {
  if (word.size() < 9) {
    result += word;
    return;
  }
  if (word.size() == 10 && std::all_of(word.begin(), word.end(), is_digit)) {
    std::int64_t number = 0;
    for (char c : word) number = number * 10 + (c - '0');
    if (number >= epoch_seconds_ && number < epoch_seconds_ + kTenYears) {
      result += "{time}";
      return;
    }
  }
  if (is_random(word)) {
    result += "{random}";
    return;
  }
  const auto known = queue_ids_.find(std::string(word));
  result += known == queue_ids_.end() ? word : std::string_view(known->second);
}

std::string StableText::of(std::string_view text) const {
  std::string result;
  result.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    if (rest.front() == '<') {
      const std::size_t end = rest.substr(0, kMessageIdMax).find('>');
      const auto known = end == std::string_view::npos
                             ? messages_.end()
                             : messages_.find(std::string(rest.substr(0, end + 1)));
      if (known != messages_.end()) {
        result += known->second;
        at += end + 1;
        continue;
      }
    }
    if (!is_word(rest.front())) {
      result += rest.front();
      ++at;
      continue;
    }
    const bool may_be_date =
        is_digit(rest.front()) || kDayInitials.find(rest.front()) != std::string_view::npos;
    if (const std::size_t date = may_be_date ? date_at_front(rest) : 0; date != 0) {
      result += "{date}";
      at += date;
      continue;
    }
    std::size_t end = 0;
    while (end < rest.size() && is_word(rest[end])) ++end;
    append_word(rest.substr(0, end), result);
    at += end;
  }
  return result;
}

}  // namespace mailcosm::sim
