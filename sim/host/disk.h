// Disk: named files with the semantics of a crash.
//
// What was written, renamed or removed is visible at once, and safe only when a sync that followed
// it has completed. When the host loses power, everything since the last completed sync is undone
// (a file being written may be torn). "250 OK" means *safely stored*, so an MTA replies only after
// on_synced(). Files share the Contents that were written to them: a message body exists once,
// however many queues and mailboxes name it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/content.h"

namespace mailcosm::sim {

class DiskHandler {
 public:
  // Everything written before the sync with this token is safe, or `ok` is false and nothing is
  // known.
  virtual void on_synced(std::uint64_t token, bool ok) = 0;

 protected:
  ~DiskHandler() = default;
};

class Disk {
 public:
  virtual ~Disk() = default;

  // Creates or replaces a file. False when the disk is full: nothing has changed.
  [[nodiscard]] virtual bool write(std::string_view path, Content content) = 0;
  // Adds to a file, creating it if there is none. False when the disk is full.
  [[nodiscard]] virtual bool append(std::string_view path, std::string_view bytes) = 0;
  // Replaces `to`. False if `from` does not exist.
  virtual bool rename(std::string_view from, std::string_view to) = 0;
  virtual bool remove(std::string_view path) = 0;
  // Null if there is no such file.
  virtual Content read(std::string_view path) const = 0;
  // Paths that start with `prefix`, in byte order.
  virtual std::vector<std::string> list(std::string_view prefix) const = 0;

  // Makes all that was done so far safe, and tells the handler later, never from inside this call.
  virtual void sync(DiskHandler& handler, std::uint64_t token) = 0;
  // No more calls to this handler: called by its destructor.
  virtual void forget(DiskHandler& handler) = 0;

  virtual std::uint64_t bytes_used() const = 0;
};

}  // namespace mailcosm::sim
