#include "sim/cli/test_report.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "sim/cli/files.h"
#include "sim/cli/terminal.h"
#include "sim/runner/github.h"
#include "sim/runner/junit.h"
#include "sim/runner/tap.h"

namespace mailcosm::cli {
namespace {

namespace runner = sim::runner;

// Bad cases kept for annotations and summary, which show fewer.
constexpr std::size_t kKeptMax = 10'000;

std::string environment(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? "" : value;
}

bool write_all(File file, const std::string& text) {
  FileSink sink(file.get());
  return sink.write(text) && sink.flush();
}

bool complain(const std::string& what) {
  std::fprintf(stderr, "mailcosm: %s\n", what.c_str());
  return false;
}

// The name of a file in its repository, as GitHub wants it.
std::string name_in_repository(const std::string& file) {
  namespace fs = std::filesystem;
  const std::string workspace = environment("GITHUB_WORKSPACE");
  std::error_code error;
  const fs::path whole = fs::absolute(file, error).lexically_normal();
  if (error || workspace.empty()) return file;
  const std::string relative = whole.lexically_relative(workspace).native();
  return relative.empty() || relative.starts_with("..") ? file : relative;
}

}  // namespace

bool environment_says(const char* variable) {
  const std::string value = environment(variable);
  return !value.empty() && value != "0" && value != "false";
}

TestReport::TestReport(const TestArguments& arguments, std::size_t cases)
    : arguments_(arguments),
      cases_(cases),
      on_github_(environment_says("GITHUB_ACTIONS")),
      progress_(true),
      style_(style_of_stdout()) {
  if (arguments_.tap) print(runner::tap_begin(cases));
}

void TestReport::print(const std::string& text) {
  if (text.empty()) return;
  progress_.clear();
  FileSink output(stdout);
  printed_well_ = output.write(text) && output.flush() && printed_well_;
}

void TestReport::show_progress(std::size_t finished) {
  progress_.show(fmt::format("{} of {} scenario runs, {} failed", finished, cases_, totals_.bad()));
}

void TestReport::add(runner::CaseResult result, const std::string& remarks) {
  ++number_;
  totals_.add(result);
  if (arguments_.tap) {
    print(runner::tap_case(result, number_));
  } else if (!arguments_.quiet || !result.passed() || !remarks.empty()) {
    print(runner::status_line(result, style_) + runner::failure_report(result, style_) + remarks);
  }
  const bool bad = !result.passed() && on_github_ && kept_.size() < kKeptMax;
  if (!arguments_.junit.empty() || bad) kept_.push_back(std::move(result));
}

bool TestReport::finish(std::size_t not_run, const std::string& reason) {
  totals_.stopped += not_run;
  if (arguments_.tap) {
    if (!reason.empty()) print(runner::tap_bail_out(reason));
  } else if (!arguments_.quiet || totals_.bad() + totals_.stopped != 0) {
    if (!reason.empty()) print(fmt::format("Stopped: {}.\n", reason));
    print(runner::closing_line(totals_));
  }
  bool good = printed_well_ || complain("the report could not be written completely");
  if (!arguments_.junit.empty()) good = write_junit() && good;
  if (on_github_) good = write_github() && good;
  return good;
}

bool TestReport::write_junit() const {
  auto file = open_for_writing(arguments_.junit);
  if (!file) return complain(file.error().what);
  return write_all(std::move(*file), runner::junit(kept_)) ||
         complain("cannot write " + arguments_.junit + " completely");
}

bool TestReport::write_github() const {
  const std::string annotations = runner::github_annotations(kept_, name_in_repository);
  // TAP owns standard output; GitHub reads both.
  std::fputs(annotations.c_str(), arguments_.tap ? stderr : stdout);
  std::fflush(stdout);
  const std::string path = environment("GITHUB_STEP_SUMMARY");
  if (path.empty()) return true;
  File file(std::fopen(path.c_str(), "ab"));
  if (!file) return complain("cannot write " + path);
  return write_all(std::move(file), runner::github_summary(kept_, totals_)) ||
         complain("cannot write " + path + " completely");
}

}  // namespace mailcosm::cli
