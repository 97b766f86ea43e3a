// Client and server engine back to back, and what a command costs in allocations.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "protocols/pop3/client_session.h"
#include "tests/protocols/pop3/server_bench.h"

namespace {
std::size_t allocations = 0;
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace mailcosm::pop3 {
namespace {

using Method = ClientSession::LoginMethod;

// Carries bytes both ways, `piece` octets at a time, until nobody says anything more.
struct Pair {
  explicit Pair(std::size_t octets) : piece(octets) {}

  void run() {
    for (;;) {
      pull();
      if (to_client.empty() && to_server.empty()) return;
      client.receive(cut(to_client), Instant{});
      pull();
      server.session.receive(cut(to_server), Instant{});
      server.run();
    }
  }
  std::string cut(std::string& queue) {
    const std::string taken = queue.substr(0, piece);
    queue.erase(0, taken.size());
    return taken;
  }
  void pull() {
    to_client.append(server.take());
    for (;;) {
      const client::Event event = client.next(to_server);
      if (std::holds_alternative<client::NeedMore>(event)) return;
      if (const auto* item = std::get_if<client::UidlItem>(&event))
        ids.emplace_back(item->unique_id);
      if (const auto* content = std::get_if<client::ContentReceived>(&event)) {
        contents[content->number - 1].append(content->bytes);
      }
      if (const auto* end = std::get_if<client::Closed>(&event)) closed = to_string(end->reason);
    }
  }

  std::size_t piece;
  ServerBench server;
  ClientSession client{Instant{}};
  std::string to_client;
  std::string to_server;
  std::string contents[2];
  std::vector<std::string> ids;
  std::string closed;
};

TEST(Pop3PairTest, DownloadsAndDeletesEverything) {
  for (const Method method : {Method::kUserPass, Method::kSasl}) {
    for (const bool capa_first : {false, true}) {
      for (const std::size_t piece : {1u, 2u, 3u, 7u, 10'000u}) {
        Pair pair(piece);
        if (capa_first) {
          ASSERT_TRUE(pair.client.capa(Instant{}));
          pair.run();
        }
        ASSERT_TRUE(pair.client.log_in("bob", "secret", method, Instant{}));
        ASSERT_TRUE(pair.client.uidl(0, Instant{}));
        for (const MessageNumber number : {1u, 2u}) {
          ASSERT_TRUE(pair.client.retr(number, Instant{}) && pair.client.dele(number, Instant{}));
        }
        ASSERT_TRUE(pair.client.quit(Instant{}));
        pair.run();
        EXPECT_EQ(pair.contents[0], kFirst);
        EXPECT_EQ(pair.contents[1], std::string(kSecond) + "\r\n");
        EXPECT_EQ(pair.ids, (std::vector<std::string>{"7.1", "7.2"}));
        EXPECT_EQ(pair.closed, "quit");
        EXPECT_EQ(pair.server.removed, (std::vector<MessageNumber>{1, 2}));
      }
    }
  }
}

TEST(Pop3PairTest, AllocatesNothingPerCommand) {
  ServerConfig config = ServerBench::default_config();
  ServerSession session(config, Instant{});
  std::string output;
  output.reserve(4096);
  const std::string content(kFirst);
  const auto say = [&](std::string_view line) {
    session.receive(line, Instant{});
    for (;;) {
      output.clear();
      const server::Event event = session.next(output);
      if (std::holds_alternative<server::NeedMore>(event)) return;
      if (std::holds_alternative<server::LoginAsked>(event))
        session.answer(server::LoginAnswer{}, Instant{});
      if (std::holds_alternative<server::MaildropAsked>(event)) {
        session.answer(Maildrop{{content.size(), "1.1"}}, Instant{});
      }
      if (std::holds_alternative<server::ContentAsked>(event)) {
        session.answer(server::ContentAnswer{.bytes = content, .last = true}, Instant{});
      }
    }
  };
  say("USER bob\r\n");
  say("PASS a rather long password, so that the buffer has its size\r\n");
  const std::size_t before = allocations;
  for (int i = 0; i < 100; ++i) {
    say("STAT\r\n");
    say("LIST\r\n");
    say("UIDL 1\r\n");
    say("RETR 1\r\n");
    say("TOP 1 2\r\n");
    say("NOOP\r\n");
    say("DELE 1\r\n");
    say("RSET\r\n");
  }
  EXPECT_EQ(allocations, before);
}

}  // namespace
}  // namespace mailcosm::pop3
