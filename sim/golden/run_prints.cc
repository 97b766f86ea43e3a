#include "sim/golden/run_prints.h"

#include <algorithm>

#include "sim/trace/owned_record.h"

namespace mailcosm::sim {
namespace {

void add_text(Hash64& hash, std::string_view text) {
  hash.add(text.size());
  hash.add(text);
}

// What the world says about itself before anything happens, and afterwards.
bool is_declaration(Kind kind) {
  return kind == Kind::kRunStarted || kind == Kind::kHostDeclared || kind == Kind::kLinkDeclared ||
         kind == Kind::kLessonPoint || kind == Kind::kExpectationChecked;
}

bool is_time(FieldType type) { return type == FieldType::kDuration || type == FieldType::kInstant; }

bool is_dialogue(Kind kind) {
  return kind == Kind::kLineSent || kind == Kind::kLineReceived || kind == Kind::kDataSent ||
         kind == Kind::kDataReceived;
}

// "192.0.2.1" of "192.0.2.1:62663", but "192.0.2.4:25" stays: a port below 1024 was not drawn.
std::string_view without_drawn_port(std::string_view endpoint) {
  const std::size_t colon = endpoint.rfind(':');
  if (colon == std::string_view::npos) return endpoint;
  return endpoint.size() - colon > 4 ? endpoint.substr(0, colon) : endpoint;
}

// The random part of "<20260105090000.8326b1d679f105df@red.com>".
std::string_view without_timestamp(std::string_view message) {
  const std::size_t dot = message.find('.');
  if (!message.starts_with('<') || dot == std::string_view::npos) return message;
  const std::string_view front = message.substr(1, dot - 1);
  const bool digits =
      std::all_of(front.begin(), front.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? message.substr(dot + 1) : message;
}

}  // namespace

RunPrints::RunPrints(const TraceHeader& header, StableText& stable)
    : header_(header), stable_(stable), hosts_(header.hosts.size() + 1) {}

Fingerprint& RunPrints::at(HostIndex host, GoldenLayer layer) {
  Fingerprints& prints = host < header_.hosts.size() ? hosts_[host] : hosts_.back();
  return prints[static_cast<std::size_t>(layer)];
}

// A sum does not depend on the order.
void RunPrints::add(HostIndex host, GoldenLayer layer, const Hash64& hash, std::uint64_t count) {
  Fingerprint& print = at(host, layer);
  print.value += hash.value();
  print.count += count;
}

void RunPrints::add(const Record& record) {
  add_draws(record);
  learn(record);
  add_times(record);
  if (is_declaration(record.kind)) return;
  if (is_dialogue(record.kind)) return add_dialogue(record);
  add_outcome(record);
  if (record.kind == Kind::kSessionClosed) close(record.host, record.subject.connection);
}

void RunPrints::learn(const Record& record) {
  if (!record.subject.message.empty())
    stable_.learn_message(record.subject.message, name_of(record.host));
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == "queue_id" || fields[i].name == "bounce_queue_id")
      stable_.learn_queue_id(record.values[i].text, name_of(record.host));
  }
}

// Records of the story; of the protocol those that are no lines.
void RunPrints::add_outcome(const Record& record) {
  const KindInfo& info = info_of(record.kind);
  Hash64 hash;
  add_text(hash, info.name);
  add_text(hash, stable_.of(record.subject.message));
  for (std::size_t i = 0; i < info.fields.size(); ++i) {
    const FieldInfo& field = info.fields[i];
    const Value& value = record.values[i];
    if (is_time(field.type)) continue;
    if (field.type == FieldType::kBytes) {
      Flow flow;
      add_content(flow, value.text);
      if (!flow.partial.empty()) add_text(flow.contents, stable_.of(flow.partial));
      add(record.host, GoldenLayer::kBytes, flow.contents, value.text.size());
    } else if (field.name == "size") {
      Hash64 size(hash64(info.name));
      size.add(static_cast<std::uint64_t>(value.number));
      add(record.host, GoldenLayer::kBytes, size, 0);
    } else if (field.type == FieldType::kText) {
      const bool endpoint = field.name == "local" || field.name == "remote" || field.name == "peer";
      add_text(hash, stable_.of(endpoint ? without_drawn_port(value.text) : value.text));
    } else if (info.layer == Layer::kStory) {
      hash.add(static_cast<std::uint64_t>(value.number));  // that of a DNS message is drawn
    }
  }
  add(record.host, info.layer == Layer::kStory ? GoldenLayer::kOutcomes : GoldenLayer::kProtocol,
      hash);
}

void RunPrints::add_dialogue(const Record& record) {
  const bool sent = record.kind == Kind::kLineSent || record.kind == Kind::kDataSent;
  Flow& flow = flows_[{record.host, record.subject.connection, sent}];
  if (record.kind == Kind::kLineSent || record.kind == Kind::kLineReceived) {
    add_text(flow.lines, stable_.of(field_of(record, "text").text));
    ++at(record.host, GoldenLayer::kProtocol).count;
    return;
  }
  if (!sent) return;  // what was received is what was sent, in other pieces
  const std::string_view bytes = field_of(record, "bytes").text;
  add_content(flow, bytes);
  at(record.host, GoldenLayer::kBytes).count += bytes.size();
}

