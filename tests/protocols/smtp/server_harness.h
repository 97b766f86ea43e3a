// Runs a server session against a fixed input, cut in every way, with a small policy that answers
// at once.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {

// What the owner of the session answers. Anything not listed is accepted.
struct Policy {
  Reply connect;
  Reply helo;
  std::string login = "tim";
  std::string password = "secret";
  std::map<std::string, Reply, std::less<>> mail;  // by mailbox
  std::map<std::string, Reply, std::less<>> rcpt;
  std::vector<Reply> message;  // one by one; the last stays
  Reply vrfy;
};

struct ServerRun {
  std::string output;
  std::vector<std::string> events;  // without lines; chunks of one message joined
  std::vector<std::string> lines;
  bool closed = false;
  CloseReason reason = CloseReason::kQuit;

  // The code of each reply, one for several lines.
  std::vector<int> codes() const {
    std::vector<int> found;
    for (std::size_t at = 0; at < output.size(); at = output.find("\r\n", at) + 2) {
      if (output[at + 3] == ' ') found.push_back(std::stoi(output.substr(at, 3)));
    }
    return found;
  }
  bool has_event(std::string_view wanted) const {
    for (const std::string& event : events) {
      if (event == wanted) return true;
    }
    return false;
  }
  friend bool operator==(const ServerRun&, const ServerRun&) = default;
  friend void PrintTo(const ServerRun& run, std::ostream* stream) {
    *stream << run.output;
    for (const std::string& event : run.events) *stream << "event " << event << '\n';
    for (const std::string& line : run.lines) *stream << "line " << line << '\n';
  }
};

class ServerRunner {
 public:
  ServerRunner(const ServerConfig& config, const Policy& policy)
      : config_(config), session_(config_, Instant{}), policy_(policy) {}

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
    while (true) {
      const ServerEvent event = session_.next(run_.output);
      if (std::holds_alternative<NeedMore>(event)) return;
      if (const auto* closed = std::get_if<Closed>(&event)) {
        run_.closed = true;
        run_.reason = closed->reason;
        return;
      }
      take(event);
    }
  }
  ServerSession& session() { return session_; }
  const ServerRun& run() const { return run_; }
  std::string take_output() { return std::exchange(run_.output, {}); }

 private:
  void answer(const Reply& reply) { session_.answer(reply, now_, run_.output); }
  static Reply find(const std::map<std::string, Reply, std::less<>>& replies,
                    std::string_view key) {
    const auto found = replies.find(key);
    return found == replies.end() ? accept() : found->second;
  }
  void add(std::string event) { run_.events.push_back(std::move(event)); }

  void take(const ServerEvent& event) {
    if (const auto* line = std::get_if<LineReceived>(&event)) {
      run_.lines.emplace_back(line->line);
    } else if (std::holds_alternative<ConnectAsked>(event)) {
      answer(policy_.connect);
    } else if (const auto* helo = std::get_if<HeloAsked>(&event)) {
      add((helo->extended ? "ehlo " : "helo ") + std::string(helo->domain));
      answer(policy_.helo);
    } else if (const auto* auth = std::get_if<AuthAsked>(&event)) {
      add("auth " + std::string(auth->mechanism) + ' ' + auth->credentials->login);
      const bool good = auth->credentials->login == policy_.login &&
                        auth->credentials->password == policy_.password;
      answer(good ? accept() : Reply{535, {5, 7, 8}, "Wrong"});
    } else if (const auto* mail = std::get_if<MailAsked>(&event)) {
      add("mail " + std::string(mail->reverse_path.mailbox) + " size " +
          std::to_string(mail->parameters.size) +
          (mail->parameters.body == Body::kEightBitMime ? " 8bit" : "") +
          (mail->parameters.auth.empty() ? "" : " auth " + std::string(mail->parameters.auth)));
      answer(find(policy_.mail, mail->reverse_path.mailbox));
    } else if (const auto* rcpt = std::get_if<RcptAsked>(&event)) {
      add("rcpt " + std::string(rcpt->forward_path.mailbox));
      answer(find(policy_.rcpt, rcpt->forward_path.mailbox));
    } else if (const auto* chunk = std::get_if<BodyChunk>(&event)) {
      EXPECT_FALSE(chunk->bytes.empty());
      if (run_.events.empty() || !run_.events.back().starts_with("body ")) add("body ");
      run_.events.back() += chunk->bytes;
    } else if (const auto* message = std::get_if<MessageAsked>(&event)) {
      add("message " + std::to_string(message->size) + " for " +
          std::to_string(message->recipients));
      for (std::size_t i = 0; session_.question_open(); ++i) {
        answer(policy_.message.empty() ? accept()
                                       : policy_.message[std::min(i, policy_.message.size() - 1)]);
      }
    } else if (const auto* vrfy = std::get_if<VrfyAsked>(&event)) {
      add("vrfy " + std::string(vrfy->text));
      answer(policy_.vrfy);
    } else if (const auto* expn = std::get_if<ExpnAsked>(&event)) {
      add("expn " + std::string(expn->text));
      answer(policy_.vrfy);
    } else if (std::holds_alternative<Reset>(event)) {
      // How much of a discarded message has been handed out depends on the cut.
      if (!run_.events.empty() && run_.events.back().starts_with("body ")) run_.events.pop_back();
      add("reset");
    }
  }

  ServerConfig config_;  // a copy: the session keeps a reference
  ServerSession session_;
  Policy policy_;
  ServerRun run_;
  Instant now_;
};

inline ServerRun run_server(const ServerConfig& config, const Policy& policy,
                            const std::vector<std::string_view>& pieces) {
  ServerRunner runner(config, policy);
  runner.pump();
  for (std::string_view piece : pieces) runner.feed(piece);
  runner.end();
  return runner.run();
}

inline std::vector<std::string_view> octets_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t i = 0; i < text.size(); ++i) pieces.push_back(text.substr(i, 1));
  return pieces;
}

// The run on the whole input, after checking that every cut into two and the cut into octets give
// the same.
inline ServerRun serve(const ServerConfig& config, const Policy& policy, std::string_view input) {
  const ServerRun whole = run_server(config, policy, {input});
  EXPECT_EQ(run_server(config, policy, octets_of(input)), whole) << "octet by octet";
  const std::size_t step = input.size() > 3000 ? input.size() / 300 : 1;
  for (std::size_t cut = 0; cut < input.size(); cut += step) {
    EXPECT_EQ(run_server(config, policy, {input.substr(0, cut), input.substr(cut)}), whole)
        << "cut at " << cut;
  }
  return whole;
}

inline ServerConfig smtp_config() {
  ServerConfig config;
  config.host_name = "mx.blue.com";
  return config;
}
inline ServerConfig submission_config() {
  ServerConfig config;
  config.service = Service::kSubmission;
  config.host_name = "mail.red.com";
  config.mechanisms = {sasl::Mechanism::kPlain, sasl::Mechanism::kLogin};
  config.require_auth = true;
  return config;
}
inline ServerConfig lmtp_config() {
  ServerConfig config;
  config.service = Service::kLmtp;
  config.host_name = "store.blue.com";
  return config;
}

using Codes = std::vector<int>;

}  // namespace mailcosm::smtp
