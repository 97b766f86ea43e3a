// GzipSink and Base64Sink: what stands between the columns and the page.
#pragma once

#include <memory>
#include <string>

#include "sim/trace/byte_sink.h"

namespace mailcosm::sim::view {

// Compresses (RFC 1952, without name and time). The sink behind it must outlive it.
class GzipSink final : public ByteSink {
 public:
  explicit GzipSink(ByteSink& behind);
  ~GzipSink() override;
  GzipSink(const GzipSink&) = delete;
  GzipSink& operator=(const GzipSink&) = delete;

  bool write(std::string_view bytes) override;
  // Writes what is held back. Call once, at the end. False if anything could not be written.
  [[nodiscard]] bool finish();

 private:
  struct Stream;
  bool run(std::string_view bytes, bool last);

  ByteSink& behind_;
  std::unique_ptr<Stream> stream_;
  bool failed_ = false;
};

// Base64 (RFC 4648 section 4) in lines of at most kLine characters with LF between them, each of
// which can be decoded by itself. The sink behind it must outlive it.
class Base64Sink final : public ByteSink {
 public:
  static constexpr std::size_t kLine = std::size_t{1} << 20;

  explicit Base64Sink(ByteSink& behind) : behind_(behind) {}
  bool write(std::string_view bytes) override;
  // As in GzipSink.
  [[nodiscard]] bool finish();

 private:
  static constexpr std::size_t kOctets = kLine / 4 * 3;
  bool write_line();

  ByteSink& behind_;
  std::string held_;  // less than a line
  bool first_ = true;
  bool failed_ = false;
};

}  // namespace mailcosm::sim::view
