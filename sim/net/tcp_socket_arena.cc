#include "sim/net/tcp_socket_arena.h"

#include <bit>
#include <new>

#include "protocols/base/check.h"

namespace mailcosm::sim {

TcpSocketArena::~TcpSocketArena() { CHECK(size_ == 0); }

TcpSocket& TcpSocketArena::add(const TcpSettings& settings, BlockPool& pool,
                               const TcpConnection::Start& start) {
  if (open_.empty()) {
    open_.push_back(static_cast<std::uint32_t>(chunks_.size()));
    chunks_.emplace_back();
    used_.push_back(0);
  }
  const std::uint32_t chunk = open_.back();
  if (chunks_[chunk] == nullptr) {
    chunks_[chunk] = std::make_unique<Chunk>();
    ++chunks_allocated_;
  }
  const auto cell = static_cast<std::uint32_t>(std::countr_one(used_[chunk]));
  used_[chunk] |= 1u << cell;
  if (used_[chunk] == kAllUsed) open_.pop_back();
  ++size_;
  TcpSocket* const socket =
      new (&chunks_[chunk]->cells[cell].socket) TcpSocket(settings, pool, start);
  socket->slot = chunk * kChunk + cell;
  return *socket;
}

void TcpSocketArena::remove(TcpSocket& socket) {
  const std::uint32_t chunk = socket.slot / kChunk;
  const std::uint32_t cell = socket.slot % kChunk;
  socket.~TcpSocket();
  --size_;
  if (used_[chunk] == kAllUsed) open_.push_back(chunk);
  used_[chunk] &= ~(1u << cell);
  if (used_[chunk] != 0) return;
  // One stays, so that coming and going costs no memory management.
  if (emptied_ != kNone && emptied_ != chunk && used_[emptied_] == 0) {
    chunks_[emptied_].reset();
    --chunks_allocated_;
  }
  emptied_ = chunk;
}

}  // namespace mailcosm::sim
