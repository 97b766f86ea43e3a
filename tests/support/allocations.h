// AllocationCounter: how often operator new is called, for tests that normal paths allocate
// nothing.
//
//   AllocationCounter counter;
//   session.receive("NOOP\r\n", now);
//   EXPECT_EQ(counter.count(), 0u);
//
// Link tests_allocations: it replaces the global operator new and delete of the whole test program.
#pragma once

#include <cstdint>

namespace mailcosm::test {

class AllocationCounter {
 public:
  AllocationCounter();
  // Allocations since construction or the last reset().
  std::uint64_t count() const;
  // Octets asked for by them.
  std::uint64_t octets() const;
  void reset();

 private:
  std::uint64_t count_ = 0;
  std::uint64_t octets_ = 0;
};

}  // namespace mailcosm::test
