#include "sim/view/sequence.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/line_text.h"
#include "sim/trace/narrative/facts.h"

namespace mailcosm::sim::view {

std::size_t Sequence::lane_of(HostIndex host) const {
  const auto found = std::find(lanes.begin(), lanes.end(), host);
  CHECK(found != lanes.end());
  return static_cast<std::size_t>(found - lanes.begin());
}

SequenceReader::SequenceReader(const TraceHeader& header, const SequenceOptions& options)
    : options_(options), names_(header) {
  for (const TraceHost& host : header.hosts) {
    const auto index = static_cast<HostIndex>(sequence_.names.size());
    by_name_.emplace(host.name, index);
    for (const IpAddress& address : host.addresses) by_address_.emplace(address.to_string(), index);
    sequence_.names.push_back(shown(host.name));
  }
}

void SequenceReader::accept(const Record& record) {
  if (record.kind == Kind::kRunStarted) {
    sequence_.title = shown(field_of(record, "title").text);
    return;
  }
  switch (info_of(record.kind).layer) {
    case Layer::kStory:
      if (options_.depth != Layer::kStory || !hand_over(record)) sentence(record);
      break;
    case Layer::kProtocol:
      if (options_.depth == Layer::kProtocol) dialogue(record);
      break;
    case Layer::kPacket:
      if (options_.depth == Layer::kPacket) packet(record);
      break;
  }
}

void SequenceReader::dialogue(const Record& record) {
  switch (record.kind) {
    case Kind::kSessionOpened:
      return opened(record);
    case Kind::kLineSent:
      return sent(record, shown(field_of(record, "text").text));
    case Kind::kDataSent:
      return sent(record, fmt::format("({} of {} octets)", shown(field_of(record, "what").text),
                                      narrative::grouped(field_of(record, "bytes").text.size())));
    case Kind::kLineReceived:
    case Kind::kDataReceived:
      return received(record);
    case Kind::kDnsSent:
    case Kind::kDnsReceived:
      return dns(record);
    default:
      return;
  }
}

void SequenceReader::opened(const Record& record) {
  Conversation& conversation = conversations_[record.subject.connection];
  const bool client = field_of(record, "side").text == "client";
  HostIndex other = host_at(field_of(record, "remote").text);
  if (other == kWorld) other = host_named(field_of(record, "peer").text);
  conversation.client = client ? record.host : other;
  conversation.server = client ? other : record.host;
}

void SequenceReader::sent(const Record& record, std::string text) {
  const auto found = conversations_.find(record.subject.connection);
  if (found == conversations_.end()) return;
  Conversation& conversation = found->second;
  const bool client = record.host == conversation.client;
  SequenceItem item;
  item.from = record.host;
  item.to = client ? conversation.server : conversation.client;
  item.sent = record.time;
  item.answer = !client;
  item.text = std::move(text);
  item.id = record.id;
  if (const auto place = add(std::move(item))) {
    (client ? conversation.from_client : conversation.from_server).push_back(*place);
  }
}

// A stream keeps the order: what comes first is what was sent first.
void SequenceReader::received(const Record& record) {
  const auto found = conversations_.find(record.subject.connection);
  if (found == conversations_.end()) return;
  Conversation& conversation = found->second;
  std::deque<std::size_t>& queue =
      record.host == conversation.client ? conversation.from_server : conversation.from_client;
  if (queue.empty()) return;
  sequence_.items[queue.front()].received = record.time;
  queue.pop_front();
}

void SequenceReader::dns(const Record& record) {
  if (record.kind == Kind::kDnsReceived) {
    for (RecordId cause : record.causes) {
      const auto found = under_way_.find(cause);
      if (found == under_way_.end()) continue;
      sequence_.items[found->second].received = record.time;
      under_way_.erase(found);
      return;
    }
    return;
  }
  SequenceItem item;
  item.from = record.host;
  item.to = host_at(field_of(record, "peer").text);
  item.sent = record.time;
  item.answer = field_of(record, "direction").text == "response";
  item.text = "DNS " + shown(field_of(record, "summary").text);
  item.id = record.id;
  if (const auto place = add(std::move(item))) under_way_.emplace(record.id, *place);
}

void SequenceReader::packet(const Record& record) {
  if (record.kind == Kind::kPacketSent) {
    const std::string_view summary = field_of(record, "summary").text;
    const std::size_t sign = summary.find(" > ");
    SequenceItem item;
    item.from = record.host;
    if (sign != std::string_view::npos) {
      const std::string_view rest = summary.substr(sign + 3);
      item.to = host_at(rest.substr(0, rest.find(' ')));
    }
    item.sent = record.time;
    item.text = shown(summary);
    item.id = record.id;
    if (const auto place = add(std::move(item))) under_way_.emplace(record.id, *place);
    return;
  }
  if (record.kind != Kind::kPacketReceived && record.kind != Kind::kPacketDropped) return;
  for (RecordId cause : record.causes) {
    const auto found = under_way_.find(cause);
    if (found == under_way_.end()) continue;
    SequenceItem& item = sequence_.items[found->second];
    if (record.kind == Kind::kPacketReceived) {
      item.received = record.time;
    } else {
      item.failure = true;
      item.text += " - lost: " + shown(field_of(record, "reason").text);
    }
    under_way_.erase(found);
    return;
  }
}

// Who hands mail to whom, for diagrams of the story. False if the record says nothing about that.
bool SequenceReader::hand_over(const Record& record) {
  SequenceItem item;
  item.sent = record.time;
  item.received = record.time;
  item.id = record.id;
  item.from = record.host;
  switch (record.kind) {
    case Kind::kMessageSubmitted:
      item.to = host_named(field_of(record, "server").text);
      item.text = shown(fmt::format("submits: {}", field_of(record, "reply").text));
      break;
    case Kind::kRecipientDelivered:
      item.to = host_named(field_of(record, "server").text);
      item.text = shown(fmt::format("hands over for {}: {}", field_of(record, "recipient").text,
                                    field_of(record, "reply").text));
      break;
    case Kind::kMailChecked:
      item.to = host_named(field_of(record, "server").text);
      item.text = shown(fmt::format("asks for mail ({})", field_of(record, "protocol").text));
      if (item.to != kWorld) asked_[record.host] = item.to;
      break;
    case Kind::kMessageFetched: {
      const auto server = asked_.find(record.host);
      if (server == asked_.end()) return false;
      item.from = server->second;
      item.to = record.host;
      item.answer = true;
      item.text = fmt::format("the message ({} octets)",
                              narrative::grouped(field_of(record, "content").text.size()));
      break;
    }
    default:
      return false;
  }
  if (item.to == kWorld) return false;
  add(std::move(item));
  return true;
}

void SequenceReader::sentence(const Record& record) {
  // Mailboxes that are there from the start are no news.
  if (record.kind == Kind::kMailboxCreated && record.causes.empty()) return;
  if (record.kind == Kind::kMessageComposed) add_lane(record.host);  // it begins there
  auto outcome = narrative::outcome_of(record, names_);
  const bool banner = record.host == kWorld;
  if (!outcome) outcome = narrative::event_of(record);
  if (!outcome) return;
  SequenceItem item;
  item.sort = banner ? SequenceItem::Sort::kBanner : SequenceItem::Sort::kNote;
  item.from = item.to = record.host;
  item.sent = item.received = record.time;
  item.failure = outcome->failure;
  item.text = shown(outcome->text);
  item.id = record.id;
  add(std::move(item));
}

HostIndex SequenceReader::host_at(std::string_view endpoint) const {
  const auto found = by_address_.find(narrative::address_of(endpoint));
  return found == by_address_.end() ? kWorld : found->second;
}

HostIndex SequenceReader::host_named(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? host_at(name) : found->second;
}

std::string SequenceReader::shown(std::string_view text) const {
  return printable(text, options_.columns_max);
}

std::optional<std::size_t> SequenceReader::add(SequenceItem item) {
  if (item.sort == SequenceItem::Sort::kArrow && item.to == kWorld) return std::nullopt;
  if (sequence_.items.size() >= options_.items_max) {
    ++sequence_.left_out;
    return std::nullopt;
  }
  add_lane(item.from);
  add_lane(item.to);
  sequence_.items.push_back(std::move(item));
  return sequence_.items.size() - 1;
}

void SequenceReader::add_lane(HostIndex host) {
  auto& lanes = sequence_.lanes;
  if (host == kWorld || std::find(lanes.begin(), lanes.end(), host) != lanes.end()) return;
  lanes.push_back(host);
}

Sequence SequenceReader::take() { return std::move(sequence_); }

Sequence sequence_of(const TraceHeader& header, std::span<const OwnedRecord> records,
                     const SequenceOptions& options) {
  SequenceReader reader(header, options);
  for (const OwnedRecord& record : records) reader.accept(RecordView(record).record());
  return reader.take();
}

}  // namespace mailcosm::sim::view
