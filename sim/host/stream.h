// Stream: one end of a byte stream (TCP) as an agent sees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "protocols/base/ip_address.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim {

enum class StreamError : std::uint8_t {
  kNone,         // both directions were closed in order
  kRefused,      // nobody listens there (RST to the SYN)
  kReset,        // the peer reset the connection
  kTimeout,      // no answer to the SYN, or data was not acknowledged in time
  kUnreachable,  // no route
};
std::string_view to_string(StreamError error);

// What a stream tells its owner. Never called from inside a call of the owner into the stream or
// the Runtime. The owner may destroy the stream in any of these calls.
class StreamHandler {
 public:
  // The connection that connect() asked for is established. Not called for accepted streams.
  virtual void on_connected() {}
  // Bytes have come, in order. The view lives as long as the call.
  virtual void on_received(std::string_view bytes) = 0;
  // The queue of bytes to send, which was not empty, has been sent and acknowledged up to the
  // low-water mark.
  virtual void on_writable() {}
  // The peer has closed its direction: no more bytes will come. This direction stays open until
  // close().
  virtual void on_end() = 0;
  // The stream is over; nothing follows. kNone after an orderly close of both directions.
  virtual void on_closed(StreamError error) = 0;

 protected:
  ~StreamHandler() = default;
};

// Owned by the agent. Destroying it before on_closed() resets the connection; after close() it
// lingers by itself until all is flushed, and no handler is called any more.
class Stream {
 public:
  virtual ~Stream() = default;

  // REQUIRED right after accept; connect() sets it.
  virtual void set_handler(StreamHandler& handler) = 0;
  // Takes everything, copies it, and never blocks. Ignored once the stream is over.
  // REQUIRES: not closed by this side.
  virtual void send(std::string_view bytes) = 0;
  // Octets taken and not yet acknowledged by the peer: an agent that has much to send waits for
  // on_writable().
  virtual std::size_t queued() const = 0;
  static constexpr std::size_t kLowWater = 16 * 1024;
  // Sends what is queued, then closes this direction. Bytes of the peer still arrive.
  virtual void close() = 0;

  virtual Endpoint local() const = 0;
  virtual Endpoint remote() const = 0;
  virtual ConnectionId id() const = 0;
  // The record of what lately kept packets of the two hosts from each other, or none. For the trace
  // of an owner that gives up by its own clock; no program may decide by it.
  virtual RecordId trouble() const { return {}; }
};

class ListenHandler {
 public:
  virtual void on_accepted(std::unique_ptr<Stream> stream) = 0;

 protected:
  ~ListenHandler() = default;
};

// Destroying it stops listening; accepted streams live on.
class Listener {
 public:
  virtual ~Listener() = default;
};

}  // namespace mailcosm::sim
