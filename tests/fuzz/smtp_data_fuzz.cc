// Message content after DATA: decoding finds the same end and content however it is cut, the end is
// the first CRLF "." CRLF, and what was encoded decodes to itself.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "protocols/smtp/data_decoder.h"
#include "protocols/smtp/data_encoder.h"

namespace {

using namespace mailcosm::smtp;

struct Decoded {
  std::string message;
  std::size_t consumed = 0;
  bool ended = false;
  bool bare = false;
  std::size_t line_length = 0;
  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded decode(std::string_view input, std::size_t piece) {
  DataDecoder decoder;
  Decoded decoded;
  std::size_t given = 0;
  while (!decoded.ended) {
    const auto step = decoder.decode(input.substr(decoded.consumed, given - decoded.consumed));
    decoded.consumed += step.consumed;
    decoded.message += step.chunk;
    decoded.ended = step.status == DataDecoder::Status::kEnd;
    if (step.status != DataDecoder::Status::kNeedMore) continue;
    if (given - decoded.consumed > 2) std::abort();
    if (given == input.size()) break;
    given = std::min(given + piece, input.size());
  }
  decoded.bare = decoder.bare_line_end();
  decoded.line_length = decoder.line_length();
  return decoded;
}

std::string encode(std::string_view message, std::size_t piece) {
  DataEncoder encoder;
  std::string output;
  for (std::size_t at = 0; at < message.size(); at += piece) {
    encoder.encode(message.substr(at, piece), output);
  }
  encoder.finish(output);
  return output;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const Decoded whole = decode(input, size + 1);
  if (!(decode(input, 1) == whole) || !(decode(input, 3) == whole)) std::abort();
  const std::size_t end = ("\r\n" + input).find("\r\n.\r\n");
  if (whole.ended != (end != std::string::npos)) std::abort();
  if (whole.ended && whole.consumed != end + 3) std::abort();

  const std::string encoded = encode(input, size + 1);
  if (encode(input, 1) != encoded) std::abort();
  const Decoded back = decode(encoded, size + 1);
  if (!back.ended || back.bare || back.consumed != encoded.size()) std::abort();
  if (encode(back.message, 7) != encoded) std::abort();
  return 0;
}
