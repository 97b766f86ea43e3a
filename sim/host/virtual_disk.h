// VirtualDisk: a disk in memory with the semantics of a crash.
//
// Every change is visible at once and remembered in an undo list until a sync that followed it has
// completed, which takes `sync_latency`. crash() takes back what is still in that list; the last
// unsynced write may leave a torn piece behind. Syncs complete in the order in which they were
// asked for. A disk outlives the crashes of its host.
//
// Capacity counts the sizes of all files, also where they share one Content in the simulator's
// memory.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/random.h"
#include "sim/host/disk.h"
#include "sim/host/file_table.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

// What a virtual disk needs of the host that it is built into. Must outlive the disk.
class DiskHost {
 public:
  virtual Instant now() const = 0;
  virtual HostTrace& trace() = 0;
  // Asks for a call of VirtualDisk::expire() at this instant; several may be open at once, and a
  // superfluous one is harmless.
  virtual void wake_disk_at(Instant when) = 0;

 protected:
  ~DiskHost() = default;
};

class VirtualDisk final : public Disk {
 public:
  struct Options {
    std::uint64_t capacity_max = 0;                        // octets; 0: unlimited
    Duration sync_latency = std::chrono::milliseconds(5);  // from sync() to on_synced()
  };

  // What is wrong with it for a while. Where it shows, fault.applied is emitted and becomes the
  // cause of what follows.
  struct Trouble {
    std::string fault;   // the fault as a sentence
    RecordId cause;      // the record of its beginning
    bool full = false;   // whatever needs room is refused
    Duration slow{};     // syncs take so much longer
    bool fails = false;  // syncs that end now make nothing safe
  };

  VirtualDisk(DiskHost& host, const Options& options) : host_(&host), options_(options) {}

  bool write(std::string_view path, Content content) override;
  bool append(std::string_view path, std::string_view bytes) override;
  bool rename(std::string_view from, std::string_view to) override;
  bool remove(std::string_view path) override;
  Content read(std::string_view path) const override;
  std::vector<std::string> list(std::string_view prefix) const override;
  void sync(DiskHandler& handler, std::uint64_t token) override;
  void forget(DiskHandler& handler) override;
  std::uint64_t bytes_used() const override { return bytes_used_; }

  // Completes the syncs that are due, with their cause as the current cause of the trace.
  void expire(Instant now);

  // The host loses power: undoes what was not synced and forgets all open syncs and their handlers.
  // `random` decides whether, and where, the last unsynced write is torn.
  void crash(Random& random);
  // The disk breaks and an empty one takes its place: open syncs fail, all files are gone.
  void destroy();

  void set_options(const Options& options) { options_ = options; }
  void set_trouble(std::optional<Trouble> trouble) { trouble_ = std::move(trouble); }
  // Changes that a crash would undo now.
  std::size_t unsynced() const { return undo_.size(); }

 private:
  struct Undo {
    enum class What : std::uint8_t { kWrite, kAppend, kRename, kRemove } what;
    std::uint64_t number;  // of the change, counted from the start
    std::string path;
    std::string to;                 // kRename only
    bool existed = false;           // whether `path` (kRename: `to`) was there before
    DiskFile before;                // what it was, except for kAppend
    std::uint64_t size_before = 0;  // kAppend only
  };
  struct PendingSync {
    Instant due;
    std::uint64_t changes;  // all changes up to this number become safe
    DiskHandler* handler;   // null once forgotten
    std::uint64_t token;
    RecordId cause;
    bool ok = true;
  };

  // Also tells when it does not because of the trouble.
  bool fits(std::string_view path, std::uint64_t more, std::uint64_t less);
  RecordId tell_trouble(std::string_view detail);
  void undo(Undo& change);
  void truncate(const std::string& path, std::uint64_t size);
  void leave_torn_piece(const std::vector<Undo>& undone, const Content& written, Random& random);

  DiskHost* host_;
  Options options_;
  std::optional<Trouble> trouble_;
  FileTable files_;
  std::deque<Undo> undo_;
  std::deque<PendingSync> syncs_;
  std::uint64_t bytes_used_ = 0;
  std::uint64_t changes_ = 0;
};

}  // namespace mailcosm::sim
