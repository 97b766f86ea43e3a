#include "protocols/dns/server.h"

#include <gtest/gtest.h>

#include "protocols/dns/master_file.h"
#include "protocols/dns/message.h"
#include "tests/support/allocations.h"

namespace mailcosm::dns {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kBlue =
    "$ORIGIN blue.com.\n$TTL 3600\n"
    "@ SOA ns host 1 2 3 4 300\n"
    "@ NS ns\n"
    "@ MX 10 mx\n"
    "ns A 192.0.2.10\n"
    "mx A 192.0.2.12\n"
    "mx AAAA 2001:db8::12\n"
    "www CNAME mx\n"
    "out CNAME a.red.com.\n"
    "*.wild TXT \"wild\"\n"
    "*.wild MX 5 mx\n"
    "host.sub.wild A 192.0.2.13\n"
    "a.b.c A 192.0.2.14\n"
    "sub NS ns.sub\n"
    "sub NS ns.far.net.\n"
    "ns.sub A 192.0.2.15\n"
    "deep.sub TXT \"occluded\"\n"
    "move DNAME red.com.\n";

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    server_.add_zone(std::make_shared<Zone>(Zone::parse(kBlue, Name::of("blue.com")).value()));
  }

  std::string raw(const std::string& name, Type type, std::uint16_t edns = 0,
                  Transport transport = Transport::kUdp) {
    std::string query;
    write_query(7, {Name::of(name), type, Class::kIn}, true, edns, query);
    std::string response;
    EXPECT_TRUE(server_.respond(query, transport, response));
    return response;
  }
  Message ask(const std::string& name, Type type) {
    return Message::parse(raw(name, type)).value();
  }
  // "NOERROR aa | answers | authorities | additionals", each "owner type data".
  std::string answer(const std::string& name, Type type) {
    const Message message = ask(name, type);
    std::string text =
        to_string(message.header.rcode) + (message.header.authoritative ? " aa" : "");
    for (const auto* section : {&message.answers, &message.authorities, &message.additionals}) {
      text += " |";
      for (const Record& r : *section) {
        text += " " + r.owner.to_host() + " " + to_string(r.type) + " " +
                rdata_to_string(r.type, r.rdata) + ";";
      }
    }
    return text;
  }

  Server server_;
};

constexpr const char* kNegative = " blue.com SOA ns.blue.com. host.blue.com. 1 2 3 4 300; |";

TEST_F(ServerTest, AnswersWithWhatItHas) {
  // RFC 1034 section 4.3.2 step 3a.
  EXPECT_EQ(answer("blue.com", Type::kMx),
            "NOERROR aa | blue.com MX 10 mx.blue.com.; | | mx.blue.com A 192.0.2.12; mx.blue.com "
            "AAAA 2001:db8::12;");
  const Message message = ask("blue.com", Type::kMx);
  EXPECT_TRUE(message.header.response);
  EXPECT_EQ(message.header.id, 7);
  EXPECT_TRUE(message.header.recursion_desired);
  EXPECT_FALSE(message.header.recursion_available);
  EXPECT_EQ(message.questions.size(), 1u);
}

TEST_F(ServerTest, SaysWhatIsMissing) {
  // RFC 2308 section 2.1 and 2.2: NXDOMAIN and NODATA carry the SOA in the authority section.
  EXPECT_EQ(answer("no.blue.com", Type::kA), std::string("NXDOMAIN aa | |") + kNegative);
  EXPECT_EQ(answer("mx.blue.com", Type::kTxt), std::string("NOERROR aa | |") + kNegative);
  // RFC 2308 section 3: the TTL of that SOA is the lower one of its own and MINIMUM.
  EXPECT_EQ(ask("no.blue.com", Type::kA).authorities[0].ttl, 300u);
  // RFC 4592 section 2.2.2: an empty non-terminal exists.
  EXPECT_EQ(answer("b.c.blue.com", Type::kA), std::string("NOERROR aa | |") + kNegative);
}

