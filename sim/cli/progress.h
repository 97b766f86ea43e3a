// Progress: tells on standard error, about once a second, that a long run is alive. Says nothing in
// the first second, nor if standard error is no terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "protocols/base/instant.h"

namespace mailcosm::cli {

class Progress {
 public:
  explicit Progress(bool enabled);
  ~Progress();
  // Cheap enough to be called after every slice of events.
  void show(Instant now, std::uint64_t events);
  // The same with words of its own.
  void show(const std::string& text);
  // Takes the line off the terminal, before other output.
  void clear();

 private:
  bool is_due() const;

  bool enabled_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace mailcosm::cli
