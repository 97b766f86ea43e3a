// Name servers, a resolver and stubs on hosts of their own: the whole path of a look-up.
#include <gtest/gtest.h>

#include <optional>

#include "protocols/dns/framing.h"
#include "sim/agents/dns/address_lookup.h"
#include "sim/agents/dns/dns_server.h"
#include "sim/agents/dns/mx_lookup.h"
#include "sim/agents/dns/resolver_agent.h"
#include "sim/agents/dns/stub_resolver.h"
#include "tests/support/fake_runtime.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

IpAddress address_at(const char* text) { return IpAddress::parse(text).value(); }

// Keeps what it is told, with the trace's cause at that moment.
class Listener : public LookupHandler, public AddressHandler, public MxHandler {
 public:
  explicit Listener(Runtime& runtime) : runtime_(runtime) {}
  void on_lookup(std::uint64_t token, const LookupResult& result) override {
    lookups.push_back(result);
    note(token);
  }
  void on_addresses(std::uint64_t token, const AddressResult& result) override {
    addresses.push_back(result);
    note(token);
  }
  void on_mx(std::uint64_t token, const MxResult& result) override {
    mx.push_back(result);
    note(token);
  }

  std::vector<LookupResult> lookups;
  std::vector<AddressResult> addresses;
  std::vector<MxResult> mx;
  std::vector<std::uint64_t> tokens;
  std::vector<RecordId> causes;

 private:
  void note(std::uint64_t token) {
    tokens.push_back(token);
    causes.push_back(runtime_.trace().cause());
  }
  Runtime& runtime_;
};

std::vector<std::shared_ptr<const dns::Zone>> zones_of(std::initializer_list<std::string> texts) {
  std::vector<std::shared_ptr<const dns::Zone>> zones;
  for (const std::string& text : texts) {
    zones.push_back(std::make_shared<dns::Zone>(dns::Zone::parse(text).value()));
  }
  return zones;
}

std::string big_set() {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "big.blue.com. A 10.0.0." + std::to_string(i) + "\n";
  return text;
}

class DnsAgentsTest : public ::testing::Test {
 protected:
  DnsAgentsTest() {
    world_.latency = 5ms;
    add_server(root_, {"$TTL 86400\n. SOA a. b. 1 2 3 4 5\n. NS a.root.\na.root. A 192.0.2.1\n"
                       "com. NS a.gtld.\na.gtld. A 192.0.2.2\n"});
    add_server(com_, {"$TTL 86400\ncom. SOA a. b. 1 2 3 4 60\ncom. NS a.gtld.\n"
                      "blue.com. NS ns.blue.com.\nns.blue.com. A 192.0.2.3\n"});
    add_server(
        blue_,
        {"$TTL 3600\nblue.com. SOA ns.blue.com. host.blue.com. 1 2 3 4 60\nblue.com. NS "
         "ns.blue.com.\nns.blue.com. A "
         "192.0.2.3\n"
         "blue.com. MX 10 mx1.blue.com.\nblue.com. MX 10 mx2.blue.com.\nblue.com. MX 20 "
         "backup.blue.com.\n"
         "mx1.blue.com. A 192.0.2.25\nmx1.blue.com. AAAA 2001:db8::25\nmx1.blue.com. A 192.0.2.26\n"
         "www.blue.com. 60 CNAME mx1.blue.com.\nnull.blue.com. MX 0 .\nplain.blue.com. A "
         "192.0.2.80\n" +
         big_set()});
    ResolverAgent::Settings settings;
    settings.resolver.root_hints = {{dns::Name::of("a.root"), {address_at("192.0.2.1")}}};
    resolver_ = std::make_unique<ResolverAgent>(resolver_host_, settings);
    resolver_->start();
  }

  void add_server(FakeHost& host, std::initializer_list<std::string> zones) {
    DnsServer::Settings settings;
    settings.zones = zones_of(zones);
    servers_.push_back(std::make_unique<DnsServer>(host, std::move(settings)));
    servers_.back()->start();
  }

