#include "bench/figure.h"

#include <fmt/format.h>

#include "sim/trace/json_text.h"

namespace mailcosm::bench {

std::string grouped(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  std::size_t at = text.find('.');
  if (at == std::string::npos) at = text.size();
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  while (at > first + 3) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string line_of(const Figure& figure) {
  std::string text =
      fmt::format("{}: {} {}", figure.name, grouped(figure.value, figure.decimals), figure.unit);
  if (!figure.remark.empty()) text += fmt::format(" ({})", figure.remark);
  return text + '\n';
}

std::string json_of(const Figures& figures) {
  std::string text = "{\"figures\": [";
  for (const Figure& figure : figures) {
    if (&figure != &figures.front()) text += ',';
    text += "\n  {\"name\": ";
    sim::append_json_string(figure.name, text);
    text += fmt::format(", \"value\": {:.{}f}, \"unit\": ", figure.value, figure.decimals);
    sim::append_json_string(figure.unit, text);
    if (figure.best != 0) text += fmt::format(", \"best\": {:.{}f}", figure.best, figure.decimals);
    text += fmt::format(", \"machine\": {}, \"remark\": ", figure.machine);
    sim::append_json_string(figure.remark, text);
    text += '}';
  }
  return text + "\n]}\n";
}

std::string table_of(const Figures& figures) {
  std::string text = "| what | figure | remark |\n|---|---|---|\n";
  for (const Figure& figure : figures)
    text += fmt::format("| {} | {} {} | {} |\n", figure.name,
                        grouped(figure.value, figure.decimals), figure.unit, figure.remark);
  return text;
}

}  // namespace mailcosm::bench
