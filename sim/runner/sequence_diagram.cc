#include "sim/runner/sequence_diagram.h"

#include <fmt/format.h>

#include "sim/trace/line_text.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::size_t kColumns = 72;

// Characters that mean something to mermaid or to HTML become entities of mermaid, "#35;".
std::string label(std::string_view text) {
  std::string result;
  for (char c : printable(text, kColumns)) {
    if (std::string_view("#;:<>&\"'`{}[]()|\\%*_~").find(c) != std::string_view::npos) {
      result += fmt::format("#{};", static_cast<int>(c));
    } else {
      result.push_back(c);
    }
  }
  return result.empty() ? "#8203;" : result;
}

}  // namespace

std::string sequence_diagram(const Conversation& conversation) {
  std::string text = "sequenceDiagram\n";
  text += fmt::format("  participant C as {}\n  participant S as {}\n", label(conversation.client),
                      label(conversation.server));
  if (conversation.lines_left_out != 0)
    text += fmt::format("  Note over C,S: {} lines before\n", conversation.lines_left_out);
  for (const ConversationLine& line : conversation.lines) {
    switch (line.mark) {
      case ConversationLine::Mark::kSent:
        text += fmt::format("  C->>S: {}\n", label(line.text));
        break;
      case ConversationLine::Mark::kReceived:
        text += fmt::format("  S-->>C: {}\n", label(line.text));
        break;
      default:
        text += fmt::format("  Note over C,S: {}\n", label(line.text));
        break;
    }
  }
  return text;
}

}  // namespace mailcosm::sim::runner
