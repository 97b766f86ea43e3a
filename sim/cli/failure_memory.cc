#include "sim/cli/failure_memory.h"

#include <filesystem>
#include <string_view>

#include "sim/cli/files.h"

namespace mailcosm::cli {
namespace {

constexpr std::size_t kSizeMax = std::size_t{64} << 20;

void write_file(const std::string& path, std::string_view text) {
  const auto file = open_for_writing(path);
  if (!file) return;
  FileSink sink(file->get());
  static_cast<void>(sink.write(text) && sink.flush());
}

}  // namespace

FailureMemory::FailureMemory() {
  if (const auto text = read_file(kPath, kSizeMax))
    before_ = after_ = sim::runner::LastFailed::parse(*text);
}

void FailureMemory::record(const std::string& file, bool failed) {
  if (failed) now_.record(file, true);
  after_.record(file, failed || now_.contains(file));
}

void FailureMemory::save() const {
  namespace fs = std::filesystem;
  if (after_ == before_) return;
  const fs::path path(kPath);
  std::error_code error;
  if (fs::create_directories(path.parent_path(), error) && !error)
    write_file((path.parent_path() / ".gitignore").native(), "*\n");
  write_file(kPath, after_.to_text());
}

}  // namespace mailcosm::cli
