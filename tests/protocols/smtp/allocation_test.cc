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
    } else if (std::holds_alternative<NeedMore>(event) || std::holds_alternative<Closed>(event)) {
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

// Each command of a whole dialogue alone, so that a failure names the one that allocates.
TEST(AllocationTest, NoCommandOfAServersDialogueAllocates) {
  ServerConfig config;
  config.host_name = "submission.a-long-domain.example";
  config.mechanisms = {sasl::Mechanism::kPlain, sasl::Mechanism::kLogin};
  ServerSession session(config, {});
  std::string output;
  output.reserve(10'000);
  // The first input gives the receive buffer its room, and the next command begins a warm session.
  serve(session, "NOOP " + std::string(300, 'x') + "\r\n", output);
  for (std::string_view command :
       {"EHLO a-long-host-name.a-long-domain.example\r\n",
        "HELP\r\n",
        "AUTH PLAIN\r\n",
        "*\r\n",
        "AUTH LOGIN\r\n",
        "YWxpY2VAcmVkLmNvbQ==\r\n",
        "*\r\n",
        "AUTH PLAIN !\r\n",
        "AUTH PLAIN AGFsaWNlQHJlZC5jb20AY29ycmVjdGhvcnNl\r\n",
        "MAIL FROM:<a.long.local.part@a-long-domain.example> SIZE=1000 BODY=8BITMIME\r\n",
        "RCPT TO:<another.long.local.part@a-long-domain.example>\r\n",
        "RCPT TO:<third.long.local.part@a-long-domain.example>\r\n",
        "RCPT TO:<wrong>\r\n",
        "DATA\r\n",
        "Subject: a line of text that is not too short\r\n\r\n..text\r\n",
        ".\r\n",
        "RSET\r\n",
        "NOOP\r\n",
        "VRFY bob\r\n",
        "QUIT\r\n"}) {
    const std::size_t before = allocations;
    serve(session, command, output);
    EXPECT_EQ(allocations, before) << command;
  }
  EXPECT_TRUE(session.authenticated());
  EXPECT_EQ(session.state(), State::kClosed);
  EXPECT_NE(output.find("\r\n221 "), std::string::npos) << output;
}

// The client keeps what spans several lines: only the lines of EHLO's answer may allocate.
TEST(AllocationTest, NoCommandOfAClientsDialogueAllocates) {
  ClientConfig config;
  config.host_name = "a-long-host-name.a-long-domain.example";
  config.credentials = sasl::Credentials{"", "alice@red.com", "correcthorse"};
  ClientSession session(config, {});
  const std::vector<std::string> recipients = {"a.long.local.part@a-long-domain.example",
                                               "b.long.local.part@a-long-domain.example"};
  std::string output;
  output.reserve(10'000);
  const auto hear = [&](std::string_view replies) {
    session.receive(replies, {});
    while (true) {
      const ClientEvent event = session.next(output);
      if (std::holds_alternative<NeedMore>(event) || std::holds_alternative<Closed>(event)) return;
      if (session.body_wanted()) {
        session.body("Subject: a line of text that is not too short\r\n", {}, output);
        session.end_body({}, output);
      }
    }
  };
  // Gives the receive buffer its room.
  hear("220 " + std::string(300, 'x') +
       "\r\n250-a-long-host-name.a-long-domain.example\r\n"
       "250-PIPELINING\r\n250-SIZE 100000\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n");
  const auto count = [&](std::string_view replies) {
    const std::size_t before = allocations;
    hear(replies);
    EXPECT_EQ(allocations, before) << replies;
  };
  count("250 AUTH PLAIN LOGIN\r\n");
  EXPECT_TRUE(output.ends_with("AUTH PLAIN AGFsaWNlQHJlZC5jb20AY29ycmVjdGhvcnNl\r\n")) << output;
  count("235 2.7.0 Authentication successful\r\n");
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(session.ready());
    const Envelope envelope{"a.long.local.part@a-long-domain.example", recipients, 500, false};
    const std::size_t before = allocations;
    session.send(envelope, {});
    if (i > 0) {
      EXPECT_EQ(allocations, before);
    }
    hear("");
    if (i > 0) {
      EXPECT_EQ(allocations, before);
    }
    count("250 2.1.0 Sender OK\r\n");
    count("250 2.1.5 Recipient OK\r\n");
    count("550 5.1.1 No such user here, nor anywhere else\r\n");
    count("354 End with a dot\r\n");
    count("250 2.0.0 Message accepted\r\n");
  }
  session.quit({});
  count("");
  count("221 2.0.0 Bye\r\n");
  EXPECT_TRUE(output.ends_with("QUIT\r\n"));
}

}  // namespace
}  // namespace mailcosm::smtp
