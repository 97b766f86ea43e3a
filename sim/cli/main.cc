#include <cstdio>
#include <exception>

#include "sim/cli/commands.h"
#include "sim/cli/exit_code.h"

namespace mailcosm::cli {
namespace {

struct Dispatch {
  int operator()(const Done& done) const { return done.exit_code; }
  int operator()(const RunArguments& arguments) const { return run(arguments); }
  int operator()(const CheckArguments& arguments) const { return check(arguments); }
  int operator()(const ExpandArguments& arguments) const { return expand(arguments); }
  int operator()(const SchemaArguments& arguments) const { return schema(arguments); }
  int operator()(const HashArguments& arguments) const { return hash(arguments); }
  int operator()(const DiffArguments& arguments) const { return diff(arguments); }
};

}  // namespace
}  // namespace mailcosm::cli

int main(int count, char** words) {
  try {
    return std::visit(mailcosm::cli::Dispatch{}, mailcosm::cli::parse_arguments(count, words));
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "mailcosm: %s\n", exception.what());
    return mailcosm::cli::kRuntimeFailure;
  }
}
