// FakeStream: one end of a byte stream between two fake hosts, by fixed latency.
#pragma once

#include <memory>
#include <string>

#include "tests/support/fake_runtime.h"

namespace mailcosm::sim {

// What both ends share.
struct FakeConnection {
  struct Side {
    FakeHost* host = nullptr;
    FakeStream* stream = nullptr;  // null before accept and after destruction
    StreamHandler* handler = nullptr;
    Endpoint endpoint;
    std::size_t queued = 0;
    bool closed = false;  // by this side
    bool over = false;    // on_closed has been told, or the stream is gone
  };
  Side sides[2];  // 0 opened it
  ConnectionId id;
};

class FakeStream final : public Stream {
 public:
  FakeStream(FakeWorld& world, std::shared_ptr<FakeConnection> connection, int side);
  ~FakeStream() override;

  // Begins the handshake of side 0.
  static std::unique_ptr<FakeStream> open(FakeWorld& world, FakeHost& from, const Endpoint& remote,
                                          StreamHandler& handler);

  void set_handler(StreamHandler& handler) override { mine().handler = &handler; }
  void send(std::string_view bytes) override;
  std::size_t queued() const override { return connection_->sides[side_].queued; }
  void close() override;
  Endpoint local() const override { return connection_->sides[side_].endpoint; }
  Endpoint remote() const override { return connection_->sides[1 - side_].endpoint; }
  ConnectionId id() const override { return connection_->id; }

 private:
  using Side = FakeConnection::Side;
  Side& mine() { return connection_->sides[side_]; }
  static void finish(Side& side, StreamError error);
  static void shake_hands(FakeWorld& world, const std::shared_ptr<FakeConnection>& connection);

  FakeWorld* world_;
  std::shared_ptr<FakeConnection> connection_;
  int side_;
};

}  // namespace mailcosm::sim
