#include "sim/scenario/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/scenario/limits.h"
#include "sim/scenario/reporter.h"
#include "sim/scenario/utf8.h"

namespace mailcosm::sim::scenario {
namespace {

// The part of a long line around the caret, cut between characters, with controls made visible.
void show_line(std::string_view line, std::size_t caret, Problem& problem) {
  std::size_t begin = 0;
  if (line.size() > kLineShownMax && caret > kLineShownMax / 2) begin = caret - kLineShownMax / 2;
  const auto inside = [&](std::size_t i) {
    return i < line.size() && (static_cast<unsigned char>(line[i]) & 0xc0u) == 0x80u;
  };
  while (inside(begin)) ++begin;
  std::size_t end = std::min(line.size(), begin + kLineShownMax);
  while (inside(end)) ++end;
  problem.caret = caret - std::min(caret, begin);
  for (std::size_t i = begin; i < end;) {
    const std::size_t length = utf8_length(line, i);
    const auto octet = static_cast<unsigned char>(line[i]);
    if (length == 0) {
      problem.line.push_back('?');
    } else if (octet < 32 || octet == 127) {
      problem.line.push_back(' ');
    } else {
      problem.line += line.substr(i, length);
    }
    i += std::max<std::size_t>(length, 1);
  }
}

// What the scenario says may hold line ends and escapes of terminals; a message is one line.
std::string without_controls(std::string text) {
  for (char& c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 32 || octet == 127) c = ' ';
  }
  return text;
}

}  // namespace

std::string to_text(const Problem& problem) {
  std::string text = problem.file;
  if (problem.source.known()) {
    text += fmt::format(":{}:{}", problem.source.line, problem.source.column);
  }
  text += ": " + problem.message + "\n";
  if (!problem.line.empty()) {
    std::size_t columns = 0;
    for (char c : problem.line.substr(0, problem.caret)) {
      if ((static_cast<unsigned char>(c) & 0xc0u) != 0x80u) ++columns;
    }
    text += "    " + problem.line + "\n    " + std::string(columns, ' ') + "^\n";
  }
  if (!problem.reason.empty()) text += "  " + problem.reason + "\n";
  if (!problem.suggestion.empty()) text += "  " + problem.suggestion + "\n";
  return text;
}

std::string to_text(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text += to_text(problem);
  return text;
}

std::uint32_t Reporter::add_file(std::string name, std::string_view text) {
  files_.emplace_back(std::move(name), text);
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::vector<std::string> Reporter::file_names() const {
  std::vector<std::string> names;
  for (const SourceText& file : files_) names.push_back(file.name());
  return names;
}

void Reporter::add(SourcePosition source, std::string message, std::string reason,
                   std::string suggestion) {
  if (full()) return;
  message = without_controls(std::move(message));
  for (const Problem& known : problems_) {
    if (known.source == source && known.message == message) return;
  }
  const SourceText& text = files_[source.file];
  Problem problem{text.name(),
                  source,
                  std::move(message),
                  without_controls(std::move(reason)),
                  without_controls(std::move(suggestion)),
                  {},
                  0};
  if (source.known()) show_line(text.line(source.line), text.octets_before(source), problem);
  const auto place = [](const Problem& p) {
    return std::tuple(p.source.file, p.source.line, p.source.column);
  };
  const auto behind =
      std::upper_bound(problems_.begin(), problems_.end(), problem,
                       [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
  problems_.insert(behind, std::move(problem));
}

bool Reporter::full() const { return problems_.size() >= kProblemsMax; }

std::vector<Problem> Reporter::take() { return std::move(problems_); }

}  // namespace mailcosm::sim::scenario
