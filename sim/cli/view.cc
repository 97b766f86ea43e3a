#include "sim/cli/view.h"

#include <cstdint>
#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/cli/terminal.h"
#include "sim/cli/view_picture.h"
#include "sim/cli/view_text.h"
#include "sim/view/why.h"

namespace mailcosm::cli {
namespace {

// The trace's name with another ending: "runs/a.jsonl" becomes "runs/a.html".
std::string page_name(const std::string& trace) {
  const std::size_t slash = trace.rfind('/');
  const std::size_t dot = trace.rfind('.');
  const bool ending = dot != std::string::npos && (slash == std::string::npos || dot > slash + 1);
  return trace.substr(0, ending ? dot : trace.size()) + ".html";
}

std::string output_of(const ViewArguments& arguments) {
  if (!arguments.output.empty()) return arguments.output;
  return arguments.format == "html" ? page_name(arguments.trace) : "-";
}

// Layers that were not asked for need no mention; others that are left out do.
void tell_left_out(const ViewArguments& arguments, const sim::view::Shown& shown) {
  if (shown.left_out().empty()) return;
  const bool only_depth = !arguments.selection.focus && !arguments.selection.from &&
                          !arguments.selection.to && arguments.format != "html";
  if (!only_depth) std::fprintf(stderr, "mailcosm: %s\n", shown.left_out().c_str());
}

bool is_played(const ViewArguments& arguments) {
  return arguments.format == "text" && arguments.output.empty() && has_terminal();
}

// The page and the player hold all they show; what is written as it comes needs no limit.
std::size_t records_max(const ViewArguments& arguments) {
  constexpr std::size_t kPlayerMax = 200'000;
  if (arguments.format == "html") return sim::view::Selection().records_max;
  return is_played(arguments) ? kPlayerMax : SIZE_MAX;
}

Result<void> write(const ViewArguments& arguments) {
  FileTrace trace(arguments.trace);
  auto first = trace.open();
  if (!first) return first.error();
  sim::view::Selection selection = arguments.selection;
  selection.deepest = depth_of(arguments);
  selection.records_max = records_max(arguments);
  const auto shown = choose(**first, selection);
  if (!shown) return shown.error();
  auto second = trace.open();
  if (!second) return second.error();
  if (is_played(arguments)) return play_on_terminal(**second, *shown);
  const std::string output = output_of(arguments);
  auto file = open_for_writing(output);
  if (!file) return file.error();
  FileSink sink(file->get());
  if (const auto written = write_picture(arguments, **second, *shown, sink); !written) {
    return written.error();
  }
  if (!sink.flush()) return Error{"cannot write " + output + " completely", 0};
  tell_left_out(arguments, *shown);
  return {};
}

Result<void> write_why(const ViewArguments& arguments) {
  FileTrace trace(arguments.trace);
  const auto text = sim::view::why(trace, arguments.why, width_of_stdout());
  if (!text) return text.error();
  auto file = open_for_writing(arguments.output.empty() ? "-" : arguments.output);
  if (!file) return file.error();
  FileSink sink(file->get());
  if (sink.write(*text) && sink.flush()) return {};
  return Error{"the causes could not be written completely", 0};
}

}  // namespace

int view(const ViewArguments& arguments) {
  const auto written = arguments.why.empty() ? write(arguments) : write_why(arguments);
  if (!written) {
    std::fprintf(stderr, "mailcosm: %s\n", written.error().what.c_str());
    return kRuntimeFailure;
  }
  return kOk;
}

}  // namespace mailcosm::cli
