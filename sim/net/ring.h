// Ring: a queue with room for a few elements inside itself, which grows on the heap and can be
// indexed.
//
// For small trivially copyable records. Growing doubles the room; clear() keeps it, release() gives
// it back. The room inside and the pointer to the heap share their place, so that a small ring is
// little more than its elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim {

template <typename T, std::uint32_t kInline>
class Ring {
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert((kInline & (kInline - 1)) == 0);

 public:
  Ring() {}
  Ring(Ring&& other) noexcept { take(other); }
  Ring& operator=(Ring&& other) noexcept {
    if (this == &other) return *this;
    release();
    take(other);
    return *this;
  }
  ~Ring() { release(); }

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
    if (!is_inline()) delete[] heap_;
    capacity_ = kInline;
  }
  // Octets on the heap.
  std::size_t heap_octets() const { return is_inline() ? 0 : capacity_ * sizeof(T); }

 private:
  bool is_inline() const { return capacity_ == kInline; }
  T* inside() { return std::launder(reinterpret_cast<T*>(inline_)); }
  const T* inside() const { return std::launder(reinterpret_cast<const T*>(inline_)); }
  T* data() { return is_inline() ? inside() : heap_; }
  const T* data() const { return is_inline() ? inside() : heap_; }
  void grow() {
    const std::uint32_t capacity = capacity_ * 2;
    T* const bigger = new T[capacity];
    for (std::uint32_t i = 0; i < size_; ++i) bigger[i] = (*this)[i];
    if (!is_inline()) delete[] heap_;
    heap_ = bigger;
    capacity_ = capacity;
    begin_ = 0;
  }
  // REQUIRES: nothing is on the heap.
  void take(Ring& other) {
    if (other.is_inline()) {
      for (std::uint32_t i = 0; i < other.size_; ++i) inside()[i] = other[i];
      begin_ = 0;
    } else {
      heap_ = std::exchange(other.heap_, nullptr);
      begin_ = other.begin_;
    }
    capacity_ = std::exchange(other.capacity_, kInline);
    size_ = other.size_;
    other.clear();
  }

  union {
    alignas(T) std::byte inline_[kInline * sizeof(T)];  // while capacity_ says so
    T* heap_;                                           // owned
  };
  std::uint32_t capacity_ = kInline;
  std::uint32_t begin_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace mailcosm::sim