TEST_F(ServerTest, FollowsCnames) {
  // RFC 1034 section 3.6.2: the CNAME is included and the query goes on at its target.
  EXPECT_EQ(answer("www.blue.com", Type::kA),
            "NOERROR aa | www.blue.com CNAME mx.blue.com.; mx.blue.com A 192.0.2.12; | |");
  EXPECT_EQ(answer("www.blue.com", Type::kCname),
            "NOERROR aa | www.blue.com CNAME mx.blue.com.; | |");
  EXPECT_EQ(answer("out.blue.com", Type::kA), "NOERROR aa | out.blue.com CNAME a.red.com.; | |");
  server_.add_zone(std::make_shared<Zone>(
      Zone::parse("$TTL 1\nred.com. SOA a. b. 1 2 3 4 5\na.red.com. A 192.0.2.99").value()));
  EXPECT_EQ(answer("out.blue.com", Type::kA),
            "NOERROR aa | out.blue.com CNAME a.red.com.; a.red.com A 192.0.2.99; | |");
  EXPECT_EQ(answer("www.blue.com", Type::kTxt),
            std::string("NOERROR aa | www.blue.com CNAME mx.blue.com.; |") + kNegative);
}

TEST_F(ServerTest, FollowsDnames) {
  // RFC 6672 section 3.1: the DNAME and a CNAME synthesised from it.
  EXPECT_EQ(answer("x.move.blue.com", Type::kA),
            "NOERROR aa | move.blue.com DNAME red.com.; x.move.blue.com CNAME x.red.com.; | |");
  EXPECT_EQ(answer("move.blue.com", Type::kA), std::string("NOERROR aa | |") + kNegative);
  // RFC 6672 section 2.2: YXDOMAIN when the new name is too long.
  const std::string label(63, 'a');
  const std::string longest = label + "." + label + "." + label + "." + std::string(45, 'a');
  EXPECT_EQ(ask(longest + ".move.blue.com", Type::kA).header.rcode, Rcode::kNoError);
  server_.add_zone(std::make_shared<Zone>(
      Zone::parse("$TTL 1\nlong. SOA a. b. 1 2 3 4 5\nlong. DNAME much.longer.than.before.example.")
          .value()));
  EXPECT_EQ(ask(longest + ".long", Type::kA).header.rcode, Rcode::kYxDomain);
}

TEST_F(ServerTest, SynthesisesFromWildcards) {
  // RFC 4592 section 3.3: the wildcard of the closest encloser answers under the name asked for.
  EXPECT_EQ(answer("any.thing.wild.blue.com", Type::kTxt),
            "NOERROR aa | any.thing.wild.blue.com TXT \"wild\"; | |");
  EXPECT_EQ(answer("x.wild.blue.com", Type::kA), std::string("NOERROR aa | |") + kNegative);
  // RFC 4592 section 2.2.1: it does not answer for names that exist, or below them.
  EXPECT_EQ(answer("sub.wild.blue.com", Type::kTxt), std::string("NOERROR aa | |") + kNegative);
  EXPECT_EQ(answer("x.sub.wild.blue.com", Type::kTxt), std::string("NXDOMAIN aa | |") + kNegative);
  // RFC 4592 section 2.1.1: the asterisk label itself can be asked for.
  EXPECT_EQ(answer("*.wild.blue.com", Type::kTxt),
            "NOERROR aa | *.wild.blue.com TXT \"wild\"; | |");
}

TEST_F(ServerTest, RefersToTheChild) {
  // RFC 1034 section 4.3.2 step 3b: NS of the cut, glue, no AA.
  const std::string referral =
      "NOERROR | | sub.blue.com NS ns.sub.blue.com.; sub.blue.com NS ns.far.net.; | "
      "ns.sub.blue.com A 192.0.2.15;";
  EXPECT_EQ(answer("x.sub.blue.com", Type::kA), referral);
  EXPECT_EQ(answer("sub.blue.com", Type::kNs), referral);
  EXPECT_EQ(answer("deep.sub.blue.com", Type::kTxt), referral);
  // RFC 4035 section 3.1.4.1: the parent's side answers for DS.
  EXPECT_EQ(answer("sub.blue.com", Type::kDs), std::string("NOERROR aa | |") + kNegative);
}

