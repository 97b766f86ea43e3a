#include "tests/support/tshark.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace mailcosm::test {
namespace {

// What a command prints, or nothing if it cannot run.
std::string output_of(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string output;
  char buffer[4096];
  for (std::size_t count = 0; (count = fread(buffer, 1, sizeof buffer, pipe)) != 0;)
    output.append(buffer, count);
  pclose(pipe);
  return output;
}

}  // namespace

bool Tshark::installed() { return !output_of("tshark --version 2>/dev/null").empty(); }

Tshark::Tshark(std::string_view capture) {
  const char* folder = std::getenv("TMPDIR");
  path_ = std::string(folder == nullptr ? "/tmp" : folder) + "/mailcosm-capture-XXXXXX";
  const int file = mkstemp(path_.data());
  if (file >= 0) close(file);
  std::ofstream(path_, std::ios::binary) << capture;
}

Tshark::~Tshark() { std::remove(path_.c_str()); }

std::string Tshark::operator()(const std::string& options) const {
  return output_of("TZ=UTC tshark -r '" + path_ +
                   "' -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE " +
                   "-o udp.check_checksum:TRUE " + options + " 2>/dev/null");
}

}  // namespace mailcosm::test
