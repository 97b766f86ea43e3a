#include "sim/world/expectations/candidates.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::expectations {
namespace {

using scenario::Check;

Property text(std::string_view value) { return {FieldType::kText, {std::string(value)}, 0, true}; }
Property number(std::int64_t value) { return {FieldType::kNumber, {}, value, true}; }
Property flag(bool value) { return {FieldType::kFlag, {}, value ? 1 : 0, true}; }
Property unknown() { return {FieldType::kText, {}, 0, false}; }

Property as_written(const MessageView& view, const Composed& composed) {
  const auto found = composed.find(view.message_id());
  return flag(found != composed.end() && view.is_as_written(found->second));
}

// Domain names compare without case and final dot.
std::string fold_name(std::string_view name) {
  if (name.size() > 1 && name.ends_with('.')) name.remove_suffix(1);
  return ascii::to_lower(name);
}

bool has_flag(std::string_view flags, std::string_view wanted) {
  while (!flags.empty()) {
    if (ascii::equal_ignoring_case(ascii::take_until(flags, ' '), wanted)) return true;
  }
  return false;
}

}  // namespace

Property RecordCandidate::field(std::string_view name) const {
  const KindInfo& info = info_of(record_.kind);
  for (std::size_t i = 0; i < info.fields.size() && i < record_.values.size(); ++i) {
    if (info.fields[i].name != name) continue;
    const Value& value = record_.values[i];
    if (info.fields[i].type == FieldType::kText || info.fields[i].type == FieldType::kBytes)
      return text(value.text);
    return {info.fields[i].type, {}, value.number, true};
  }
  return unknown();
}

Property RecordCandidate::property(const Check& check) const {
  const std::string& name = check.property;
  if (name == "field") return field(check.header);
  if (name == "kind") return text(info_of(record_.kind).name);
  if (name == "host") return text(header_.name_of(record_.host));
  if (name == "time") return {FieldType::kInstant, {}, record_.time.ns, true};
  if (name == "direction") return text(record_.kind == Kind::kLineSent ? "sent" : "received");
  if (record_.kind == Kind::kMessageFetched && name != "user" && name != "device") {
    const Property content = field("content");
    const MessageView view(content.texts[0]);
    return name == "as_written" ? as_written(view, composed_) : view.property(check);
  }
  Property result = field(name);
  if (name == "name") result.texts[0] = fold_name(result.texts[0]);
  return result;
}

Property MessageCandidate::property(const Check& check) const {
  const std::string& name = check.property;
  if (name == "user") return text(user_);
  if (name == "mailbox") return text(mailbox_);
  if (name == "device") return text(device_);
  if (name == "flags") return text(message_.flags);
  if (name == "uid") return number(uid_);
  if (name == "as_written") return as_written(view_, composed_);
  return view_.property(check);
}

Property MailboxCandidate::property(const Check& check) const {
  if (check.property == "count") return number(static_cast<std::int64_t>(mailbox_.size()));
  std::int64_t unseen = 0, size = 0;
  for (const auto& [key, message] : mailbox_) {
    if (!has_flag(message.flags, "\\Seen")) ++unseen;
    size += static_cast<std::int64_t>(message.content->size());
  }
  if (check.property == "unseen") return number(unseen);
  return check.property == "size" ? number(size) : unknown();
}

DelayCandidate::DelayCandidate(const Deliveries& deliveries) : deliveries_(deliveries) {
  if (deliveries.delivered() > 0) numbers_ = numbers_of(deliveries.delays());
}

Property DelayCandidate::share() const {
  const std::uint64_t all = deliveries_.recipients(), there = deliveries_.delivered();
  if (all == 0) return {FieldType::kNumber, {}, 0, false, "unknown, for nobody was written to"};
  // No more than 100 %, though a list of an MTA may have put one mail into many mailboxes.
  const std::uint64_t millionths = std::min<std::uint64_t>(there * 1'000'000 / all, 1'000'000);
  const auto number = static_cast<std::int64_t>(millionths);
  return {FieldType::kNumber,
          {},
          number,
          true,
          fmt::format("{} % ({} of {})", scenario::format_decimal(number * 100), there, all)};
}

RecordId DelayCandidate::culprit(const Check& check) const {
  return check.property == "max" ? deliveries_.slowest() : RecordId{};
}

Property DelayCandidate::property(const Check& check) const {
  if (check.property == "count") return number(static_cast<std::int64_t>(deliveries_.delivered()));
  if (check.property == "delivered") return share();
  const struct {
    std::string_view name;
    Duration value;
  } kDelays[] = {{"mean", numbers_.mean}, {"p50", numbers_.p50}, {"p90", numbers_.p90},
                 {"p95", numbers_.p95},   {"p99", numbers_.p99}, {"max", numbers_.max}};
  for (const auto& delay : kDelays) {
    if (delay.name != check.property) continue;
    if (deliveries_.delivered() == 0)
      return {FieldType::kDuration, {}, 0, false, "unknown, for nothing was delivered"};
    return {FieldType::kDuration, {}, delay.value.count(), true};
  }
  return unknown();
}

Property QueueCandidate::property(const Check& check) const {
  return check.property == "count" ? number(count_) : unknown();
}

}  // namespace mailcosm::sim::expectations