TEST_F(ServerTest, RefusesWhatIsNotIts) {
  EXPECT_EQ(answer("red.com", Type::kA), "REFUSED | | |");
  EXPECT_EQ(answer("com", Type::kNs), "REFUSED | | |");
  EXPECT_EQ(answer("blue.com", Type::kAxfr), "REFUSED | | |");
  std::string query;
  write_query(7, {Name::of("blue.com"), Type::kA, Class::kChaos}, false, 0, query);
  std::string response;
  EXPECT_TRUE(server_.respond(query, Transport::kUdp, response));
  EXPECT_EQ(Message::parse(response).value().header.rcode, Rcode::kRefused);
}

TEST_F(ServerTest, ChoosesTheMostSpecificZone) {
  server_.add_zone(std::make_shared<Zone>(
      Zone::parse("$TTL 1\nsub.blue.com. SOA a. b. 1 2 3 4 5\nx.sub.blue.com. A 192.0.2.77")
          .value()));
  EXPECT_EQ(answer("x.sub.blue.com", Type::kA), "NOERROR aa | x.sub.blue.com A 192.0.2.77; | |");
  EXPECT_EQ(answer("sub.blue.com", Type::kDs), std::string("NOERROR aa | |") + kNegative);
}

TEST_F(ServerTest, AnswersAnyWithAll) { EXPECT_EQ(ask("blue.com", Type::kAny).answers.size(), 3u); }

TEST_F(ServerTest, AnswersBrokenQueriesAsTheRfcSays) {
  std::string query;
  write_query(7, {Name::of("blue.com"), Type::kA, Class::kIn}, true, 1232, query);
  const auto rcode_of = [&](const std::string& bytes) {
    std::string response;
    if (!server_.respond(bytes, Transport::kUdp, response)) return std::string("none");
    return to_string(Message::parse(response).value().header.rcode);
  };
  EXPECT_EQ(rcode_of(query), "NOERROR");
  // RFC 1035 section 4.1.1: FORMERR, the server was unable to interpret the query.
  for (std::size_t size = kHeaderOctets; size < query.size(); ++size)
    EXPECT_EQ(rcode_of(query.substr(0, size)), "FORMERR");
  for (std::size_t size = 0; size < kHeaderOctets; ++size)
    EXPECT_EQ(rcode_of(query.substr(0, size)), "none");
  EXPECT_EQ(rcode_of(query + "x"), "FORMERR");
  // A response must never be answered.
  std::string response = query;
  response[2] = static_cast<char>(0x80);
  EXPECT_EQ(rcode_of(response), "none");
  // RFC 1035 section 4.1.1: NOTIMP, the kind of query is not supported.
  std::string status = query;
  status[2] = 0x10;
  EXPECT_EQ(rcode_of(status), "NOTIMP");
  // RFC 6891 section 6.1.3: BADVERS for an EDNS version that is not implemented.
  std::string version = query;
  version[version.size() - 5] = 1;
  EXPECT_EQ(rcode_of(version), "BADVERS");
  // RFC 6891 section 6.1.1: more than one OPT is FORMERR.
  std::string twice = query + query.substr(query.size() - 11);
  twice[11] = 2;
  EXPECT_EQ(rcode_of(twice), "FORMERR");
}

TEST_F(ServerTest, TruncatesAtTheClientsSize) {
  std::string zone = "$TTL 1\nbig. SOA a. b. 1 2 3 4 5\n";
  for (int i = 0; i < 60; ++i) zone += "x.big. A 10.0.0." + std::to_string(i) + "\n";
  server_.add_zone(std::make_shared<Zone>(Zone::parse(zone).value()));
  // RFC 1035 section 4.2.1: 512 octets over UDP, TC beyond.
  const std::string plain = raw("x.big", Type::kA);
  EXPECT_LE(plain.size(), 512u);
  EXPECT_TRUE(Message::parse(plain).value().header.truncated);
  // RFC 6891 section 6.2.3: what the requestor can take; values below 512 count as 512.
  EXPECT_FALSE(Message::parse(raw("x.big", Type::kA, 1232)).value().header.truncated);
  EXPECT_FALSE(Message::parse(raw("mx.blue.com", Type::kA, 1)).value().header.truncated);
  EXPECT_TRUE(Message::parse(raw("x.big", Type::kA, 600)).value().header.truncated);
  EXPECT_EQ(Message::parse(raw("x.big", Type::kA, 0, Transport::kTcp)).value().answers.size(), 60u);
  // RFC 6891 section 6.1.1: OPT in the response exactly if there was one in the query.
  EXPECT_TRUE(Message::parse(raw("x.big", Type::kA, 600)).value().edns.has_value());
  EXPECT_FALSE(Message::parse(plain).value().edns.has_value());
}

