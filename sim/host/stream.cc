#include "sim/host/stream.h"

namespace mailcosm::sim {

std::string_view to_string(StreamError error) {
  switch (error) {
    case StreamError::kNone:
      return "closed";
    case StreamError::kRefused:
      return "connection refused";
    case StreamError::kReset:
      return "connection reset by peer";
    case StreamError::kTimeout:
      return "connection timed out";
    case StreamError::kUnreachable:
      return "network unreachable";
  }
  return "unknown";
}

}  // namespace mailcosm::sim
