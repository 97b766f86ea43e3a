#include "sim/view/gzip_sink.h"

#include <zlib.h>

#include <algorithm>

#include "protocols/base/base64.h"
#include "protocols/base/check.h"

namespace mailcosm::sim::view {
namespace {

constexpr int kGzip = 16;  // added to the window bits: a gzip header instead of zlib's
constexpr int kMemoryLevel = 8;
constexpr std::size_t kPieceMax = std::size_t{1} << 30;  // zlib counts in 32 bits

}  // namespace

struct GzipSink::Stream {
  z_stream zlib{};
};

GzipSink::GzipSink(ByteSink& behind) : behind_(behind), stream_(std::make_unique<Stream>()) {
  CHECK(deflateInit2(&stream_->zlib, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip,
                     kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK);
}

GzipSink::~GzipSink() { deflateEnd(&stream_->zlib); }

bool GzipSink::write(std::string_view bytes) {
  while (bytes.size() > kPieceMax) {
    if (!run(bytes.substr(0, kPieceMax), false)) return false;
    bytes.remove_prefix(kPieceMax);
  }
  return run(bytes, false);
}

bool GzipSink::finish() { return run({}, true); }

bool GzipSink::run(std::string_view bytes, bool last) {
  if (failed_) return false;
  z_stream& zlib = stream_->zlib;
  // zlib does not write to its input, but its type says so.
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  char buffer[65'536];
  while (true) {
    zlib.next_out = reinterpret_cast<Bytef*>(buffer);
    zlib.avail_out = sizeof buffer;
    const int status = deflate(&zlib, last ? Z_FINISH : Z_NO_FLUSH);
    CHECK(status != Z_STREAM_ERROR);
    const std::size_t made = sizeof buffer - zlib.avail_out;
    if (made > 0 && !behind_.write({buffer, made})) {
      failed_ = true;
      return false;
    }
    if (last ? status == Z_STREAM_END : zlib.avail_out != 0) return true;
  }
}

bool Base64Sink::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t taken = std::min(bytes.size(), kOctets - held_.size());
    held_.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    if (held_.size() == kOctets && !write_line()) return false;
  }
  return !failed_;
}

bool Base64Sink::finish() { return held_.empty() ? !failed_ : write_line(); }

bool Base64Sink::write_line() {
  std::string line;
  if (!first_) line += '\n';
  first_ = false;
  base64::encode(held_, line);
  held_.clear();
  if (!failed_ && !behind_.write(line)) failed_ = true;
  return !failed_;
}

}  // namespace mailcosm::sim::view