  FakeWorld world_;
  FakeHost& root_ = world_.add_host("a.root", "192.0.2.1");
  FakeHost& com_ = world_.add_host("a.gtld", "192.0.2.2");
  FakeHost& blue_ = world_.add_host("ns.blue.com", "192.0.2.3");
  FakeHost& resolver_host_ = world_.add_host("resolver", "192.0.2.53");
  FakeHost& pc_ = world_.add_host("pc", "192.0.2.99 2001:db8::99");
  std::vector<std::unique_ptr<DnsServer>> servers_;
  std::unique_ptr<ResolverAgent> resolver_;
  StubResolver stub_{pc_, {address_at("192.0.2.53")}};
  Listener listener_{pc_};
};

TEST_F(DnsAgentsTest, WalkTheWholeWay) {
  stub_.lookup("blue.com", dns::Type::kMx, listener_, 42);
  EXPECT_TRUE(listener_.lookups.empty());
  world_.run_for(5s);
  ASSERT_EQ(listener_.lookups.size(), 1u);
  const LookupResult& result = listener_.lookups[0];
  EXPECT_EQ(result.status, LookupStatus::kFound);
  EXPECT_EQ(result.records.size(), 3u);
  EXPECT_EQ(result.ttl, 3600s);
  EXPECT_EQ(listener_.tokens[0], 42u);
  EXPECT_EQ(stub_.open(), 0u);
  // Stub to resolver and back, and three questions of the resolver's.
  EXPECT_EQ(world_.records_of(Kind::kDnsSent).size(), 8u);
  EXPECT_EQ(world_.records_of(Kind::kDnsReceived).size(), 8u);
  EXPECT_FALSE(world_.records_of(Kind::kCacheStored).empty());
  EXPECT_EQ(world_.now().ns, 5'000'000'000);
}

TEST_F(DnsAgentsTest, TellTheTraceWhatWasAnswered) {
  stub_.lookup("blue.com", dns::Type::kMx, listener_);
  world_.run_for(5s);
  const auto answered = world_.records_of(Kind::kLookupAnswered);
  ASSERT_EQ(answered.size(), 1u);
  EXPECT_EQ(answered[0].value("result"), "NOERROR");
  EXPECT_EQ(answered[0].value("answers"),
            "10 mx1.blue.com.; 10 mx2.blue.com.; 20 backup.blue.com.");
  EXPECT_EQ(answered[0].value("ttl"), "3600000000000");
  // The handler runs with the answer as its cause.
  EXPECT_EQ(listener_.causes[0], answered[0].id);
  EXPECT_EQ(listener_.lookups[0].record, answered[0].id);
  EXPECT_EQ(world_.records_of(Kind::kLookupStarted)[0].value("name"), "blue.com");
}

TEST_F(DnsAgentsTest, AnswerFromTheCacheTheSecondTime) {
  stub_.lookup("blue.com", dns::Type::kMx, listener_);
  world_.run_for(10s);
  world_.clear_records();
  stub_.lookup("blue.com", dns::Type::kMx, listener_);
  world_.run_for(5s);
  EXPECT_EQ(world_.records_of(Kind::kDnsSent).size(), 2u);
  const auto hits = world_.records_of(Kind::kCacheHit);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].value("name"), "blue.com");
  EXPECT_EQ(listener_.lookups[1].ttl, 3600s - 10s + 1s);  // whole seconds, rounded up
}

TEST_F(DnsAgentsTest, FollowAnAlias) {
  stub_.lookup("www.blue.com", dns::Type::kA, listener_);
  world_.run_for(5s);
  const LookupResult& result = listener_.lookups.at(0);
  EXPECT_EQ(result.status, LookupStatus::kFound);
  EXPECT_EQ(result.canonical.to_host(), "mx1.blue.com");
  EXPECT_EQ(result.records.size(), 2u);
  EXPECT_EQ(result.ttl, 60s);
}

TEST_F(DnsAgentsTest, SayWhatDoesNotExist) {
  stub_.lookup("nobody.blue.com", dns::Type::kA, listener_);
  stub_.lookup("plain.blue.com", dns::Type::kMx, listener_);
  stub_.lookup("not..a.name", dns::Type::kA, listener_);
  EXPECT_TRUE(listener_.lookups.empty());
  world_.run_for(5s);
  ASSERT_EQ(listener_.lookups.size(), 3u);
  EXPECT_EQ(listener_.lookups[0].status,
            LookupStatus::kNxDomain);  // no query is needed for what is no name
  EXPECT_EQ(listener_.lookups[0].name, dns::Name());
  EXPECT_EQ(listener_.lookups[1].status, LookupStatus::kNxDomain);
  EXPECT_EQ(listener_.lookups[1].ttl, 60s);
  EXPECT_EQ(listener_.lookups[2].status, LookupStatus::kNoData);
}

