#include "sim/trace/narrative/narrative.h"

#include <gtest/gtest.h>

#include "sim/trace/line_text.h"
#include "tests/sim/trace/narrative/story.h"
#include "tests/support/golden.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kMessageId = "<20260105090000.1@red.com>";
constexpr std::string_view kMessage =
    "Date: Mon, 5 Jan 2026 09:00:00 +0000\r\nFrom: Alice <alice@red.com>\r\nTo: Bob "
    "<bob@blue.com>\r\n"
    "Subject: Lunch?\r\nMessage-ID: <20260105090000.1@red.com>\r\n\r\nHello Bob,\r\nshall we have "
    "lunch at noon?\r\n"
    "Alice\r\n";

std::vector<std::pair<std::string, std::string>> world() {
  return {{"laptop.red.com", "192.0.2.10"},     {"mail.red.com", "192.0.2.25"},
          {"dns.red.com", "192.0.2.53"},        {"a.root-servers.net", "198.41.0.4"},
          {"a.gtld-servers.net", "192.5.6.30"}, {"ns1.blue.com", "198.51.100.53"},
          {"mx1.blue.com", "198.51.100.25"},    {"relay.blue.com", "198.51.100.26"},
          {"mail.blue.com", "198.51.100.27"},   {"phone.blue.com", "203.0.113.8"},
          {"desktop.blue.com", "203.0.113.9"}};
}

void submit(Story& story) {
  story.set_cause(story.emit("-", Kind::kStoryStep, {1, "Alice writes to Bob"}));
  story.set_message(kMessageId);
  story.set_cause(story.emit("laptop.red.com", Kind::kMessageComposed,
                             {"alice@red.com", "laptop", "bob@blue.com", "Lunch?", kMessage},
                             {{}, kMessageId}));
  story.emit("laptop.red.com", Kind::kLookupStarted, {"mail.red.com", "A"});
  story.ask("laptop.red.com", "dns.red.com", "query mail.red.com A rd",
            "NOERROR mail.red.com. A 192.0.2.25");
  story.emit("laptop.red.com", Kind::kLookupAnswered,
             {"mail.red.com", "A", "NOERROR", "192.0.2.25", Duration(3600s)});
  story.wait(20ms);
  story.open(ConnectionId::of(0, 1), "submission", "laptop.red.com", "mail.red.com", 587);
  for (std::string_view line :
       {"<220 mail.red.com ESMTP", ">EHLO laptop.red.com", "<250-mail.red.com",
        "<250-SIZE 52428800", "<250 AUTH PLAIN LOGIN",
        ">AUTH PLAIN AGFsaWNlAHNlY3JldA==", "<235 2.7.0 Accepted", ">MAIL FROM:<alice@red.com>",
        ">RCPT TO:<bob@blue.com>", ">DATA", "<250 2.1.0 OK", "<250 2.1.5 OK", "<354 Go ahead"}) {
    story.say(line);
  }
  story.say("=" + std::string(kMessage));
  story.say(">.");
  story.emit("mail.red.com", Kind::kMessageAccepted,
             {"1A", "alice@red.com", "bob@blue.com", 214, "laptop.red.com", "ESMTPA"},
             story.subject());
  story.say("<250 2.0.0 Queued as 1A");
  story.emit("laptop.red.com", Kind::kMessageSubmitted,
             {"alice@red.com", "mail.red.com", "250 2.0.0 Queued as 1A"}, story.subject());
  story.say(">QUIT");
  story.say("<221 2.0.0 Bye");
  story.close();
}

