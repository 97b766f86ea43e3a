#include "sim/runner/sequence_diagram.h"

#include <fmt/format.h>

#include "sim/trace/line_text.h"
#include "sim/view/mermaid.h"

namespace mailcosm::sim::runner {
namespace {

constexpr HostIndex kClient = 0;
constexpr HostIndex kServer = 1;

view::SequenceItem item_of(const ConversationLine& line) {
  view::SequenceItem item;
  item.text = printable(line.text, view::kMermaidColumns);
  switch (line.mark) {
    case ConversationLine::Mark::kSent:
      item.from = kClient;
      item.to = kServer;
      break;
    case ConversationLine::Mark::kReceived:
      item.from = kServer;
      item.to = kClient;
      item.answer = true;
      break;
    default:
      item.sort = view::SequenceItem::Sort::kNote;
      item.from = item.to = kClient;
      break;
  }
  return item;
}

}  // namespace

std::string sequence_diagram(const Conversation& conversation) {
  view::Sequence sequence;
  sequence.names = {conversation.client, conversation.server};
  sequence.lanes = {kClient, kServer};
  if (conversation.lines_left_out != 0) {
    view::SequenceItem before;
    before.sort = view::SequenceItem::Sort::kBanner;
    before.text = fmt::format("{} lines before", conversation.lines_left_out);
    sequence.items.push_back(std::move(before));
  }
  for (const ConversationLine& line : conversation.lines) sequence.items.push_back(item_of(line));
  return view::mermaid_sequence(sequence);
}

}  // namespace mailcosm::sim::runner