TEST_F(DnsAgentsTest, GoOverToTcpForLargeAnswers) {
  // RFC 7766 section 5: both the resolver and the stub ask again by TCP.
  stub_.lookup("big.blue.com", dns::Type::kA, listener_);
  world_.run_for(5s);
  EXPECT_EQ(listener_.lookups.at(0).records.size(), 100u);
  std::size_t tcp = 0;
  for (const auto& record : world_.records_of(Kind::kDnsSent))
    tcp += record.value("transport") == "tcp" ? 1 : 0;
  EXPECT_EQ(tcp, 4u);
  EXPECT_EQ(world_.records_of(Kind::kSessionOpened).size(), 2u);
}

// A client that speaks DNS over TCP by hand.
class TcpClient final : public StreamHandler {
 public:
  TcpClient(Runtime& runtime, const char* server)
      : stream_(runtime.connect({address_at(server), 53}, *this)) {}
  void on_received(std::string_view bytes) override {
    framer_.receive(bytes);
    while (const auto message = framer_.next()) {
      responses.push_back(dns::Message::parse(*message).value());
    }
  }
  void on_end() override { ended = true; }
  void on_closed(StreamError error) override { closed = error; }
  Stream& stream() { return *stream_; }

  std::vector<dns::Message> responses;
  bool ended = false;
  std::optional<StreamError> closed;

 private:
  dns::StreamFramer framer_;
  std::unique_ptr<Stream> stream_;
};

std::string framed_queries(int count) {
  std::string framed;
  for (int i = 0; i < count; ++i) {
    std::string query;
    dns::write_query(static_cast<std::uint16_t>(i),
                     {dns::Name::of("plain.blue.com"), dns::Type::kA, dns::Class::kIn}, true, 0,
                     query);
    dns::append_framed(query, framed);
  }
  return framed;
}

TEST_F(DnsAgentsTest, AnswerPipelinedQueriesOverTcp) {
  // RFC 7766 section 6.2.1.1: clients may pipeline, servers answer all.
  for (const char* server : {"192.0.2.3", "192.0.2.53"}) {
    for (std::size_t segment : {0u, 1u}) {
      world_.segment_length = segment;
      TcpClient client(pc_, server);
      client.stream().send(framed_queries(DnsConnection::kOpenMax + 5));
      world_.run_for(5s);
      ASSERT_EQ(client.responses.size(), static_cast<std::size_t>(DnsConnection::kOpenMax + 5))
          << server;
      for (const dns::Message& response : client.responses) EXPECT_EQ(response.answers.size(), 1u);
      client.stream().close();
      world_.run_for(1s);
      EXPECT_TRUE(client.closed.has_value());
    }
  }
}

TEST_F(DnsAgentsTest, CloseIdleConnections) {
  // RFC 7766 section 6.2.3: servers close idle connections after a time.
  TcpClient client(pc_, "192.0.2.3");
  client.stream().send(framed_queries(1));
  world_.run_for(9s);
  EXPECT_FALSE(client.closed || client.ended);
  world_.run_for(2s);
  EXPECT_TRUE(client.closed || client.ended);
  EXPECT_EQ(client.responses.size(), 1u);
}

TEST_F(DnsAgentsTest, SurviveLostDatagrams) {
  int count = 0;
  world_.drops_datagram = [&](const Endpoint&, const Endpoint&) { return ++count % 7 == 1; };
  for (int i = 0; i < 5; ++i) {
    stub_.lookup("blue.com", dns::Type::kMx, listener_);
    world_.run_for(60s);
    EXPECT_EQ(listener_.lookups.back().status, LookupStatus::kFound) << i;
    world_.run_for(3600s);
  }
}