void route(Story& story) {
  const std::string_view mta = "mail.red.com", resolver = "dns.red.com";
  story.set_cause(story.emit(mta, Kind::kLookupStarted, {"blue.com", "MX"}, {{}, kMessageId}));
  story.query(mta, resolver, "query blue.com MX");
  story.ask(resolver, "a.root-servers.net", "query blue.com MX",
            "response blue.com MX NOERROR, referral to com: NS a.gtld-servers.net. (1 authority, 2 "
            "additional)");
  story.emit(resolver, Kind::kCacheStored, {"com", "NS", "a.gtld-servers.net.", Duration(172800s)});
  story.ask(resolver, "a.gtld-servers.net", "query blue.com MX",
            "response blue.com MX NOERROR, referral to blue.com: NS ns1.blue.com. (1 authority, 2 "
            "additional)");
  story.emit(resolver, Kind::kCacheStored, {"blue.com", "NS", "ns1.blue.com.", Duration(86400s)});
  story.ask(resolver, "ns1.blue.com", "query blue.com MX",
            "response blue.com MX NOERROR aa: MX 10 mx1.blue.com.; MX 20 mx2.blue.com.");
  story.emit(resolver, Kind::kCacheStored,
             {"blue.com", "MX", "10 mx1.blue.com.; 20 mx2.blue.com.", Duration(3600s)});
  story.reply(mta, resolver,
              "response blue.com MX NOERROR aa: MX 10 mx1.blue.com.; MX 20 mx2.blue.com.");
  story.emit(mta, Kind::kLookupAnswered,
             {"blue.com", "MX", "NOERROR", "10 mx1.blue.com.; 20 mx2.blue.com.", Duration(3600s)});
  story.emit(
      mta, Kind::kMxSelected,
      {"1A", "blue.com", "mx1.blue.com", 10, "198.51.100.25", "10 mx1.blue.com; 20 mx2.blue.com"},
      {{}, kMessageId});
  story.wait(10ms);
}

void hop(Story& story, std::uint64_t count, std::string_view protocol, std::string_view from,
         std::string_view to) {
  story.open(ConnectionId::of(story.host(from), count), protocol, from, to,
             protocol == "lmtp" ? 24 : 25);
  story.say("<220 " + std::string(to) + " ready");
  story.say((protocol == "lmtp" ? ">LHLO " : ">EHLO ") + std::string(from));
  story.say("<250 " + std::string(to));
  for (std::string_view line :
       {">MAIL FROM:<alice@red.com>", "<250 2.1.0 OK", ">RCPT TO:<bob@blue.com>", "<250 2.1.5 OK",
        ">DATA", "<354 Go ahead"}) {
    story.say(line);
  }
  story.say("=Received: from " + std::string(from) + " by " + std::string(to) + "\r\n" +
            std::string(kMessage));
  story.say(">.");
  if (protocol == "lmtp") {
    story.emit(to, Kind::kMessageStored, {"bob", "INBOX", 1, "\\Recent", kMessage},
               story.subject());
  } else {
    story.emit(to, Kind::kMessageAccepted,
               {"2B", "alice@red.com", "bob@blue.com", 301, from, "ESMTP"}, story.subject());
  }
  story.say("<250 2.0.0 OK");
  story.emit(from, Kind::kRecipientDelivered, {"1A", "bob@blue.com", to, "250 2.0.0 OK"},
             story.subject());
  story.say(">QUIT");
  story.say("<221 2.0.0 Bye");
  story.close();
  story.wait(10ms);
}

void retrieve_by_imap(Story& story) {
  story.wait(60s);
  story.set_message("");
  story.open(ConnectionId::of(9, 1), "imap", "phone.blue.com", "mail.blue.com", 143);
  for (std::string_view line :
       {"<* OK IMAP4rev1 ready", ">a1 LOGIN bob secret", "<a1 OK done", ">a2 SELECT INBOX",
        "<* 1 EXISTS", "<* 1 RECENT", "<a2 OK [READ-WRITE] done"}) {
    story.say(line);
  }
  story.emit("phone.blue.com", Kind::kMailChecked,
             {"bob", "phone", "imap", "mail.blue.com", 1, 1, "INBOX"}, story.subject());
  story.say(">a3 UID FETCH 1 (FLAGS BODY.PEEK[])");
  story.say("<* 1 FETCH (UID 1 FLAGS (\\Recent) BODY[] {214}");
  story.set_message(kMessageId);
  story.say("#" + std::string(kMessage));
  story.say("<)");
  story.say("<a3 OK done");
  story.emit("phone.blue.com", Kind::kMessageFetched,
             {"bob", "phone", "imap", "INBOX", "1", kMessage, ""}, story.subject());
  story.set_message("");
  story.say(">a4 LOGOUT");
  story.say("<* BYE");
  story.say("<a4 OK done");
  story.close();
}

