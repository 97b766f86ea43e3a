// Client and server back to back, at any segment size.

#include <gtest/gtest.h>

#include "protocols/imap/client_session.h"
#include "tests/protocols/imap/event_log.h"
#include "tests/protocols/imap/memory_account.h"

namespace mailcosm::imap::testing {
namespace {

// Exchanges until nobody has anything more to say; each side is fed pieces of `size` octets.
class Pair {
 public:
  explicit Pair(std::size_t size) : size_(size) {}

  std::string exchange() {
    std::string log;
    std::string to_client = server.take_output();
    for (;;) {
      std::string to_server;
      for (std::size_t i = 0; i < to_client.size(); i += size_) {
        client.receive(std::string_view(to_client).substr(i, size_), Instant{1});
        pull(to_server, log);
      }
      pull(to_server, log);
      to_client.clear();
      if (to_server.empty()) return log;
      for (std::size_t i = 0; i < to_server.size(); i += size_) {
        to_client += server.feed(std::string_view(to_server).substr(i, size_));
      }
    }
  }

  MemoryAccount account;
  MemorySession server{account};
  ClientSession client{Instant{}};

 private:
  void pull(std::string& output, std::string& log) {
    std::string events = pull_events(client);
    while (!events.empty()) {
      const std::size_t end = events.find('\n') + 1;
      const std::string line = events.substr(0, end);
      events.erase(0, end);
      if (line[0] == '>') {
        output.append(line, 1, line.size() - 2).append("\r\n");
      } else {
        log.append(line);
      }
    }
  }

  std::size_t size_;
};

class PairTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(PairTest, CarriesADaysWork) {
  Pair pair(GetParam());
  pair.account.append(*pair.account.find("INBOX"), "Subject: hello\r\n\r\nhi\r\n");
  pair.client.log_in("alice", "secret", ClientSession::LoginMethod::kSasl);
  pair.client.create("Entw\u00fcrfe");
  pair.client.list("", "%");
  EXPECT_EQ(
      pair.exchange(),
      "greeted OK imap.blue.com IMAP4rev1 server ready\n"
      "capabilities IMAP4rev1 CHILDREN IDLE LITERAL- MOVE NAMESPACE SASL-IR UIDPLUS UNSELECT "
      "AUTH=PLAIN AUTH=LOGIN\n"
      "capabilities IMAP4rev1 CHILDREN IDLE LITERAL- MOVE NAMESPACE SASL-IR UIDPLUS UNSELECT\n"
      "completed 1 AUTHENTICATE OK [CAPABILITY] AUTHENTICATE completed\n"
      "completed 2 CREATE OK CREATE completed\n"
      "listed Entw\u00fcrfe / (\\HasNoChildren)\nlisted INBOX / (\\HasNoChildren)\ncompleted 3 "
      "LIST OK LIST completed\n");

  pair.client.append("INBOX", SystemFlag::kDraft, std::nullopt, Content("Subject: b\r\n\r\nbody"));
  pair.client.append("INBOX", {}, std::nullopt, Content(std::string(5'000, 'x')));
  pair.client.select("INBOX");
  pair.client.uid_fetch(SequenceSet::range(2, 2), "(FLAGS BODY[])");
  pair.client.uid_search("UNSEEN");
  EXPECT_EQ(pair.exchange(),
            "completed 4 APPEND OK [APPENDUID] 1 2 APPEND completed\ncompleted 5 APPEND OK "
            "[APPENDUID] 1 3 APPEND completed\n"
            "selected INBOX 3 3 1 4 1\ncompleted 6 SELECT OK [READ-WRITE] SELECT completed\n"
            "fetched 2 uid=2 flags=(\\Seen \\Draft \\Recent) []={Subject: "
            "b\r\n\r\nbody}\ncompleted 7 FETCH OK UID FETCH completed\n"
            "search 1 3\ncompleted 8 SEARCH OK UID SEARCH completed\n");

  pair.client.uid_move(SequenceSet::of(2), "Entw\u00fcrfe");
  pair.client.uid_store(SequenceSet::of(1), StoreMode::kAdd, SystemFlag::kDeleted);
  pair.client.uid_expunge(SequenceSet::of(1));
  pair.client.idle();
  EXPECT_EQ(pair.exchange(),
            "moved 2 2 1\nexpunged 2\ncompleted 9 MOVE OK UID MOVE completed\nfetched 1 uid=1 "
            "flags=(\\Deleted "
            "\\Recent)\n"
            "completed 10 STORE OK UID STORE completed\nexpunged 1\ncompleted 11 EXPUNGE OK UID "
            "EXPUNGE completed\nidle started\n");
  pair.account.append(*pair.account.find("INBOX"), "new");
  EXPECT_EQ(pair.exchange(), "exists 2\nrecent 2\n");
  pair.client.log_out();
  EXPECT_EQ(pair.exchange(),
            "completed 12 IDLE OK IDLE completed\ncompleted 13 LOGOUT OK LOGOUT completed\nclosed "
            "logout\n");
  EXPECT_TRUE(pair.server.closed);
}

INSTANTIATE_TEST_SUITE_P(Segments, PairTest, ::testing::Values(1, 2, 3, 7, 64, 1'000'000));

}  // namespace
}  // namespace mailcosm::imap::testing
