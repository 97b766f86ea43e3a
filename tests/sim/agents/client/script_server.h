// ScriptServer: a server for tests of clients. A function answers each line; the lines are kept.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/line_buffer.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class ScriptServer final : public ListenHandler {
 public:
  // What a session can do besides answering.
  class Session final : public StreamHandler {
   public:
    Session(ScriptServer& server, std::unique_ptr<Stream> stream)
        : server_(server), stream_(std::move(stream)) {
      stream_->set_handler(*this);
      send(server.greeting);
    }
    void send(std::string_view text) {
      if (stream_ && !closed_ && !text.empty()) stream_->send(text);
    }
    void close() {
      if (stream_ && !closed_) stream_->close();
      closed_ = true;
    }
    void reset() { stream_.reset(); }
    // The next so many octets are no line; they come to `then`.
    void expect_literal(std::size_t octets, std::function<void(const std::string&)> then) {
      literal_left_ = octets;
      literal_.clear();
      then_ = std::move(then);
    }

    bool in_data = false;  // for SMTP

   private:
    void on_received(std::string_view bytes) override {
      buffer_.append(bytes);
      while (stream_) {
        if (literal_left_ > 0) {
          const std::string_view piece = buffer_.take_bytes(literal_left_);
          if (piece.empty()) return;
          literal_ += piece;
          literal_left_ -= piece.size();
          if (literal_left_ == 0) then_(literal_);
          continue;
        }
        const auto taken = buffer_.take_line(100'000);
        if (taken.status != LineBuffer::Status::kLine) return;
        const std::string line(taken.line);
        server_.lines.push_back(line);
        server_.answer(*this, line);
      }
    }
    void on_end() override { close(); }
    void on_closed(StreamError) override { closed_ = true; }

    ScriptServer& server_;
    std::unique_ptr<Stream> stream_;
    LineBuffer buffer_;
    std::size_t literal_left_ = 0;
    std::string literal_;
    std::function<void(const std::string&)> then_;
    bool closed_ = false;
  };

  ScriptServer(Runtime& runtime, std::uint16_t port)
      : listener_(runtime.listen({{}, port}, *this)) {}

  void on_accepted(std::unique_ptr<Stream> stream) override {
    sessions.push_back(std::make_unique<Session>(*this, std::move(stream)));
  }
  std::size_t count(std::string_view prefix) const {
    std::size_t count = 0;
    for (const std::string& line : lines) count += line.starts_with(prefix) ? 1 : 0;
    return count;
  }

  std::string greeting;
  std::function<void(Session&, const std::string&)> answer;
  std::vector<std::string> lines;
  std::vector<std::unique_ptr<Session>> sessions;

 private:
  std::unique_ptr<Listener> listener_;
};

// A submission server that takes everything, except where `refusals` answer the next commands that
// start so.
class ScriptSubmission {
 public:
  explicit ScriptSubmission(Runtime& runtime, std::uint16_t port = 587) : server(runtime, port) {
    server.greeting = "220 mail.red.com ESMTP\r\n";
    server.answer = [this](ScriptServer::Session& session, const std::string& line) {
      answer(session, line);
    };
  }

  ScriptServer server;
  std::vector<std::string> messages;
  std::vector<std::pair<std::string, std::string>>
      refusals;  // prefix and reply; "" for the end of a message

 private:
  void answer(ScriptServer::Session& session, const std::string& line) {
    if (session.in_data) {
      if (line != ".") {
        data_ += (line.starts_with(".") ? line.substr(1) : line) + "\r\n";
        return;
      }
      session.in_data = false;
      if (refused(session, "")) return;
      messages.push_back(std::move(data_));
      data_.clear();
      session.send("250 2.0.0 queued as 4B2C\r\n");
      return;
    }
    if (refused(session, line)) return;
    if (line.starts_with("EHLO")) {
      session.send("250-mail.red.com\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 AUTH PLAIN\r\n");
    } else if (line.starts_with("AUTH")) {
      session.send("235 2.7.0 welcome\r\n");
    } else if (line.starts_with("MAIL")) {
      mail_ = true;
      recipients_ = 0;
      session.send("250 ok\r\n");
    } else if (line.starts_with("RCPT")) {
      recipients_ += mail_ ? 1 : 0;
      session.send(mail_ ? "250 ok\r\n" : "503 MAIL first\r\n");
    } else if (line == "DATA" && recipients_ == 0) {
      session.send("503 no recipients\r\n");
    } else if (line == "DATA") {
      mail_ = false;
      session.in_data = true;
      data_.clear();
      session.send("354 go on\r\n");
    } else if (line == "QUIT") {
      session.send("221 bye\r\n");
      session.close();
    } else {
      session.send("250 ok\r\n");
    }
  }

  bool refused(ScriptServer::Session& session, const std::string& line) {
    if (line.starts_with("MAIL")) recipients_ = 0;
    for (auto it = refusals.begin(); it != refusals.end(); ++it) {
      if (it->first.empty() ? !line.empty() : !line.starts_with(it->first)) continue;
      const std::string reply = it->second;
      refusals.erase(it);
      if (reply == "reset") {
        session.reset();
      } else {
        session.send(reply + "\r\n");
      }
      return true;
    }
    return false;
  }

  std::string data_;
  bool mail_ = false;
  int recipients_ = 0;
};

// A POP3 server with one maildrop.
class ScriptPop3 {
 public:
  explicit ScriptPop3(Runtime& runtime) : server(runtime, 110) {
    server.greeting = "+OK hello\r\n";
    server.answer = [this](ScriptServer::Session& session, const std::string& line) {
      answer(session, line);
    };
  }

  ScriptServer server;
  std::map<std::string, std::string> messages;  // by unique-id, in that order
  std::string password = "secret";
  bool knows_uidl = true;
  std::string reset_at;  // the command that breaks the connection, once

 private:
  void answer(ScriptServer::Session& session, const std::string& line) {
    if (!reset_at.empty() && line.starts_with(reset_at)) {
      reset_at.clear();
      deleted_.clear();
      return session.reset();
    }
    const std::string argument = line.size() > 5 ? line.substr(5) : "";
    if (line.starts_with("USER")) return session.send("+OK\r\n");
    if (line.starts_with("PASS")) {
      return session.send(argument == password ? "+OK\r\n" : "-ERR [AUTH] wrong password\r\n");
    }
    if (line == "STAT") return session.send("+OK " + std::to_string(messages.size()) + " 100\r\n");
    if (line == "UIDL") return list(session);
    if (line.starts_with("RETR"))
      return session.send("+OK\r\n" + id_and_content(argument).second + ".\r\n");
    if (line.starts_with("DELE")) {
      deleted_.push_back(id_and_content(argument).first);
      return session.send("+OK\r\n");
    }
    if (line == "QUIT") {
      for (const std::string& id : deleted_) messages.erase(id);
      deleted_.clear();
      session.send("+OK bye\r\n");
      return session.close();
    }
    session.send("-ERR what\r\n");
  }

  void list(ScriptServer::Session& session) {
    if (!knows_uidl) return session.send("-ERR no UIDL\r\n");
    std::string text = "+OK\r\n";
    int number = 0;
    for (const auto& [id, content] : messages) text += std::to_string(++number) + " " + id + "\r\n";
    session.send(text + ".\r\n");
  }

  std::pair<std::string, std::string> id_and_content(const std::string& number) const {
    auto it = messages.begin();
    std::advance(it, std::stol(number) - 1);
    return *it;
  }

  std::vector<std::string> deleted_;
};

}  // namespace mailcosm::sim