void retrieve_by_pop3(Story& story) {
  story.wait(1s);
  story.open(ConnectionId::of(10, 1), "pop3", "desktop.blue.com", "mail.blue.com", 110);
  for (std::string_view line : {"<+OK ready", ">USER bob", "<+OK", ">PASS secret", "<+OK 1 message",
                                ">UIDL", "<+OK", "<1 1-1", "<."}) {
    story.say(line);
  }
  story.emit("desktop.blue.com", Kind::kMailChecked,
             {"bob", "desktop", "pop3", "mail.blue.com", 1, 1, ""}, story.subject());
  story.say(">RETR 1");
  story.say("<+OK 214 octets");
  story.set_message(kMessageId);
  story.say("#" + std::string(kMessage));
  story.say("<.");
  story.emit("desktop.blue.com", Kind::kMessageFetched,
             {"bob", "desktop", "pop3", "INBOX", "1-1", kMessage, ""}, story.subject());
  story.say(">QUIT");
  story.say("<+OK bye");
  story.close();
}

std::string alice_to_bob(const NarrativeOptions& options = {}) {
  Story story(world(), options);
  story.emit("-", Kind::kRunStarted, {"Alice writes to Bob", 1, 1'767'603'600, "", ""});
  submit(story);
  route(story);
  hop(story, 1, "smtp", "mail.red.com", "mx1.blue.com");
  hop(story, 1, "smtp", "mx1.blue.com", "relay.blue.com");
  hop(story, 1, "lmtp", "relay.blue.com", "mail.blue.com");
  retrieve_by_imap(story);
  retrieve_by_pop3(story);
  story.emit("-", Kind::kRunEnded, {"idle"});
  return story.text();
}

TEST(NarrativeTest, TellsAliceToBobInEightSteps) {
  const std::string text = alice_to_bob();
  EXPECT_GOLDEN("tests/sim/trace/narrative/alice_to_bob.golden.txt", text);
  EXPECT_NE(text.find("\n8. "), std::string::npos);
  EXPECT_EQ(text.find("\n9. "), std::string::npos);
}

TEST(NarrativeTest, IsTheSameEveryTime) { EXPECT_EQ(alice_to_bob(), alice_to_bob()); }

TEST(NarrativeTest, KeepsItsWidth) {
  for (std::size_t width : {40u, 60u, 100u, 400u}) {
    NarrativeOptions options;
    options.width = width;
    const std::string text = alice_to_bob(options);
    std::string_view rest = text;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      EXPECT_LE(columns_of(line), std::min<std::size_t>(width, 100)) << line;
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
  }
}

TEST(NarrativeTest, AddsNothingButMarksWithColour) {
  NarrativeOptions options;
  options.style = Style::ansi();
  std::string text = alice_to_bob(options);
  EXPECT_NE(text.find("\x1b[1m"), std::string::npos);
  for (std::size_t at = 0; (at = text.find('\x1b', at)) != std::string::npos;)
    text.erase(at, text.find('m', at) - at + 1);
  EXPECT_EQ(text, alice_to_bob());
}

TEST(NarrativeTest, LeavesProtocolLinesOut) {
  NarrativeOptions options;
  options.protocol = false;
  const std::string text = alice_to_bob(options);
  EXPECT_EQ(text.find(" -> "), std::string::npos);
  EXPECT_NE(text.find("\n8. "), std::string::npos);
}

TEST(NarrativeTest, ShowsControlCharactersEscaped) {
  Story story(world());
  story.open(ConnectionId::of(0, 1), "smtp", "laptop.red.com", "mail.red.com", 25);
  story.say("<220 \x1b[2J\x07 hello");
  story.close();
  const std::string text = story.text();
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("220 \\x1b[2J\\x07 hello"), std::string::npos);
}

TEST(NarrativeTest, TellsConcurrentSessionsOneAfterTheOther) {
  Story story(world());
  story.open(ConnectionId::of(0, 1), "smtp", "laptop.red.com", "mail.red.com", 25);
  story.say("<220 one");
  const ConnectionId second = ConnectionId::of(1, 1);
  story.emit("mail.red.com", Kind::kSessionOpened,
             {"smtp", "client", "192.0.2.25:1", "198.51.100.25:25", "mx1.blue.com"}, {second, {}});
  story.emit("mail.red.com", Kind::kLineReceived, {"smtp", "220 two"}, {second, {}});
  story.say(">QUIT one");
  story.emit("mail.red.com", Kind::kSessionClosed, {"smtp", ""}, {second, {}});
  story.wait(1s);
  EXPECT_EQ(story.so_far(), "");  // the first is still open
  story.say("<221 one");
  story.close();
  const std::string text = story.text();
  EXPECT_LT(text.find("221 one"), text.find("220 two"));
}

TEST(NarrativeTest, TellsAQuietSessionSoFarAndItsRestLater) {
  Story story(world());
  story.open(ConnectionId::of(9, 1), "imap", "phone.blue.com", "mail.blue.com", 143);
  story.say(">a1 IDLE");
  story.say("<+ idling");
  story.wait(2h);
  story.emit("mail.red.com", Kind::kHostCrashed, {"mail.red.com"});
  story.wait(1s);
  story.say("<* 1 EXISTS");
  story.close();
  const std::string text = story.text();
  const std::size_t crash = text.find("mail.red.com loses power");
  EXPECT_LT(text.find("+ idling"), crash);
  EXPECT_GT(text.find("still connected (IMAP)"), crash);
  EXPECT_GT(text.find("* 1 EXISTS"), crash);
}

TEST(NarrativeTest, TellsTheSentCopyWithItsSubmission) {
  Story story(world());
  submit(story);
  story.emit("laptop.red.com", Kind::kLookupStarted, {"mail.blue.com", "A"});
  route(story);
  story.emit("laptop.red.com", Kind::kLookupAnswered,
             {"mail.blue.com", "A", "NOERROR", "198.51.100.27", Duration(3600s)});
  story.open(ConnectionId::of(0, 2), "imap", "laptop.red.com", "mail.blue.com", 143);
  story.say(">a1 APPEND Sent (\\Seen) {199}");
  story.say("<a1 OK done");
  story.close();
  const std::string text = story.text();
  const std::size_t copy =
      text.find("\n    Alice's laptop puts a copy into Sent on mail.blue.com by IMAP.\n");
  EXPECT_NE(copy, std::string::npos) << text;
  EXPECT_LT(copy, text.find("\n2.  mail.red.com asks for the mail servers"));
}

TEST(NarrativeTest, TellsNewsOfAWaitingClientBehindWhatLedToThem) {
  Story story(world());
  story.open(ConnectionId::of(10, 1), "imap", "desktop.blue.com", "mail.blue.com", 143);
  for (std::string_view line : {"<* OK ready", ">a1 LOGIN bob secret", "<a1 OK done",
                                ">a2 SELECT INBOX", "<a2 OK done", ">a3 IDLE", "<+ idling"}) {
    story.say(line);
  }
  story.wait(30s);
  story.emit("-", Kind::kStoryStep, {1, "Bob reads on the phone."});
  story.say("<* 1 FETCH (FLAGS (\\Seen))");
  story.emit("desktop.blue.com", Kind::kCopyChanged,
             {"bob", "desktop", "INBOX", "1", "\\Seen", "server"}, story.subject());
  story.wait(30s);
  story.emit("-", Kind::kStoryStep, {2, "Bob deletes on the phone."});
  story.say("<* 1 EXPUNGE");
  const std::string text = story.text();
  std::size_t at = 0;
  for (std::string_view next :
       {"a3 IDLE", "Bob reads on the phone.", "are still connected (IMAP)", "FETCH (FLAGS",
        "now shows its copy of message 1 in INBOX with the flags \\Seen",
        "Bob deletes on the phone.", "are still connected (IMAP)", "* 1 EXPUNGE"}) {
    const std::size_t found = text.find(next, at);
    ASSERT_NE(found, std::string::npos) << next << " is missing behind place " << at << " of\n"
                                        << text;
    at = found;
  }
}

TEST(NarrativeTest, TellsADialogueWithItselfOnce) {
  const std::vector<std::pair<std::string, std::string>> hosts = {
      {"timeshare.campus.edu", "192.0.2.1"}};
  Story story(hosts);
  const std::string_view host = "timeshare.campus.edu";
  story.open(ConnectionId::of(0, 1), "lmtp", host, host, 24);
  for (std::string_view line :
       {"<220 ready", ">LHLO timeshare.campus.edu", "<250 hello", ">DATA", "<354 go ahead",
        "=Subject: Hi\r\n\r\nHello\r\n", ">.", "<250 2.1.5 Delivered", ">QUIT", "<221 bye"}) {
    story.say(line);
  }
  story.close();
  const std::string text = story.text();
  EXPECT_EQ(text.find("<- LHLO"), std::string::npos) << text;
  EXPECT_EQ(text.find("-> 220"), std::string::npos);
  EXPECT_EQ(text.find("<- Subject"), std::string::npos);
  for (std::string_view line :
       {"<- 220 ready", "-> LHLO", "-> Subject: Hi", "<- 250 2.1.5", "<- 221 bye"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line;
  }
}

TEST(NarrativeTest, SaysWhoTellsTheServerWhatWasChanged) {
  Story story(world());
  story.emit("phone.blue.com", Kind::kCopyChanged,
             {"bob", "phone", "INBOX", "1", "\\Seen", "user"});
  story.open(ConnectionId::of(9, 1), "imap", "phone.blue.com", "mail.blue.com", 143);
  for (std::string_view line : {"<* OK ready", ">a1 LOGIN bob secret", "<a1 OK done",
                                ">a2 UID STORE 1 +FLAGS (\\Seen)", "<a2 OK done"}) {
    story.say(line);
  }
  story.close();
  const std::string text = story.text();
  EXPECT_NE(text.find("Bob's phone gives its copy of message 1 in INBOX the flags \\Seen."),
            std::string::npos)
      << text;
  EXPECT_NE(
      text.find("Bob's phone logs in to mail.blue.com by IMAP and tells it what was changed."),
      std::string::npos);
}

TEST(NarrativeTest, MarksFailures) {
  Story story(world());
  story.set_cause(story.emit("mail.red.com", Kind::kLookupStarted, {"nowhere.com", "MX"}));
  story.emit("mail.red.com", Kind::kLookupAnswered,
             {"nowhere.com", "MX", "NXDOMAIN", "", Duration(300s)});
  story.emit("mail.red.com", Kind::kRecipientBounced,
             {"1A", "bob@nowhere.com", "5.1.2", "550 5.1.2 no such domain"});
  story.emit("mail.red.com", Kind::kBounceCreated, {"1A", "1B", "alice@red.com", "failed"});
  const std::string text = story.text();
  EXPECT_NE(
      text.find("    *** mail.red.com gives up on bob@nowhere.com: 550 5.1.2 no such domain\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("delivery status notification (failed) to alice@red.com"), std::string::npos)
      << text;
}

TEST(NarrativeTest, TellsADeliveryThatFailsAsAnAttempt) {
  const auto heading_after = [](Kind kind, std::initializer_list<Value> values) {
    Story story(world());
    story.open(ConnectionId::of(1, 1), "lmtp", "mail.red.com", "mail.blue.com", 24);
    story.say("<220 mail.blue.com LMTP");
    story.emit("mail.red.com", kind, values, story.subject());
    story.close();
    const std::string text = story.text();
    const std::size_t at = text.find("1.  ");
    return text.substr(at + 4, text.find('\n', at) - at - 4);
  };
  EXPECT_EQ(heading_after(Kind::kRecipientDelivered,
                          {"1A", "bob@blue.com", "mail.blue.com", "250 2.1.5 Delivered"}),
            "mail.red.com hands the message over to the mailbox server mail.blue.com by LMTP.");
  EXPECT_EQ(
      heading_after(Kind::kRecipientDeferred,
                    {"1A", "bob@blue.com", "mail.blue.com", "452 4.2.2 Full", 1, Instant::never()}),
      "mail.red.com tries to hand the message over to the mailbox server mail.blue.com by LMTP.");
}

TEST(NarrativeTest, TellsWhenADeliveryIsTriedAgainAndOfANotificationOnce) {
  Story story(world());
  story.wait(1min);
  story.emit("mail.red.com", Kind::kRecipientDeferred,
             {"1A", "bob@blue.com", "mx1.blue.com", "", 1, Instant{} + Duration(16min)});
  story.emit("mail.red.com", Kind::kBounceCreated, {"1A", "1B", "alice@red.com", "delayed"});
  story.emit("mail.red.com", Kind::kMessageAccepted,
             {"1B", "", "alice@red.com", 900, "mail.red.com", "local"});
  const std::string text = story.text();
  EXPECT_NE(text.find("the\n    next follows in 15 min, at + 16:00.000"), std::string::npos)
      << text;
  EXPECT_NE(text.find("queues it as 1B"), std::string::npos) << text;
  EXPECT_EQ(text.find("takes responsibility"), std::string::npos) << text;
}

TEST(NarrativeTest, TellsASecondMessageOfOneSessionAsSubmitted) {
  Story story(world());
  story.emit("laptop.red.com", Kind::kMessageComposed,
             {"alice@red.com", "laptop", "bob@blue.com", "One", ""}, {{}, "<1@red.com>"});
  story.open(ConnectionId::of(0, 1), "submission", "laptop.red.com", "mail.red.com", 587);
  story.emit("laptop.red.com", Kind::kMessageComposed,
             {"alice@red.com", "laptop", "bob@blue.com", "Two", ""}, {{}, "<2@red.com>"});
  for (std::string_view message : {"<1@red.com>", "<2@red.com>"}) {
    story.set_message(message);
    story.say(">MAIL FROM:<alice@red.com>");
    story.emit("mail.red.com", Kind::kMessageAccepted,
               {"1A", "alice@red.com", "bob@blue.com", 214, "laptop.red.com", "ESMTPA"},
               story.subject());
    story.emit("laptop.red.com", Kind::kMessageSubmitted,
               {"alice@red.com", "mail.red.com", "250 OK"}, story.subject());
  }
  story.close();
  const std::string text = story.text();
  const std::size_t second =
      text.find("\n2.  Alice writes to bob@blue.com about \"Two\". The laptop submits it in");
  ASSERT_NE(second, std::string::npos) << text;
  EXPECT_NE(text.find("For Alice the message is sent.", second), std::string::npos) << text;
  EXPECT_LT(text.find("For Alice the message is sent."), second) << text;
  EXPECT_EQ(text.find("cannot hand"), std::string::npos) << text;
}

TEST(NarrativeTest, TellsTheEndOfAConnectionThatNothingCameOver) {
  Story story(world());
  story.open(ConnectionId::of(1, 1), "smtp", "mail.red.com", "mx1.blue.com", 25);
  story.say("<220 mx1.blue.com ESMTP");
  story.wait(5min);
  story.emit("-", Kind::kStoryStep, {1, "Something else happens."});
  story.wait(5min);
  story.emit("-", Kind::kStoryStep, {2, "And something more."});
  story.emit("mail.red.com", Kind::kSessionClosed, {"smtp", "closed by peer"}, story.subject());
  const std::string text = story.text();
  EXPECT_NE(text.find("The connection between mail.red.com and mx1.blue.com (SMTP) is at its end."),
            std::string::npos)
      << text;
}

TEST(NarrativeTest, TellsPausesOfAMinuteAndMore) {
  const auto told_after = [](Duration pause) {
    Story story(world());
    story.emit("-", Kind::kStoryStep, {1, "One thing"});
    story.wait(pause);
    story.emit("-", Kind::kStoryStep, {2, "Another thing"});
    const std::string text = story.text();
    const std::size_t at = text.find("    ... ");
    return at == std::string::npos ? "" : text.substr(at + 8, text.find('\n', at) - at - 8);
  };
  EXPECT_EQ(told_after(49'999ms), "");
  EXPECT_EQ(told_after(50s), "1 min later");
  EXPECT_EQ(told_after(89s), "1 min later");
  EXPECT_EQ(told_after(90s), "2 min later");
  EXPECT_EQ(told_after(2h + 29s), "2 h later");
  EXPECT_EQ(told_after(30h + 29min), "1 day 6 h later");
}

TEST(NarrativeTest, TellsNoPauseBeforeTheFirstThing) {
  Story story(world());
  story.wait(2h);
  story.emit("-", Kind::kStoryStep, {1, "One thing"});
  EXPECT_EQ(story.text().find("later"), std::string::npos);
}

TEST(NarrativeTest, TellsTheSameWayThroughTheDnsInShort) {
  Story story(world());
  const auto look_up = [&story](std::string_view answer, Duration ttl) {
    story.set_cause(story.emit("mail.red.com", Kind::kLookupStarted, {"blue.com", "MX"}));
    story.ask("mail.red.com", "dns.red.com", "query blue.com MX rd",
              "response blue.com MX NOERROR rd ra: MX 10 " + std::string(answer));
    story.emit("mail.red.com", Kind::kLookupAnswered,
               {"blue.com", "MX", "NOERROR", "10 " + std::string(answer), ttl});
    story.emit("mail.red.com", Kind::kMxSelected,
               {"1A", "blue.com", answer, 10, "198.51.100.25", "10 " + std::string(answer)});
    story.wait(1h);
  };
  look_up("mx1.blue.com", 3600s);
  look_up("mx1.blue.com", 1800s);
  look_up("mx2.blue.com", 3600s);
  const std::string text = story.text();
  const std::size_t again = text.find("asks for the mail servers (MX) of blue.com once more. ");
  ASSERT_NE(again, std::string::npos) << text;
  EXPECT_EQ(text.find("once more", again + 60), std::string::npos) << "the third is another way";
  const std::string second = text.substr(again, text.find("\n3.  ") - again);
  EXPECT_EQ(second.find(" -> "), std::string::npos) << second;
  EXPECT_NE(second.find("mail.red.com chooses mx1.blue.com (preference 10)"), std::string::npos);
}

// RFC 7766 section 5: what does not fit into a datagram is asked for again over TCP.
TEST(NarrativeTest, TellsOfAnAnswerThatWasCutOff) {
  Story story(world());
  story.set_cause(story.emit("mail.red.com", Kind::kLookupStarted, {"blue.com", "MX"}));
  const auto exchange = [&story](std::string_view transport, std::string_view response) {
    story.set_cause(story.emit("mail.red.com", Kind::kDnsSent,
                               {"192.0.2.53:53", transport, "query", 7, "query blue.com MX rd"}));
    story.set_cause(story.emit("mail.red.com", Kind::kDnsReceived,
                               {"192.0.2.53:53", transport, "response", 7, response}));
  };
  exchange("udp", "response blue.com MX NOERROR tc rd ra");
  exchange("tcp", "response blue.com MX NOERROR rd ra: MX 10 mx1.blue.com.");
  const std::string text = story.text();
  const std::size_t cut = text.find("=== (cut off: the whole answer does not fit");
  EXPECT_LT(text.find("mail.red.com asks dns.red.com: blue.com MX?"), cut) << text;
  const std::size_t again = text.find("mail.red.com asks dns.red.com over TCP: blue.com MX?");
  EXPECT_LT(cut, again) << text;
  EXPECT_LT(again, text.find("dns.red.com answers mail.red.com over TCP: NOERROR rd ra: MX 10"));
  EXPECT_EQ(text.find("cut off", cut + 10), std::string::npos);
}

TEST(NarrativeTest, HoldsABoundedNumberOfBlocks) {
  Story story(world());
  // Sessions that never close, all at once: the oldest are told although they are open.
  for (std::uint64_t n = 1; n <= 600; ++n) {
    story.open(ConnectionId::of(0, n), "smtp", "laptop.red.com", "mail.red.com", 25);
  }
  EXPECT_NE(story.so_far().find("\n340. "), std::string::npos);
  EXPECT_EQ(story.so_far().find("\n350. "), std::string::npos);
  const std::string text = story.text();
  EXPECT_NE(text.find("\n600. "), std::string::npos);
}

TEST(NarrativeTest, CountsLinesBeyondItsLimit) {
  NarrativeOptions options;
  options.lines_max = 10;
  Story story(world(), options);
  story.open(ConnectionId::of(0, 1), "smtp", "laptop.red.com", "mail.red.com", 25);
  for (int n = 0; n < 30; ++n) story.say(">NOOP");
  story.close();
  EXPECT_NE(story.text().find("=== and 20 lines more\n"), std::string::npos);
}

}  // namespace
}  // namespace mailcosm::sim
