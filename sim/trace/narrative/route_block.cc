#include "sim/trace/narrative/route_block.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/owned_record.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::narrative {

RouteBlock::RouteBlock(HostIndex host, Instant begin, const NarrativeOptions& options)
    : Block(host, begin), options_(options) {
  walk_.begin = walk_.end = begin;
}

void RouteBlock::lookup_started(const Record& record) {
  const std::string_view name = field_of(record, "name").text;
  const std::string_view type = field_of(record, "type").text;
  lookups().push_back({record.host, std::string(name), std::string(type)});
  if (name_.empty()) {
    name_ = name;
    type_ = type;
  }
  touch(record.time);
}

void RouteBlock::dns(const Record& record, const Names& names) {
  touch(record.time);
  if (record.kind == Kind::kCacheStored || record.kind == Kind::kCacheHit)
    return cache(record, names);
  message(record, names);
}

// Only the asking side is told: what it sends and what it gets back.
void RouteBlock::message(const Record& record, const Names& names) {
  const bool query = field_of(record, "direction").text == "query";
  const bool sent = record.kind == Kind::kDnsSent;
  if (query != sent) return;
  const std::string_view who = names.host(record.host);
  const std::string_view peer = names.at(field_of(record, "peer").text);
  const std::string_view summary = field_of(record, "summary").text;
  const bool own = record.host == host();
  if (own && resolver_.empty()) resolver_ = peer;
  if (query && !own && std::find(servers_.begin(), servers_.end(), peer) == servers_.end()) {
    servers_.emplace_back(peer);
  }
  // What the asker gets in the end comes after what the resolver remembers.
  Step& step = own && !query && stored_ ? memory_ : walk_;
  step.add_line(query ? Mark::kSent : Mark::kReceived,
                query ? fmt::format("{} asks {}: {}", who, peer, summary)
                      : fmt::format("{} answers {}: {}", peer, who, summary),
                options_.lines_max);
  step.end = record.time;
}

void RouteBlock::cache(const Record& record, const Names& names) {
  const std::string what =
      fmt::format("{} {} {}", field_of(record, "name").text, field_of(record, "type").text,
                  field_of(record, "data").text);
  const std::string ttl = duration_text(Duration(field_of(record, "ttl").number));
  if (record.kind == Kind::kCacheHit) {
    from_memory_ = true;
    walk_.add_line(Mark::kRemark,
                   fmt::format("{} knows, for another {}: {}", names.host(record.host), ttl, what),
                   options_.lines_max);
    walk_.end = record.time;
    return;
  }
  if (!stored_) memory_.begin = record.time;
  stored_ = true;
  memory_.end = record.time;
  memory_.add_line(Mark::kRemark, fmt::format("{}, for {}: {}", names.host(record.host), ttl, what),
                   options_.lines_max);
}

void RouteBlock::lookup_answered(const Record& record, const Names& names) {
  const std::string_view result = field_of(record, "result").text;
  const std::string_view answers = field_of(record, "answers").text;
  const std::string name =
      fmt::format("{} {}", field_of(record, "name").text, field_of(record, "type").text);
  const std::string_view host = names.host(record.host);
  const std::string ttl = duration_text(Duration(field_of(record, "ttl").number));
  if (answers.empty()) {
    add(record, {fmt::format("{} learns that there is no answer for {}: {}.", host, name, result),
                 result != "NODATA"});
  } else {
    add(record,
        {fmt::format("{} has its answer for {}: {} (valid for {}).", host, name, answers, ttl)});
  }
}

void RouteBlock::add(const Record& record, Outcome outcome) {
  Step& step = stored_ ? memory_ : walk_;
  step.add_outcome(std::move(outcome));
  step.end = record.time;
  touch(record.time);
}

std::vector<Step> RouteBlock::tell(const Names& names, const Memory&) {
  const std::string_view asker = names.host(host());
  const std::string what = type_ == "MX" ? fmt::format("the mail servers (MX) of {}", name_)
                                         : fmt::format("the {} of {}", type_, name_);
  const std::string_view resolver = resolver_.empty() ? asker : std::string_view(resolver_);
  walk_.heading = fmt::format("{} asks for {}.", asker, what);
  if (!servers_.empty()) {
    walk_.heading += fmt::format(" Its resolver, {}, asks {}{}.", resolver, listed(servers_),
                                 servers_.size() > 1 ? " in turn" : "");
  } else if (from_memory_) {
    walk_.heading += fmt::format(" Its resolver, {}, knows the answer.", resolver);
  }
  std::vector<Step> steps;
  steps.push_back(std::move(walk_));
  if (stored_) {
    memory_.heading = fmt::format(
        "The answers come back, and {} remembers each for as long as its TTL says.", resolver);
    steps.push_back(std::move(memory_));
  }
  return steps;
}

}  // namespace mailcosm::sim::narrative
