// Files of the command line: what the trace writers write to and the readers read from.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/byte_sink.h"
#include "sim/trace/trace_diff.h"

namespace mailcosm::cli {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

// Writes to a stream it does not own. A reader that has gone away (a closed pipe) counts as a
// failure.
class FileSink final : public sim::ByteSink {
 public:
  explicit FileSink(std::FILE* file) : file_(file) {}
  bool write(std::string_view bytes) override;
  // Hands everything to the system. False if any write has failed.
  bool flush();
  bool has_failed() const { return failed_; }

 private:
  std::FILE* file_;
  bool failed_ = false;
};

class FileSource final : public sim::ByteSource {
 public:
  explicit FileSource(std::FILE* file) : file_(file) {}
  std::size_t read(std::span<char> buffer) override;
  bool failed() const override { return std::ferror(file_) != 0; }

 private:
  std::FILE* file_;
};

// A trace in a file that is read from its start each time it is opened. A pipe cannot be: it has no
// second start.
class FileTrace final : public sim::TraceOpener {
 public:
  explicit FileTrace(std::string path) : path_(std::move(path)) {}
  // Readers must not outlive this object.
  Result<std::unique_ptr<sim::TraceReader>> open() override;

 private:
  struct Opened {
    File file;
    std::unique_ptr<FileSource> source;
  };
  std::string path_;
  std::vector<Opened> opened_;
};

// A name for a temporary file; the file is removed with this object.
class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  // Empty if no file could be made.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The whole file, or of standard input for "-"; at most `size_max` octets. An error says why not.
Result<std::string> read_file(const std::string& path, std::size_t size_max);

// A file opened for writing, "-" being standard output; an error says why not.
Result<File> open_for_writing(const std::string& path);

}  // namespace mailcosm::cli
