// Third-party test data of this folder, found through MAILCOSM_CONFORMANCE_DIR.
#pragma once

#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace mailcosm::mail {

// Nothing if the variable is not set: the test skips itself.
inline std::optional<std::string> conformance_path(const std::string& file) {
  const char* directory = std::getenv("MAILCOSM_CONFORMANCE_DIR");
  if (!directory || !*directory) return std::nullopt;
  return std::string(directory) + "/" + file;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace mailcosm::mail

#define SKIP_WITHOUT_CONFORMANCE_DATA(path) \
  if (!(path))                              \
  GTEST_SKIP() << "set MAILCOSM_CONFORMANCE_DIR to the folder with the third-party test data"
