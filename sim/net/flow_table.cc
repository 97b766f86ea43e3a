#include "sim/net/flow_table.h"

#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim {

void FlowTable::insert(std::uint32_t hash, std::uint32_t value) {
  if ((size_ + 1) * 4 > entries_.size() * 3) resize(entries_.empty() ? 4 : entries_.size() * 2);
  std::size_t at = hash & mask();
  while (entries_[at].value != kNone) at = (at + 1) & mask();
  entries_[at] = {hash, value};
  ++size_;
}

void FlowTable::erase(std::uint32_t hash, std::uint32_t value) {
  CHECK(size_ != 0);
  std::size_t hole = hash & mask();
  while (entries_[hole].value != value) {
    CHECK(entries_[hole].value != kNone);
    hole = (hole + 1) & mask();
  }
  --size_;
  if (size_ == 0) return clear();
  // Entries behind the hole that may stand in it move up, so that no search ends too early.
  for (std::size_t at = (hole + 1) & mask(); entries_[at].value != kNone; at = (at + 1) & mask()) {
    const std::size_t home = entries_[at].hash & mask();
    if (((at - home) & mask()) < ((at - hole) & mask())) continue;
    entries_[hole] = entries_[at];
    hole = at;
  }
  entries_[hole] = Entry();
}

void FlowTable::clear() {
  if (entries_.size() > 64) {
    std::vector<Entry>().swap(entries_);
  } else {
    entries_.assign(entries_.size(), Entry());
  }
  size_ = 0;
}

void FlowTable::resize(std::size_t capacity) {
  std::vector<Entry> old(capacity);
  old.swap(entries_);
  for (const Entry& entry : old) {
    if (entry.value == kNone) continue;
    std::size_t at = entry.hash & mask();
    while (entries_[at].value != kNone) at = (at + 1) & mask();
    entries_[at] = entry;
  }
}

}  // namespace mailcosm::sim
