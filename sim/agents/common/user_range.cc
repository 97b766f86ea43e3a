#include "sim/agents/common/user_range.h"

#include "protocols/base/ascii.h"

namespace mailcosm::sim {

std::string UserRange::local_part(std::uint64_t number) const {
  std::string text = before;
  text += std::to_string(number);
  text += after;
  return text;
}

std::string password_of(std::string_view local_part) {
  return std::string(local_part) + "-password";
}

UserRanges::UserRanges(const std::vector<UserRange>& ranges) {
  for (const UserRange& range : ranges) by_domain_.emplace(range.domain, range);
}

bool UserRanges::has(std::string_view local_part, std::string_view domain) const {
  const auto found = by_domain_.find(ascii::to_lower(domain));
  if (found == by_domain_.end()) return false;
  const UserRange& range = found->second;
  const std::size_t around = range.before.size() + range.after.size();
  if (local_part.size() <= around) return false;
  const std::string_view digits =
      local_part.substr(range.before.size(), local_part.size() - around);
  if (digits.front() == '0') return false;
  const auto number = ascii::parse_unsigned(digits, range.count);
  return number &&
         ascii::equal_ignoring_case(local_part.substr(0, range.before.size()), range.before) &&
         ascii::equal_ignoring_case(local_part.substr(local_part.size() - range.after.size()),
                                    range.after);
}

bool UserRanges::has(std::string_view address) const {
  const std::size_t at = address.rfind('@');
  return at != std::string_view::npos && has(address.substr(0, at), address.substr(at + 1));
}

std::string UserRanges::log_in(std::string_view login, std::string_view password) const {
  if (!has(login)) return {};
  std::string address = ascii::to_lower(login);
  return password == password_of(std::string_view(address).substr(0, address.rfind('@')))
             ? address
             : std::string();
}

}  // namespace mailcosm::sim
