#include "sim/trace/narrative/route_block.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/owned_record.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::narrative {
namespace {

// Takes a word and the space behind it off the front.
std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  return word;
}

// "query blue.com MX rd" becomes "blue.com MX?", and "response blue.com MX NOERROR aa: MX 10
// mx1.blue.com." becomes "NOERROR aa: MX 10 mx1.blue.com.". Anything else stays as it is.
std::string in_short(std::string_view summary) {
  std::string_view rest = summary;
  const std::string_view what = take_word(rest);
  const std::string_view name = take_word(rest);
  const std::string_view type = take_word(rest);
  if (what == "query" && !type.empty()) return fmt::format("{} {}?", name, type);
  if (what == "response" && !rest.empty()) {
    // The counts of the other sections are for those who look into the capture.
    if (rest.ends_with(" additional)")) rest = rest.substr(0, rest.rfind(" ("));
    return without_dots(rest);
  }
  return std::string(summary);
}

// Whether the flags of a response in short, "NOERROR aa tc", say that it was cut off.
bool is_truncated(std::string_view response) {
  const std::string_view flags = response.substr(0, response.find_first_of(":,"));
  return flags.ends_with(" tc") || flags.find(" tc ") != std::string_view::npos;
}

}  // namespace

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
  const std::string summary = in_short(field_of(record, "summary").text);
  const bool own = record.host == host();
  if (own && resolver_.empty()) resolver_ = peer;
  if (query && !own && std::find(servers_.begin(), servers_.end(), peer) == servers_.end()) {
    servers_.emplace_back(peer);
  }
  if (!query && !own) learn_zone(peer, summary);
  // What the asker gets in the end comes after what the resolver remembers.
  const std::string_view over = field_of(record, "transport").text == "tcp" ? " over TCP" : "";
  way_ += fmt::format("{} {}{}{}: {}\n", who, query ? '>' : '<', peer, over, summary);
  Step& step = own && !query && stored_ ? memory_ : walk_;
  step.add_line(query ? Mark::kSent : Mark::kReceived,
                query ? fmt::format("{} asks {}{}: {}", who, peer, over, summary)
                      : fmt::format("{} answers {}{}: {}", peer, who, over, summary),
                options_.lines_max);
  if (!query && is_truncated(summary)) {
    step.add_line(Mark::kRemark, "(cut off: the whole answer does not fit into one datagram)",
                  options_.lines_max);
  }
  step.end = record.time;
}

// A server that refers to a zone answers for the one above it; one that answers by itself, for the
// zone that was referred to.
void RouteBlock::learn_zone(std::string_view server, std::string_view answer) {
  constexpr std::string_view kReferral = "referral to ";
  const std::size_t at = answer.find(kReferral);
  std::string zone = referred_to_;
  if (at != std::string_view::npos) {
    const std::string_view rest = answer.substr(at + kReferral.size());
    referred_to_ = rest.substr(0, rest.find(':'));
    const std::size_t dot = referred_to_.find('.');
    zone = dot == std::string::npos ? "the root" : referred_to_.substr(dot + 1);
  } else if (answer.find(" aa") == std::string_view::npos) {
    return;
  }
  if (!zone.empty()) zones_.emplace(server, zone);
}

// "a.nic.com (com)"
std::vector<std::string> RouteBlock::servers_with_zones() const {
  std::vector<std::string> named;
  for (const std::string& server : servers_) {
    const auto zone = zones_.find(server);
    named.push_back(zone == zones_.end() ? server : fmt::format("{} ({})", server, zone->second));
  }
  return named;
}

void RouteBlock::cache(const Record& record, const Names& names) {
  const std::string what =
      fmt::format("{} {} {}", field_of(record, "name").text, field_of(record, "type").text,
                  without_dots(field_of(record, "data").text));
  const std::string ttl = duration_text(Duration(field_of(record, "ttl").number));
  if (record.kind == Kind::kCacheHit) {
    from_memory_ = true;
    way_ += fmt::format("{} knows {}\n", names.host(record.host), what);
    walk_.add_line(Mark::kRemark,
                   fmt::format("{} knows, for another {}: {}", names.host(record.host), ttl, what),
                   options_.lines_max);
    walk_.end = record.time;
    return;
  }
  if (!stored_) memory_.begin = record.time;
  stored_ = true;
  memory_.end = record.time;
  memory_.add_line(Mark::kRemark, fmt::format("for {}: {}", ttl, what), options_.lines_max);
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
    answers_.push_back(fmt::format("{} has its answer for {}: {} (valid for {}).", host, name,
                                   without_dots(answers), ttl));
    add(record, {answers_.back()});
  }
}

void RouteBlock::add(const Record& record, Outcome outcome) {
  Step& step = stored_ ? memory_ : walk_;
  step.add_outcome(std::move(outcome));
  step.end = record.time;
  touch(record.time);
}

Step RouteBlock::tell_again(std::string_view asker, std::string_view what,
                            std::string_view resolver) {
  Step step;
  step.begin = walk_.begin;
  step.end = std::max(walk_.end, memory_.end);
  step.heading = fmt::format(
      "{} asks for {} once more. Its resolver, {}, {}, as before.", asker, what, resolver,
      servers_.empty() ? "knows the answer" : fmt::format("asks {}", listed(servers_)));
  for (const Step* part : {&walk_, &memory_}) {
    for (const Outcome& outcome : part->outcomes) {
      const bool told = std::find(answers_.begin(), answers_.end(), outcome.text) != answers_.end();
      if (!told) step.add_outcome(outcome);
    }
  }
  return step;
}

std::vector<Step> RouteBlock::tell(const Names& names, const Memory&) {
  const std::string_view asker = names.host(host());
  const std::string what = type_ == "MX" ? fmt::format("the mail servers (MX) of {}", name_)
                                         : fmt::format("the {} of {}", type_, name_);
  const std::string_view resolver = resolver_.empty() ? asker : std::string_view(resolver_);
  if (repeated_) return {tell_again(asker, what, resolver)};
  walk_.heading = fmt::format("{} asks for {}.", asker, what);
  if (!servers_.empty()) {
    walk_.heading +=
        fmt::format(" Its resolver, {}, asks {}{}.", resolver, listed(servers_with_zones()),
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
