#include "sim/faults/query_faults.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "sim/scenario/comparison.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim {
namespace {

using Answer = QueryInterference::Answer;
using scenario::DnsAnswer;

Answer answer_of(DnsAnswer answer) {
  switch (answer) {
    case DnsAnswer::kUsual:
      break;
    case DnsAnswer::kServfail:
      return Answer::kServfail;
    case DnsAnswer::kRefused:
      return Answer::kRefused;
    case DnsAnswer::kNothing:
      return Answer::kNothing;
    case DnsAnswer::kLame:
      return Answer::kLame;
    case DnsAnswer::kTruncated:
      return Answer::kTruncated;
  }
  return Answer::kUsual;
}

std::string detail_of(const scenario::DnsFault& effect, std::string_view name,
                      std::string_view type) {
  constexpr std::array<std::string_view, 6> kTexts = {
      "is answered",    "is answered with SERVFAIL", "is answered with REFUSED",
      "gets no answer", "gets a lame answer",        "gets a truncated answer"};
  std::string text =
      fmt::format("{} {} {}", name, type, kTexts[static_cast<std::size_t>(effect.answers)]);
  if (effect.delay != Duration{} && effect.answers != DnsAnswer::kNothing)
    text += fmt::format(", {} late", scenario::format_duration(effect.delay));
  return text;
}

}  // namespace

void QueryFaults::begin(std::size_t number, const scenario::Fault& fault, RecordId began) {
  active_.push_back({number, &fault, &std::get<scenario::DnsFault>(fault.effect), began, 0});
}

void QueryFaults::end(std::size_t number) {
  std::erase_if(active_, [&](const Active& active) { return active.number == number; });
}

void QueryFaults::tell(const Active& active, std::string_view name, std::string_view type) {
  HostTrace& trace = host_->trace();
  trace.add_cause(active.began);
  trace.set_cause(trace.emit(Kind::kFaultApplied,
                             {active.fault->sentence, fmt::format("query {} {}", name, type),
                              detail_of(*active.effect, name, type)}));
}

QueryInterference QueryFaults::on_query(std::string_view name, std::string_view type,
                                        dns::Transport transport) {
  QueryInterference result;
  for (Active& active : active_) {
    const scenario::DnsFault& effect = *active.effect;
    if (effect.count != 0 && active.struck >= effect.count) continue;
    if (!scenario::all_hold(effect.name, name)) continue;
    if (!effect.type.empty() && effect.type != type) continue;
    const bool truncates = effect.answers == DnsAnswer::kTruncated;
    if (truncates && transport == dns::Transport::kTcp) continue;
    const bool decides = effect.answers != DnsAnswer::kUsual;
    if (decides && result.answer != Answer::kUsual) continue;
    ++active.struck;
    tell(active, name, type);
    result.delay += effect.delay;
    if (decides) result.answer = answer_of(effect.answers);
  }
  return result;
}

}  // namespace mailcosm::sim
