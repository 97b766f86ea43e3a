// TcpSocketArena: where the sockets of all hosts of one partition live, by number.
//
// A number says where a socket lies without a look at its host, which may be in no cache: packets
// and timers carry it. Sockets do not move. Memory is taken and given back in chunks of some
// sockets, the lowest free place of a chunk first; at most one chunk without sockets is kept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/net/tcp_socket.h"

namespace mailcosm::sim {

class TcpSocketArena {
 public:
  TcpSocketArena() = default;
  ~TcpSocketArena();
  TcpSocketArena(const TcpSocketArena&) = delete;
  TcpSocketArena& operator=(const TcpSocketArena&) = delete;

  // The socket, which the arena owns until remove(); it knows its slot.
  TcpSocket& add(const TcpSettings& settings, BlockPool& pool, const TcpConnection::Start& start);
  // REQUIRES: it is of this arena.
  void remove(TcpSocket& socket);

  // Null if there is none of that number.
  TcpSocket* find(SocketSlot slot) const {
    const std::size_t chunk = slot / kChunk;
    if (chunk >= used_.size() || (used_[chunk] >> slot % kChunk & 1) == 0) return nullptr;
    return &chunks_[chunk]->cells[slot % kChunk].socket;
  }
  std::size_t size() const { return size_; }
  // Octets taken for sockets, used or not.
  std::size_t octets() const { return chunks_allocated_ * sizeof(Chunk); }

 private:
  static constexpr std::uint32_t kChunk = 16;
  static constexpr std::uint32_t kAllUsed = (1u << kChunk) - 1;
  static constexpr std::uint32_t kNone = 0xffffffff;

  union Cell {
    Cell() {}
    ~Cell() {}
    TcpSocket socket;
  };
  struct Chunk {
    std::array<Cell, kChunk> cells;
  };

  std::vector<std::unique_ptr<Chunk>> chunks_;  // null where all sockets are gone
  std::vector<std::uint32_t> used_;             // by chunk, a bit for each of its cells
  std::vector<std::uint32_t> open_;             // chunks in which a cell is free, each once
  std::uint32_t emptied_ = kNone;               // the chunk that lost its last socket last
  std::size_t chunks_allocated_ = 0;
  std::size_t size_ = 0;
};

}  // namespace mailcosm::sim
