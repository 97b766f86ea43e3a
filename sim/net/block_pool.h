// BlockPool and Slice: payload bytes, stored once and shared by everything that holds them.
//
// A block is a reference-counted piece of memory from one of a few size classes; emptied blocks are
// reused, so that no packet costs an allocation once the pool has reached its working size. A slice
// is a view that keeps its block alive. Counts are not atomic: a pool and its slices belong to one
// thread. The pool outlives its slices.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace mailcosm::sim {

class BlockPool;

// Header of a block; its octets follow.
struct Block {
  BlockPool* pool = nullptr;
  Block* next_free = nullptr;
  std::uint32_t references = 0;
  std::uint32_t capacity = 0;
  std::uint32_t used =
      0;  // octets that somebody has written; the rest may be appended to by the last writer
  std::uint32_t size_class = 0;

  char* octets() { return reinterpret_cast<char*>(this + 1); }
};

class BlockPool {
 public:
  BlockPool() = default;
  ~BlockPool();
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;

  static constexpr std::uint32_t kCapacityMax = 65'536;
  // A block of at least `capacity` octets without references. REQUIRES: capacity <= kCapacityMax.
  Block* take(std::uint32_t capacity);
  void give_back(Block* block);

  // Blocks that exist, in use or free.
  std::size_t blocks() const { return blocks_; }
  std::size_t in_use() const { return in_use_; }

 private:
  static constexpr std::size_t kClasses = 11;  // 64 octets to 64 kilobytes

  std::array<Block*, kClasses> free_{};
  Block* all_ = nullptr;
  std::size_t blocks_ = 0;
  std::size_t in_use_ = 0;
};

class Slice {
 public:
  Slice() = default;
  Slice(Block* block, std::uint32_t offset, std::uint32_t length)
      : block_(block), offset_(offset), length_(length) {
    ++block_->references;
  }
  // Copies the bytes into a block of their own; an empty slice has none.
  static Slice copy_of(BlockPool& pool, std::string_view bytes);

  Slice(const Slice& other) : block_(other.block_), offset_(other.offset_), length_(other.length_) {
    if (block_ != nullptr) ++block_->references;
  }
  Slice(Slice&& other) noexcept
      : block_(std::exchange(other.block_, nullptr)),
        offset_(other.offset_),
        length_(std::exchange(other.length_, 0)) {}
  Slice& operator=(Slice other) noexcept {
    std::swap(block_, other.block_);
    std::swap(offset_, other.offset_);
    std::swap(length_, other.length_);
    return *this;
  }
  ~Slice() {
    if (block_ != nullptr && --block_->references == 0) block_->pool->give_back(block_);
  }

  std::uint32_t size() const { return length_; }
  bool empty() const { return length_ == 0; }
  std::string_view view() const {
    return block_ == nullptr ? std::string_view()
                             : std::string_view(block_->octets() + offset_, length_);
  }
  // REQUIRES: count <= size().
  void remove_prefix(std::uint32_t count) {
    offset_ += count;
    length_ -= count;
  }
  void truncate(std::uint32_t size) { length_ = size; }
  void clear() {
    if (block_ != nullptr && --block_->references == 0) block_->pool->give_back(block_);
    block_ = nullptr;
    offset_ = length_ = 0;
  }
  Slice part(std::uint32_t begin, std::uint32_t size) const {
    Slice slice = *this;
    slice.offset_ += begin;
    slice.length_ = size;
    return slice;
  }

 private:
  friend class SendBuffer;
  Block* block_ = nullptr;
  std::uint32_t offset_ = 0;
  std::uint32_t length_ = 0;
};

}  // namespace mailcosm::sim
