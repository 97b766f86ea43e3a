// Writing golden files.
#include <fmt/format.h>

#include "sim/golden/golden.h"
#include "sim/golden/golden_marks.h"

namespace mailcosm::sim {
namespace {

void append_step(const GoldenStep& step, std::string& text) {
  text += step.cause.empty()
              ? fmt::format("\n[{}] {}\n", step.id, step.heading)
              : fmt::format("\n[{} after {}] {}\n", step.id, step.cause, step.heading);
  text += step.parties.empty() ? fmt::format("at {}\n", step.time)
                               : fmt::format("at {}; {}\n", step.time, step.parties);
  for (const GoldenLine& line : step.lines) {
    text += fmt::format("{}{}{}", kMarkIndent, mark_text(line.mark), line.text);
    if (line.text.empty()) text.pop_back();
    text += '\n';
  }
}

}  // namespace

std::string to_text(const Golden& golden) {
  std::string text = fmt::format("{} {}\n", kGoldenMagic, kGoldenVersion);
  text += fmt::format("scenario  {:016x}\nseed      {}\n\n", golden.scenario_digest, golden.seed);
  for (std::size_t i = 0; i < kGoldenLayers; ++i) {
    const auto layer = static_cast<GoldenLayer>(i);
    text += fmt::format("{:<9} {:016x}  {} {}\n", golden_layer_name(layer), golden.layers[i].value,
                        golden.layers[i].count, golden_layer_unit(layer));
  }
  if (!golden.hosts.empty()) text += '\n';
  for (const HostPrint& host : golden.hosts) {
    text += "host";
    for (std::uint32_t print : host.layers) text += fmt::format(" {:08x}", print);
    text += fmt::format(" {}\n", host.host);
  }
  text += fmt::format("\ntitle: {}\ndate:  {}\n", golden.title, golden.date);
  for (const GoldenStep& step : golden.steps) append_step(step, text);
  if (golden.steps_left_out != 0) text += fmt::format("\n{} {}\n", kLeftOut, golden.steps_left_out);
  text += fmt::format("\nend: {}\n", golden.closing);
  return text;
}

}  // namespace mailcosm::sim
