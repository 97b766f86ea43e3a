// Interrupt: Ctrl-C and the request to terminate, as something that can be asked for.
#pragma once

namespace mailcosm::cli {

// While it lives, the first SIGINT or SIGTERM is remembered; the second ends the process at once.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  // The exit code that tells of it: 130 or 143; 0 if nothing came.
  static int exit_code();
};

}  // namespace mailcosm::cli
