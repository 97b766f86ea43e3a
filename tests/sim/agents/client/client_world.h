// A client's host and a server's host for tests.
#pragma once

#include <memory>
#include <string>

#include "sim/agents/client/mail_client.h"
#include "tests/support/fake_runtime.h"

namespace mailcosm::sim {

class ClientWorld {
 public:
  ClientWorld() {
    world.recorder().set_depth(Layer::kProtocol);
    config.address = {"alice", "red.com"};
    config.display_name = "Alice";
    config.login = "alice@red.com";
    config.password = "secret";
    config.device = "laptop";
    config.submission_server = "192.0.2.2";
  }

  MailClient& client() {
    if (!client_) {
      client_ = std::make_unique<MailClient>(device, config);
      client_->start();
    }
    return *client_;
  }
  // Power failure; client() starts it again.
  void crash() {
    client_.reset();
    device.crash();
  }
  std::size_t count(Kind kind) const { return world.records_of(kind).size(); }

  FakeWorld world;
  FakeHost& device = world.add_host("alice-laptop", "192.0.2.1");
  FakeHost& server = world.add_host("mail.red.com", "192.0.2.2");
  MailClientConfig config;

 private:
  std::unique_ptr<MailClient> client_;
};

inline Draft draft_to(const std::string& local_part, const std::string& subject = "Lunch?") {
  Draft draft;
  draft.to = {{local_part, "blue.com"}};
  draft.subject = subject;
  draft.body = "Noon?\n";
  return draft;
}

inline std::string message_named(const std::string& subject,
                                 const std::string& from = "bob@blue.com") {
  return "Message-ID: <" + subject + "@blue.com>\r\nFrom: " + from + "\r\nSubject: " + subject +
         "\r\n\r\nbody\r\n";
}

}  // namespace mailcosm::sim
