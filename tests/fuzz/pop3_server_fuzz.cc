// A client that says anything: the session must give the same answers however the bytes are cut,
// and end or wait.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "tests/protocols/pop3/server_bench.h"

namespace {

using mailcosm::pop3::ServerBench;

std::string run(std::string_view said, std::size_t first, std::size_t piece) {
  ServerBench bench;
  bench.send(said.substr(0, first));
  for (std::size_t at = first; at < said.size(); at += piece) bench.send(said.substr(at, piece));
  bench.session.end_of_input(bench.now);
  bench.run();
  std::string all = bench.take();
  for (const std::string& line : bench.log) all.append(line).append("\n");
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view said(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = run(said, said.size(), 1);
  if (run(said, 0, 1) != whole) std::abort();
  if (run(said, std::min<std::size_t>(data[0], said.size()), 64) != whole) std::abort();
  return 0;
}
