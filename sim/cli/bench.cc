#include "sim/cli/bench.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "bench/dialogues.h"
#include "bench/engine.h"
#include "bench/figure.h"
#include "bench/mails.h"
#include "bench/memory.h"
#include "bench/parsers.h"
#include "bench/tcp_fidelity.h"
#include "bench/threads.h"
#include "bench/trees.h"
#include "sim/cli/bench_beside.h"
#include "sim/cli/exit_code.h"
#include "sim/cli/interrupt.h"

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

// Seconds on a usual machine with the usual numbers: our own figures, and what stands beside them.
struct Cost {
  std::string_view subject;
  int own, beside;
};
constexpr Cost kCosts[] = {{"engine", 12, 12},  {"dialogues", 15, 30}, {"trees", 5, 0},
                           {"mails", 8, 8},     {"threads", 5, 0},     {"memory", 1, 0},
                           {"parsers", 10, 10}, {"tcp", 3, 0}};

bool names_tcp(const BenchArguments& arguments) {
  return std::find(arguments.subjects.begin(), arguments.subjects.end(), "tcp") !=
         arguments.subjects.end();
}

// What is wrong with the arguments, or nothing.
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
  if (arguments.json && arguments.table) return "--json and --table exclude each other";
  if ((arguments.json || arguments.table) && names_tcp(arguments))
    return "tcp prints tables of its own, and goes neither with --json nor with --table";
  return {};
}

class Bench {
 public:
  explicit Bench(const BenchArguments& arguments)
      : arguments_(arguments), watched_(isatty(STDERR_FILENO) != 0) {}

  int run() {
    std::vector<std::string> subjects = arguments_.subjects;
    if (subjects.empty())
      subjects = {"engine", "dialogues", "trees", "mails", "threads", "memory", "parsers"};
    // Named twice, it is measured once.
    for (auto it = subjects.begin(); it != subjects.end();)
      it = std::find(subjects.begin(), it, *it) == it ? it + 1 : subjects.erase(it);
    announce(subjects);
    for (const std::string& subject : subjects) {
      one(subject);
      if (const int code = Interrupt::exit_code(); code != 0) return code;
    }
    for (const std::string& sentence : beside_.missing())
      std::fprintf(stderr, "Not measured: %s.\n", sentence.c_str());
    if (arguments_.json) std::fputs(bench::json_of(all_).c_str(), stdout);
    if (arguments_.table) std::fputs(bench::table_of(all_).c_str(), stdout);
    return kOk;
  }

 private:
  // How long it takes, to those who wait for it.
  void announce(const std::vector<std::string>& subjects) const {
    int seconds = 0;
    for (const std::string& subject : subjects) {
      for (const Cost& cost : kCosts) {
        if (cost.subject != subject) continue;
        seconds += cost.own + (arguments_.alone ? 0 : cost.beside);
      }
    }
    if (!watched_ || seconds < 20) return;
    const int minutes = (seconds + 59) / 60;
    std::fprintf(stderr, "This takes about %d minute%s, and means little on a busy machine.\n",
                 minutes, minutes == 1 ? "" : "s");
  }

  void one(const std::string& subject) {
    if (watched_) std::fprintf(stderr, "measuring %s ...\n", subject.c_str());
    if (subject == "tcp") {
      std::fputs(bench::fidelity_tables(bench::measure_fidelity()).c_str(), stdout);
      return;
    }
    const bench::Figures own = measure(subject, arguments_);
    if (own.empty())
      std::fprintf(stderr, "mailcosm bench: this build cannot measure %s\n", subject.c_str());
    for (const bench::Figure& figure : own) print(figure);
    if (arguments_.alone) return;
    beside_.measure(subject, own, [this](const bench::Figure& figure) { print(figure); });
  }

  // Line by line, because some take many seconds.
  void print(const bench::Figure& figure) {
    if (!arguments_.json && !arguments_.table) {
      std::fputs(bench::line_of(figure).c_str(), stdout);
      std::fflush(stdout);
    }
    all_.push_back(figure);
  }

  const BenchArguments& arguments_;
  const bool watched_;
  BenchBeside beside_;
  bench::Figures all_;
};

}  // namespace

int bench(const BenchArguments& arguments) {
  if (const std::string problem = usage_problem(arguments); !problem.empty()) {
    std::fprintf(stderr, "mailcosm bench: %s\n", problem.c_str());
    return kUsage;
  }
  return Bench(arguments).run();
}

}  // namespace mailcosm::cli
