// ChangeLog: what the person has done with messages on the device and the server has not heard of,
// on the disk, so that it is told after a power failure, too.
//
// One file for each job, `client/DEVICE/changes/NUMBER`: a line each for what to do, mailbox,
// target, flags to add and to remove, and then for each message its id and, behind a tab, its
// Message-ID or its id in the target. Every change is synced, and nobody waits for it. Jobs that
// choose their messages on the server are not kept.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "sim/agents/client/retrieval.h"
#include "sim/host/disk.h"

namespace mailcosm::sim {

class ChangeLog : private DiskHandler {
 public:
  ChangeLog(Disk& disk, const std::string& folder);
  ~ChangeLog();
  ChangeLog(const ChangeLog&) = delete;
  ChangeLog& operator=(const ChangeLog&) = delete;

  // What the disk holds, in the order in which it was done. Files that make no sense are removed.
  std::deque<RetrievalJob> load();
  // Gives the job its number; 0 if it is not kept.
  void add(RetrievalJob& job);
  // Its ids have changed.
  void update(const RetrievalJob& job);
  void remove(const RetrievalJob& job);
  void clear();

 private:
  void on_synced(std::uint64_t, bool) override {}
  std::string path(std::uint64_t number) const;
  void write(const RetrievalJob& job);

  Disk& disk_;
  std::string folder_;
  std::uint64_t last_ = 0;
};

}  // namespace mailcosm::sim
