#include <gtest/gtest.h>

#include <string>

#include "protocols/sasl/client.h"
#include "protocols/sasl/limits.h"
#include "protocols/sasl/mechanism.h"
#include "protocols/sasl/server.h"

namespace mailcosm::sasl {
namespace {

using Step = Server::Step;
using namespace std::string_literals;

Step plain(const std::string& response, Credentials* credentials = nullptr) {
  Server server(Mechanism::kPlain);
  std::string challenge;
  const Step step = server.start(response, challenge);
  if (credentials != nullptr) *credentials = server.credentials();
  return step;
}

TEST(MechanismTest, NamesAreComparedWithoutCase) {
  EXPECT_EQ(mechanism_of("plain"), Mechanism::kPlain);
  EXPECT_EQ(mechanism_of("LOGIN"), Mechanism::kLogin);
  EXPECT_EQ(mechanism_of("GSSAPI"), std::nullopt);
}

TEST(MechanismTest, ChoosesTheFirstOfOursThatIsOffered) {
  EXPECT_EQ(choose("LOGIN PLAIN CRAM-MD5"), Mechanism::kPlain);
  EXPECT_EQ(choose("DIGEST-MD5 login"), Mechanism::kLogin);
  EXPECT_EQ(choose("PLAINER"), std::nullopt);
  EXPECT_EQ(choose(""), std::nullopt);
}

// RFC 4616 section 2: message = [authzid] UTF8NUL authcid UTF8NUL passwd.
TEST(PlainTest, TakesThreeFieldsApart) {
  Credentials found;
  EXPECT_EQ(plain("\0tim\0tanstaaftanstaaf"s, &found), Step::kVerify);
  EXPECT_EQ(found, (Credentials{"", "tim", "tanstaaftanstaaf"}));
  EXPECT_EQ(plain("Ursel\0Kurt\0xipj3plmq"s, &found), Step::kVerify);
  EXPECT_EQ(found, (Credentials{"Ursel", "Kurt", "xipj3plmq"}));
}

// RFC 4616 section 2: authcid and passwd have at least one octet, none is NUL, and there are two
// NULs.
TEST(PlainTest, RefusesWhatBreaksTheGrammar) {
  for (const std::string& bad :
       {""s, "tim"s, "\0tim"s, "\0\0secret"s, "\0tim\0"s, "\0tim\0a\0b"s}) {
    EXPECT_EQ(plain(bad), Step::kMalformed) << bad;
  }
}

TEST(PlainTest, LimitsEachField) {
  for (std::size_t place = 0; place < 3; ++place) {
    for (std::size_t excess = 0; excess < 3; ++excess) {
      std::string fields[3] = {"a", "b", "c"};
      fields[place] = std::string(kFieldLengthMax - 1 + excess, 'x');
      EXPECT_EQ(plain(fields[0] + '\0' + fields[1] + '\0' + fields[2]),
                excess < 2 ? Step::kVerify : Step::kMalformed)
          << place << ' ' << excess;
    }
  }
}

TEST(LoginTest, AsksForTwoWords) {
  Server server(Mechanism::kLogin);
  std::string challenge;
  EXPECT_EQ(server.start(std::nullopt, challenge), Step::kChallenge);
  EXPECT_EQ(challenge, "Username:");
  EXPECT_EQ(server.step("tim", challenge), Step::kChallenge);
  EXPECT_EQ(challenge, "Password:");
  EXPECT_EQ(server.step("secret", challenge), Step::kVerify);
  EXPECT_EQ(server.credentials(), (Credentials{"", "tim", "secret"}));
}

TEST(LoginTest, RefusesAnEmptyOrLongWord) {
  std::string challenge;
  EXPECT_EQ(Server(Mechanism::kLogin).start("", challenge), Step::kMalformed);
  Server server(Mechanism::kLogin);
  EXPECT_EQ(server.start(std::string(kFieldLengthMax, 'x'), challenge), Step::kChallenge);
  EXPECT_EQ(server.step(std::string(kFieldLengthMax + 1, 'x'), challenge), Step::kMalformed);
}

TEST(ClientTest, TalksToTheServerOfEachMechanism) {
  for (const MechanismInfo& info : mechanisms()) {
    const Credentials credentials{"", "tim", "secret"};
    Client client(info.mechanism, credentials);
    Server server(info.mechanism);
    std::string challenge;
    std::string response;
    Step step = Step::kChallenge;
    if (client.has_initial_response()) {
      ASSERT_TRUE(client.respond("", response));
      step = server.start(response, challenge);
    } else {
      step = server.start(std::nullopt, challenge);
    }
    for (int turns = 0; step == Step::kChallenge && turns < 4; ++turns) {
      response.clear();
      ASSERT_TRUE(client.respond(challenge, response)) << info.name;
      step = server.step(response, challenge);
    }
    EXPECT_EQ(step, Step::kVerify) << info.name;
    EXPECT_EQ(server.credentials(), credentials) << info.name;
    EXPECT_FALSE(client.respond("", response)) << "has nothing more to say";
  }
}

// RFC 4616 section 2: the client's message is the only one; a challenge with text belongs to
// something else.
TEST(ClientTest, PlainDoesNotAnswerAStrangeChallenge) {
  Client client(Mechanism::kPlain, {"", "tim", "secret"});
  std::string response;
  EXPECT_FALSE(client.respond("who?", response));
}

}  // namespace
}  // namespace mailcosm::sasl
