// Runs a client session against fixed replies, cut in every way, with an owner that has a list of
// envelopes to send.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/smtp/client_session.h"

namespace mailcosm::smtp {

struct Mail {
  std::string reverse_path = "alice@red.com";
  std::vector<std::string> recipients = {"bob@blue.com"};
  std::string message = "Subject: Hi\r\n\r\n.dot\r\n";
  std::uint64_t size = 0;
  bool eight_bit = false;
};

struct ClientRun {
  std::string output;
  std::vector<std::string> events;

  friend bool operator==(const ClientRun&, const ClientRun&) = default;
  friend void PrintTo(const ClientRun& run, std::ostream* stream) {
    *stream << run.output;
    for (const std::string& event : run.events) *stream << "event " << event << '\n';
  }
};

class ClientRunner {
 public:
  ClientRunner(const ClientConfig& config, std::vector<Mail> mails)
      : config_(config), session_(config_, Instant{}), mails_(std::move(mails)) {}

  void feed(std::string_view bytes) {
    session_.receive(bytes, now_);
    pump();
  }
  void end() {
    session_.end_of_input(now_);
    pump();
  }
  void expire() {
    now_ = session_.deadline();
    session_.expire(now_);
    pump();
  }
  void pump() {
    while (!closed_) {
      const ClientEvent event = session_.next(run_.output);
      if (std::holds_alternative<NeedMore>(event)) return;
      take(event);
    }
  }
  ClientSession& session() { return session_; }
  const ClientRun& run() const { return run_; }
  std::string take_output() { return std::exchange(run_.output, {}); }
  void hold_body() { hold_body_ = true; }

 private:
  void add(std::string event) { run_.events.push_back(std::move(event)); }

  void take(const ClientEvent& event) {
    if (const auto* reply = std::get_if<ReplyReceived>(&event)) {
      add(std::string(to_string(reply->stage)) + ' ' + std::to_string(reply->recipient) + ": " +
          reply->reply.to_string());
    } else if (std::holds_alternative<Ready>(event)) {
      add("ready");
      ready();
    } else if (const auto* refused = std::get_if<SessionRefused>(&event)) {
      add("refused at " + std::string(to_string(refused->stage)) + ": " +
          refused->reply.to_string());
    } else if (const auto* done = std::get_if<RecipientDone>(&event)) {
      add("done " + std::to_string(done->recipient) + " at " + std::string(to_string(done->stage)) +
          ": " + done->reply.to_string() + (done->local ? " locally" : ""));
    } else if (std::holds_alternative<BodyWanted>(event)) {
      if (!hold_body_) give_body();
    } else if (std::holds_alternative<TransactionDone>(event)) {
      add("transaction done");
      ++at_;
    } else if (const auto* closed = std::get_if<Closed>(&event)) {
      add("closed: " + std::string(to_string(closed->reason)));
      closed_ = true;
    }
  }

  void ready() {
    if (at_ == mails_.size()) {
      session_.quit(now_);
      return;
    }
    const Mail& mail = mails_[at_];
    session_.send({mail.reverse_path, mail.recipients, mail.size, mail.eight_bit}, now_);
  }

  void give_body() {
    const std::string_view message = mails_[at_].message;
    for (std::size_t i = 0; i < message.size(); i += 5) {
      session_.body(message.substr(i, 5), now_, run_.output);
    }
    session_.end_body(now_, run_.output);
  }

  ClientConfig config_;  // a copy: the session keeps a reference
  ClientSession session_;
  std::vector<Mail> mails_;
  std::size_t at_ = 0;
  ClientRun run_;
  Instant now_;
  bool closed_ = false;
  bool hold_body_ = false;
};

inline ClientRun run_client(const ClientConfig& config, const std::vector<Mail>& mails,
                            const std::vector<std::string_view>& pieces) {
  ClientRunner runner(config, mails);
  runner.pump();
  for (std::string_view piece : pieces) runner.feed(piece);
  runner.end();
  return runner.run();
}

// The run on all replies at once, after checking that every cut gives the same.
inline ClientRun talk(const ClientConfig& config, const std::vector<Mail>& mails,
                      std::string_view replies) {
  const ClientRun whole = run_client(config, mails, {replies});
  std::vector<std::string_view> octets;
  for (std::size_t i = 0; i < replies.size(); ++i) octets.push_back(replies.substr(i, 1));
  EXPECT_EQ(run_client(config, mails, octets), whole) << "octet by octet";
  for (std::size_t cut = 0; cut < replies.size(); ++cut) {
    EXPECT_EQ(run_client(config, mails, {replies.substr(0, cut), replies.substr(cut)}), whole)
        << "cut at " << cut;
  }
  return whole;
}

inline ClientConfig client_config(Service service = Service::kSmtp) {
  ClientConfig config;
  config.service = service;
  config.host_name = "mail.red.com";
  return config;
}

using Events = std::vector<std::string>;

}  // namespace mailcosm::smtp
