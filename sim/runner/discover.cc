#include "sim/runner/discover.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

namespace mailcosm::sim::runner {
namespace {

namespace fs = std::filesystem;

// The key stands near the top: behind comments, but never behind this many octets.
constexpr std::size_t kHeadMax = 65'536;

std::string head_of(const fs::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  std::string head(kHeadMax, '\0');
  head.resize(file == nullptr ? 0 : std::fread(head.data(), 1, head.size(), file.get()));
  return head;
}

bool has_extension(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

// Octet by octet over the whole path, but a folder's files before those of the folders in it would
// depend on '/' being an octet like others; so parts of the path are compared one by one.
bool comes_before(const std::string& a, const std::string& b) {
  const fs::path left(a), right(b);
  return std::lexicographical_compare(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const fs::path& x, const fs::path& y) { return x.native() < y.native(); });
}

Error cannot_read(const fs::path& path, const std::error_code& error) {
  return {fmt::format("cannot read {}: {}", path.native(), error.message()), 0};
}

Result<std::vector<std::string>> files_below(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error);
  if (error) return cannot_read(folder, error);
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    const bool hidden = at->path().filename().native().starts_with('.');
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      if (hidden) at.disable_recursion_pending();
    } else if (!hidden && has_extension(at->path()) && at->is_regular_file(ignored) &&
               is_scenario(head_of(at->path()))) {
      files.push_back(at->path().native());
    }
    if (error) break;
  }
  if (error) return cannot_read(folder, error);
  std::sort(files.begin(), files.end(), comes_before);
  return files;
}

}  // namespace

bool is_scenario(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    for (std::string_view key : {"mailcosm", "\"mailcosm\"", "'mailcosm'", "{mailcosm"}) {
      if (!line.starts_with(key)) continue;
      const std::string_view rest = line.substr(key.size());
      const std::size_t colon = rest.find_first_not_of(" \t");
      if (colon != std::string_view::npos && rest[colon] == ':') return true;
    }
  }
  return false;
}

Result<std::vector<std::string>> discover(const std::vector<std::string>& arguments) {
  std::vector<std::string> all;
  std::set<fs::path> known;
  const auto add = [&](std::string file) {
    if (known.insert(fs::path(file).lexically_normal()).second) all.push_back(std::move(file));
  };
  for (const std::string& argument : arguments) {
    std::error_code error;
    const fs::file_status status = fs::status(argument, error);
    if (!fs::exists(status)) {
      return Error{fmt::format("there is no file or folder {}", argument), 0};
    }
    if (!fs::is_directory(status)) {
      add(argument);
      continue;
    }
    const auto files = files_below(fs::path(argument).lexically_normal());
    if (!files) return files.error();
    for (const std::string& file : *files) add(file);
  }
  return all;
}

}  // namespace mailcosm::sim::runner
