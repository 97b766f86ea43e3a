// What hosts, connections, mailboxes and messages may cost in memory. Every allocation is counted
// with the octets that were asked for, so that the result depends on no allocator.
#include "bench/memory.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

namespace {

std::uint64_t octets = 0;

// In front of each block: its size, in as many octets as keep the alignment.
constexpr std::size_t kPrefix = 16;

void* take(std::size_t size, std::size_t alignment) {
  const std::size_t prefix = alignment < kPrefix ? kPrefix : alignment;
  const std::size_t total = (prefix + size + alignment - 1) / alignment * alignment;
  auto* memory = static_cast<char*>(alignment > kPrefix ? std::aligned_alloc(alignment, total)
                                                        : std::malloc(prefix + size));
  if (memory == nullptr) throw std::bad_alloc();
  octets += size;
  *reinterpret_cast<std::size_t*>(memory + prefix - kPrefix) = size;
  return memory + prefix;
}

void give_back(void* block, std::size_t alignment) {
  if (block == nullptr) return;
  const std::size_t prefix = alignment < kPrefix ? kPrefix : alignment;
  char* memory = static_cast<char*>(block) - prefix;
  octets -= *reinterpret_cast<std::size_t*>(memory + prefix - kPrefix);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return take(size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return take(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* block) noexcept { give_back(block, 1); }
void operator delete(void* block, std::size_t) noexcept { give_back(block, 1); }
void operator delete(void* block, std::align_val_t alignment) noexcept {
  give_back(block, static_cast<std::size_t>(alignment));
}
void operator delete(void* block, std::size_t, std::align_val_t alignment) noexcept {
  give_back(block, static_cast<std::size_t>(alignment));
}

namespace mailcosm::bench {
namespace {

const MemoryUse& use() {
  static const MemoryUse kUse = memory_use([] { return octets; });
  return kUse;
}

TEST(MemoryTest, AnIdleHostCostsAKilobyte) { EXPECT_LT(use().idle_host, 1024); }

TEST(MemoryTest, ALiveConnectionCostsLessThanFourKilobytes) { EXPECT_LT(use().connection, 4096); }

TEST(MemoryTest, AConnectionInTimeWaitCostsARecord) { EXPECT_LT(use().time_wait, 128); }

TEST(MemoryTest, AnEmptyMailboxCostsLessThan200Octets) { EXPECT_LT(use().mailbox, 200); }

TEST(MemoryTest, ABodyExistsOnceForAHundredMailboxesOnFourServers) {
  EXPECT_GT(use().body, 0.99);
  EXPECT_LT(use().body, 1.2);
}

}  // namespace
}  // namespace mailcosm::bench
