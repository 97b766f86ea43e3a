// DigestCheck: what a reader does with the digests it finds in a file. It counts along and
// compares, as long as every record is of a kind that is known here and the kinds are those the
// file was written with.
#pragma once

#include <cstdint>
#include <string>

#include "sim/trace/digest_chain.h"
#include "sim/trace/owned_record.h"

namespace mailcosm::sim {

class DigestCheck {
 public:
  // `comparable`: the file was written with the same table of kinds.
  DigestCheck(std::size_t hosts, bool comparable) : chain_(hosts), comparable_(comparable) {}

  // REQUIRES: the record's host is the world or below the number of hosts.
  void add(const OwnedRecord& record);
  void skip() {
    comparable_ = false;
    ++records_;
  }

  // What does not hold, or an empty text.
  std::string compare_count(std::uint64_t records) const;
  std::string compare_host(HostIndex host, std::uint64_t digest) const;
  std::string compare_all(std::uint64_t digest) const;

 private:
  std::string failure(std::string_view what) const;

  DigestChain chain_;
  std::uint64_t records_ = 0;
  bool comparable_;
};

}  // namespace mailcosm::sim
