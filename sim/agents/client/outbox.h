// Outbox: messages that were composed on a device and that no server has taken yet.
//
// Two files for each, `client/DEVICE/outbox/NUMBER.envelope` (the reverse-path and then the
// recipients, one a line) and `NUMBER.message`. Every change is synced, and nobody waits for it: a
// message written in the second before a power failure may be lost, as on any device.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "sim/host/runtime.h"

namespace mailcosm::sim {

struct OutboxItem {
  std::uint64_t number = 0;
  std::string message_id;
  std::string reverse_path;  // without brackets
  std::vector<std::string>
      recipients;  // without brackets; those that no server has taken or refused
  Content message;
  int attempts = 0;
  Instant next_attempt;
};

class Outbox : private DiskHandler {
 public:
  Outbox(Disk& disk, std::string folder);
  ~Outbox();

  // Reads what the disk holds; all of it is due at once. Incomplete files are removed.
  void load(Instant now);
  void add(OutboxItem item);
  // The recipients have changed: writes them, or removes the item if there are none left.
  void update(OutboxItem& item);
  // First item that is due, or null. Valid until it is removed.
  OutboxItem* due(Instant now);
  // When the next one is due, or never.
  Instant next_due() const;
  std::list<OutboxItem>& items() { return items_; }
  std::size_t size() const { return items_.size(); }
  void clear();

 private:
  void on_synced(std::uint64_t, bool) override {}
  std::string path(std::uint64_t number, std::string_view suffix) const;
  void write_envelope(const OutboxItem& item);

  Disk& disk_;
  std::string folder_;
  std::list<OutboxItem> items_;
  std::uint64_t last_number_ = 0;
};

}  // namespace mailcosm::sim