void RunPrints::add_content(Flow& flow, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t room = kContentLineMax - flow.partial.size();
    const std::size_t end = bytes.find('\n');
    const bool whole = end != std::string_view::npos && end < room;
    const std::string_view piece = bytes.substr(0, whole ? end + 1 : std::min(room, bytes.size()));
    flow.partial += piece;
    bytes.remove_prefix(piece.size());
    if (!whole && flow.partial.size() < kContentLineMax) return;
    add_text(flow.contents, stable_.of(flow.partial));
    flow.partial.clear();
  }
}

void RunPrints::add_times(const Record& record) {
  if (record.kind == Kind::kLessonPoint) ++lesson_points_;
  if (record.kind == Kind::kExpectationChecked || record.kind == Kind::kLessonPoint) return;
  Hash64 hash;
  add_text(hash, name_of(record.host));
  hash.add(static_cast<std::uint64_t>(record.id.layer()));
  // Whether a lesson says more or less changes nothing that comes behind it.
  hash.add(record.id.count() - (record.host == kWorld ? lesson_points_ : 0));
  hash.add(static_cast<std::uint64_t>(record.time.ns));
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (is_time(fields[i].type)) hash.add(static_cast<std::uint64_t>(record.values[i].number));
  add(record.host, GoldenLayer::kTimes, hash);
}

void RunPrints::add_draws(const Record& record) {
  const auto draw = [&](std::string_view what, std::string_view text, std::uint64_t number) {
    Hash64 hash;
    add_text(hash, what);
    add_text(hash, text);
    hash.add(number);
    add(record.host, GoldenLayer::kDraws, hash);
  };
  if (!record.subject.message.empty() &&
      stable_.learn_message(record.subject.message, name_of(record.host)))
    draw("message", without_timestamp(record.subject.message), 0);
  if (record.kind == Kind::kDnsSent && field_of(record, "direction").text == "query")
    draw("dns", {}, static_cast<std::uint64_t>(field_of(record, "id").number));
  if (record.kind == Kind::kDnsReceived && field_of(record, "direction").text == "query") {
    const std::string_view peer = field_of(record, "peer").text;
    draw("port", peer.substr(std::min(peer.size(), peer.rfind(':'))), 0);
  }
  if (record.kind == Kind::kSessionOpened && field_of(record, "side").text == "client")
    draw("port", field_of(record, "local").text, 0);
}

void RunPrints::settle(const FlowKey& key, Flow& flow) {
  if (!flow.partial.empty()) add_text(flow.contents, stable_.of(flow.partial));
  for (const bool contents : {false, true}) {
    const Hash64& chain = contents ? flow.contents : flow.lines;
    if (chain.value() == Hash64().value()) continue;  // nothing of this sort
    Hash64 hash(key.sent ? 1 : 2);
    hash.add(chain.value());
    add(key.host, contents ? GoldenLayer::kBytes : GoldenLayer::kProtocol, hash, 0);
  }
}

void RunPrints::close(HostIndex host, ConnectionId connection) {
  for (const bool sent : {false, true}) {
    const auto flow = flows_.find({host, connection, sent});
    if (flow == flows_.end()) continue;
    settle(flow->first, flow->second);
    flows_.erase(flow);
  }
}

void RunPrints::finish() {
  for (auto& [key, flow] : flows_) settle(key, flow);
  flows_.clear();
}

void RunPrints::add_totals(std::uint64_t packets, std::uint64_t link_draws) {
  add(kWorld, GoldenLayer::kTimes, Hash64(packets), 0);
  add(kWorld, GoldenLayer::kDraws, Hash64(link_draws), 0);
}

Fingerprints RunPrints::layers() const {
  Fingerprints sums;
  for (std::size_t host = 0; host < hosts_.size(); ++host) {
    for (std::size_t layer = 0; layer < kGoldenLayers; ++layer) {
      const Fingerprint& print = hosts_[host][layer];
      if (print.value == 0 && print.count == 0) continue;
      Hash64 hash(print.value);
      add_text(hash, name_of(static_cast<HostIndex>(host)));
      sums[layer].value += hash.value();
      sums[layer].count += print.count;
    }
  }
  return sums;
}

std::vector<HostPrint> RunPrints::hosts() const {
  std::vector<HostPrint> prints;
  for (std::size_t host = 0; host < hosts_.size(); ++host) {
    HostPrint print;
    print.host = name_of(static_cast<HostIndex>(host));
    bool any = false;
    for (std::size_t layer = 0; layer < kGoldenLayers; ++layer) {
      print.layers[layer] =
          static_cast<std::uint32_t>(Hash64::mix(hosts_[host][layer].value) >> 32);
      any = any || hosts_[host][layer].value != 0;
    }
    if (any) prints.push_back(std::move(print));
  }
  std::sort(prints.begin(), prints.end(),
            [](const HostPrint& a, const HostPrint& b) { return a.host < b.host; });
  return prints;
}

}  // namespace mailcosm::sim
