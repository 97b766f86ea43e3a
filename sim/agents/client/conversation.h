// Conversation: one session of the client with one server, from the look-up of its name to the end.
// The protocols derive from it.
//
// It resolves the name, tries the addresses in order, then moves octets and deadlines between
// stream and engine. Exactly one over() is called after open(), unless it is destroyed before; that
// call may destroy the conversation.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/agents/client/mail_client_config.h"
#include "sim/agents/common/transcript.h"
#include "sim/agents/dns/address_lookup.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

struct ServerAddress {
  std::string host;
  std::uint16_t port = 0;
};

// How a conversation ended.
struct Ending {
  enum class Kind : std::uint8_t {
    kOrderly,  // both sides said good-bye
    kRefused,  // the server does not want this client: trying again will not help
    kBroken,   // network, time-out, a temporary refusal
  };
  Kind kind = Kind::kBroken;
  std::string reason;
};

class Conversation : private AddressHandler, private StreamHandler, private TimerHandler {
 public:
  virtual ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  void open();

 protected:
  enum class Step : std::uint8_t { kGoOn, kNeedMore, kClosed };

  // `protocol` as Transcript takes it. All references must outlive the conversation.
  Conversation(Runtime& runtime, AddressLookup& addresses, const MailClientConfig& config,
               std::string_view protocol, ServerAddress server);

  // What the protocol does.
  virtual void begin(Instant now) = 0;  // the connection is there: make the engine
  virtual void receive(std::string_view bytes, Instant now) = 0;
  virtual void end_of_input(Instant now) = 0;
  virtual void expire(Instant now) = 0;
  virtual Instant deadline() const = 0;
  // Pulls one event with take_output() as its target and handles it. For kClosed: ending() has been
  // told.
  virtual Step step() = 0;
  // Called when octets can be sent again, before the engine is asked.
  virtual void writable() {}
  virtual void over(const Ending& ending) = 0;

  // Steps the engine until it needs more, and sends. May call over(): the last statement of a
  // handler.
  void pump();
  std::string& output() { return output_; }
  // Puts what the engine has written since the last call into the transcript as lines.
  void report_output() { transcript_.sent(unreported_output()); }
  std::string_view unreported_output();
  // Sends what there is, in the middle of pump().
  void flush();
  void set_ending(Ending::Kind kind, std::string_view reason) {
    ending_ = {kind, std::string(reason)};
  }
  bool is_established() const { return established_; }

  Runtime& runtime() { return runtime_; }
  HostTrace& trace() { return runtime_.trace(); }
  const MailClientConfig& config() const { return config_; }
  Transcript& transcript() { return transcript_; }
  Stream& stream() { return *stream_; }

 private:
  void on_addresses(std::uint64_t token, const AddressResult& result) override;
  void on_connected() override;
  void on_received(std::string_view bytes) override;
  void on_writable() override;
  void on_end() override;
  void on_closed(StreamError error) override;
  void on_timer(std::uint64_t tag) override;

  void connect_next();
  void finish();

  Runtime& runtime_;
  AddressLookup& addresses_;
  const MailClientConfig& config_;
  ServerAddress server_;
  Transcript transcript_;
  Timer timer_;
  LookupId lookup_ = 0;
  std::vector<IpAddress> candidates_;
  std::size_t next_candidate_ = 0;
  std::unique_ptr<Stream> stream_;
  bool established_ = false;
  bool pumping_ = false;
  std::string output_;
  std::size_t reported_ = 0;  // octets of output_ that are in the transcript
  Ending ending_;
};

}  // namespace mailcosm::sim
