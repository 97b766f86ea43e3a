// A small internet for tests of the MTA: a name server that knows everything, MTAs, and servers and
// clients that follow a script.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/dns/server.h"
#include "protocols/smtp/client_session.h"
#include "protocols/smtp/server_session.h"
#include "sim/agents/mta/mta.h"
#include "tests/support/fake_runtime.h"

namespace mailcosm::sim {

inline mail::Address at(const std::string& text) { return *mail::parse_mailbox(text); }
inline IpAddress ip(const std::string& text) { return *IpAddress::parse(text); }

// Answers from one zone that is the root and holds all names.
class AllKnowingResolver final : DatagramHandler {
 public:
  AllKnowingResolver(FakeHost& host, const std::string& records) : host_(host) {
    auto zone = dns::Zone::parse("$ORIGIN .\n$TTL 300\n@ SOA a. b. 1 2 3 4 5\n@ NS a.\n" + records);
    EXPECT_TRUE(zone) << (zone ? "" : zone.error().what);
    server_.add_zone(std::make_shared<const dns::Zone>(std::move(*zone)));
    socket_ = host_.bind({{}, 53}, *this);
  }

 private:
  void on_datagram(const Endpoint& from, const Endpoint&, std::string_view bytes) override {
    std::string response;
    if (server_.respond(bytes, dns::Transport::kUdp, response)) socket_->send_to(from, response);
  }
  FakeHost& host_;
  dns::Server server_;
  std::unique_ptr<DatagramSocket> socket_;
};

// A server that takes everything, unless told otherwise, and keeps what it got.
class TestServer final : ListenHandler {
 public:
  struct Got {
    std::string reverse_path;
    std::vector<std::string> recipients;
    std::string content;
  };

  TestServer(FakeHost& host, smtp::Service service, std::uint16_t port) : host_(host) {
    config_.service = service;
    config_.host_name = std::string(host.host_name());
    listener_ = host.listen({{}, port}, *this);
    EXPECT_NE(listener_, nullptr);
  }
  ~TestServer();

  smtp::Reply connect_reply;
  std::map<std::string, smtp::Reply> rcpt_replies;  // by recipient
  std::vector<smtp::Reply> message_replies;         // one by one; the last stays
  bool vanish_at_message = false;                   // resets the connection instead of answering
  std::vector<Got> got;
  int connections = 0;
  // Connections that are open, maybe to several servers.
  struct Load {
    std::size_t open = 0;
    std::size_t most = 0;
  };
  Load* load = nullptr;
  smtp::ServerConfig& config() { return config_; }

 private:
  class Session;
  void on_accepted(std::unique_ptr<Stream> stream) override;

  FakeHost& host_;
  smtp::ServerConfig config_;
  std::vector<std::unique_ptr<Session>> sessions_;
  std::unique_ptr<Listener> listener_;
};

// Sends one message and keeps the replies.
class TestClient final : StreamHandler {
 public:
  TestClient(FakeHost& host, const Endpoint& server, smtp::ClientConfig config)
      : host_(host), config_(std::move(config)), stream_(host.connect(server, *this)) {}

  void send(std::string reverse_path, std::vector<std::string> recipients, std::string message) {
    reverse_path_ = std::move(reverse_path);
    recipients_ = std::move(recipients);
    message_ = std::move(message);
  }
  std::map<std::size_t, std::string> results;  // by recipient
  std::string refused;
  bool closed = false;

 private:
  void on_connected() override {
    session_.emplace(config_, host_.now());
    pump();
  }
  void on_received(std::string_view bytes) override {
    session_->receive(bytes, host_.now());
    pump();
  }
  void on_end() override {
    session_->end_of_input(host_.now());
    pump();
  }
  void on_closed(StreamError) override { closed = true; }

  void pump() {
    if (closed) return;
    std::string output;
    while (!closed) {
      const smtp::ClientEvent event = session_->next(output);
      if (std::holds_alternative<smtp::NeedMore>(event)) break;
      if (std::holds_alternative<smtp::Ready>(event)) {
        if (sent_) {
          session_->quit(host_.now());
        } else {
          session_->send({reverse_path_, recipients_, message_.size(), false}, host_.now());
        }
        sent_ = true;
      } else if (std::holds_alternative<smtp::BodyWanted>(event)) {
        session_->body(message_, host_.now(), output);
        session_->end_body(host_.now(), output);
      } else if (const auto* done = std::get_if<smtp::RecipientDone>(&event)) {
        results[done->recipient] = done->reply.to_string();
      } else if (const auto* no = std::get_if<smtp::SessionRefused>(&event)) {
        refused = no->reply.to_string();
      } else if (std::holds_alternative<smtp::Closed>(event)) {
        closed = true;
      }
    }
    stream_->send(output);
    if (closed) stream_->close();
  }

