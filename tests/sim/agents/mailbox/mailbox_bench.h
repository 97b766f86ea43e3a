// MailboxBench: a mailbox server on a fake host, and clients that speak lines to it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "sim/agents/mailbox/mailbox_server.h"
#include "tests/support/fake_runtime.h"

namespace mailcosm::sim {

// One connection of a client host.
class LineClient final : public StreamHandler {
 public:
  LineClient(FakeWorld& world, FakeHost& from, std::uint16_t port) : world_(&world) {
    stream = from.connect({IpAddress::parse("192.0.2.1").value(), port}, *this);
    settle();
  }
  LineClient(const LineClient&) = delete;

  // Says something, waits, and gives what has come back since.
  std::string ask(std::string_view bytes) {
    heard.clear();
    stream->send(bytes);
    settle();
    return heard;
  }
  void settle() { world_->run_for(std::chrono::milliseconds(200)); }

  void on_received(std::string_view bytes) override { heard.append(bytes); }
  void on_end() override { ended = true; }
  void on_closed(StreamError error) override { closed = to_string(error); }

  std::unique_ptr<Stream> stream;
  std::string heard;
  std::string closed;
  bool ended = false;

 private:
  FakeWorld* world_;
};

class MailboxBench {
 public:
  MailboxBench() {
    config.host_name = "mail.blue.com";
    config.accounts = {{"bob", "secret", {"bob@blue.com", "Robert@blue.com"}, 0, {}},
                       {"ann", "word", {"ann@blue.com"}, 0, {"Lists/Work"}}};
    start();
  }

  void start() {
    server = std::make_unique<MailboxServer>(host, config);
    server->start();
  }
  void restart() {
    server.reset();
    start();
  }
  void crash() {
    server.reset();
    world.run_for(std::chrono::milliseconds(10));
    host.crash();
    start();
  }
  const Mailbox& inbox(std::string_view login) {
    return server->store().find_account(login)->inbox();
  }

  // Delivers by LMTP and gives the replies after the final dot.
  std::string deliver(std::string_view to, std::string_view content) {
    LineClient client(world, mta, 24);
    client.ask("LHLO mx.blue.com\r\nMAIL FROM:<alice@red.com>\r\nRCPT TO:<" + std::string(to) +
               ">\r\nDATA\r\n");
    return client.ask(std::string(content) + ".\r\n");
  }

  FakeWorld world;
  FakeHost& host = world.add_host("mail.blue.com", "192.0.2.1");
  FakeHost& mta = world.add_host("mx.blue.com", "192.0.2.2");
  FakeHost& desk = world.add_host("desk.blue.com", "192.0.2.3");
  MailboxServerConfig config;
  std::unique_ptr<MailboxServer> server;
};

inline constexpr std::string_view kLetter =
    "From: <alice@red.com>\r\nMessage-ID: <1@red.com>\r\nSubject: Lunch\r\n\r\nDear "
    "Bob,\r\n\r\nnoon?\r\n";

}  // namespace mailcosm::sim
