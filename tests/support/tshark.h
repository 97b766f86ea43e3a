// Tshark: what the dissectors of Wireshark say about a capture.
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::test {

// Holds a capture in a temporary file. Tests skip themselves where tshark is not installed.
class Tshark {
 public:
  explicit Tshark(std::string_view capture);
  ~Tshark();
  Tshark(const Tshark&) = delete;
  Tshark& operator=(const Tshark&) = delete;

  static bool installed();
  // Standard output for these options, with all checksums checked and times in UTC.
  std::string operator()(const std::string& options) const;

 private:
  std::string path_;
};

}  // namespace mailcosm::test
