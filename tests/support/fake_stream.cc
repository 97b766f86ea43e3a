#include "tests/support/fake_stream.h"

#include <algorithm>

#include "protocols/base/check.h"

namespace mailcosm::sim {

FakeStream::FakeStream(FakeWorld& world, std::shared_ptr<FakeConnection> connection, int side)
    : world_(&world), connection_(std::move(connection)), side_(side) {
  mine().stream = this;
}

std::unique_ptr<FakeStream> FakeStream::open(FakeWorld& world, FakeHost& from,
                                             const Endpoint& remote, StreamHandler& handler) {
  auto connection = std::make_shared<FakeConnection>();
  connection->id = ConnectionId::of(from.index_, ++from.connections_);
  IpAddress local = from.addresses_.front();
  for (const IpAddress& address : from.addresses_) {
    if (address.family() == remote.address.family()) {
      local = address;
      break;
    }
  }
  connection->sides[0] = {
      .host = &from, .handler = &handler, .endpoint = {local, from.ephemeral_port()}};
  connection->sides[1].endpoint = remote;
  auto stream = std::make_unique<FakeStream>(world, connection, 0);
  world.post(world.now_ + world.latency, [&world, connection] { shake_hands(world, connection); });
  return stream;
}

void FakeStream::shake_hands(FakeWorld& world, const std::shared_ptr<FakeConnection>& connection) {
  Side& opener = connection->sides[0];
  Side& other = connection->sides[1];
  FakeHost* host = world.host_of(other.endpoint.address);
  ListenHandler* listener = host == nullptr ? nullptr : host->listener_for(other.endpoint);
  if (host != nullptr && host->down_) {
    world.post(world.now_ + std::chrono::minutes(2),
               [connection] { finish(connection->sides[0], StreamError::kTimeout); });
    return;
  }
  if (listener == nullptr || opener.over) {
    const StreamError error = host == nullptr ? StreamError::kUnreachable : StreamError::kRefused;
    world.post(world.now_ + world.latency,
               [connection, error] { finish(connection->sides[0], error); });
    return;
  }
  other.host = host;
  world.post(world.now_ + world.latency, [connection] {
    Side& side = connection->sides[0];
    if (!side.over) side.handler->on_connected();
  });
  host->trace_.set_cause({});
  listener->on_accepted(std::make_unique<FakeStream>(world, connection, 1));
}

FakeStream::~FakeStream() {
  Side& side = mine();
  side.stream = nullptr;
  const bool resets = !side.over && !side.closed;
  side.over = true;
  if (!resets) return;
  world_->post(world_->now_ + world_->latency, [connection = connection_, other = 1 - side_] {
    finish(connection->sides[other], StreamError::kReset);
  });
}

void FakeStream::send(std::string_view bytes) {
  CHECK(!mine().closed);
  if (mine().over || bytes.empty()) return;
  const std::size_t piece = world_->segment_length == 0 ? bytes.size() : world_->segment_length;
  const RecordId cause = mine().host->trace_.cause();
  mine().queued += bytes.size();
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    world_->post(world_->now_ + world_->latency, [connection = connection_, me = side_, cause,
                                                  text = std::string(bytes.substr(at, piece))] {
      Side& peer = connection->sides[1 - me];
      if (peer.over || peer.handler == nullptr) return;
      peer.host->trace_.set_cause(cause);
      peer.handler->on_received(text);
    });
  }
  world_->post(world_->now_ + 2 * world_->latency,
               [connection = connection_, me = side_, cause, size = bytes.size()] {
                 Side& side = connection->sides[me];
                 const bool was_full = side.queued > kLowWater;
                 side.queued -= size;
                 if (side.over || side.closed || side.queued > kLowWater) return;
                 if (!was_full && side.queued != 0) return;
                 side.host->trace_.set_cause(cause);
                 side.handler->on_writable();
               });
}

void FakeStream::close() {
  if (mine().closed || mine().over) return;
  mine().closed = true;
  world_->post(world_->now_ + world_->latency,
               [world = world_, connection = connection_, me = side_] {
                 Side& peer = connection->sides[1 - me];
                 if (!peer.over && peer.handler != nullptr) {
                   peer.host->trace_.set_cause({});
                   peer.handler->on_end();
                 }
                 if (!connection->sides[1 - me].closed) return;
                 world->post(world->now_, [connection] {
                   finish(connection->sides[0], StreamError::kNone);
                   finish(connection->sides[1], StreamError::kNone);
                 });
               });
}

void FakeStream::finish(Side& side, StreamError error) {
  if (side.over) return;
  side.over = true;
  if (side.handler == nullptr) return;
  side.host->trace_.set_cause({});
  side.handler->on_closed(error);
}

}  // namespace mailcosm::sim
