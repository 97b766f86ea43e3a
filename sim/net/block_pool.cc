#include "sim/net/block_pool.h"

#include <bit>
#include <cstring>
#include <new>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint32_t kSmallest = 64;

std::uint32_t class_of(std::uint32_t capacity) {
  return capacity <= kSmallest
             ? 0
             : static_cast<std::uint32_t>(std::bit_width((capacity - 1) / kSmallest));
}

// All blocks are on a list of their own, in memory before the header, for the destructor.
struct Link {
  Block* next_of_all;
  std::uint64_t padding;
};

Link* link_of(Block* block) { return reinterpret_cast<Link*>(block) - 1; }

}  // namespace

BlockPool::~BlockPool() {
  while (all_ != nullptr) {
    Link* link = link_of(all_);
    all_ = link->next_of_all;
    ::operator delete(link);
  }
}

Block* BlockPool::take(std::uint32_t capacity) {
  CHECK(capacity <= kCapacityMax);
  const std::uint32_t size_class = class_of(capacity);
  ++in_use_;
  if (Block* block = free_[size_class]; block != nullptr) {
    free_[size_class] = block->next_free;
    block->used = 0;
    return block;
  }
  const std::uint32_t octets = kSmallest << size_class;
  auto* link = new (::operator new(sizeof(Link) + sizeof(Block) + octets)) Link{all_, 0};
  auto* block = new (link + 1) Block{this, nullptr, 0, octets, 0, size_class};
  all_ = block;
  ++blocks_;
  return block;
}

void BlockPool::give_back(Block* block) {
  --in_use_;
  block->next_free = free_[block->size_class];
  free_[block->size_class] = block;
}

Slice Slice::copy_of(BlockPool& pool, std::string_view bytes) {
  if (bytes.empty()) return {};
  const auto size = static_cast<std::uint32_t>(bytes.size());
  Block* block = pool.take(size);
  std::memcpy(block->octets(), bytes.data(), size);
  block->used = size;
  return {block, 0, size};
}

}  // namespace mailcosm::sim
