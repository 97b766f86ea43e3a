// UserRange: many users of one domain who are counted and not listed, so that a hundred thousand
// cost no more than one.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailcosm::sim {

// Their local parts are `before`, a number from 1 to `count` without leading zeros, and `after`;
// their passwords the same with "-password" behind; their logins their mail addresses. All in lower
// case.
struct UserRange {
  std::string domain;
  std::string before;
  std::string after;
  std::uint64_t count = 0;

  std::string local_part(std::uint64_t number) const;
  std::string address(std::uint64_t number) const { return local_part(number) + '@' + domain; }
};

std::string password_of(std::string_view local_part);

class UserRanges {
 public:
  UserRanges() = default;
  // Of two with the same domain the first counts.
  explicit UserRanges(const std::vector<UserRange>& ranges);

  bool empty() const { return by_domain_.empty(); }
  // Without regard to case.
  bool has(std::string_view local_part, std::string_view domain) const;
  bool has(std::string_view address) const;
  // The address in lower case if `login` is one of these users' and the password fits, else empty.
  std::string log_in(std::string_view login, std::string_view password) const;

 private:
  std::map<std::string, UserRange, std::less<>> by_domain_;
};

}  // namespace mailcosm::sim
