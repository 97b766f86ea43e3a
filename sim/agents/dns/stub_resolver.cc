#include "sim/agents/dns/stub_resolver.h"

#include <algorithm>

#include "protocols/base/check.h"
#include "protocols/dns/framing.h"
#include "protocols/dns/message_view.h"
#include "sim/agents/dns/dns_trace.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint16_t kPort = 53;
constexpr int kAliasesMax = 16;

// Records of the asked type at the end of the CNAME chain.
void collect(const dns::MessageView& message, LookupResult& result) {
  std::uint32_t ttl = dns::kTtlMax;
  dns::NameView canonical = result.name;
  for (int i = 0; i <= kAliasesMax; ++i) {
    const dns::RecordView* alias = nullptr;
    for (const dns::RecordView& record : message.answers()) {
      if (record.owner != canonical) continue;
      if (record.type == result.type || result.type == dns::Type::kAny) {
        result.records.push_back(record.record());
        ttl = std::min(ttl, record.ttl);
      } else if (record.type == dns::Type::kCname) {
        alias = &record;
      }
    }
    if (!result.records.empty() || alias == nullptr) break;
    ttl = std::min(ttl, alias->ttl);
    canonical = dns::NameView::from_wire_unchecked(alias->rdata);
  }
  result.canonical = dns::Name(canonical);
  for (const dns::RecordView& record : message.authorities()) {
    if (result.records.empty() && record.type == dns::Type::kSoa) ttl = std::min(ttl, record.ttl);
  }
  const bool known = !message.answers().empty() || !message.authorities().empty();
  result.ttl = std::chrono::seconds(known ? ttl : 0);
}

std::string answers_text(const LookupResult& result) {
  std::vector<std::string> rdatas;
  for (const dns::Record& record : result.records) rdatas.push_back(record.rdata);
  return data_text(result.type, rdatas);
}

}  // namespace

std::string_view to_string(LookupStatus status) {
  switch (status) {
    case LookupStatus::kFound:
      return "NOERROR";
    case LookupStatus::kNxDomain:
      return "NXDOMAIN";
    case LookupStatus::kNoData:
      return "NODATA";
    case LookupStatus::kServerFailure:
      return "SERVFAIL";
    case LookupStatus::kTimeout:
      return "TIMEOUT";
  }
  return "";
}

// One look-up, from a port of its own (RFC 5452 section 9.2). All handlers may destroy it in their
// last call.
class StubResolver::Lookup final : DatagramHandler, StreamHandler, TimerHandler {
 public:
  Lookup(StubResolver& stub, std::string text, dns::Type type, LookupHandler& handler,
         std::uint64_t token)
      : stub_(stub),
        text_(std::move(text)),
        type_(type),
        handler_(&handler),
        token_(token),
        timer_(stub.runtime_, *this) {}

  void start(LookupId id);
  LookupHandler& handler() { return *handler_; }
  std::uint64_t token() const { return token_; }
  const std::string& text() const { return text_; }
  RecordId started() const { return started_; }
  void set_name(dns::Name name) { name_ = std::move(name), is_name_ = true; }

 private:
  void on_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) override;
  void on_unreachable(const Endpoint& remote) override;
  void on_received(std::string_view bytes) override;
  void on_end() override { try_next(); }
  void on_closed(StreamError) override { try_next(); }
  void on_timer(std::uint64_t tag) override;

  void send();
  void send_by_tcp();
  void try_next();
  void take(std::string_view bytes, dns::Transport transport, ConnectionId connection);
  void finish(LookupStatus status);
  LookupResult result() const;

  StubResolver& stub_;
  LookupId id_ = 0;
  dns::Name name_;
  bool is_name_ = false;
  std::string text_;  // as people write the name
  dns::Type type_;
  LookupHandler* handler_;
  std::uint64_t token_;
  RecordId started_;
  Timer timer_;
  std::size_t tries_ = 0;
  bool failed_ = false;  // a resolver has said so
  std::uint16_t query_id_ = 0;
  Endpoint asked_;
  std::unique_ptr<DatagramSocket> socket_;
  std::unique_ptr<Stream> stream_;
  dns::StreamFramer framer_;
};

void StubResolver::Lookup::start(LookupId id) {
  id_ = id;
  HostTrace& trace = stub_.runtime_.trace();
  const CauseScope scope(trace);
  started_ = trace.emit(Kind::kLookupStarted, {text_, dns::to_string(type_)});
  trace.set_cause(started_);
  if (!is_name_ || stub_.resolvers_.empty()) return timer_.arm_after(Duration(0));
  send();
}

LookupResult StubResolver::Lookup::result() const {
  LookupResult result;
  result.name = name_;
  result.type = type_;
  result.canonical = name_;
  return result;
}

void StubResolver::Lookup::finish(LookupStatus status) {
  LookupResult ended = result();
  ended.status = status;
  stub_.finish(id_, std::move(ended));
}

void StubResolver::Lookup::send() {
  Runtime& runtime = stub_.runtime_;
  HostTrace& trace = runtime.trace();
  const CauseScope scope(trace);
  asked_ = {stub_.resolvers_[tries_ % stub_.resolvers_.size()], kPort};
  query_id_ = static_cast<std::uint16_t>(stub_.random_.below(65536));
  stream_.reset();
  socket_ = runtime.bind({}, *this);
  CHECK(socket_ != nullptr);
  std::string bytes;
  dns::write_query(query_id_, {name_, type_, dns::Class::kIn}, true, stub_.settings_.edns_octets,
                   bytes);
  trace_dns(trace, Kind::kDnsSent, asked_, dns::Transport::kUdp, bytes);
  socket_->send_to(asked_, bytes);
  timer_.arm_after(stub_.settings_.timeout);
}

