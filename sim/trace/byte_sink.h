// ByteSink and ByteSource: where writers of the trace put octets, and where its readers take them
// from. Files are implemented by the command line; strings here.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace mailcosm::sim {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // Takes all of it, or gives false: the disk is full or the file is gone. After a failure nothing
  // more is written.
  [[nodiscard]] virtual bool write(std::string_view bytes) = 0;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills the front of the buffer and gives how much; 0 at the end and after a failure. May give
  // less than fits.
  [[nodiscard]] virtual std::size_t read(std::span<char> buffer) = 0;
  // Whether the end was a failure to read.
  virtual bool failed() const { return false; }
};

// Appends to a string of its own.
class StringSink final : public ByteSink {
 public:
  bool write(std::string_view bytes) override {
    bytes_.append(bytes);
    return true;
  }
  const std::string& bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

// Reads a view it does not own, at most `step` octets at a time.
class StringSource final : public ByteSource {
 public:
  explicit StringSource(std::string_view bytes, std::size_t step = 65'536)
      : rest_(bytes), step_(step) {}
  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = std::min({buffer.size(), rest_.size(), step_});
    if (count != 0) std::memcpy(buffer.data(), rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
  std::size_t step_;
};

}  // namespace mailcosm::sim
