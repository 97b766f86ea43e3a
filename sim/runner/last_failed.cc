#include "sim/runner/last_failed.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::string_view kFirstLine = "mailcosm last-failed 1\n";

}  // namespace

LastFailed LastFailed::parse(std::string_view text) {
  LastFailed result;
  if (!text.starts_with(kFirstLine)) return result;
  text.remove_prefix(kFirstLine.size());
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end != 0) result.files_.emplace(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return result;
}

std::string LastFailed::to_text() const {
  std::string text(kFirstLine);
  for (const std::string& file : files_) text += file + "\n";
  return text;
}

void LastFailed::record(const std::string& file, bool failed) {
  // A name that does not fit into a line cannot be kept.
  if (failed && file.find('\n') == std::string::npos) {
    files_.insert(file);
  } else {
    files_.erase(file);
  }
}

}  // namespace mailcosm::sim::runner
