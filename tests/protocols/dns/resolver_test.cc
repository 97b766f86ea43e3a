#include "protocols/dns/resolver.h"

#include <gtest/gtest.h>

#include "protocols/dns/master_file.h"
#include "tests/protocols/dns/resolver_world.h"

namespace mailcosm::dns {
namespace {

using testing::ResolverWorld;

std::string text_of_records(const std::vector<Record>& records) {
  std::string text;
  for (const Record& record : records) text += record.to_string() + "\n";
  return text;
}

class ResolverTest : public ::testing::Test {
 protected:
  ResolverTest() { world_.add_usual_servers(); }
  ResolverWorld world_;
};

TEST_F(ResolverTest, WalksFromTheRootDown) {
  // RFC 1034 section 5.3.3: from the best known name servers, referral by referral, to the answer.
  const Answer answer = world_.resolve("mx.blue.com.", Type::kA);
  EXPECT_EQ(answer.rcode, Rcode::kNoError);
  EXPECT_EQ(text_of_records(answer.answers), "mx.blue.com. 3600 IN A 192.0.2.12\n");
  ASSERT_EQ(world_.asked().size(), 3u);
  EXPECT_EQ(world_.asked()[0].server, "192.0.2.1");
  EXPECT_EQ(world_.asked()[1].server, "192.0.2.2");
  EXPECT_EQ(world_.asked()[2].server.substr(0, 9), "192.0.2.1");
  EXPECT_FALSE(answer.from_cache);
  EXPECT_EQ(world_.queries_open(), 0);
  EXPECT_TRUE(world_.resolver().deadline().is_never());
}

TEST_F(ResolverTest, AnswersFromTheCacheWithTheTtlThatIsLeft) {
  world_.resolve("blue.com.", Type::kMx);
  world_.forget_asked();
  world_.pass(std::chrono::seconds(600));
  const Answer answer = world_.resolve("blue.com.", Type::kMx);
  EXPECT_TRUE(answer.from_cache);
  EXPECT_EQ(world_.asked_text(), "");
  ASSERT_EQ(answer.answers.size(), 2u);
  EXPECT_EQ(answer.answers[0].ttl, 3600u - 600);
  EXPECT_EQ(world_.cache_hits(), 1);
}

TEST_F(ResolverTest, StartsAtTheDeepestKnownCut) {
  world_.resolve("mx.blue.com.", Type::kA);
  world_.forget_asked();
  world_.resolve("mx2.blue.com.", Type::kA);
  EXPECT_EQ(world_.asked().size(), 1u);
}

TEST_F(ResolverTest, AsksAgainWhenTheTtlIsOver) {
  world_.resolve("mx.blue.com.", Type::kA);
  world_.forget_asked();
  world_.pass(std::chrono::seconds(3601));
  EXPECT_FALSE(world_.resolve("mx.blue.com.", Type::kA).from_cache);
  EXPECT_FALSE(world_.asked().empty());
}

TEST_F(ResolverTest, DoesNotKeepRecordsWithTtlZero) {
  // RFC 1035 section 3.2.1: TTL zero serves the transaction in progress only.
  EXPECT_EQ(world_.resolve("fleeting.blue.com.", Type::kA).answers.size(), 1u);
  world_.forget_asked();
  EXPECT_EQ(world_.resolve("fleeting.blue.com.", Type::kA).answers.size(), 1u);
  EXPECT_EQ(world_.asked().size(), 1u);
}

TEST_F(ResolverTest, FollowsACnameIntoAnotherZone) {
  // RFC 1034 section 3.6.2, and a name server whose address has to be looked up first.
  const Answer answer = world_.resolve("www.blue.com.", Type::kA);
  EXPECT_EQ(text_of_records(answer.answers),
            "www.blue.com. 3600 IN CNAME web.red.com.\nweb.red.com. 3600 IN A 192.0.2.21\n");
  EXPECT_NE(world_.asked_text().find("ns.outside.net. A"), std::string::npos);
}

TEST_F(ResolverTest, EndsACircleOfCnames) {
  EXPECT_EQ(world_.resolve("loop.blue.com.", Type::kA).rcode, Rcode::kServFail);
  EXPECT_LT(world_.asked().size(), 6u);
}

TEST_F(ResolverTest, RemembersThatANameDoesNotExist) {
  // RFC 2308 section 5: negative answers are cached for the SOA's MINIMUM.
  const Answer answer = world_.resolve("nobody.blue.com.", Type::kA);
  EXPECT_EQ(answer.rcode, Rcode::kNxDomain);
  ASSERT_EQ(answer.authorities.size(), 1u);
  EXPECT_EQ(answer.authorities[0].ttl, 300u);
  world_.forget_asked();
  EXPECT_EQ(world_.resolve("nobody.blue.com.", Type::kMx).rcode, Rcode::kNxDomain);
  EXPECT_EQ(world_.asked_text(), "");
  world_.pass(std::chrono::seconds(301));
  world_.resolve("nobody.blue.com.", Type::kA);
  EXPECT_EQ(world_.asked().size(), 1u);
}

TEST_F(ResolverTest, RemembersThatATypeDoesNotExist) {
  const Answer answer = world_.resolve("mx.blue.com.", Type::kMx);
  EXPECT_EQ(answer.rcode, Rcode::kNoError);
  EXPECT_TRUE(answer.answers.empty());
  world_.forget_asked();
  world_.resolve("mx.blue.com.", Type::kMx);
  EXPECT_EQ(world_.asked_text(), "");
  EXPECT_EQ(world_.resolve("mx.blue.com.", Type::kA).answers.size(), 1u);
}

TEST_F(ResolverTest, WorksOnIdenticalQuestionsOnce) {
  const auto first = world_.start("mx.blue.com.", Type::kA);
  const auto second = world_.start("MX.blue.com.", Type::kA);
  world_.run();
  EXPECT_EQ(world_.asked().size(), 3u);
  EXPECT_EQ(world_.answers().at(first).answers.size(), 1u);
  EXPECT_EQ(world_.answers().at(second).answers.size(), 1u);
}

TEST_F(ResolverTest, EndsWorkThatNobodyWaitsFor) {
  const auto lookup = world_.start("www.blue.com.", Type::kA);
  world_.resolver().cancel(lookup, world_.now());
  world_.run();
  EXPECT_EQ(world_.asked().size(), 1u);
  EXPECT_TRUE(world_.answers().empty());
  EXPECT_EQ(world_.queries_open(), 0);
}

TEST_F(ResolverTest, AsksTheOtherServerWhenOneIsSilent) {
  world_.silence("192.0.2.10");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(world_.resolve("mx.blue.com.", Type::kA).rcode, Rcode::kNoError);
    world_.pass(std::chrono::seconds(3601));
  }
  int silent = 0;
  for (const auto& asked : world_.asked()) silent += asked.server == "192.0.2.10" ? 1 : 0;
  EXPECT_LE(silent, 2);
}

TEST_F(ResolverTest, FailsInTheEndWhenAllAreSilent) {
  world_.silence("192.0.2.10");
  world_.silence("192.0.2.11");
  const Answer answer = world_.resolve("mx.blue.com.", Type::kA);
  EXPECT_EQ(answer.rcode, Rcode::kServFail);
  EXPECT_FALSE(answer.reason.empty());
  EXPECT_LE(world_.now(), Instant() + std::chrono::seconds(31));
}

TEST_F(ResolverTest, RemembersFailuresForAMoment) {
  // RFC 9520 section 3.2: resolution failures MUST be cached for at least one second.
  world_.silence("192.0.2.10");
  world_.silence("192.0.2.11");
  world_.resolve("mx.blue.com.", Type::kA);
  world_.forget_asked();
  EXPECT_EQ(world_.resolve("mx.blue.com.", Type::kA).rcode, Rcode::kServFail);
  EXPECT_EQ(world_.asked_text(), "");
  world_.pass(std::chrono::seconds(5));
  world_.resolve("mx.blue.com.", Type::kA);
  EXPECT_NE(world_.asked_text(), "");
}

TEST_F(ResolverTest, AsksByTcpWhenAReplyIsTruncated) {
  // RFC 7766 section 5: a truncated answer is asked for again by TCP.
  world_.twist([](const ResolverWorld::Asked& asked, Message& message) {
    if (asked.transport == Transport::kUdp && !message.answers.empty()) {
      message.header.truncated = true;
      message.answers.clear();
    }
    return true;
  });
  EXPECT_EQ(world_.resolve("mx.blue.com.", Type::kA).answers.size(), 1u);
  EXPECT_EQ(world_.asked().back().transport, Transport::kTcp);
}

TEST_F(ResolverTest, AsksWithoutEdnsWhereItIsNotKnown) {
  // RFC 6891 section 7: a responder without EDNS answers FORMERR.
  world_.twist([](const ResolverWorld::Asked& asked, Message& message) {
    if (asked.edns) {
      message = Message{{.id = message.header.id, .response = true, .rcode = Rcode::kFormErr},
                        {},
                        {},
                        {},
                        {},
                        {}};
    }
    return true;
  });
  EXPECT_EQ(world_.resolve("mx.blue.com.", Type::kA).answers.size(), 1u);
  world_.forget_asked();
  world_.resolve("mx2.blue.com.", Type::kA);
  EXPECT_LE(world_.asked().size(), 2u);
}

TEST_F(ResolverTest, LeavesALameServerAlone) {
  // RFC 1034 section 5.3.3 step 4d: a delegation to a server that does not know the zone.
  world_.twist([](const ResolverWorld::Asked& asked, Message& message) {
    if (asked.server == "192.0.2.10") {
      message.answers.clear();
      message.authorities.clear();
      message.header.rcode = Rcode::kRefused;
    }
    return true;
  });
  for (const char* name : {"mx.blue.com.", "mx2.blue.com.", "ns1.blue.com.", "ns2.blue.com."}) {
    EXPECT_EQ(world_.resolve(name, Type::kA).answers.size(), 1u);
  }
  int lame = 0;
  for (const auto& asked : world_.asked()) lame += asked.server == "192.0.2.10" ? 1 : 0;
  EXPECT_LE(lame, 1);
}

TEST_F(ResolverTest, DropsDataFromOutsideTheServersZone) {
  // RFC 2181 section 5.4.1, RFC 5452 section 6: only data in bailiwick is believed.
  world_.twist([](const ResolverWorld::Asked& asked, Message& message) {
    if (asked.server == "192.0.2.10" || asked.server == "192.0.2.11") {
      message.additionals.push_back(parse_record("web.red.com. 99999 IN A 203.0.113.66").value());
      message.authorities.push_back(parse_record("com. 99999 IN NS evil.blue.com.").value());
      message.answers.push_back(parse_record("web.red.com. 99999 IN A 203.0.113.66").value());
    }
    return true;
  });
  world_.resolve("mx.blue.com.", Type::kA);
  const Answer answer = world_.resolve("www.blue.com.", Type::kA);
  EXPECT_EQ(answer.answers.back().to_string(), "web.red.com. 3600 IN A 192.0.2.21");
}

TEST_F(ResolverTest, IgnoresRepliesThatDoNotMatch) {
  // RFC 5452 section 9.1: id, question and sender must be those of the query.
  Resolver& resolver = world_.resolver();
  resolver.resolve({Name::of("mx.blue.com."), Type::kA, Class::kIn}, Instant());
  auto event = resolver.next(Instant());
  const auto* query = std::get_if<Resolver::QueryToSend>(&event);
  ASSERT_NE(query, nullptr);
  const Resolver::QueryId id = query->query;
  const Endpoint server = query->server;
  Message reply = Message::parse(query->bytes).value();
  reply.header.response = true;
  reply.header.authoritative = true;
  reply.answers.push_back(parse_record("mx.blue.com. 1 IN A 203.0.113.66").value());
  const auto offer = [&](const Message& message, const Endpoint& from) {
    std::string bytes;
    message.write(bytes);
    resolver.receive_datagram(id, from, bytes, Instant());
    return std::holds_alternative<std::monostate>(resolver.next(Instant()));
  };
  Message other_id = reply;
  ++other_id.header.id;
  EXPECT_TRUE(offer(other_id, server));
  Message other_question = reply;
  other_question.questions[0].name = Name::of("my.blue.com.");
  EXPECT_TRUE(offer(other_question, server));
  EXPECT_TRUE(offer(reply, {IpAddress::parse("192.0.2.77").value(), 53}));
  EXPECT_TRUE(offer(reply, {server.address, 54}));
  Message no_response = reply;
  no_response.header.response = false;
  EXPECT_TRUE(offer(no_response, server));
  EXPECT_FALSE(offer(reply, server));
}

TEST_F(ResolverTest, BoundsTheWorkForOneLookup) {
  // RFC 1034 section 5.3.3: the amount of work is bounded, against name servers that refer for
  // ever.
  std::string zone =
      "$TTL 60\nblue.com. SOA ns1.blue.com. h.blue.com. 1 2 3 4 5\nblue.com. NS ns1.blue.com.\n";
  for (int i = 0; i < 200; ++i)
    zone += "evil.blue.com. NS n" + std::to_string(i) + ".no" + std::to_string(i) + ".com.\n";
  world_.serve("192.0.2.10", zone);
  world_.serve("192.0.2.11", zone);
  EXPECT_EQ(world_.resolve("www.evil.blue.com.", Type::kA).rcode, Rcode::kServFail);
  EXPECT_LE(world_.asked().size(), 30u);
}

// Resolves mx.blue.com, which takes three queries and two referrals, or a chain of `aliases`
// CNAMEs.
Rcode resolve_within(const Resolver::Settings& settings, int aliases = 0) {
  ResolverWorld world(settings);
  world.add_usual_servers();
  std::string zone =
      "$TTL 60\nblue.com. SOA ns1.blue.com. h.blue.com. 1 2 3 4 5\n"
      "blue.com. NS ns1.blue.com.\nmx.blue.com. A 192.0.2.12\n";
  for (int i = 0; i < aliases; ++i) {
    const std::string next = i + 1 == aliases ? "mx" : "c" + std::to_string(i + 1);
    zone += "c" + std::to_string(i) + ".blue.com. CNAME " + next + ".blue.com.\n";
  }
  world.serve("192.0.2.10", zone);
  world.serve("192.0.2.11", zone);
  return world.resolve(aliases == 0 ? "mx.blue.com." : "c0.blue.com.", Type::kA).rcode;
}

TEST(ResolverLimitTest, HoldsTheNumberOfQueries) {
  Resolver::Settings settings = ResolverWorld::default_settings();
  for (int most : {2, 3, 4}) {
    settings.queries_max = most;
    EXPECT_EQ(resolve_within(settings), most < 3 ? Rcode::kServFail : Rcode::kNoError) << most;
  }
}

TEST(ResolverLimitTest, HoldsTheNumberOfReferrals) {
  Resolver::Settings settings = ResolverWorld::default_settings();
  for (int most : {1, 2, 3}) {
    settings.referrals_max = most;
    EXPECT_EQ(resolve_within(settings), most < 2 ? Rcode::kServFail : Rcode::kNoError) << most;
  }
}

TEST(ResolverLimitTest, HoldsTheLengthOfTheChain) {
  const Resolver::Settings settings = ResolverWorld::default_settings();
  for (int aliases : {11, 12, 13}) {
    const Rcode expected = aliases > settings.chain_max ? Rcode::kServFail : Rcode::kNoError;
    EXPECT_EQ(resolve_within(settings, aliases), expected) << aliases;
  }
}

TEST(ResolverLimitTest, HoldsTheDepthOfNameServerLookups) {
  // The server of each zone bears a name in the next one; that of the last but one comes with glue.
  std::string com = "$TTL 60\ncom. SOA a.gtld.net. h.gtld.net. 1 2 3 4 5\ncom. NS a.gtld.net.\n";
  for (int i = 0; i < 3; ++i)
    com += "z" + std::to_string(i) + ".com. NS ns.z" + std::to_string(i + 1) + ".com.\n";
  com += "z3.com. NS ns.z3.com.\nns.z3.com. A 192.0.2.30\n";
  for (int depth : {1, 2, 3}) {
    Resolver::Settings settings = ResolverWorld::default_settings();
    settings.depth_max = depth;
    ResolverWorld world(settings);
    world.add_usual_servers();
    world.serve("192.0.2.2", com);
    for (int i = 0; i < 4; ++i) {
      const std::string zone = "z" + std::to_string(i) + ".com.";
      world.serve("192.0.2.30",
                  "$TTL 60\n" + zone + " SOA a. b. 1 2 3 4 5\nns." + zone + " A 192.0.2.30\n");
    }
    EXPECT_EQ(world.resolve("ns.z0.com.", Type::kA).rcode,
              depth < 2 ? Rcode::kServFail : Rcode::kNoError)
        << depth;
  }
}

TEST(ResolverLimitTest, HoldsTheNumberOfLookups) {
  Resolver::Settings settings = ResolverWorld::default_settings();
  settings.lookups_max = 2;
  ResolverWorld world(settings);
  world.add_usual_servers();
  std::vector<Resolver::LookupId> lookups;
  for (const char* name : {"mx.blue.com.", "mx2.blue.com.", "ns1.blue.com."})
    lookups.push_back(world.start(name, Type::kA));
  world.run();
  EXPECT_EQ(world.answers().at(lookups[0]).rcode, Rcode::kNoError);
  EXPECT_EQ(world.answers().at(lookups[1]).rcode, Rcode::kNoError);
  EXPECT_EQ(world.answers().at(lookups[2]).rcode, Rcode::kServFail);
}

TEST_F(ResolverTest, SurvivesNameServersThatNeedEachOther) {
  world_.serve("192.0.2.2",
               "$TTL 60\ncom. SOA a.gtld.net. h.gtld.net. 1 2 3 4 5\ncom. NS a.gtld.net.\n"
               "left.com. NS ns.right.com.\nright.com. NS ns.left.com.\n");
  EXPECT_EQ(world_.resolve("www.left.com.", Type::kA).rcode, Rcode::kServFail);
  EXPECT_LT(world_.now(), Instant() + std::chrono::seconds(5));
  EXPECT_LE(world_.asked().size(), 20u);
}

}  // namespace
}  // namespace mailcosm::dns
