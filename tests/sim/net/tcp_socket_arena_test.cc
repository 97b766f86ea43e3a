#include "sim/net/tcp_socket_arena.h"

#include <gtest/gtest.h>

#include <vector>

namespace mailcosm::sim {
namespace {

// Of its chunks.
constexpr SocketSlot kChunk = 16;

class TcpSocketArenaTest : public testing::Test {
 protected:
  TcpSocket& add() {
    TcpConnection::Start start;
    start.id = ConnectionId::of(0, ++opened);
    return arena.add(settings, pool, start);
  }
  TcpSettings settings;
  BlockPool pool;
  TcpSocketArena arena;
  std::uint64_t opened = 0;
};

TEST_F(TcpSocketArenaTest, FindsWhatExists) {
  EXPECT_EQ(arena.find(0), nullptr);
  EXPECT_EQ(arena.find(kNoSocket), nullptr);
  TcpSocket& first = add();
  TcpSocket& second = add();
  EXPECT_NE(first.slot, second.slot);
  EXPECT_EQ(arena.find(first.slot), &first);
  EXPECT_EQ(arena.find(second.slot), &second);
  const SocketSlot gone = first.slot;
  arena.remove(first);
  EXPECT_EQ(arena.find(gone), nullptr);
  EXPECT_EQ(arena.find(second.slot), &second);
  EXPECT_EQ(add().slot, gone) << "the lowest that is free";
  EXPECT_EQ(arena.size(), 2u);
  arena.remove(*arena.find(gone));
  arena.remove(second);
}

TEST_F(TcpSocketArenaTest, TakesAndReturnsMemoryInChunks) {
  std::vector<TcpSocket*> sockets;
  EXPECT_EQ(arena.octets(), 0u);
  while (sockets.size() < kChunk) sockets.push_back(&add());
  const std::size_t chunk = arena.octets();
  EXPECT_GE(chunk, kChunk * sizeof(TcpSocket));
  sockets.push_back(&add());
  EXPECT_EQ(arena.octets(), 2 * chunk);
  while (sockets.size() < 10 * kChunk) sockets.push_back(&add());
  EXPECT_EQ(arena.octets(), 10 * chunk);
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    EXPECT_EQ(sockets[i]->slot, i);
    EXPECT_EQ(arena.find(sockets[i]->slot), sockets[i]) << "they do not move";
  }
  // In an order that leaves holes everywhere before anything is empty.
  for (std::size_t hole = 0; hole < kChunk; ++hole) {
    for (std::size_t i = hole; i < sockets.size(); i += kChunk) arena.remove(*sockets[i]);
  }
  EXPECT_EQ(arena.size(), 0u);
  EXPECT_LE(arena.octets(), chunk) << "one stays for the next";
  for (std::size_t i = 0; i < 3 * kChunk; ++i) sockets[i] = &add();
  EXPECT_EQ(arena.octets(), 3 * chunk);
  for (std::size_t i = 0; i < 3 * kChunk; ++i) arena.remove(*sockets[i]);
}

// One chunk after the other becomes empty: each was the next to be filled when it did.
TEST_F(TcpSocketArenaTest, ReturnsMemoryAlsoInTheOrderOfOpening) {
  std::vector<TcpSocket*> sockets;
  for (std::size_t i = 0; i < 10 * kChunk; ++i) sockets.push_back(&add());
  const std::size_t chunk = arena.octets() / 10;
  for (TcpSocket* socket : sockets) arena.remove(*socket);
  EXPECT_EQ(arena.octets(), chunk);
}

}  // namespace
}  // namespace mailcosm::sim
