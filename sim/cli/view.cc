#include "sim/cli/view.h"

#include <cstdio>
#include <utility>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/view/html_page.h"

namespace mailcosm::cli {
namespace {

// The trace's name with another ending: "runs/a.jsonl" becomes "runs/a.html".
std::string page_name(const std::string& trace) {
  const std::size_t slash = trace.rfind('/');
  const std::size_t dot = trace.rfind('.');
  const bool ending = dot != std::string::npos && (slash == std::string::npos || dot > slash + 1);
  return trace.substr(0, ending ? dot : trace.size()) + ".html";
}

Result<void> write_page(const ViewArguments& arguments, FileTrace& trace,
                        const sim::view::Shown& shown, sim::ByteSink& sink) {
  auto reader = trace.open();
  if (!reader) return reader.error();
  sim::view::ColumnarTrace columns((*reader)->header(), {.frames = arguments.frames});
  columns.set_scenario(arguments.scenario);
  columns.set_left_out(shown.left_out());
  if (const auto read = read_shown(**reader, shown, columns); !read) return read.error();
  return write_html(columns, sim::view::page_template(), sink);
}

Result<void> write(const ViewArguments& arguments, const std::string& output) {
  FileTrace trace(arguments.trace);
  auto reader = trace.open();
  if (!reader) return reader.error();
  const auto shown = choose(**reader, arguments.selection);
  if (!shown) return shown.error();
  auto file = open_for_writing(output);
  if (!file) return file.error();
  FileSink sink(file->get());
  auto written = write_page(arguments, trace, *shown, sink);
  if (written && !sink.flush()) return Error{"cannot write " + output + " completely", 0};
  if (written && !shown->left_out().empty()) {
    std::fprintf(stderr, "mailcosm: %s\n", shown->left_out().c_str());
  }
  return written;
}

}  // namespace

int view(const ViewArguments& arguments) {
  const std::string output =
      arguments.output.empty() ? page_name(arguments.trace) : arguments.output;
  if (const auto written = write(arguments, output); !written) {
    std::fprintf(stderr, "mailcosm: %s\n", written.error().what.c_str());
    return kRuntimeFailure;
  }
  return kOk;
}

}  // namespace mailcosm::cli
