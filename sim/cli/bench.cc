#include "sim/cli/bench.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "bench/dialogues.h"
#include "bench/engine.h"
#include "bench/figure.h"
#include "bench/mails.h"
#include "bench/memory.h"
#include "bench/parsers.h"
#include "bench/tcp_fidelity.h"
#include "bench/threads.h"
#include "bench/trees.h"
#include "sim/cli/exit_code.h"

namespace mailcosm::cli {
namespace {

bench::Figures measure(const std::string& subject, const BenchArguments& arguments) {
  if (subject == "engine") return bench::measure_engine(arguments.pending_max);
  if (subject == "dialogues") return bench::measure_dialogues(arguments.connections);
  if (subject == "trees") return bench::measure_trees(arguments.members_max);
  if (subject == "mails") return bench::measure_mails(arguments.mails);
  if (subject == "threads") return bench::measure_threads(arguments.mails);
  if (subject == "memory") return bench::measure_memory();
  return bench::measure_parsers();
}

// What is wrong with the numbers, or nothing.
std::string usage_problem(const BenchArguments& arguments) {
  const struct {
    const char* option;
    std::uint64_t value, min, max;
  } kRanges[] = {{"--connections", arguments.connections, 1, 10'000'000},
                 {"--pending", arguments.pending_max, 1'000, 100'000'000},
                 {"--members", arguments.members_max, 20, 20'000},
                 {"--mails", arguments.mails, 1, 1'000'000}};
  for (const auto& range : kRanges) {
    if (range.value < range.min || range.value > range.max)
      return fmt::format("{} takes a number from {} to {}", range.option, range.min, range.max);
  }
  return {};
}

}  // namespace

int bench(const BenchArguments& arguments) {
  if (const std::string problem = usage_problem(arguments); !problem.empty()) {
    std::fprintf(stderr, "mailcosm bench: %s\n", problem.c_str());
    return kUsage;
  }
  std::vector<std::string> subjects = arguments.subjects;
  if (subjects.empty())
    subjects = {"engine", "dialogues", "trees", "mails", "threads", "memory", "parsers"};
  bench::Figures all;
  const bool watched = isatty(STDERR_FILENO) != 0;
  for (const std::string& subject : subjects) {
    if (watched) std::fprintf(stderr, "measuring %s ...\n", subject.c_str());
    if (subject == "tcp") {
      std::fputs(bench::fidelity_tables(bench::measure_fidelity()).c_str(), stdout);
      continue;
    }
    bench::Figures figures = measure(subject, arguments);
    if (figures.empty())
      std::fprintf(stderr, "mailcosm bench: this build cannot measure %s\n", subject.c_str());
    for (bench::Figure& figure : figures) {
      // Line by line, because some take many seconds.
      if (!arguments.json && !arguments.table) {
        std::fputs(bench::line_of(figure).c_str(), stdout);
        std::fflush(stdout);
      }
      all.push_back(std::move(figure));
    }
  }
  if (arguments.json) std::fputs(bench::json_of(all).c_str(), stdout);
  if (arguments.table) std::fputs(bench::table_of(all).c_str(), stdout);
  return kOk;
}

}  // namespace mailcosm::cli
