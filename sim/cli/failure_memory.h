// FailureMemory: the file .mailcosm/last-failed in the current folder, for --rerun-failed.
#pragma once

#include "sim/runner/last_failed.h"

namespace mailcosm::cli {

class FailureMemory {
 public:
  static constexpr const char* kPath = ".mailcosm/last-failed";

  // Reads the file; one that is not there is empty.
  FailureMemory();

  const sim::runner::LastFailed& before() const { return before_; }
  // A file that has failed once in this run stays failed, whatever its other seeds do.
  void record(const std::string& file, bool failed);
  // Writes the file if anything has changed. Makes the folder, with a .gitignore in it. Where that
  // is not possible, for example in a read-only checkout, nothing is remembered.
  void save() const;

 private:
  sim::runner::LastFailed before_, after_, now_;
};

}  // namespace mailcosm::cli
