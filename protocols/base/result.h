// Result<T>: a value, or why there is none. The names are those of std::expected, which this
// compiler lacks in C++20.
//
// Used for text that does not parse and for scenarios that are wrong; a peer's protocol errors are
// replies and events, and our own bugs are CHECKs. Inner loops return bool or an index; only a
// module's edge returns a Result.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "protocols/base/check.h"

namespace mailcosm {

// What is wrong, as a phrase without a final full stop ("label is longer than 63 octets"), and
// where: the offset in octets from the start of the parsed text.
struct Error {
  std::string what;
  std::size_t offset = 0;
  friend bool operator==(const Error&, const Error&) = default;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit on purpose
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  // REQUIRES: has_value().
  T& value() & { return CHECK(has_value()), *std::get_if<0>(&state_); }
  const T& value() const& { return CHECK(has_value()), *std::get_if<0>(&state_); }
  T&& value() && { return CHECK(has_value()), std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  T value_or(T other) const& { return has_value() ? value() : std::move(other); }

  // REQUIRES: !has_value().
  const Error& error() const { return CHECK(!has_value()), *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT: implicit on purpose
  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const { return CHECK(failed_), error_; }

 private:
  Error error_;
  bool failed_ = false;
};

}  // namespace mailcosm
