#include "tests/protocols/dns/resolver_world.h"

#include <algorithm>

namespace mailcosm::dns::testing {
namespace {

IpAddress address_at(const std::string& text) { return IpAddress::parse(text).value(); }

}  // namespace

ResolverWorld::ResolverWorld(Resolver::Settings settings)
    : resolver_(std::make_unique<Resolver>(std::move(settings), Random(1))) {}

Resolver::Settings ResolverWorld::default_settings() {
  Resolver::Settings settings;
  settings.root_hints = {{Name::of("a.root-servers.net."), {address_at("192.0.2.1")}}};
  settings.use_ipv6 = false;
  return settings;
}

void ResolverWorld::add_usual_servers() {
  serve("192.0.2.1",
        "$TTL 86400\n"
        ". SOA a.root-servers.net. host.root-servers.net. 1 2 3 4 900\n"
        ". NS a.root-servers.net.\n"
        "a.root-servers.net. A 192.0.2.1\n"
        "com. NS a.gtld.net.\n"
        "net. NS a.gtld.net.\n"
        "a.gtld.net. A 192.0.2.2\n");
  serve("192.0.2.2",
        "$TTL 86400\n"
        "com. SOA a.gtld.net. host.gtld.net. 1 2 3 4 900\n"
        "com. NS a.gtld.net.\n"
        "blue.com. NS ns1.blue.com.\nblue.com. NS ns2.blue.com.\n"
        "ns1.blue.com. A 192.0.2.10\nns2.blue.com. A 192.0.2.11\n"
        "red.com. NS ns.outside.net.\n");
  serve("192.0.2.2",
        "$TTL 86400\n"
        "net. SOA a.gtld.net. host.gtld.net. 1 2 3 4 900\n"
        "net. NS a.gtld.net.\n"
        "a.gtld.net. A 192.0.2.2\n"
        "outside.net. NS ns.outside.net.\n"
        "ns.outside.net. A 192.0.2.20\n");
  const std::string blue =
      "$TTL 3600\n"
      "blue.com. SOA ns1.blue.com. host.blue.com. 1 2 3 4 300\n"
      "blue.com. NS ns1.blue.com.\nblue.com. NS ns2.blue.com.\n"
      "blue.com. MX 10 mx.blue.com.\nblue.com. MX 20 mx2.blue.com.\n"
      "ns1.blue.com. A 192.0.2.10\nns2.blue.com. A 192.0.2.11\n"
      "mx.blue.com. A 192.0.2.12\nmx2.blue.com. A 192.0.2.13\n"
      "www.blue.com. CNAME web.red.com.\n"
      "loop.blue.com. CNAME loop2.blue.com.\nloop2.blue.com. CNAME loop.blue.com.\n"
      "fleeting.blue.com. 0 A 192.0.2.99\n";
  serve("192.0.2.10", blue);
  serve("192.0.2.11", blue);
  serve("192.0.2.20",
        "$TTL 3600\n"
        "red.com. SOA ns.outside.net. host.red.com. 1 2 3 4 300\n"
        "red.com. NS ns.outside.net.\n"
        "web.red.com. A 192.0.2.21\n");
  serve("192.0.2.20",
        "$TTL 3600\n"
        "outside.net. SOA ns.outside.net. host.outside.net. 1 2 3 4 300\n"
        "outside.net. NS ns.outside.net.\n"
        "ns.outside.net. A 192.0.2.20\n");
}

void ResolverWorld::serve(const std::string& address, const std::string& master_file) {
  servers_[address_at(address)].add_zone(std::make_shared<Zone>(Zone::parse(master_file).value()));
}

Answer ResolverWorld::resolve(const std::string& name, Type type) {
  const Resolver::LookupId lookup = start(name, type);
  run();
  return answers_.at(lookup);
}

Resolver::LookupId ResolverWorld::start(const std::string& name, Type type) {
  const Resolver::LookupId lookup = resolver_->resolve({Name::of(name), type, Class::kIn}, now_);
  pull();
  return lookup;
}

void ResolverWorld::run(Instant end) {
  pull();
  while (true) {
    const Instant arrival = arrivals_.empty() ? Instant::never() : arrivals_.begin()->first;
    const Instant next = std::min(arrival, resolver_->deadline());
    if (next.is_never() || next > end) break;
    now_ = std::max(now_, next);
    if (arrival <= next) {
      const Arrival taken = arrivals_.begin()->second;
      arrivals_.erase(arrivals_.begin());
      if (taken.transport == Transport::kTcp) {
        resolver_->receive_message(taken.query, taken.bytes, now_);
      } else {
        resolver_->receive_datagram(taken.query, taken.from, taken.bytes, now_);
      }
    } else {
      resolver_->expire(now_);
    }
    pull();
  }
  if (!end.is_never()) now_ = end;
}

void ResolverWorld::pull() {
  while (true) {
    const Resolver::Event event = resolver_->next(now_);
    if (std::holds_alternative<std::monostate>(event)) return;
    if (const auto* query = std::get_if<Resolver::QueryToSend>(&event)) send(*query);
    if (std::holds_alternative<Resolver::QueryEnded>(event)) --queries_open_;
    if (std::holds_alternative<Resolver::CacheHit>(event)) ++cache_hits_;
    if (const auto* answered = std::get_if<Resolver::Answered>(&event))
      answers_[answered->lookup] = answered->answer;
  }
}

void ResolverWorld::send(const Resolver::QueryToSend& query) {
  ++queries_open_;
  const Message question = Message::parse(query.bytes).value();
  const std::string address = query.server.address.to_string();
  Asked asked{
      address,
      question.questions[0].name.to_string() + " " + dns::to_string(question.questions[0].type),
      query.transport, question.edns.has_value()};
  asked_.push_back(asked);
  const auto server = servers_.find(query.server.address);
  if (server == servers_.end() ||
      std::find(silent_.begin(), silent_.end(), address) != silent_.end())
    return;
  std::string bytes;
  if (!server->second.respond(query.bytes, query.transport, bytes)) return;
  Message response = Message::parse(bytes).value();
  if (twist_ && !twist_(asked, response)) return;
  std::string twisted;
  response.write(twisted);
  arrivals_.emplace(now_ + kRoundTrip,
                    Arrival{query.query, query.server, query.transport, twisted});
}

std::string ResolverWorld::asked_text() const {
  std::string text;
  for (const Asked& asked : asked_) {
    text +=
        asked.server + (asked.transport == Transport::kTcp ? " tcp " : " ") + asked.question + "\n";
  }
  return text;
}

}  // namespace mailcosm::dns::testing