  FakeHost& host_;
  smtp::ClientConfig config_;
  std::unique_ptr<Stream> stream_;
  std::optional<smtp::ClientSession> session_;
  std::string reverse_path_;
  std::vector<std::string> recipients_;
  std::string message_;
  bool sent_ = false;
};

class TestServer::Session final : StreamHandler {
 public:
  Session(TestServer& owner, std::unique_ptr<Stream> stream)
      : owner_(owner), stream_(std::move(stream)), session_(owner.config_, owner.host_.now()) {
    if (owner_.load != nullptr)
      owner_.load->most = std::max(owner_.load->most, ++owner_.load->open);
    stream_->set_handler(*this);
    pump();
  }

 private:
  void on_received(std::string_view bytes) override {
    if (!stream_) return;
    session_.receive(bytes, owner_.host_.now());
    pump();
  }
  void on_end() override {
    session_.end_of_input(owner_.host_.now());
    pump();
  }
  void on_closed(StreamError) override {}

  void pump() {
    std::string output;
    while (stream_) {
      const smtp::ServerEvent event = session_.next(output);
      if (std::holds_alternative<smtp::NeedMore>(event)) break;
      if (std::holds_alternative<smtp::Closed>(event)) {
        stream_->send(output);
        stream_->close();
        stream_.reset();
        if (owner_.load != nullptr) --owner_.load->open;
        return;
      }
      take(event, output);
    }
    if (stream_) stream_->send(output);
  }

  void take(const smtp::ServerEvent& event, std::string& output) {
    smtp::Reply reply;
    if (const auto* mail = std::get_if<smtp::MailAsked>(&event)) {
      got_ = {std::string(mail->reverse_path.mailbox), {}, {}};
    } else if (const auto* rcpt = std::get_if<smtp::RcptAsked>(&event)) {
      const std::string recipient(rcpt->forward_path.mailbox);
      const auto found = owner_.rcpt_replies.find(recipient);
      if (found != owner_.rcpt_replies.end()) reply = found->second;
      if (reply.code == 0) got_.recipients.push_back(recipient);
    } else if (const auto* chunk = std::get_if<smtp::BodyChunk>(&event)) {
      got_.content += chunk->bytes;
    } else if (std::holds_alternative<smtp::ConnectAsked>(event)) {
      reply = owner_.connect_reply;
    } else if (std::holds_alternative<smtp::MessageAsked>(event)) {
      if (owner_.vanish_at_message) {
        stream_.reset();
        return;
      }
      answer_message(output);
      return;
    }
    if (session_.question_open()) session_.answer(reply, owner_.host_.now(), output);
  }

  void answer_message(std::string& output) {
    std::vector<std::string> kept;
    for (std::size_t i = 0; session_.question_open(); ++i) {
      const auto& replies = owner_.message_replies;
      const smtp::Reply reply =
          replies.empty() ? smtp::accept() : replies[std::min(i, replies.size() - 1)];
      if (reply.code == 0 && i < got_.recipients.size()) kept.push_back(got_.recipients[i]);
      session_.answer(reply, owner_.host_.now(), output);
    }
    if (kept.empty()) return;
    if (owner_.config_.service == smtp::Service::kLmtp) got_.recipients = kept;
    owner_.got.push_back(got_);
  }

  TestServer& owner_;
  std::unique_ptr<Stream> stream_;
  smtp::ServerSession session_;
  Got got_;
};

inline TestServer::~TestServer() = default;

inline void TestServer::on_accepted(std::unique_ptr<Stream> stream) {
  ++connections;
  sessions_.push_back(std::make_unique<Session>(*this, std::move(stream)));
}

inline constexpr std::string_view kMessage =
    "From: alice@red.com\r\nMessage-ID: <1@red.com>\r\n\r\nHello.\r\n.dot\r\n";

// mail.red.com (192.0.2.1) is the MTA under test. ns is 192.0.2.53, the client 192.0.2.9,
// blue.com's hosts 198.51.100.x.
class MtaBench : public testing::Test {
 protected:
  MtaBench()
      : ns(world.add_host("ns", "192.0.2.53")),
        mta_host(world.add_host("mail.red.com", "192.0.2.1")),
        client_host(world.add_host("laptop", "192.0.2.9")),
        mx1_host(world.add_host("mx1.blue.com", "198.51.100.1")),
        mx2_host(world.add_host("mx2.blue.com", "198.51.100.2")),
        store_host(world.add_host("store.red.com", "192.0.2.24")) {
    world.recorder().set_depth(Layer::kProtocol);
    resolver = std::make_unique<AllKnowingResolver>(ns, std::string(kRecords));
    config.resolvers = {ip("192.0.2.53")};
    config.listeners = {{MtaListener::Kind::kSmtp, 25}, {MtaListener::Kind::kSubmission, 587}};
    config.accounts = {{"alice", "secret", {at("alice@red.com")}}};
    config.local_domains = {"red.com"};
    config.recipients = {at("alice@red.com"), at("rob@red.com")};
    config.routes = {{"red.com", MtaRoute::Transport::kLmtp, "store.red.com", 24}};
  }

