// The work of a receiver of DATA: octets as they came, taken piece by piece until the message ends.
#pragma once

#include <string_view>

#include "protocols/smtp/data_decoder.h"

namespace mailcosm::bench {

// What stands behind the end of the message.
inline std::string_view unstuff(std::string_view stuffed) {
  smtp::DataDecoder decoder;
  for (auto step = decoder.decode(stuffed); step.status == smtp::DataDecoder::Status::kChunk;
       step = decoder.decode(stuffed)) {
    stuffed.remove_prefix(step.consumed);
  }
  return stuffed;
}

}  // namespace mailcosm::bench
