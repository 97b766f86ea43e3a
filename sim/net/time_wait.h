// TimeWaitTable: what remains of connections in TIME-WAIT (RFC 9293 section 3.6.1): a small record
// each.
//
// All wait equally long, so they end in the order they began; one that the peer restarts moves to
// the end when its turn comes.
#pragma once

#include <cstdint>
#include <vector>

#include "protocols/base/ip_address.h"
#include "sim/net/tcp_segment.h"

namespace mailcosm::sim {

struct TimeWaitRecord {
  Endpoint remote;
  std::uint16_t local_port = 0;
  // Place among the host's addresses; kLoopbackAddress: the remote one.
  std::uint16_t local_address = 0;
  bool has_timestamps = false;
  Sequence next_to_send = 0;
  Sequence next_expected = 0;
  std::uint32_t peer_timestamp = 0;
  std::uint32_t timestamp_offset = 0;
  std::uint32_t next = 0xffffffff;  // in the order of ending
  Instant until;
  ConnectionId connection;

  static constexpr std::uint16_t kLoopbackAddress = 0xffff;
};

class TimeWaitTable {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  std::uint32_t add(const TimeWaitRecord& record);
  TimeWaitRecord& operator[](std::uint32_t index) { return records_[index]; }
  const TimeWaitRecord& operator[](std::uint32_t index) const { return records_[index]; }
  // The record whose turn it is, or kNone.
  std::uint32_t first() const { return first_; }
  void remove_first();
  void move_first_to_end();
  // A new connection takes the place of the old: the record stays in line, but stands for nothing
  // any more.
  void void_record(std::uint32_t index) { records_[index].connection = {}; }
  bool is_void(std::uint32_t index) const { return records_[index].connection.is_none(); }
  std::size_t size() const { return size_; }
  void clear();

 private:
  void append(std::uint32_t index);

  std::vector<TimeWaitRecord> records_;
  std::uint32_t first_ = kNone;
  std::uint32_t last_ = kNone;
  std::uint32_t free_ = kNone;
  std::size_t size_ = 0;
};

}  // namespace mailcosm::sim