void StubResolver::Lookup::send_by_tcp() {
  Runtime& runtime = stub_.runtime_;
  HostTrace& trace = runtime.trace();
  const CauseScope scope(trace);
  query_id_ = static_cast<std::uint16_t>(stub_.random_.below(65536));
  socket_.reset();
  framer_ = {};
  stream_ = runtime.connect(asked_, *this);
  std::string bytes;
  std::string framed;
  dns::write_query(query_id_, {name_, type_, dns::Class::kIn}, true, stub_.settings_.edns_octets,
                   bytes);
  dns::append_framed(bytes, framed);
  trace_dns(trace, Kind::kDnsSent, asked_, dns::Transport::kTcp, bytes, stream_->id());
  stream_->send(framed);
  timer_.arm_after(stub_.settings_.timeout);
}

void StubResolver::Lookup::try_next() {
  if (++tries_ < stub_.resolvers_.size() * static_cast<std::size_t>(stub_.settings_.rounds))
    return send();
  finish(failed_ ? LookupStatus::kServerFailure : LookupStatus::kTimeout);
}

void StubResolver::Lookup::on_timer(std::uint64_t) {
  if (!is_name_) return finish(LookupStatus::kNxDomain);
  if (stub_.resolvers_.empty()) return finish(LookupStatus::kServerFailure);
  try_next();
}

void StubResolver::Lookup::on_unreachable(const Endpoint& remote) {
  if (remote == asked_) try_next();
}

void StubResolver::Lookup::on_datagram(const Endpoint& from, const Endpoint&,
                                       std::string_view bytes) {
  if (from == asked_) take(bytes, dns::Transport::kUdp, {});
}

void StubResolver::Lookup::on_received(std::string_view bytes) {
  framer_.receive(bytes);
  const auto message = framer_.next();
  if (!message) return;
  const ConnectionId connection = stream_->id();
  stream_->close();  // one question, one answer; what is destroyed open would end with a reset
  take(*message, dns::Transport::kTcp, connection);
}

void StubResolver::Lookup::take(std::string_view bytes, dns::Transport transport,
                                ConnectionId connection) {
  trace_dns(stub_.runtime_.trace(), Kind::kDnsReceived, asked_, transport, bytes, connection);
  const dns::MessageView message(bytes);
  const dns::Header& header = message.header();
  // RFC 5452 section 9.1: what does not match the query is dropped.
  if (!message.valid() || !header.response || header.id != query_id_ ||
      message.questions().size() != 1) {
    return;
  }
  const dns::QuestionView& asked = message.questions()[0];
  if (asked.type != type_ || asked.rclass != dns::Class::kIn || asked.name != name_.view()) return;
  if (header.truncated && transport == dns::Transport::kUdp) return send_by_tcp();
  if (header.rcode != dns::Rcode::kNoError && header.rcode != dns::Rcode::kNxDomain) {
    failed_ = true;
    return try_next();
  }
  LookupResult answer = result();
  collect(message, answer);
  answer.status = header.rcode == dns::Rcode::kNxDomain ? LookupStatus::kNxDomain
                  : answer.records.empty()              ? LookupStatus::kNoData
                                                        : LookupStatus::kFound;
  if (answer.status == LookupStatus::kNxDomain) answer.records.clear();
  stub_.finish(id_, std::move(answer));
}

StubResolver::StubResolver(Runtime& runtime, std::vector<IpAddress> resolvers,
                           const Settings& settings)
    : runtime_(runtime),
      resolvers_(std::move(resolvers)),
      settings_(settings),
      random_(runtime.random("stub-id")) {}

StubResolver::~StubResolver() = default;

LookupId StubResolver::open_lookup(std::unique_ptr<Lookup> lookup) {
  const LookupId id = next_id_++;
  Lookup& opened = *lookups_.emplace(id, std::move(lookup)).first->second;
  opened.start(id);
  return id;
}

LookupId StubResolver::lookup(const dns::Name& name, dns::Type type, LookupHandler& handler,
                              std::uint64_t token) {
  auto lookup = std::make_unique<Lookup>(*this, name.to_host(), type, handler, token);
  lookup->set_name(name);
  return open_lookup(std::move(lookup));
}

LookupId StubResolver::lookup(std::string_view name, dns::Type type, LookupHandler& handler,
                              std::uint64_t token) {
  auto lookup = std::make_unique<Lookup>(*this, std::string(name), type, handler, token);
  if (auto parsed = dns::Name::parse(name)) lookup->set_name(std::move(*parsed));
  return open_lookup(std::move(lookup));
}

void StubResolver::cancel(LookupId lookup) { lookups_.erase(lookup); }

void StubResolver::finish(LookupId id, LookupResult result) {
  const auto found = lookups_.find(id);
  const std::unique_ptr<Lookup> lookup = std::move(found->second);
  lookups_.erase(found);
  HostTrace& trace = runtime_.trace();
  const CauseScope scope(trace);
  result.record = emit_with_both(trace, Kind::kLookupAnswered, trace.cause(), lookup->started(),
                                 {lookup->text(), dns::to_string(result.type),
                                  to_string(result.status), answers_text(result), result.ttl});
  trace.set_cause(result.record);
  lookup->handler().on_lookup(lookup->token(), result);
}

}  // namespace mailcosm::sim
