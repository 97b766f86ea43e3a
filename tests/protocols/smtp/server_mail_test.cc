#include <gtest/gtest.h>

#include "tests/protocols/smtp/server_harness.h"

namespace mailcosm::smtp {
namespace {

int code_for(const std::string& command, const ServerConfig& config = smtp_config()) {
  std::string input = "EHLO a.b\r\n";
  if (command.starts_with("RCPT")) input += "MAIL FROM:<>\r\n";
  return serve(config, {}, input + command + "\r\n").codes().back();
}

// RFC 5321 section 4.1.1.2 and RFC 5321 section 4.1.2.
TEST(ServerMailTest, TakesReversePaths) {
  for (const char* path : {"<>", "<a@b>", "<a.b+c@d.example>", "<\"a b\\\"@\"@x.y>",
                           "<@one,@two:a@b.c>", "<a@[192.0.2.1]>", "<a@[IPv6:2001:db8::1]>"}) {
    EXPECT_EQ(code_for(std::string("MAIL FROM:") + path), 250) << path;
  }
  for (const char* path : {"<a>", "a@b", "<a@b", "<a@b>x", "<a..b@c>", "<.a@b>", "<a@-b>",
                           "<a@b..c>", "<\"a@b>", " <a@b>", "<@one a@b.c>", "<postmaster>"}) {
    EXPECT_EQ(code_for(std::string("MAIL FROM:") + path), 501) << path;
  }
}

// RFC 5321 section 3.3: no space around the colon, unless the leniency is switched on.
TEST(ServerMailTest, LeniencyIsAnOption) {
  EXPECT_EQ(code_for("MAIL FROM: <a@b>"), 501);
  EXPECT_EQ(code_for("RCPT TO:a@b"), 501);
  ServerConfig config = smtp_config();
  config.leniency = {true, true};
  EXPECT_EQ(code_for("MAIL FROM: <a@b>", config), 250);
  EXPECT_EQ(code_for("RCPT TO: a@b", config), 250);
}

// RFC 5321 section 4.5.1: mail to postmaster, with and without domain, in any case.
TEST(ServerMailTest, TakesPostmasterWithoutDomain) {
  EXPECT_EQ(code_for("RCPT TO:<Postmaster>"), 250);
  EXPECT_EQ(code_for("RCPT TO:<pOSTMASTER>"), 250);
  EXPECT_EQ(code_for("RCPT TO:<webmaster>"), 501);
  EXPECT_EQ(code_for("RCPT TO:<>"), 501);
}

// RFC 5321 appendix C: source routes are accepted and ignored.
TEST(ServerMailTest, DropsSourceRoutes) {
  const ServerRun run =
      serve(smtp_config(), {}, "EHLO a.b\r\nMAIL FROM:<>\r\nRCPT TO:<@x.y,@z.w:bob@blue.com>\r\n");
  EXPECT_TRUE(run.has_event("rcpt bob@blue.com"));
}

// RFC 5321 section 4.5.3.1.1: local-part of 64 octets.
TEST(ServerMailTest, LimitsTheLocalPart) {
  for (std::size_t length = 63; length < 66; ++length) {
    EXPECT_EQ(code_for("RCPT TO:<" + std::string(length, 'a') + "@b.c>"), length < 65 ? 250 : 501);
  }
}

// RFC 5321 section 4.5.3.1.2: domain of 255 octets. RFC 5321 section 4.5.3.1.3: path of 256 with
// its brackets.
TEST(ServerMailTest, LimitsDomainAndPath) {
  const std::string label(49, 'd');
  const std::string long_domain = label + '.' + label + '.' + label + '.' + label + '.';
  for (std::size_t length = 255; length < 258; ++length) {
    std::string path = "<a@" + long_domain;
    path += std::string(length - path.size() - 1, 'e') + '>';
    const ServerRun run = serve(smtp_config(), {}, "EHLO a.b\r\nMAIL FROM:" + path + "\r\n");
    EXPECT_EQ(run.codes().back(), length < 257 ? 250 : 501);
    EXPECT_EQ(run.output.find("Path too long") != std::string::npos, length == 257);
  }
  ServerConfig config = smtp_config();
  config.limits.path_length_max = 1000;
  for (std::size_t length = 254; length < 257; ++length) {
    const std::string domain = long_domain + std::string(length - long_domain.size(), 'e');
    const ServerRun run = serve(config, {}, "EHLO a.b\r\nMAIL FROM:<a@" + domain + ">\r\n");
    EXPECT_EQ(run.codes().back(), length < 256 ? 250 : 501);
    EXPECT_EQ(run.output.find("Domain too long") != std::string::npos, length == 256);
  }
}

// RFC 5321 section 4.5.3.1.8: at least 100 recipients; RFC 5321 section 4.5.3.1.10: 452 for more.
TEST(ServerMailTest, LimitsRecipients) {
  EXPECT_GE(ServerLimits{}.recipients_max, 100u);
  ServerConfig config = smtp_config();
  config.limits.recipients_max = 2;
  const ServerRun run = serve(
      config, {},
      "EHLO a.b\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\n");
  EXPECT_EQ(run.codes(), (Codes{220, 250, 250, 250, 250, 452, 354}));
}

// RFC 6531 section 3.5: without SMTPUTF8, addresses are ASCII.
TEST(ServerMailTest, RefusesNonAsciiAddresses) {
  EXPECT_EQ(code_for("RCPT TO:<henry\xe2\x85\xa3@b.c>"), 550);
}

// RFC 1870 section 6.1: a declared size above the limit is refused at once.
TEST(ServerMailTest, ChecksTheDeclaredSize) {
  ServerConfig config = smtp_config();
  config.limits.message_size_max = 1000;
  EXPECT_EQ(code_for("MAIL FROM:<> SIZE=999", config), 250);
  EXPECT_EQ(code_for("MAIL FROM:<> SIZE=1000", config), 250);
  EXPECT_EQ(code_for("MAIL FROM:<> SIZE=1001", config), 552);
  EXPECT_EQ(code_for("MAIL FROM:<> SIZE=99999999999999999999", config), 552);
  EXPECT_EQ(code_for("MAIL FROM:<> SIZE=999999999999999999999", config), 501);
}

// RFC 5321 section 4.1.1.11: 555 for unknown parameters, 501 for bad ones. RFC 6152 section 2:
// BODY.
TEST(ServerMailTest, ReadsParameters) {
  EXPECT_EQ(code_for("MAIL FROM:<a@b> BODY=8BITMIME SIZE=7"), 250);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> BODY=7bit"), 250);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> BODY=BINARYMIME"), 501);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> SIZE=1 SIZE=1"), 501);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> SIZE"), 501);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> SIZE=-1"), 501);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> =x"), 501);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> RET=FULL"), 555);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> SMTPUTF8"), 555);
  EXPECT_EQ(code_for("MAIL FROM:<a@b> AUTH=<>"), 555);
  EXPECT_EQ(code_for("RCPT TO:<a@b> NOTIFY=NEVER"), 555);
  const ServerRun run =
      serve(smtp_config(), {}, "EHLO a.b\r\nMAIL FROM:<a@b> body=8bitmime size=7\r\n");
  EXPECT_TRUE(run.has_event("mail a@b size 7 8bit"));
}

TEST(ServerMailTest, RepliesAsTheOwnerSays) {
  Policy policy;
  policy.mail["spam@b.c"] = {550, {5, 7, 1}, "Not from you"};
  policy.rcpt["later@b.c"] = {450, {}, {}};
  const ServerRun run = serve(smtp_config(), policy,
                              "EHLO a.b\r\nMAIL FROM:<spam@b.c>\r\nRCPT TO:<x@y>\r\nMAIL "
                              "FROM:<>\r\nRCPT TO:<later@b.c>\r\n");
  EXPECT_TRUE(
      run.output.ends_with("550 5.7.1 Not from you\r\n503 5.5.1 Need MAIL command\r\n250 2.1.0 "
                           "Sender OK\r\n450 4.0.0 Try again later\r\n"));
}

}  // namespace
}  // namespace mailcosm::smtp
