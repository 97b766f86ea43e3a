// Any sequence of operations on a resolver, with replies made of the input: every look-up is
// answered exactly once, the work is bounded, and nothing is left open at the end.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>

#include "protocols/dns/resolver.h"

namespace {

using namespace mailcosm;
using namespace mailcosm::dns;

// A few names and addresses, so that replies hit what was asked.
const char* const kNames[] = {
    ".",           "com.",          "net.",          "blue.com.",   "red.net.", "ns.blue.com.",
    "ns.red.net.", "www.blue.com.", "a.b.blue.com.", "nowhere.com."};

class Run {
 public:
  Run(const std::uint8_t* data, std::size_t size)
      : data_(data), size_(size), resolver_(settings(), Random(7)) {}

  void all() {
    while (at_ < size_) {
      step();
      pull();
    }
    // Let everything time out.
    for (int i = 0; i < 100'000 && !resolver_.deadline().is_never(); ++i) {
      now_ = std::max(now_, resolver_.deadline());
      resolver_.expire(now_);
      pull();
    }
    if (!open_.empty() || !queries_.empty() || resolver_.lookups_open() != 0) std::abort();
    if (sent_ > started_ * 200) std::abort();
  }

 private:
  struct Asked {
    Endpoint server;
    Message message;
  };

  static Resolver::Settings settings() {
    Resolver::Settings settings;
    settings.root_hints = {{Name::of("root."), {IpAddress::ipv4(0xC0000201)}}};
    settings.cache.entries_max = 20;
    return settings;
  }
  std::uint8_t take() { return at_ < size_ ? data_[at_++] : 0; }
  Name name() { return Name::of(kNames[take() % std::size(kNames)]); }

  Record record() {
    const Name owner = name();
    const std::uint32_t ttl = take();
    switch (take() % 6) {
      case 0:
        return make_address(owner, ttl, IpAddress::ipv4(0xC0000200 + take()));
      case 1:
        return make_name_record(owner, ttl, Type::kCname, name());
      case 2:
        return make_name_record(owner, ttl, Type::kDname, name());
      case 3: {
        const Name mname = name();
        return make_soa(owner, ttl, {mname, mname, 1, 2, 3, 4, take()});
      }
      default:
        return make_name_record(owner, ttl, Type::kNs, name());
    }
  }

  void reply(Resolver::QueryId id, const Asked& asked) {
    Message message = asked.message;
    message.header.response = true;
    const std::uint8_t flags = take();
    message.header.authoritative = (flags & 1) != 0;
    message.header.truncated = (flags & 0x0e) == 0x0e;
    message.header.rcode = (flags & 0x10) != 0      ? Rcode::kNxDomain
                           : (flags & 0xe0) == 0xe0 ? Rcode::kFormErr
                                                    : Rcode::kNoError;
    const std::uint8_t counts = take();
    for (int i = 0; i < (counts & 3); ++i) message.answers.push_back(record());
    for (int i = 0; i < (counts >> 2 & 3); ++i) message.authorities.push_back(record());
    for (int i = 0; i < (counts >> 4 & 3); ++i) message.additionals.push_back(record());
    std::string bytes;
    message.write(bytes);
    const Endpoint server = asked.server;
    resolver_.receive_datagram(id, server, bytes, now_);
    resolver_.receive_message(id, bytes, now_);
  }

  void step() {
    const std::uint8_t what = take();
    const auto query = queries_.empty() ? queries_.end()
                                        : std::next(queries_.begin(),
                                                    what / 8 % static_cast<int>(queries_.size()));
    switch (what % 8) {
      case 0: {
        constexpr Type kTypes[] = {Type::kA,     Type::kMx,  Type::kNs,
                                   Type::kCname, Type::kAny, Type::kDs};
        const Name asked = name();
        open_.insert(
            resolver_.resolve({asked, kTypes[take() % std::size(kTypes)], Class::kIn}, now_));
        ++started_;
        break;
      }
      case 1:
        if (!open_.empty() && what > 128) {
          resolver_.cancel(*open_.begin(), now_);
          open_.erase(open_.begin());
        }
        break;
      case 2:
        now_ = now_ + std::chrono::milliseconds(take() * 20);
        resolver_.expire(now_);
        break;
      case 3:
        if (query != queries_.end()) resolver_.fail(query->first, now_);
        break;
      default:
        if (query != queries_.end()) reply(query->first, Asked(query->second));
    }
  }

  void pull() {
    while (true) {
      const Resolver::Event event = resolver_.next(now_);
      if (std::holds_alternative<std::monostate>(event)) return;
      if (const auto* query = std::get_if<Resolver::QueryToSend>(&event)) {
        ++sent_;
        queries_[query->query] = {query->server, Message::parse(query->bytes).value()};
      } else if (const auto* ended = std::get_if<Resolver::QueryEnded>(&event)) {
        if (queries_.erase(ended->query) != 1) std::abort();
      } else if (const auto* answered = std::get_if<Resolver::Answered>(&event)) {
        if (open_.erase(answered->lookup) != 1) std::abort();
      }
    }
  }

  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
  Resolver resolver_;
  Instant now_;
  std::set<Resolver::LookupId> open_;
  std::map<Resolver::QueryId, Asked> queries_;
  std::size_t started_ = 0;
  std::size_t sent_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Run(data, size).all();
  return 0;
}
