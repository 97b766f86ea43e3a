// TestReport: prints and writes the results of `mailcosm test` as they come.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "sim/cli/progress.h"
#include "sim/cli/test.h"
#include "sim/runner/case_result.h"
#include "sim/runner/report_text.h"

namespace mailcosm::cli {

class TestReport {
 public:
  // The arguments must outlive the report. `cases` is how many are planned.
  TestReport(const TestArguments& arguments, std::size_t cases);

  // Shows on a terminal, after a second, how far it is.
  void show_progress(std::size_t finished);
  // The results in their order. `remarks` are lines of their own below it.
  void add(sim::runner::CaseResult result, const std::string& remarks);
  // After the last. `not_run` cases are missing, because of `reason`. False if something could not
  // be written; it has been told.
  [[nodiscard]] bool finish(std::size_t not_run, const std::string& reason);

  const sim::runner::Totals& totals() const { return totals_; }

 private:
  void print(const std::string& text);
  bool write_junit() const;
  bool write_github() const;

  const TestArguments& arguments_;
  std::size_t cases_;
  bool on_github_;
  Progress progress_;
  sim::Style style_;
  sim::runner::Totals totals_;
  std::size_t number_ = 0;
  // For what is written at the end: all for JUnit, else those that failed.
  std::vector<sim::runner::CaseResult> kept_;
  bool printed_well_ = true;
};

// "CI" and the like: set, and not to "", "0" or "false".
bool environment_says(const char* variable);

}  // namespace mailcosm::cli
