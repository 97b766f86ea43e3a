// ResolverWorld: a resolver engine and scripted name servers, without any network: every query is
// answered at once by the server that has its address, after a fixed round-trip time, or by nobody.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "protocols/dns/resolver.h"

namespace mailcosm::dns::testing {

class ResolverWorld {
 public:
  struct Asked {
    std::string server;
    std::string question;  // "www.blue.com. A"
    Transport transport = Transport::kUdp;
    bool edns = false;
  };
  // Changes a server's response, or makes it disappear by returning false.
  using Twist = std::function<bool(const Asked&, Message&)>;

  explicit ResolverWorld(Resolver::Settings settings = default_settings());

  // Root, com, net and two organisations, all on IPv4.
  static Resolver::Settings default_settings();
  void add_usual_servers();
  // A server with one more zone, from a master file.
  void serve(const std::string& address, const std::string& master_file);
  void twist(Twist twist) { twist_ = std::move(twist); }
  void silence(const std::string& address) { silent_.push_back(address); }

  // Resolves and runs to the end.
  Answer resolve(const std::string& name, Type type);
  Resolver::LookupId start(const std::string& name, Type type);
  // Until nothing is left to do, or `end`.
  void run(Instant end = Instant::never());

  Resolver& resolver() { return *resolver_; }
  Instant now() const { return now_; }
  void pass(Duration time) { run(now_ + time); }
  const std::vector<Asked>& asked() const { return asked_; }
  void forget_asked() { asked_.clear(); }
  std::string asked_text() const;
  const std::map<Resolver::LookupId, Answer>& answers() const { return answers_; }
  int cache_hits() const { return cache_hits_; }
  int queries_open() const { return queries_open_; }

 private:
  struct Arrival {
    Resolver::QueryId query = 0;
    Endpoint from;
    Transport transport = Transport::kUdp;
    std::string bytes;
  };
  void pull();
  void send(const Resolver::QueryToSend& query);

  std::unique_ptr<Resolver> resolver_;
  std::map<IpAddress, Server> servers_;
  std::vector<std::string> silent_;
  Twist twist_;
  Instant now_;
  std::multimap<Instant, Arrival> arrivals_;
  std::vector<Asked> asked_;
  std::map<Resolver::LookupId, Answer> answers_;
  int cache_hits_ = 0;
  int queries_open_ = 0;
};

inline const Duration kRoundTrip = std::chrono::milliseconds(20);

}  // namespace mailcosm::dns::testing
