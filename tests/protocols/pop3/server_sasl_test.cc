#include <gtest/gtest.h>

#include "protocols/base/base64.h"
#include "tests/protocols/pop3/server_bench.h"

namespace mailcosm::pop3 {
namespace {

constexpr std::string_view kLoggedIn = "+OK maildrop has 2 messages (74 octets)\r\n";

std::string plain(std::string_view authorization, std::string_view login,
                  std::string_view password) {
  std::string text(authorization);
  text.append(1, '\0').append(login).append(1, '\0').append(password);
  return base64::encode(text);
}

// RFC 5034 section 4: AUTH with an initial response.
TEST(Pop3SaslTest, LogsInWithAnInitialResponse) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("AUTH PLAIN " + plain("", "bob", "secret") + "\r\n"), kLoggedIn);
  EXPECT_EQ(bench.session.state(), State::kTransaction);
}

// RFC 5034 section 4: a challenge is "+", a space and base64; the response is a line of base64.
TEST(Pop3SaslTest, LogsInWithAChallenge) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("auth plain\r\n"), "+ \r\n");
  EXPECT_EQ(bench.session.state(), State::kAuthenticating);
  EXPECT_EQ(bench.ask(plain("bob", "bob", "secret") + "\r\n"), kLoggedIn);
}

TEST(Pop3SaslTest, LogsInWithTwoPrompts) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("AUTH LOGIN\r\n"), "+ VXNlcm5hbWU6\r\n");
  EXPECT_EQ(bench.ask(base64::encode("bob") + "\r\n"), "+ UGFzc3dvcmQ6\r\n");
  EXPECT_EQ(bench.ask(base64::encode("secret") + "\r\n"), kLoggedIn);
}

// RFC 5034 section 4: a client cancels with a lone "*"; the server rejects with -ERR.
TEST(Pop3SaslTest, LetsTheClientCancel) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("AUTH PLAIN\r\n*\r\n"), "+ \r\n-ERR cancelled\r\n");
  EXPECT_EQ(bench.session.state(), State::kAuthorization);
}

// RFC 5034 section 4: a response that cannot be decoded is rejected with -ERR.
TEST(Pop3SaslTest, RefusesWhatIsNotBase64OrMalformed) {
  for (const std::string said :
       {"AUTH PLAIN !\r\n", "AUTH PLAIN \r\n", "AUTH PLAIN =\r\n", "AUTH PLAIN Ym9i\r\n",
        "AUTH CRAM-MD5\r\n", "AUTH PLAIN\r\n!\r\n", "AUTH PLAIN\r\n\r\n"}) {
    ServerBench bench;
    EXPECT_NE(bench.ask(said).find("-ERR "), std::string::npos) << said;
    EXPECT_EQ(bench.session.state(), State::kAuthorization) << said;
    bench.log_in();
    EXPECT_EQ(bench.session.state(), State::kTransaction) << said;
  }
}

TEST(Pop3SaslTest, LetsNobodyActAsSomebodyElse) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("AUTH PLAIN " + plain("alice", "bob", "secret") + "\r\n"),
            "-ERR [AUTH] login refused\r\n");
}

// RFC 5034 section 4: responses may be longer than command lines.
TEST(Pop3SaslTest, TakesLongResponsesUpToItsLimit) {
  for (const std::size_t length : {12'285u, 12'286u, 12'287u}) {
    ServerBench bench;
    bench.ask("AUTH PLAIN\r\n");
    const std::string answer = bench.ask(std::string(length, '!') + "\r\n");
    EXPECT_EQ(answer, length <= 12'286 ? "-ERR not base64\r\n" : "-ERR line is too long\r\n");
  }
}

}  // namespace
}  // namespace mailcosm::pop3
