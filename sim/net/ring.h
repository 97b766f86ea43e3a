// Ring: a queue with room for a few elements inside itself, which grows on the heap and can be
// indexed.
//
// For small trivially copyable records. Growing doubles the room; clear() keeps it, release() gives
// it back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "protocols/base/check.h"

namespace mailcosm::sim {

template <typename T, std::uint32_t kInline>
class Ring {
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert((kInline & (kInline - 1)) == 0);

 public:
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::uint32_t index) { return data()[(begin_ + index) & (capacity_ - 1)]; }
  const T& operator[](std::uint32_t index) const {
    return data()[(begin_ + index) & (capacity_ - 1)];
  }
  T& front() { return CHECK(size_ != 0), (*this)[0]; }
  const T& front() const { return CHECK(size_ != 0), (*this)[0]; }
  T& back() { return CHECK(size_ != 0), (*this)[size_ - 1]; }
  const T& back() const { return CHECK(size_ != 0), (*this)[size_ - 1]; }

  void push_back(const T& value) {
    if (size_ == capacity_) grow();
    (*this)[size_++] = value;
  }
  void pop_front() {
    CHECK(size_ != 0);
    begin_ = (begin_ + 1) & (capacity_ - 1);
    --size_;
  }
  void clear() { begin_ = size_ = 0; }
  void release() {
    clear();
    heap_.reset();
    capacity_ = kInline;
  }
  // Octets on the heap.
  std::size_t heap_octets() const { return heap_ ? capacity_ * sizeof(T) : 0; }

 private:
  T* data() { return heap_ ? heap_.get() : inline_.data(); }
  const T* data() const { return heap_ ? heap_.get() : inline_.data(); }
  void grow() {
    const std::uint32_t capacity = capacity_ * 2;
    auto bigger = std::make_unique<T[]>(capacity);
    for (std::uint32_t i = 0; i < size_; ++i) bigger[i] = (*this)[i];
    heap_ = std::move(bigger);
    capacity_ = capacity;
    begin_ = 0;
  }

  std::array<T, kInline> inline_{};
  std::unique_ptr<T[]> heap_;
  std::uint32_t capacity_ = kInline;
  std::uint32_t begin_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace mailcosm::sim
