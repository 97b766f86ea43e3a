#include "sim/cli/golden_update.h"

#include <fmt/format.h>

#include "sim/cli/files.h"
#include "sim/golden/golden.h"

namespace mailcosm::cli {
namespace {

namespace runner = sim::runner;
using State = runner::GoldenOutcome::State;

std::string indented(const std::string& text) {
  std::string result = "  ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    result.push_back(text[i]);
    if (text[i] == '\n' && i + 1 < text.size()) result += "  ";
  }
  return result;
}

std::string what_changed(const runner::CaseResult& result, bool is_new) {
  if (is_new) return "  A new golden file.\n";
  if (result.golden.state == State::kDiffers)
    return fmt::format("  Changed: {}\n", result.golden.summary) + indented(result.golden.report);
  if (result.golden.state == State::kUnreadable)
    return fmt::format("  The old file was no golden file: {}\n", result.golden.summary);
  return "  The run is the same; only what the file says about the scenario changes.\n";
}

}  // namespace

std::string update_golden(const runner::CaseResult& result, bool& written) {
  written = true;
  const std::string path = runner::golden_file_of(result.file);
  if (!result.passed() || result.golden.text.empty())
    return fmt::format("  {} is left as it is: the scenario does not pass.\n", path);
  const auto before = read_file(path, sim::Golden::kFileSizeMax * 2);
  if (before && *before == result.golden.text) return "";
  const std::string change = what_changed(result, !before);
  auto file = open_for_writing(path);
  if (file) {
    FileSink sink(file->get());
    written = sink.write(result.golden.text) && sink.flush();
  } else {
    written = false;
  }
  return change + fmt::format("  {} {}\n", written ? "Written:" : "Cannot be written:", path);
}

}  // namespace mailcosm::cli
