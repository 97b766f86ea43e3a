// LastFailed: the scenarios that failed when they were run last, as the text of a small file.
//
// One path a line behind a first line that names the format; a file of another format counts as
// empty.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace mailcosm::sim::runner {

class LastFailed {
 public:
  static LastFailed parse(std::string_view text);
  std::string to_text() const;

  // What was not run keeps its state.
  void record(const std::string& file, bool failed);
  bool contains(const std::string& file) const { return files_.contains(file); }
  const std::set<std::string>& files() const { return files_; }
  friend bool operator==(const LastFailed&, const LastFailed&) = default;

 private:
  std::set<std::string> files_;
};

}  // namespace mailcosm::sim::runner
