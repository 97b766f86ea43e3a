// SendBuffer: octets that an agent has sent and the peer has not yet acknowledged, with the cause
// of each.
//
// Octets are copied once, into shared blocks; segments refer to them. Holds no block while it is
// empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/net/block_pool.h"
#include "sim/net/ring.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim {

class SendBuffer {
 public:
  explicit SendBuffer(BlockPool& pool) : pool_(&pool) {}
  ~SendBuffer() { clear(); }
  SendBuffer(const SendBuffer&) = delete;
  SendBuffer& operator=(const SendBuffer&) = delete;

  void append(std::string_view bytes, RecordId cause);
  std::size_t size() const { return size_; }

  struct Piece {
    Slice bytes;
    RecordId cause;  // of its last octet
  };
  // REQUIRES: offset + length <= size(), 0 < length <= BlockPool::kCapacityMax.
  Piece piece(std::size_t offset, std::uint32_t length) const;
  // The first octets have been acknowledged.
  void drop(std::size_t count);
  void clear();

 private:
  static constexpr std::uint32_t kBlockSize = 16 * 1024;
  static constexpr std::size_t kListKept = 512;  // an empty buffer gives back a longer list
  struct Chunk {
    Block* block;  // holds a reference
    std::uint32_t offset;
    std::uint32_t length;
    RecordId cause;
  };
  void let_go(Chunk& chunk);

  BlockPool* pool_;
  Ring<Chunk, 2> chunks_;
  std::size_t size_ = 0;
};

}  // namespace mailcosm::sim
