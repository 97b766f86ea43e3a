#include "sim/cli/interrupt.h"

#include <unistd.h>

#include <csignal>

namespace mailcosm::cli {
namespace {

constexpr int kSignalled = 128;  // shells add the number of the signal to it

volatile std::sig_atomic_t received = 0;

void remember(int signal) {
  if (received != 0) _exit(kSignalled + signal);
  received = signal;
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  received = 0;
  handle(SIGINT, remember);
  handle(SIGTERM, remember);
}

Interrupt::~Interrupt() {
  handle(SIGINT, SIG_DFL);
  handle(SIGTERM, SIG_DFL);
}

int Interrupt::exit_code() { return received == 0 ? 0 : kSignalled + received; }

}  // namespace mailcosm::cli
