// Devices: settings that do nothing with their protocol, and devices that nobody uses.
#include <fmt/format.h>

#include <map>
#include <set>

#include "sim/lint/checks.h"

namespace mailcosm::sim::lint {
namespace {

using scenario::Retrieval;

class DeviceCheck {
 public:
  DeviceCheck(const Subject& subject, Findings& findings) : subject_(subject), findings_(findings) {
    for (const scenario::Step& step : subject.scenario.story)
      used_.insert({step.user, step.device});
    for (const scenario::Expectation& expectation : subject.scenario.expectations) {
      if (expectation.topic != scenario::Topic::kReceived) continue;
      std::string user, device;
      for (const scenario::Check& check : expectation.where) {
        if (check.property == "user") user = check.text;
        if (check.property == "device") device = check.text;
      }
      used_.insert({user, device});
    }
  }

  void run() {
    for (const scenario::Client& client : subject_.scenario.clients) ++devices_[client.user];
    for (const scenario::Client& client : subject_.scenario.clients) one(client);
  }

 private:
  void one(const scenario::Client& client) {
    if (client.leave_on_server && client.retrieval != Retrieval::kPop3)
      without_effect(client, "leave_on_server", "POP3");
    if (client.keeps_sent && client.retrieval != Retrieval::kImap)
      without_effect(client, "keeps_sent", "IMAP");
    if (client.idles && client.retrieval != Retrieval::kImap)
      without_effect(client, "idles", "IMAP");
    if (client.check_every != Duration{} && client.retrieval == Retrieval::kNone)
      without_effect(client, "check_every", "IMAP or POP3");
    const bool acts = used_.contains({client.user, client.device}) ||
                      (client.check_every != Duration{} && client.retrieval != Retrieval::kNone);
    // That somebody has a device at all is part of the picture.
    if (acts || devices_[client.user] == 1) return;
    findings_.add("device-unused", client.source,
                  fmt::format("nobody does anything with the {} of {}", client.device, client.user),
                  "leave it out, or let the story use it");
  }

  void without_effect(const scenario::Client& client, std::string_view key,
                      std::string_view wanted) {
    findings_.add("setting-without-effect", client.source,
                  fmt::format("{} does nothing on the {} of {}, which has no {}", key,
                              client.device, client.user, wanted),
                  fmt::format("leave {} out", key));
  }

  const Subject& subject_;
  Findings& findings_;
  std::set<std::pair<std::string, std::string>> used_;
  std::map<std::string, std::size_t> devices_;  // how many each user has
};

}  // namespace

void check_people(const Subject& subject, Findings& findings) {
  DeviceCheck(subject, findings).run();
}

}  // namespace mailcosm::sim::lint