TEST_F(ServerTest, HoldsTheLengthOfTheChain) {
  const int most = Server::Limits().chain_max;
  for (int aliases : {most - 1, most, most + 1}) {
    std::string zone = "$TTL 1\nchain. SOA a. b. 1 2 3 4 5\nend.chain. A 192.0.2.1\n";
    for (int i = 0; i < aliases; ++i) {
      const std::string next = i + 1 == aliases ? "end" : "c" + std::to_string(i + 1);
      zone += "c" + std::to_string(i) + ".chain. CNAME " + next + ".chain.\n";
    }
    server_.add_zone(std::make_shared<Zone>(Zone::parse(zone).value()));
    const Message message = Message::parse(raw("c0.chain", Type::kA, 0, Transport::kTcp)).value();
    EXPECT_EQ(message.answers.back().type, aliases > most ? Type::kCname : Type::kA) << aliases;
  }
}

TEST_F(ServerTest, NeedsNoHeapPerQuery) {
  std::string response;
  std::vector<std::string> queries;
  for (const char* name : {"blue.com", "www.blue.com", "no.blue.com", "x.sub.blue.com",
                           "x.wild.blue.com", "x.move.blue.com"}) {
    queries.emplace_back();
    write_query(7, {Name::of(name), Type::kMx, Class::kIn}, true, 1232, queries.back());
  }
  response.reserve(2048);
  const test::AllocationCounter counter;
  for (const std::string& query : queries) {
    response.clear();
    server_.respond(query, Transport::kUdp, response);
  }
  EXPECT_EQ(counter.count(), 0u);
}

TEST(ZoneTest, RefusesContradictions) {
  const std::string soa = "$TTL 1\nz. SOA a. b. 1 2 3 4 5\n";
  for (const char* bad : {"x.z. CNAME a.\nx.z. A 1.2.3.4\n", "x.z. CNAME a.\nx.z. CNAME b.\n",
                          "x.z. DNAME a.\nx.z. DNAME b.\n", "z. SOA a. b. 2 2 3 4 5\n",
                          "x.z. SOA a. b. 1 2 3 4 5\n", "y. A 1.2.3.4\n", "x.z. CH A 1.2.3.4\n"}) {
    EXPECT_FALSE(Zone::parse(soa + bad).has_value()) << bad;
  }
  EXPECT_FALSE(Zone::parse("$TTL 1\nz. NS a.\n").has_value());
  EXPECT_FALSE(Zone::parse("").has_value());
}

TEST(ZoneTest, WritesWhatItReads) {
  const Zone zone = Zone::parse(kBlue, Name::of("blue.com")).value();
  const Zone again = Zone::parse(zone.to_master_file()).value();
  EXPECT_EQ(again.to_master_file(), zone.to_master_file());
  EXPECT_EQ(again.nodes().size(), zone.nodes().size());
}

TEST(ZoneTest, GivesARRsetOneTtl) {
  // RFC 2181 section 5.2: the TTLs of an RRset are the same.
  const Zone zone =
      Zone::parse(
          "z. 9 SOA a. b. 1 2 3 4 5\nx.z. 7 A 1.2.3.4\nx.z. 5 A 1.2.3.5\nx.z. 8 A 1.2.3.5\n")
          .value();
  EXPECT_EQ(zone.node_at(Name::of("x.z"))->find(Type::kA)->ttl, 5u);
  EXPECT_EQ(zone.node_at(Name::of("x.z"))->find(Type::kA)->rdatas.size(), 2u);
}

}  // namespace
}  // namespace mailcosm::dns
