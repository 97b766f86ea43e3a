// Spread: a row of objects. Where several threads use them, each its own, they lie on cache lines
// of their own, so that no thread slows another down; else side by side.
#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim {

template <typename Object>
class Spread {
 public:
  static constexpr std::size_t kCacheLine = 64;

  // Room for `count` objects.
  Spread(std::size_t count, bool apart)
      : step_(apart ? (sizeof(Object) + kCacheLine - 1) / kCacheLine * kCacheLine : sizeof(Object)),
        count_(count),
        memory_(static_cast<char*>(::operator new(std::max<std::size_t>(count * step_, 1),
                                                  std::align_val_t(kCacheLine)))) {}
  ~Spread() {
    for (std::size_t i = 0; i < size_; ++i) (*this)[i].~Object();
    ::operator delete(memory_, std::align_val_t(kCacheLine));
  }
  Spread(const Spread&) = delete;
  Spread& operator=(const Spread&) = delete;

  std::size_t size() const { return size_; }
  Object& operator[](std::size_t index) {
    return *std::launder(reinterpret_cast<Object*>(memory_ + index * step_));
  }
  const Object& operator[](std::size_t index) const {
    return *std::launder(reinterpret_cast<const Object*>(memory_ + index * step_));
  }
  // REQUIRES: there is room left.
  template <typename... Arguments>
  Object& emplace_back(Arguments&&... arguments) {
    CHECK(size_ < count_);
    Object* const object =
        new (memory_ + size_ * step_) Object(std::forward<Arguments>(arguments)...);
    ++size_;
    return *object;
  }

 private:
  std::size_t step_;
  std::size_t count_;
  std::size_t size_ = 0;
  char* memory_;
};

}  // namespace mailcosm::sim
