#include <gtest/gtest.h>

#include "protocols/base/base64.h"
#include "tests/protocols/smtp/server_harness.h"

namespace mailcosm::smtp {
namespace {

using namespace std::string_literals;

const std::string kGood = base64::encode("\0tim\0secret"s);
const std::string kBad = base64::encode("\0tim\0wrong"s);

ServerRun after_ehlo(const std::string& input) {
  return serve(submission_config(), {}, "EHLO a.b\r\n" + input);
}
Codes codes_after(const std::string& input) {
  const Codes codes = after_ehlo(input).codes();
  return {codes.begin() + 2, codes.end()};
}

// RFC 4954 section 3: the mechanisms stand behind the keyword.
TEST(ServerAuthTest, AdvertisesItsMechanisms) {
  EXPECT_NE(after_ehlo("").output.find("250-AUTH PLAIN LOGIN\r\n"), std::string::npos);
  EXPECT_EQ(serve(smtp_config(), {}, "EHLO a.b\r\n").output.find("AUTH"), std::string::npos);
}

// RFC 4954 section 4: initial response, or an empty challenge first.
TEST(ServerAuthTest, TakesPlain) {
  EXPECT_EQ(codes_after("AUTH PLAIN " + kGood + "\r\nMAIL FROM:<a@b>\r\n"), (Codes{235, 250}));
  EXPECT_NE(after_ehlo("AUTH PLAIN\r\n").output.find("\r\n334 \r\n"), std::string::npos);
  EXPECT_EQ(codes_after("auth plain\r\n" + kGood + "\r\n"), (Codes{334, 235}));
}

TEST(ServerAuthTest, TakesLogin) {
  const ServerRun run = after_ehlo("AUTH LOGIN\r\ndGlt\r\nc2VjcmV0\r\n");
  EXPECT_EQ(run.output.substr(run.output.find("334")),
            "334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n235 2.7.0 Authentication successful\r\n");
  EXPECT_EQ(run.events.back(), "auth LOGIN tim");
  EXPECT_EQ(codes_after("AUTH LOGIN dGlt\r\nc2VjcmV0\r\n"), (Codes{334, 235}));
}

// RFC 4954 section 6: 535 for bad credentials; the client may try again.
TEST(ServerAuthTest, RefusesBadCredentials) {
  EXPECT_EQ(codes_after("AUTH PLAIN " + kBad + "\r\nAUTH PLAIN " + kGood + "\r\n"),
            (Codes{535, 235}));
}

// RFC 4954 section 6: 530 where authentication is required; RFC 6409 section 4.3.
TEST(ServerAuthTest, IsRequiredBeforeMail) {
  EXPECT_EQ(codes_after("MAIL FROM:<a@b>\r\nNOOP\r\n"), (Codes{530, 250}));
}

// RFC 4954 section 4: 501 to cancellation by "*", and to what is not BASE64; "=" is an empty
// initial response.
TEST(ServerAuthTest, RefusesWhatIsNoResponse) {
  EXPECT_EQ(codes_after("AUTH PLAIN\r\n*\r\nNOOP\r\n"), (Codes{334, 501, 250}));
  EXPECT_EQ(codes_after("AUTH PLAIN something\r\n"), (Codes{501}));
  EXPECT_EQ(codes_after("AUTH PLAIN\r\n!!!\r\nNOOP\r\n"), (Codes{334, 501, 250}));
  EXPECT_EQ(codes_after("AUTH PLAIN =\r\n"), (Codes{501}));
  EXPECT_EQ(codes_after("AUTH\r\n"), (Codes{501}));
}

// RFC 4954 section 4: 504 for a mechanism that is not offered.
TEST(ServerAuthTest, RefusesUnknownMechanisms) {
  EXPECT_EQ(codes_after("AUTH GSSAPI\r\n"), (Codes{504}));
  ServerConfig config = submission_config();
  config.mechanisms = {sasl::Mechanism::kPlain};
  EXPECT_EQ(serve(config, {}, "EHLO a.b\r\nAUTH LOGIN\r\n").codes().back(), 504);
}

// RFC 4954 section 4: not twice, not during a transaction, not before EHLO.
TEST(ServerAuthTest, HasItsPlace) {
  EXPECT_EQ(codes_after("AUTH PLAIN " + kGood + "\r\nAUTH PLAIN " + kGood + "\r\n"),
            (Codes{235, 503}));
  ServerConfig config = submission_config();
  config.require_auth = false;
  EXPECT_EQ(serve(config, {}, "EHLO a.b\r\nMAIL FROM:<a@b>\r\nAUTH PLAIN\r\n").codes().back(), 503);
  EXPECT_EQ(serve(config, {}, "AUTH PLAIN\r\n").codes().back(), 503);
  EXPECT_EQ(serve(config, {}, "HELO a.b\r\nAUTH PLAIN\r\n").codes().back(), 503);
  EXPECT_EQ(serve(smtp_config(), {}, "EHLO a.b\r\nAUTH PLAIN\r\n").codes().back(), 502);
}

// RFC 4954 section 4: at most 12288 octets a line; 500 5.5.6 beyond, and the exchange is over.
TEST(ServerAuthTest, LimitsItsLines) {
  for (std::size_t excess = 0; excess < 3; ++excess) {
    const std::string line(12'288 - 2 - 1 + excess, 'A');
    const ServerRun run = after_ehlo("AUTH PLAIN\r\n" + line + "\r\nNOOP\r\n");
    EXPECT_EQ(run.codes(), (Codes{220, 250, 334, excess == 2 ? 500 : 501, 250}));
  }
}

// RFC 4954 section 5: the AUTH parameter of MAIL.
TEST(ServerAuthTest, TakesTheMailParameter) {
  const ServerRun run =
      after_ehlo("AUTH PLAIN " + kGood + "\r\nMAIL FROM:<a@b> AUTH=tim+2Bx@red.com\r\n");
  EXPECT_TRUE(run.has_event("mail a@b size 0 auth tim+2Bx@red.com"));
}

TEST(ServerAuthTest, CountsFailuresAsErrors) {
  ServerConfig config = submission_config();
  config.limits.errors_max = 3;
  const std::string bad = "AUTH PLAIN " + kBad + "\r\n";
  EXPECT_EQ(serve(config, {}, "EHLO a.b\r\n" + bad + bad + bad + bad).codes(),
            (Codes{220, 250, 535, 535, 421}));
}

}  // namespace
}  // namespace mailcosm::smtp
