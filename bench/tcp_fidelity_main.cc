// Prints the tables that compare our TCP with the Linux kernel's:
//
//   build/release/bench/bench_tcp_fidelity_tables
#include <cstdio>

#include "bench/tcp_fidelity.h"

int main() {
  std::fputs(mailcosm::bench::fidelity_tables(mailcosm::bench::measure_fidelity()).c_str(), stdout);
}
