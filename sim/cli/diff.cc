#include "sim/cli/diff.h"

#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"

namespace mailcosm::cli {

int diff(const DiffArguments& arguments) {
  FileTrace left(arguments.left);
  FileTrace right(arguments.right);
  const auto difference = sim::diff_traces(left, right);
  if (!difference) {
    std::fprintf(stderr, "mailcosm: %s\n", difference.error().what.c_str());
    return kRuntimeFailure;
  }
  auto reader = left.open();
  if (!reader) return kRuntimeFailure;
  FileSink output(stdout);
  const std::string report =
      sim::describe(*difference, (*reader)->header(), arguments.left, arguments.right);
  if (!output.write(report) || !output.flush()) return kRuntimeFailure;
  return difference->equal() ? kOk : kExpectationFailed;
}

}  // namespace mailcosm::cli
