// Any octets as a query to an authoritative server: the response parses, keeps to the size, and
// repeats the id.
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "protocols/dns/server.h"

namespace {

using namespace mailcosm::dns;

Server make_server() {
  Server server;
  for (const char* text :
       {"$TTL 60\nblue.com. SOA ns.blue.com. h.blue.com. 1 2 3 4 5\nblue.com. NS ns.blue.com.\n"
        "blue.com. MX 10 mx.blue.com.\nns.blue.com. A 192.0.2.1\nmx.blue.com. AAAA 2001:db8::1\n"
        "*.w.blue.com. TXT \"wild\"\nwww.blue.com. CNAME mx.blue.com.\nd.blue.com. DNAME red.com.\n"
        "loop.blue.com. CNAME loop.blue.com.\nself.blue.com. DNAME x.self.blue.com.\n"
        "sub.blue.com. NS ns.sub.blue.com.\nns.sub.blue.com. A 192.0.2.2\n",
        "$TTL 60\nred.com. SOA a. b. 1 2 3 4 5\n*.red.com. A 192.0.2.3\nred.com. TXT \"x\"\n"}) {
    server.add_zone(std::make_shared<Zone>(Zone::parse(text).value()));
  }
  return server;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Server server = make_server();
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  for (Transport transport : {Transport::kUdp, Transport::kTcp}) {
    std::string response;
    if (!server.respond(query, transport, response)) {
      if (!response.empty()) std::abort();
      continue;
    }
    if (transport == Transport::kUdp && response.size() > kEdnsUdpOctets) std::abort();
    const auto message = Message::parse(response);
    if (!message || !message->header.response || response.substr(0, 2) != query.substr(0, 2))
      std::abort();
  }
  return 0;
}
