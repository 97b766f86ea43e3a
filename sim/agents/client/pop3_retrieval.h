// Pop3Retrieval: USER, PASS, STAT, UIDL; then for each job RETR of what the device lacks, and DELE
// of what is to go; QUIT.
//
// A message is deleted on the server only after the device's disk has synced it (RFC 1939 section 8
// leaves this to the client), and is gone there only when QUIT was answered: message.deleted is
// emitted then.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocols/pop3/client_session.h"
#include "sim/agents/client/retrieval.h"

namespace mailcosm::sim {

class Pop3Retrieval final : public Retrieval, private DiskHandler {
 public:
  Pop3Retrieval(Runtime& runtime, AddressLookup& addresses, const MailClientConfig& config,
                RetrievalOwner& owner, Copies& copies);
  ~Pop3Retrieval() override;

  // The session asks for the next job itself, before it says QUIT.
  void wake() override {}

 private:
  void begin(Instant now) override;
  void receive(std::string_view bytes, Instant now) override { session_->receive(bytes, now); }
  void end_of_input(Instant now) override { session_->end_of_input(now); }
  void expire(Instant now) override { session_->expire(now); }
  Instant deadline() const override;
  Step step() override;
  void on_synced(std::uint64_t token, bool ok) override;

  void on_login(const pop3::client::LoginDecided& decided);
  void on_done(const pop3::client::RequestDone& done);
  void on_listed(const pop3::Response& response);
  Step on_session_closed(const pop3::client::Closed& closed);
  void next_job();
  void check();
  void remove_chosen(const RetrievalJob& job);
  void on_fetched(pop3::MessageNumber number, bool ok);
  void finish_fetching();
  void delete_on_server(pop3::MessageNumber number, const std::string& message_id);
  void finish_job(const std::string& failure);
  void quit();

  std::optional<pop3::ClientSession> session_;
  std::map<pop3::MessageNumber, std::string> unique_ids_;  // of all that is there
  bool listed_ = false;
  bool has_unique_ids_ = true;  // the server knows UIDL
  std::size_t messages_ = 0;    // by STAT
  std::size_t to_fetch_ = 0;    // RETRs not yet answered
  std::string content_;         // of the message being read
  bool disk_full_ = false;
  bool login_refused_ = false;
  std::vector<std::pair<std::string, std::string>>
      deleted_;  // unique-id and Message-ID, to be reported after QUIT
};

}  // namespace mailcosm::sim
