// Stored: counts the messages that came to a mailbox.
#pragma once

#include <cstdint>

#include "sim/trace/record.h"

namespace mailcosm::bench {

class Stored final : public sim::RecordSink {
 public:
  void accept(const sim::Record& record) override {
    if (record.kind == sim::Kind::kMessageStored) ++count_;
  }
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

}  // namespace mailcosm::bench