TEST_F(DnsAgentsTest, GiveUpWhenNobodyAnswers) {
  world_.drops_datagram = [](const Endpoint&, const Endpoint&) { return true; };
  stub_.lookup("blue.com", dns::Type::kMx, listener_);
  world_.run_for(9999ms);
  EXPECT_TRUE(listener_.lookups.empty());
  world_.run_for(2ms);
  ASSERT_EQ(listener_.lookups.size(), 1u);
  EXPECT_EQ(listener_.lookups[0].status, LookupStatus::kTimeout);
  EXPECT_EQ(world_.records_of(Kind::kLookupAnswered)[0].value("result"), "TIMEOUT");
}

TEST_F(DnsAgentsTest, ReportServerFailureWhenTheServersAreGone) {
  servers_.pop_back();
  stub_.lookup("blue.com", dns::Type::kMx, listener_);
  world_.run_for(60s);
  EXPECT_EQ(listener_.lookups.at(0).status, LookupStatus::kServerFailure);
}

TEST_F(DnsAgentsTest, AskTheNextResolver) {
  FakeHost& other = world_.add_host("other", "192.0.2.98");
  StubResolver stub(other, {address_at("192.0.2.77"), address_at("192.0.2.53")});
  Listener listener(other);
  stub.lookup("blue.com", dns::Type::kMx, listener);
  world_.run_for(20s);
  EXPECT_EQ(listener.lookups.at(0).status, LookupStatus::kFound);
}

TEST_F(DnsAgentsTest, DoNotCallAfterCancel) {
  const LookupId id = stub_.lookup("blue.com", dns::Type::kMx, listener_);
  world_.run_for(1ms);
  stub_.cancel(id);
  stub_.cancel(id);
  world_.run_for(20s);
  EXPECT_TRUE(listener_.lookups.empty());
}

TEST_F(DnsAgentsTest, ServeAStubOnItsOwnHost) {
  StubResolver local(resolver_host_, {address_at("192.0.2.53")});
  Listener listener(resolver_host_);
  local.lookup("plain.blue.com", dns::Type::kA, listener);
  world_.run_for(5s);
  EXPECT_EQ(listener.lookups.at(0).status, LookupStatus::kFound);
}

TEST_F(DnsAgentsTest, FindAddressesOfBothFamilies) {
  AddressLookup ipv6_first(stub_);
  AddressLookup ipv4_first(stub_, AddressOrder::kIpv4First);
  ipv6_first.lookup("mx1.blue.com", listener_, 1);
  world_.run_for(5s);
  ipv4_first.lookup("mx1.blue.com", listener_, 2);
  world_.run_for(5s);
  ASSERT_EQ(listener_.addresses.size(), 2u);
  const std::vector<IpAddress> ipv6 = {address_at("2001:db8::25"), address_at("192.0.2.25"),
                                       address_at("192.0.2.26")};
  const std::vector<IpAddress> ipv4 = {address_at("192.0.2.25"), address_at("192.0.2.26"),
                                       address_at("2001:db8::25")};
  EXPECT_EQ(listener_.addresses[0].addresses, ipv6);
  EXPECT_EQ(listener_.addresses[1].addresses, ipv4);
}

TEST_F(DnsAgentsTest, FindAddressesOnlyOfOwnFamilies) {
  FakeHost& old = world_.add_host("old", "192.0.2.97");
  StubResolver stub(old, {address_at("192.0.2.53")});
  Listener listener(old);
  AddressLookup lookup(stub);
  lookup.lookup("mx1.blue.com", listener);
  world_.run_for(5s);
  EXPECT_EQ(listener.addresses.at(0).addresses.size(), 2u);
  EXPECT_EQ(world_.records_of(Kind::kLookupStarted).size(), 1u);
}

TEST_F(DnsAgentsTest, TakeAddressLiteralsWithoutAsking) {
  // RFC 5321 section 4.1.3: address literals.
  AddressLookup lookup(stub_);
  lookup.lookup("[192.0.2.7]", listener_);
  lookup.lookup("[IPv6:2001:db8::7]", listener_);
  EXPECT_TRUE(listener_.addresses.empty());
  world_.run_for(1ms);
  ASSERT_EQ(listener_.addresses.size(), 2u);
  EXPECT_EQ(listener_.addresses[0].addresses[0], address_at("192.0.2.7"));
  EXPECT_EQ(listener_.addresses[1].addresses[0], address_at("2001:db8::7"));
  EXPECT_TRUE(world_.records_of(Kind::kLookupStarted).empty());
}

