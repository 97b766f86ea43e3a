#include "sim/agents/mta/mta.h"

#include <utility>

#include "sim/agents/dns/address_lookup.h"
#include "sim/agents/dns/mx_lookup.h"
#include "sim/agents/dns/stub_resolver.h"
#include "sim/agents/mta/access_policy.h"
#include "sim/agents/mta/alias_table.h"
#include "sim/agents/mta/bouncer.h"
#include "sim/agents/mta/intake.h"
#include "sim/agents/mta/queue_manager.h"
#include "sim/agents/mta/smtp_listener.h"
#include "sim/store/message_queue.h"

namespace mailcosm::sim {

// In order of dependence: what is destroyed first comes last.
class Mta::Parts {
 public:
  Parts(Runtime& runtime, MtaConfig given, Interferer* interferer)
      : config(named(std::move(given), runtime)),
        resolver(runtime, config.resolvers),
        mx(resolver, runtime.random("mta-mx")),
        addresses(resolver),
        access(config),
        aliases(config.aliases),
        manager(runtime, config),
        queue(runtime, manager),
        intake(runtime, config, aliases, queue),
        bouncer(runtime, config, queue, intake) {
    manager.attach({&queue, &bouncer, &mx, &addresses});
    for (const MtaListener& listener : config.listeners) {
      listeners.push_back(std::make_unique<SmtpListener>(
          IncomingServices{runtime, config, access, intake, interferer}, listener));
    }
  }

  static MtaConfig named(MtaConfig config, const Runtime& runtime) {
    if (config.name.empty()) config.name = runtime.host_name();
    return config;
  }

  MtaConfig config;
  StubResolver resolver;
  MxLookup mx;
  AddressLookup addresses;
  AccessPolicy access;
  AliasTable aliases;
  QueueManager manager;
  MessageQueue queue;
  Intake intake;
  Bouncer bouncer;
  std::vector<std::unique_ptr<SmtpListener>> listeners;
};

Mta::Mta(Runtime& runtime, MtaConfig config, Interferer* interferer)
    : parts_(std::make_unique<Parts>(runtime, std::move(config), interferer)) {}

Mta::~Mta() = default;

void Mta::start() {
  parts_->queue.open();
  parts_->manager.start();
  for (const auto& listener : parts_->listeners) listener->start();
}

}  // namespace mailcosm::sim
