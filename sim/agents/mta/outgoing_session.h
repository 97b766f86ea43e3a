// OutgoingSession: one connection to another server: a stream and a client session of
// protocols/smtp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/smtp/client_session.h"
#include "sim/agents/common/transcript.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class OutgoingHandler {
 public:
  // send() or quit() may be called now, or later.
  virtual void on_ready() = 0;
  virtual void on_recipient_done(const smtp::RecipientDone& done) = 0;
  // The greeting or EHLO was refused; on_session_closed() follows.
  virtual void on_refused(const smtp::Reply& reply) = 0;
  // The session is over. `reason` as in session.closed, or why there was no connection. It must not
  // be destroyed in this call.
  virtual void on_session_closed(std::string_view reason, bool connected) = 0;

 protected:
  ~OutgoingHandler() = default;
};

class OutgoingSession final : StreamHandler, TimerHandler {
 public:
  // Connects. `client` and the handler must outlive the session; `server` is the name of the other
  // side, for the trace.
  OutgoingSession(Runtime& runtime, const smtp::ClientConfig& client, const Endpoint& remote,
                  std::string_view server, OutgoingHandler& handler);

  struct Transaction {
    std::string reverse_path;
    std::vector<std::string> recipients;
    Content content;
    std::string message_id;
    bool eight_bit = false;
  };
  // REQUIRES: ready().
  void send(Transaction transaction);
  void quit();
  bool ready() const { return session_ && session_->ready(); }

 private:
  void on_connected() override;
  void on_received(std::string_view bytes) override;
  void on_writable() override;
  void on_end() override;
  void on_closed(StreamError error) override;
  void on_timer(std::uint64_t tag) override;

  void pump();
  void take(const smtp::ClientEvent& event);
  void send_body();
  void record_output();
  void flush();
  void finish(std::string_view reason);

  Runtime& runtime_;
  const smtp::ClientConfig& client_;
  std::string server_;
  OutgoingHandler& handler_;
  Transcript transcript_;
  Timer timer_;
  std::unique_ptr<Stream> stream_;
  std::optional<smtp::ClientSession> session_;  // once connected
  Transaction transaction_;
  std::size_t body_at_ = 0;
  std::string output_;
  std::size_t recorded_ = 0;
  bool pumping_ = false;
  bool over_ = false;
  bool stream_over_ = false;
};

}  // namespace mailcosm::sim