TEST_F(DnsAgentsTest, KnowTheirOwnHostWithoutAsking) {
  FakeHost& alone = world_.add_host("Alone.example", "192.0.2.98");
  StubResolver stub(alone, {});
  Listener listener(alone);
  AddressLookup lookup(stub);
  lookup.lookup("alone.EXAMPLE", listener);
  lookup.lookup("other.example", listener);
  world_.run_for(60s);
  ASSERT_EQ(listener.addresses.size(), 2u);
  const bool own_first = listener.addresses[0].status == LookupStatus::kFound;
  EXPECT_EQ(listener.addresses[own_first ? 0 : 1].addresses,
            std::vector<IpAddress>{address_at("192.0.2.98")});
  EXPECT_NE(listener.addresses[own_first ? 1 : 0].status, LookupStatus::kFound);
}

TEST_F(DnsAgentsTest, SayWhyAHostHasNoAddress) {
  AddressLookup lookup(stub_);
  lookup.lookup("nobody.blue.com", listener_);
  lookup.lookup("blue.com", listener_);
  world_.run_for(5s);
  EXPECT_EQ(listener_.addresses.at(0).status, LookupStatus::kNxDomain);
  EXPECT_EQ(listener_.addresses.at(1).status, LookupStatus::kNoData);
  const LookupId id = lookup.lookup("mx1.blue.com", listener_);
  lookup.cancel(id);
  world_.run_for(5s);
  EXPECT_EQ(listener_.addresses.size(), 2u);
}

TEST_F(DnsAgentsTest, FindTheExchangersOfADomain) {
  MxLookup lookup(stub_, pc_.random("mx"));
  for (const char* domain : {"Blue.com", "plain.blue.com", "null.blue.com", "nobody.com"})
    lookup.lookup(domain, listener_);
  world_.run_for(5s);
  ASSERT_EQ(listener_.mx.size(), 4u);
  std::map<MxStatus, const MxResult*> by_status;
  for (const MxResult& result : listener_.mx) by_status[result.status] = &result;
  ASSERT_EQ(by_status.count(MxStatus::kFound), 1u);
  const MxResult& found = *by_status[MxStatus::kFound];
  ASSERT_EQ(found.exchangers.size(), 3u);
  EXPECT_EQ(found.exchangers[2].host, "backup.blue.com");
  EXPECT_EQ(found.exchangers[2].preference, 20);
  // RFC 5321 section 5.1: without MX the domain itself is the implicit exchanger.
  ASSERT_EQ(by_status.count(MxStatus::kImplicit), 1u);
  EXPECT_EQ(by_status[MxStatus::kImplicit]->exchangers.at(0).host, "plain.blue.com");
  EXPECT_EQ(by_status[MxStatus::kImplicit]->exchangers.at(0).preference, -1);
  // RFC 7505 section 3: a null MX has a root label as its exchange.
  EXPECT_EQ(by_status.count(MxStatus::kNullMx), 1u);
  EXPECT_EQ(by_status.count(MxStatus::kNoSuchDomain), 1u);
}

TEST(MxLookupTest, DrawsTheOrderOfEqualPreferences) {
  // RFC 5321 section 5.1: the sender MUST randomize equal preferences to spread the load.
  LookupResult result;
  result.status = LookupStatus::kFound;
  for (const char* host : {"a", "b", "c"})
    result.records.push_back(dns::make_mx(dns::Name::of("x"), 1, 10, dns::Name::of(host)));
  result.records.push_back(dns::make_mx(dns::Name::of("x"), 1, 5, dns::Name::of("first")));
  result.records.push_back(dns::make_mx(dns::Name::of("x"), 1, 20, dns::Name()));
  std::map<std::string, int> second;
  Random random(1);
  for (int i = 0; i < 300; ++i) {
    const MxResult mail = exchangers_of(result, "x", random);
    ASSERT_EQ(mail.exchangers.size(), 4u);
    EXPECT_EQ(mail.exchangers[0].host, "first");
    ++second[mail.exchangers[1].host];
  }
  for (const char* host : {"a", "b", "c"}) EXPECT_GT(second[host], 70) << host;
}

}  // namespace
}  // namespace mailcosm::sim
