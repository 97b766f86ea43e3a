// ServerBench: plays the owner of a POP3 server session with a small maildrop, and writes down all
// that happens.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/pop3/server_session.h"

namespace mailcosm::pop3 {

inline constexpr std::string_view kFirst =
    "Subject: one\r\n\r\nline 1\r\n.dotted\r\n..twice\r\nline 4\r\n";
inline constexpr std::string_view kSecond = "Subject: two\r\n\r\nno end";

class ServerBench {
 public:
  explicit ServerBench(const ServerConfig& server_config = default_config())
      : config(server_config), session(config, Instant{}) {
    run();
  }
  ServerBench(const ServerBench&) = delete;

  static ServerConfig default_config() {
    ServerConfig config;
    config.host_name = "pop.blue.com";
    return config;
  }

  void send(std::string_view bytes) {
    session.receive(bytes, now);
    run();
  }
  // What came out since the last call.
  std::string take() { return std::exchange(output, {}); }
  // Sends, and gives what comes back.
  std::string ask(std::string_view bytes) {
    take();
    send(bytes);
    return take();
  }
  void log_in() { ask("USER bob\r\nPASS secret\r\n"); }

  void run() {
    for (;;) {
      std::string piece;
      const server::Event event = session.next(piece);
      output.append(piece);
      if (!handle(event, piece)) return;
    }
  }

  ServerConfig config;
  ServerSession session;
  Instant now;
  std::string output;
  std::vector<std::string> log;  // events; contents merged
  std::vector<std::string> contents = {std::string(kFirst), std::string(kSecond)};
  std::size_t chunk = 7;
  ResponseCode login_refusal = ResponseCode::kNone;
  bool locked = false;
  bool readable = true;
  bool removable = true;
  bool answers_removal = true;
  std::vector<MessageNumber> removed;

 private:
  bool handle(const server::Event& event, const std::string& piece) {
    if (std::holds_alternative<server::NeedMore>(event)) return false;
    if (const auto* line = std::get_if<server::LineReceived>(&event)) {
      log.push_back("line " + std::string(line->line));
    } else if (const auto* login = std::get_if<server::LoginAsked>(&event)) {
      log.push_back("login " + std::string(login->user) + " " + std::string(login->password));
      const bool good = login->user == "bob" && login->password == "secret";
      session.answer(server::LoginAnswer{good ? login_refusal : ResponseCode::kAuth}, now);
    } else if (const auto* maildrop = std::get_if<server::MaildropAsked>(&event)) {
      log.push_back("maildrop " + std::string(maildrop->user));
      locked ? session.answer(server::MaildropRefusal{}, now) : session.answer(entries(), now);
    } else if (const auto* asked = std::get_if<server::ContentAsked>(&event)) {
      answer_content(*asked);
    } else if (const auto* sent = std::get_if<server::ContentSent>(&event)) {
      note_content(*sent, piece);
    } else if (const auto* remove = std::get_if<server::RemoveAsked>(&event)) {
      removed.assign(remove->numbers.begin(), remove->numbers.end());
      if (answers_removal) session.answer(server::RemovalAnswer{removable}, now);
    } else if (const auto* closed = std::get_if<server::Closed>(&event)) {
      log.push_back("closed: " + std::string(to_string(closed->reason)));
    }
    return true;
  }

  Maildrop entries() const {
    Maildrop maildrop;
    for (std::size_t i = 0; i < contents.size(); ++i) {
      const bool ended = contents[i].ends_with("\r\n");
      maildrop.push_back({contents[i].size() + (ended ? 0 : 2), "7." + std::to_string(i + 1)});
    }
    return maildrop;
  }

  void answer_content(const server::ContentAsked& asked) {
    const std::string_view content = contents[asked.number - 1];
    const std::string_view bytes = content.substr(asked.offset, chunk);
    session.answer(server::ContentAnswer{.bytes = bytes,
                                         .last = asked.offset + bytes.size() == content.size(),
                                         .available = readable},
                   now);
  }

  void note_content(const server::ContentSent& sent, const std::string& piece) {
    const std::string prefix = "content " + std::to_string(sent.number) + " ";
    if (log.empty() || !log.back().starts_with(prefix)) log.push_back(prefix);
    log.back().append(sent.bytes);
    // Content stands alone in its call.
    if (piece.size() < sent.bytes.size() || piece.starts_with("+OK")) log.push_back("MIXED");
  }
};

}  // namespace mailcosm::pop3
