#include "sim/cli/view_picture.h"

#include "sim/cli/view_text.h"
#include "sim/view/dot.h"
#include "sim/view/html_page.h"
#include "sim/view/mermaid.h"
#include "sim/view/perfetto.h"
#include "sim/view/plantuml.h"
#include "sim/view/svg.h"

namespace mailcosm::cli {
namespace {

using sim::view::NetworkMap;
using sim::view::Sequence;

const Error kNotWritten{"the picture could not be written completely", 0};

Result<void> written(sim::ByteSink& sink, const std::string& text) {
  if (sink.write(text)) return {};
  return kNotWritten;
}

Result<void> write_page(const ViewArguments& arguments, sim::TraceReader& reader,
                        const sim::view::Shown& shown, sim::ByteSink& sink) {
  sim::view::ColumnarTrace columns(reader.header(), {.frames = arguments.frames});
  columns.set_scenario(arguments.scenario);
  columns.set_left_out(shown.left_out());
  if (const auto read = read_shown(reader, shown, columns); !read) return read.error();
  return write_html(columns, sim::view::page_template(), sink);
}

Result<void> write_sequence(const ViewArguments& arguments, sim::TraceReader& reader,
                            const sim::view::Shown& shown, sim::ByteSink& sink) {
  const bool mermaid = arguments.format == "mermaid";
  sim::view::SequenceOptions options{.depth = depth_of(arguments)};
  if (mermaid) options.items_max = sim::view::kMermaidItemsMax;
  sim::view::SequenceReader sequence(reader.header(), options);
  if (const auto read = read_shown(reader, shown, sequence); !read) return read.error();
  const Sequence taken = sequence.take();
  if (mermaid) return written(sink, mermaid_sequence(taken));
  return written(sink,
                 arguments.format == "plantuml" ? plantuml_sequence(taken) : svg_sequence(taken));
}

// The title of the run, besides the map.
class TitledMap final : public sim::RecordSink {
 public:
  explicit TitledMap(const sim::TraceHeader& header) : map_(header) {}
  void accept(const sim::Record& record) override {
    if (record.kind == sim::Kind::kRunStarted) title_ = field_of(record, "title").text;
    map_.accept(record);
  }
  NetworkMap map() const { return map_.map(); }
  const std::string& title() const { return title_; }

 private:
  sim::view::MapReader map_;
  std::string title_;
};

Result<void> write_topology(const ViewArguments& arguments, sim::TraceReader& reader,
                            const sim::view::Shown& shown, sim::ByteSink& sink) {
  TitledMap map(reader.header());
  if (const auto read = read_shown(reader, shown, map); !read) return read.error();
  if (arguments.format == "dot") return written(sink, dot_network(map.map()));
  if (arguments.format == "mermaid") return written(sink, mermaid_network(map.map()));
  return written(sink, svg_network(map.map(), map.title()));
}

Result<void> write_perfetto(sim::TraceReader& reader, const sim::view::Shown& shown,
                            sim::ByteSink& sink) {
  sim::view::PerfettoWriter writer(sink, reader.header());
  if (const auto read = read_shown(reader, shown, writer); !read) return read.error();
  if (writer.finish()) return {};
  return kNotWritten;
}

}  // namespace

sim::Layer depth_of(const ViewArguments& arguments) {
  if (arguments.depth == "story") return sim::Layer::kStory;
  if (arguments.depth == "protocol") return sim::Layer::kProtocol;
  if (arguments.depth == "packet") return sim::Layer::kPacket;
  const bool deep = arguments.format == "html" || arguments.format == "perfetto";
  return deep ? sim::Layer::kPacket : sim::Layer::kProtocol;
}

Result<void> write_picture(const ViewArguments& arguments, sim::TraceReader& reader,
                           const sim::view::Shown& shown, sim::ByteSink& sink) {
  if (arguments.format == "html") return write_page(arguments, reader, shown, sink);
  if (arguments.format == "perfetto") return write_perfetto(reader, shown, sink);
  if (arguments.format == "text") return tell_run(reader, shown, sink);
  if (arguments.format == "dot" || arguments.picture == "topology") {
    return write_topology(arguments, reader, shown, sink);
  }
  return write_sequence(arguments, reader, shown, sink);
}

}  // namespace mailcosm::cli
