// Counts heap allocations of the whole test program, by an operator new of its own.
#pragma once

#include <cstddef>

namespace mailcosm::dns {

std::size_t allocation_count();

}  // namespace mailcosm::dns
