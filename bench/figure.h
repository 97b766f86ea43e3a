// Figure: one measured number, and how reports print it.
#pragma once

#include <string>
#include <vector>

namespace mailcosm::bench {

struct Figure {
  std::string name;  // "dialogues"; unique in a report
  double value = 0;
  std::string unit;     // "connections/s"
  int decimals = 0;     // printed behind the point
  std::string remark;   // what was done, e.g. "20,000 connections, 25.0 packets each"; may be empty
  bool machine = true;  // depends on the machine: false for octets and counts
  // Of the rounds whose median is the value; 0 if it was not measured in rounds. For ratios of
  // figures that took turns: what else a machine does slows down large worlds more than small ones.
  double best = 0;
};

using Figures = std::vector<Figure>;

// "dialogues: 12,345 connections/s (20,000 connections, 25.0 packets each)" with a newline.
std::string line_of(const Figure& figure);
// One JSON object {"figures": [{"name": ..., "value": ..., "unit": ..., ...}]} with a newline.
std::string json_of(const Figures& figures);
// A Markdown table.
std::string table_of(const Figures& figures);

// The value with thousands separated by commas.
std::string grouped(double value, int decimals);

}  // namespace mailcosm::bench
