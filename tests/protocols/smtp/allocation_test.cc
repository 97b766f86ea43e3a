// Counts heap allocations: a transaction on a warm session makes none, in either engine.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "protocols/smtp/client_session.h"
#include "protocols/smtp/server_session.h"

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace mailcosm::smtp {
namespace {

void serve(ServerSession& session, std::string_view input, std::string& output) {
  session.receive(input, {});
  while (true) {
    const ServerEvent event = session.next(output);
    if (session.question_open()) {
      session.answer(accept(), {}, output);
    } else if (std::holds_alternative<NeedMore>(event)) {
      return;
    }
  }
}

TEST(AllocationTest, ServerTransactionAllocatesNothingButTheReceiveBuffer) {
  ServerConfig config;
  config.host_name = "mx.blue.com";
  ServerSession session(config, {});
  std::string output;
  output.reserve(10'000);
  serve(session, "EHLO mail.red.example.com\r\n", output);
  const std::string_view commands =
      "MAIL FROM:<a.long.local.part@a.long.domain.example> SIZE=1000\r\nRCPT "
      "TO:<another.long.local.part@domain.example>\r\n"
      "RCPT TO:<third.long.local.part@domain.example>\r\nDATA\r\n";
  for (int i = 0; i < 3; ++i) {
    serve(session, commands, output);
    const std::size_t before = allocations;
    serve(session, "NOOP\r\n.Subject: a line of text that is not too short\r\n", output);
    EXPECT_EQ(allocations, before);
    serve(session, ".\r\nRSET\r\n", output);
    serve(session, commands, output);
    serve(session, ".\r\n", output);
  }
  serve(session, commands, output);
  serve(session, "x\r\n.\r\n", output);
  // Commands of a warm session one by one.
  serve(session,
        "NOOP with a parameter that is long enough to grow the buffer for all that follows it "
        "here\r\n",
        output);
  const std::size_t before = allocations;
  serve(session, "MAIL FROM:<a.long.local.part@a.long.domain.example> SIZE=1000\r\n", output);
  serve(session, "RCPT TO:<another.long.local.part@domain.example>\r\n", output);
  serve(session, "RSET\r\n", output);
  serve(session, "NOOP\r\n", output);
  EXPECT_EQ(allocations, before);
}

TEST(AllocationTest, ClientTransactionAllocatesNothing) {
  ClientConfig config;
  config.host_name = "mail.red.com";
  ClientSession session(config, {});
  std::string output;
  output.reserve(10'000);
  const std::vector<std::string> recipients = {"a.long.local.part@domain.example",
                                               "b.long.local.part@domain.example"};
  const auto hear = [&](std::string_view replies) {
    session.receive(replies, {});
    while (!std::holds_alternative<NeedMore>(session.next(output))) {
    }
  };
  hear("220 mx.blue.com\r\n250-mx.blue.com\r\n250-PIPELINING\r\n250 SIZE 100000\r\n");
  std::size_t before = 0;
  for (int i = 0; i < 2; ++i) {
    before = allocations;
    ASSERT_TRUE(session.ready());
    session.send({"", recipients, 500, false}, {});
    hear("");
    hear("250 2.1.0 Sender OK\r\n250 2.1.5 OK\r\n250 2.1.5 OK\r\n354 End with a dot\r\n");
    ASSERT_TRUE(session.body_wanted());
    session.body("Subject: a line of text that is not too short\r\n", {}, output);
    session.end_body({}, output);
    hear("250 2.0.0 Message accepted\r\n");
  }
  EXPECT_EQ(allocations, before);
}

}  // namespace
}  // namespace mailcosm::smtp
