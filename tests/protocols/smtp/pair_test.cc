// Client and server sessions back to back, over a wire that cuts as it likes.
#include <gtest/gtest.h>

#include "protocols/base/random.h"
#include "tests/protocols/smtp/client_harness.h"
#include "tests/protocols/smtp/server_harness.h"

namespace mailcosm::smtp {
namespace {

struct PairRun {
  std::vector<std::string> client;
  std::vector<std::string> server;
  friend bool operator==(const PairRun&, const PairRun&) = default;
};

PairRun run_pair(const ClientConfig& client_side, const ServerConfig& server_side,
                 const Policy& policy, const std::vector<Mail>& mails, std::uint64_t seed) {
  Random random(seed);
  ClientRunner client(client_side, mails);
  ServerRunner server(server_side, policy);
  std::string to_server;
  std::string to_client;
  client.pump();
  server.pump();
  for (int round = 0; round < 100'000; ++round) {
    to_server += client.take_output();
    to_client += server.take_output();
    if (to_server.empty() && to_client.empty()) break;
    const bool forward = to_client.empty() || (!to_server.empty() && random.chance(1, 2));
    std::string& wire = forward ? to_server : to_client;
    const std::size_t size =
        seed == 0 ? wire.size() : 1 + random.below(std::min<std::size_t>(wire.size(), 40));
    const std::string piece = wire.substr(0, size);
    wire.erase(0, size);
    forward ? server.feed(piece) : client.feed(piece);
  }
  return {client.run().events, server.run().events};
}

void expect_same_for_all_cuts(const ClientConfig& client, const ServerConfig& server,
                              const Policy& policy, const std::vector<Mail>& mails,
                              const std::vector<std::string>& wanted) {
  const PairRun whole = run_pair(client, server, policy, mails, 0);
  EXPECT_EQ(whole.server, wanted);
  EXPECT_EQ(whole.client.back(), "closed: QUIT");
  for (std::uint64_t seed = 1; seed < 100; ++seed) {
    const PairRun cut = run_pair(client, server, policy, mails, seed);
    EXPECT_EQ(cut.client, whole.client) << seed;
    EXPECT_EQ(cut.server, whole.server) << seed;
  }
}

TEST(PairTest, DeliversTwoMessagesOverOneConnection) {
  const std::vector<Mail> mails = {
      {.recipients = {"bob@blue.com", "no@blue.com"}, .message = "a\r\n.b\r\n..\r\n", .size = 11},
      {.reverse_path = "", .recipients = {"no@blue.com"}},
      {.reverse_path = "", .message = ""}};
  Policy policy;
  policy.rcpt["no@blue.com"] = {550, {5, 1, 1}, "No such user"};
  const Events tail = {"mail  size 0", "rcpt no@blue.com",  "reset",
                       "mail  size 0", "rcpt bob@blue.com", "message 0 for 1"};
  Events wanted = {"ehlo mail.red.com", "mail alice@red.com size 11", "rcpt bob@blue.com",
                   "rcpt no@blue.com",  "body a\r\n.b\r\n..\r\n",     "message 11 for 1"};
  wanted.insert(wanted.end(), tail.begin(), tail.end());
  ClientConfig client = client_config();
  expect_same_for_all_cuts(client, smtp_config(), policy, mails, wanted);
  client.pipelining = false;
  expect_same_for_all_cuts(client, smtp_config(), policy, mails, wanted);
}

TEST(PairTest, SubmitsWithEachMechanism) {
  ClientConfig client = client_config(Service::kSubmission);
  client.credentials = sasl::Credentials{"", "tim", "secret"};
  for (const sasl::MechanismInfo& info : sasl::mechanisms()) {
    ServerConfig server = submission_config();
    server.mechanisms = {info.mechanism};
    expect_same_for_all_cuts(
        client, server, {}, {Mail{.message = "x"}},
        {"ehlo mail.red.com", "auth " + std::string(info.name) + " tim",
         "mail alice@red.com size 0", "rcpt bob@blue.com", "body x\r\n", "message 3 for 1"});
  }
}

TEST(PairTest, DeliversByLmtp) {
  Policy policy;
  policy.message = {accept(), {452, {4, 2, 2}, "Full"}};
  expect_same_for_all_cuts(client_config(Service::kLmtp), lmtp_config(), policy,
                           {{.recipients = {"a@b", "c@d"}, .message = "x\r\n"}},
                           {"ehlo mail.red.com", "mail alice@red.com size 0", "rcpt a@b",
                            "rcpt c@d", "body x\r\n", "message 3 for 2"});
}

}  // namespace
}  // namespace mailcosm::smtp
