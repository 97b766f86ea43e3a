#include "sim/cli/new.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/cli/new_templates.h"

namespace mailcosm::cli {
namespace {

constexpr std::size_t kNameMax = 100;

// Without folder and ending.
std::string_view stem_of(std::string_view path) {
  std::string_view stem = path.substr(path.rfind('/') + 1);
  for (std::string_view ending : {".yaml", ".yml"})
    if (stem.ends_with(ending)) stem.remove_suffix(ending.size());
  return stem;
}

bool is_good_name(std::string_view stem) {
  constexpr std::string_view kOthers = "-_.";
  for (char c : stem) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!word && kOthers.find(c) == std::string_view::npos) return false;
  }
  return !stem.empty() && stem.size() <= kNameMax && !stem.starts_with('-') &&
         !stem.starts_with('.');
}

// "My first story" of "my_first-story".
std::string title_of(std::string_view stem) {
  std::string title(stem);
  for (char& c : title)
    if (c == '_' || c == '-') c = ' ';
  if (title.front() >= 'a' && title.front() <= 'z')
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
  return title;
}

std::string filled_in(std::string_view text, std::string_view title) {
  constexpr std::string_view kPlace = "{title}";
  std::string result(text);
  for (std::size_t at = result.find(kPlace); at != std::string::npos;
       at = result.find(kPlace, at + title.size()))
    result.replace(at, kPlace.size(), title);
  return result;
}

int refuse(const std::string& why, int exit_code) {
  std::fprintf(stderr, "mailcosm: %s\n", why.c_str());
  return exit_code;
}

}  // namespace

int make_new(const NewArguments& arguments) {
  const std::string_view stem = stem_of(arguments.name);
  if (!is_good_name(stem)) {
    return refuse(
        fmt::format(
            "'{}' is no name for a scenario: use letters, digits, '-', '_' and '.', for example "
            "alice_to_bob",
            arguments.name),
        kUsage);
  }
  const bool has_ending = arguments.name.ends_with(".yaml") || arguments.name.ends_with(".yml");
  const std::string path = has_ending ? arguments.name : arguments.name + ".yaml";
  const NewTemplate* chosen = nullptr;
  for (const NewTemplate& candidate : new_templates())
    if (candidate.name == arguments.scenario_template) chosen = &candidate;
  if (chosen == nullptr) return refuse("there is no such template", kUsage);
  const File file(std::fopen(path.c_str(), "wbx"));
  if (!file && errno == EEXIST)
    return refuse(fmt::format("{} exists; nothing was written", path), kUsage);
  if (!file)
    return refuse(fmt::format("cannot write {}: {}", path, std::strerror(errno)), kRuntimeFailure);
  FileSink sink(file.get());
  if (!sink.write(filled_in(chosen->text, title_of(stem))) || !sink.flush())
    return refuse(fmt::format("{} could not be written completely (disk full?)", path),
                  kRuntimeFailure);
  std::printf(
      "Wrote %s. Next:\n  mailcosm run %s     tells its story\n  mailcosm test %s    says whether "
      "its "
      "expectations hold\n",
      path.c_str(), path.c_str(), path.c_str());
  return kOk;
}

}  // namespace mailcosm::cli
