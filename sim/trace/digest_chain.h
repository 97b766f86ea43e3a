// The digests of a trace: a running one for each host and one of them all, so that a divergence is
// located and not only detected. Recorder, writers and readers compute them in the same way.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/trace/fold_hash.h"
#include "sim/trace/record.h"

namespace mailcosm::sim {

// The digest of what `record` says, whatever stands in its `digest`. It is the expensive part, and
// is computed once for a record however many count along.
std::uint64_t content_digest(const Record& record);

// The digest of a host after a record with this content, given its digest before.
inline std::uint64_t chain_digest(std::uint64_t before, std::uint64_t content) {
  FoldHash hash(before);
  hash.add(content);
  return hash.value();
}

// 16 hexadecimal digits, as people see a digest everywhere.
std::string digest_text(std::uint64_t digest);

class DigestChain {
 public:
  explicit DigestChain(std::size_t hosts) : hosts_(hosts + 1) {}

  // REQUIRES: the record's host is the world or below the number of hosts, and its digest is set.
  void add(const Record& record);

  std::uint64_t digest(HostIndex host) const { return hosts_[slot_of(host)].digest; }
  std::uint64_t digest() const;
  std::uint64_t records() const { return records_; }
  std::size_t hosts() const { return hosts_.size() - 1; }

  // The hosts with records since the last call, in order of index, the world last. The view lives
  // until the next call.
  std::span<const HostIndex> take_changed();

 private:
  struct Host {
    std::uint64_t digest = 0;
    bool has_changed = false;  // since the last call of take_changed()
  };
  std::size_t slot_of(HostIndex host) const { return host == kWorld ? hosts() : host; }

  std::vector<Host> hosts_;  // the last is the world
  std::vector<std::size_t> changed_slots_;
  std::vector<HostIndex> taken_;
  std::uint64_t records_ = 0;
};

}  // namespace mailcosm::sim
