#include "sim/cli/test_plan.h"

#include <algorithm>
#include <filesystem>

#include "sim/cli/files.h"
#include "sim/runner/discover.h"
#include "sim/scenario/limits.h"

namespace mailcosm::cli {
namespace {

namespace runner = sim::runner;

constexpr std::size_t kCasesMax = 10'000'000;

std::string plain_path(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().native();
}

// What failed last time; files that are gone are no longer asked for.
Result<std::vector<std::string>> files_of(const TestArguments& arguments,
                                          const runner::LastFailed& last_failed) {
  std::vector<std::string> paths = arguments.paths;
  if (paths.empty() && arguments.rerun_failed) {
    for (const std::string& file : last_failed.files()) {
      std::error_code error;
      if (std::filesystem::exists(file, error)) paths.push_back(file);
    }
  }
  if (paths.empty()) {
    return Error{arguments.rerun_failed
                     ? "nothing failed last time; to run all, give files or folders"
                     : "expects files or folders, for example: mailcosm test scenarios",
                 0};
  }
  auto files = runner::discover(paths);
  if (!files || !arguments.rerun_failed) return files;
  std::vector<std::string> failed;
  std::copy_if(files->begin(), files->end(), std::back_inserter(failed),
               [&](const std::string& file) { return last_failed.contains(plain_path(file)); });
  return failed.empty() ? files : failed;
}

bool is_chosen(const std::vector<std::string>& filters, const std::string& file) {
  const auto text = read_file(file, sim::scenario::kFileSizeMax);
  const std::string title = text ? runner::top_value(*text, "title") : "";
  return std::any_of(filters.begin(), filters.end(),
                     [&](const std::string& filter) { return runner::fits(filter, file, title); });
}

std::vector<runner::Variant> variants_of(const TestArguments& arguments) {
  std::vector<runner::Variant> variants(1);
  if (arguments.seeds) {
    variants.clear();
    for (std::uint64_t seed = arguments.seeds->first; seed <= arguments.seeds->last; ++seed)
      variants.push_back({seed, 0});
  }
  if (!arguments.tie_breaks) return variants;
  std::vector<runner::Variant> all;
  for (runner::Variant variant : variants) {
    for (std::uint64_t seed = arguments.tie_breaks->first; seed <= arguments.tie_breaks->last;
         ++seed) {
      variant.tie_break_seed = seed;
      all.push_back(variant);
    }
  }
  return all;
}

}  // namespace

Result<std::vector<PlannedCase>> make_plan(const TestArguments& arguments,
                                           const runner::LastFailed& last_failed) {
  auto files = files_of(arguments, last_failed);
  if (!files) return files.error();
  if (files->empty()) return Error{"no scenario (a YAML file with the key 'mailcosm') there", 0};
  if (!arguments.filters.empty()) {
    std::erase_if(*files, [&](const auto& file) { return !is_chosen(arguments.filters, file); });
    if (files->empty()) return Error{"the filter fits no scenario", 0};
  }
  const std::vector<runner::Variant> variants = variants_of(arguments);
  std::vector<PlannedCase> plan;
  for (const std::string& file : runner::take_shard(*files, arguments.shard)) {
    if (plan.size() + variants.size() > kCasesMax) return Error{"more than 10,000,000 runs", 0};
    for (const runner::Variant& variant : variants) plan.push_back({file, variant});
  }
  return plan;
}

}  // namespace mailcosm::cli
