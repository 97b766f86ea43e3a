#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/view.h"
#include "sim/scenario/units.h"

namespace mailcosm::cli {
namespace {

using sim::view::Focus;

// "message=...": nothing, or what is wrong.
std::string parse_focus(const std::string& text, sim::view::Selection& selection) {
  const std::size_t sign = text.find('=');
  const std::string subject = text.substr(0, sign);
  if (sign == std::string::npos || sign + 1 == text.size()) {
    return "expects message=ID, connection=ID or host=NAME";
  }
  Focus focus{Focus::Subject::kMessage, text.substr(sign + 1)};
  if (subject == "connection") {
    focus.subject = Focus::Subject::kConnection;
  } else if (subject == "host") {
    focus.subject = Focus::Subject::kHost;
  } else if (subject != "message") {
    return "knows no subject '" + subject + "'; it expects message=ID, connection=ID or host=NAME";
  }
  selection.focus = std::move(focus);
  return {};
}

// An end of a window; empty: open.
std::string parse_end(const std::string& text, std::optional<Instant>& end) {
  if (text.empty()) return {};
  const auto duration = sim::scenario::parse_duration(text);
  if (!duration) return "'" + text + "': " + duration.error().what;
  end = Instant{} + *duration;
  return {};
}

// "10 s..2 min"
std::string parse_window(const std::string& text, sim::view::Selection& selection) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return "expects FROM..TO, for example '10 s..2 min'";
  std::string wrong = parse_end(text.substr(0, dots), selection.from);
  if (wrong.empty()) wrong = parse_end(text.substr(dots + 2), selection.to);
  if (wrong.empty() && selection.from && selection.to && *selection.to < *selection.from) {
    return "ends before it begins";
  }
  return wrong;
}

}  // namespace

Command view_command() {
  const auto arguments = std::make_shared<ViewArguments>();
  Command command;
  command.name = "view";
  command.about = "Show a trace as a page or a picture";
  command.details =
      "Without options it writes a page that replays the run: one HTML file that needs nothing but "
      "a browser. It is called like the trace, with .html at the end. The other formats go to "
      "standard output. text lets you step through the run with keys on a terminal, and tells the "
      "story elsewhere.";
  command.argument("TRACE", arguments->trace, "Trace file").completes = Completes::kTrace;
  command.text("-o,--output", "FILE", arguments->output, "Write here; - is standard output")
      .completes = Completes::kFile;
  command.choice("--format", "FORMAT", arguments->format,
                 {"html", "svg", "mermaid", "plantuml", "dot", "perfetto", "text"},
                 "What to write: a page, a picture, or text for a tool that draws one");
  command.choice("--picture", "PICTURE", arguments->picture, {"sequence", "topology"},
                 "What svg and mermaid show; plantuml shows the sequence and dot the topology");
  command.choice("--depth", "LAYER", arguments->depth, {"story", "protocol", "packet"},
                 "How deep it goes; the page and perfetto show packets, the others protocol lines");
  command.flag("--frames", arguments->frames,
               "Put the octets of packets into the page, besides their summaries");
  command.text("--why", "ID", arguments->why,
               "Instead of a picture, tell what led to this record, cause by cause");
  command.section("Selection");
  command.parsed(
      "--focus", "SUBJECT",
      [arguments](const std::string& text) { return parse_focus(text, arguments->selection); },
      "Only what concerns message=ID (or its number), connection=ID or host=NAME, and what led to "
      "it");
  command.parsed(
      "--window", "FROM..TO",
      [arguments](const std::string& text) { return parse_window(text, arguments->selection); },
      "Only what happens between two times of the run; one of them may be missing");
  command.examples = {
      {"mailcosm view run.trace -o run.html", "Write the page that replays the run."},
      {"mailcosm view run.trace --format svg --depth story -o story.svg",
       "Draw who hands the mail to whom."},
      {"mailcosm view run.trace --format dot | neato -n -Tpdf -o network.pdf",
       "Draw the network with Graphviz."},
      {"mailcosm view run.trace --format text", "Step through the run on the terminal."},
      {"mailcosm view run.trace --why h3s12", "Why did that happen?"},
      {"mailcosm view run.trace --focus message=1 --window '..10 min'",
       "Only the first message, and only ten minutes of it."},
  };
  command.run = [arguments] { return view(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