  static constexpr std::string_view kRecords =
      "mail.red.com. A 192.0.2.1\nred.com. MX 10 mail.red.com.\nstore.red.com. A 192.0.2.24\n"
      "blue.com. MX 10 mx1.blue.com.\nblue.com. MX 20 mx2.blue.com.\nmx1.blue.com. A "
      "198.51.100.1\nmx2.blue.com. A 198.51.100.2\n"
      "null.com. MX 0 .\nimplicit.com. A 198.51.100.1\nnothing.com. TXT \"x\"\n"
      "loop.com. MX 10 mail.red.com.\nloop.com. MX 20 mx2.blue.com.\n"
      "backup.com. MX 10 mx1.blue.com.\nbackup.com. MX 20 mail.red.com.\nbackup.com. MX 30 "
      "mx2.blue.com.\n"
      "alias-loop.com. MX 10 other-name.red.com.\nother-name.red.com. A 192.0.2.1\n"
      "broken.com. MX 10 no-address.com.\n";

  void boot() {
    mta = std::make_unique<Mta>(mta_host, config);
    mta->start();
  }
  void crash() {
    mta.reset();
    mta_host.crash();
  }

  // Submits as alice.
  TestClient& submit(std::vector<std::string> recipients,
                     std::string message = std::string(kMessage),
                     std::string reverse_path = "alice@red.com", std::string password = "secret") {
    smtp::ClientConfig settings;
    settings.service = smtp::Service::kSubmission;
    settings.host_name = "laptop.red.com";
    settings.credentials = sasl::Credentials{"", "alice", std::move(password)};
    return send(settings, 587, std::move(reverse_path), std::move(recipients), std::move(message));
  }
  // Delivers as a stranger on port 25.
  TestClient& deliver(std::vector<std::string> recipients,
                      std::string message = std::string(kMessage),
                      std::string reverse_path = "eve@green.com") {
    smtp::ClientConfig settings;
    settings.host_name = "mx.green.com";
    return send(settings, 25, std::move(reverse_path), std::move(recipients), std::move(message));
  }
  TestClient& send(const smtp::ClientConfig& settings, std::uint16_t port, std::string reverse_path,
                   std::vector<std::string> recipients, std::string message) {
    clients.push_back(
        std::make_unique<TestClient>(client_host, Endpoint{ip("192.0.2.1"), port}, settings));
    clients.back()->send(std::move(reverse_path), std::move(recipients), std::move(message));
    return *clients.back();
  }

  TestServer& listen(FakeHost& host, smtp::Service service = smtp::Service::kSmtp,
                     std::uint16_t port = 25) {
    servers.push_back(std::make_unique<TestServer>(host, service, port));
    return *servers.back();
  }

  std::size_t count(Kind kind) const { return world.records_of(kind).size(); }
  std::string only(Kind kind, std::string_view field) const {
    const auto records = world.records_of(kind);
    EXPECT_EQ(records.size(), 1u) << info_of(kind).name;
    return records.empty() ? "" : records[0].value(field);
  }
  // Nothing is left on the disk: every message came to its end.
  void expect_empty_queue() { EXPECT_TRUE(mta_host.disk().list("queue/").empty()); }

  FakeWorld world;
  FakeHost& ns;
  FakeHost& mta_host;
  FakeHost& client_host;
  FakeHost& mx1_host;
  FakeHost& mx2_host;
  FakeHost& store_host;
  std::unique_ptr<AllKnowingResolver> resolver;
  MtaConfig config;
  std::unique_ptr<Mta> mta;
  std::vector<std::unique_ptr<TestServer>> servers;
  std::vector<std::unique_ptr<TestClient>> clients;
};

}  // namespace mailcosm::sim
