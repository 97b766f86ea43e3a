#include "sim/cli/files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace mailcosm::cli {

bool FileSink::write(std::string_view bytes) {
  if (!failed_ && std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) failed_ = true;
  return !failed_;
}

bool FileSink::flush() {
  if (std::fflush(file_) != 0) failed_ = true;
  return !failed_;
}

std::size_t FileSource::read(std::span<char> buffer) {
  return std::fread(buffer.data(), 1, buffer.size(), file_);
}

Result<std::unique_ptr<sim::TraceReader>> FileTrace::open() {
  File file(std::fopen(path_.c_str(), "rb"));
  if (!file) return Error{fmt::format("cannot read {}: {}", path_, std::strerror(errno)), 0};
  auto source = std::make_unique<FileSource>(file.get());
  auto reader = sim::open_trace(*source);
  if (!reader)
    return Error{fmt::format("{}: {}", path_, reader.error().what), reader.error().offset};
  opened_.push_back({std::move(file), std::move(source)});
  return reader;
}

TemporaryFile::TemporaryFile() {
  const char* folder = std::getenv("TMPDIR");
  path_ = fmt::format("{}/mailcosm-XXXXXX", folder != nullptr && *folder != '\0' ? folder : "/tmp");
  const int descriptor = mkstemp(path_.data());
  if (descriptor < 0) {
    path_.clear();
    return;
  }
  close(descriptor);
}

TemporaryFile::~TemporaryFile() {
  if (!path_.empty()) unlink(path_.c_str());
}

Result<std::string> read_file(const std::string& path, std::size_t size_max) {
  File file;
  std::FILE* stream = stdin;
  if (path != "-") {
    file.reset(std::fopen(path.c_str(), "rb"));
    stream = file.get();
  }
  if (stream == nullptr)
    return Error{fmt::format("cannot read {}: {}", path, std::strerror(errno)), 0};
  std::string content;
  char buffer[65'536];
  while (true) {
    const std::size_t count = std::fread(buffer, 1, sizeof buffer, stream);
    content.append(buffer, count);
    if (content.size() > size_max) {
      return Error{fmt::format("{} is larger than {} octets", path, size_max), size_max};
    }
    if (count < sizeof buffer) break;
  }
  if (std::ferror(stream) != 0)
    return Error{fmt::format("cannot read {}: {}", path, std::strerror(errno)), 0};
  return content;
}

Result<File> open_for_writing(const std::string& path) {
  // Standard output is duplicated, so that every File may be closed alike.
  std::FILE* file =
      path == "-" ? fdopen(dup(fileno(stdout)), "wb") : std::fopen(path.c_str(), "wb");
  if (file == nullptr)
    return Error{fmt::format("cannot write {}: {}", path, std::strerror(errno)), 0};
  return File(file);
}

}  // namespace mailcosm::cli
