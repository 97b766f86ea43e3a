// OutputBuffer: collects octets for a ByteSink, so that it is called once per 64 KiB and not once
// per record.
#pragma once

#include <string>

#include "sim/trace/byte_sink.h"

namespace mailcosm::sim {

class OutputBuffer {
 public:
  explicit OutputBuffer(ByteSink& sink) : sink_(sink) {}

  // Append here, then call written().
  std::string& text() { return text_; }
  void written() {
    if (text_.size() >= kFlushOctets) flush();
  }
  void flush() {
    if (!failed_ && !text_.empty() && !sink_.write(text_)) failed_ = true;
    text_.clear();
  }
  bool failed() const { return failed_; }

 private:
  static constexpr std::size_t kFlushOctets = 65'536;

  ByteSink& sink_;
  std::string text_;
  bool failed_ = false;
};

}  // namespace mailcosm::sim
