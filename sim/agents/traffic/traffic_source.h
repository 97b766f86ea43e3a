// TrafficSource: the mail programs of many users on one client host.
//
// One arrival process for all of them says when somebody writes; who, to whom and how much is drawn
// from the host's own random streams when the time comes, so that a mail costs nothing before. Each
// mail is submitted in a session of its own (Errand). Users who read have a MailClient each from
// their first look for mail on. Emits what a MailClient emits.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "sim/agents/client/mail_client.h"
#include "sim/agents/dns/address_lookup.h"
#include "sim/agents/dns/stub_resolver.h"
#include "sim/agents/traffic/errand.h"
#include "sim/agents/traffic/traffic_config.h"

namespace mailcosm::sim {

class TrafficSource final : public Agent, TimerHandler, ErrandOwner {
 public:
  TrafficSource(Runtime& runtime, TrafficConfig config);
  ~TrafficSource() override;

  // After a crash: goes on with what lies in the future. What had not been submitted is lost.
  void start() override;

 private:
  enum Tag : std::uint64_t { kWrite, kRead };
  struct Reader {
    std::uint64_t user = 0;
    bool pop3 = false;
    Duration phase{};                    // within check_every
    std::unique_ptr<MailClient> client;  // from the first look on
  };

  void on_timer(std::uint64_t tag) override;
  void on_errand_over(std::uint64_t id) override { errands_.erase(id); }

  // Draws the time of the next mail. False if there is none.
  bool advance();
  void write();
  std::uint64_t draw_recipient(std::uint64_t sender);
  std::vector<std::uint64_t> draw_recipients(std::uint64_t sender);
  MailClientConfig program_of(std::uint64_t user) const;

  void choose_readers();
  void read();
  void arm_read();

  Runtime& runtime_;
  TrafficConfig config_;
  CountDistribution recipients_;
  Random arrivals_random_;
  Random random_;
  StubResolver stub_;
  AddressLookup addresses_;
  std::unique_ptr<ArrivalProcess> arrivals_;
  std::uint64_t written_ = 0;  // mails whose time has been drawn
  Instant next_write_;
  std::vector<Reader> readers_;  // by phase
  std::size_t next_reader_ = 0;
  Instant round_;  // begin of the readers' present round
  Timer write_timer_;
  Timer read_timer_;
  std::map<std::uint64_t, std::unique_ptr<Errand>> errands_;
  std::uint64_t last_errand_ = 0;
};

}  // namespace mailcosm::sim
