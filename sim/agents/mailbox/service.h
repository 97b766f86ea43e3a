// Service: one port of a mailbox server, and the sessions on it. LMTP, POP3 and IMAP derive from
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/agents/common/interference.h"
#include "sim/agents/mailbox/account_directory.h"
#include "sim/agents/mailbox/mailbox_server_config.h"
#include "sim/host/runtime.h"
#include "sim/store/mailbox_store.h"

namespace mailcosm::sim {

class Service;

// What all services share; everything outlives them.
struct ServiceContext {
  Runtime& runtime;
  MailboxStore& store;
  const AccountDirectory& directory;
  const MailboxServerConfig& config;
  Interferer* interferer = nullptr;  // may be null
};

// One conversation with one client. It owns its stream and its engine, and lets go of whatever it
// holds (locks, observers, handlers) in its destructor.
class ServiceSession {
 public:
  explicit ServiceSession(Service& service) : service_(&service) {}
  virtual ~ServiceSession() = default;
  ServiceSession(const ServiceSession&) = delete;
  ServiceSession& operator=(const ServiceSession&) = delete;

 protected:
  // The conversation is over: destroys this object, or lets it be destroyed as soon as it has been
  // constructed. Nothing of it may be touched afterwards, so it is the last statement of a handler.
  void finish();

 private:
  friend class Service;
  Service* service_;
  static constexpr std::size_t kNoIndex = ~std::size_t{0};
  std::size_t index_ = kNoIndex;  // among the sessions of the service
  bool finished_ = false;         // before it was one of them
};

class Service : private ListenHandler {
 public:
  // A connection beyond the limit is reset.
  static constexpr std::size_t kSessionsMax = 10'000;

  explicit Service(const ServiceContext& context) : context_(context) {}
  virtual ~Service() = default;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Starts to listen on all addresses. False if the port is taken.
  bool listen(std::uint16_t port);
  const ServiceContext& context() const { return context_; }
  std::size_t sessions() const { return sessions_.size(); }

 private:
  friend class ServiceSession;
  // Makes the session of an accepted stream, sets its handler and greets.
  virtual std::unique_ptr<ServiceSession> accept(std::unique_ptr<Stream> stream) = 0;
  void on_accepted(std::unique_ptr<Stream> stream) final;
  void remove(const ServiceSession& session);

  ServiceContext context_;
  std::vector<std::unique_ptr<ServiceSession>> sessions_;
  std::unique_ptr<Listener> listener_;
};

}  // namespace mailcosm::sim
