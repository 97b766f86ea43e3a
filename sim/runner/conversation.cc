#include "sim/runner/conversation.h"

#include <fmt/format.h>

#include <array>

#include "sim/trace/line_text.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::array<std::string_view, 4> kMarks = {" -> ", " <- ", "=== ", "*** "};

}  // namespace

std::string heading_of(const Conversation& conversation) {
  return fmt::format("{} with {} ({}), {} to {}", conversation.client, conversation.server,
                     conversation.protocol, time_text(conversation.begin),
                     time_text(conversation.end));
}

std::string to_text(const Conversation& conversation, std::string_view indent, std::size_t width) {
  std::string text;
  const auto add = [&](std::string_view mark, std::string_view line) {
    text += indent;
    text += mark;
    text += printable(line, width - std::min(width, indent.size() + mark.size()));
    while (text.ends_with(' ')) text.pop_back();
    text += "\n";
  };
  if (conversation.lines_left_out != 0) {
    add("=== ", fmt::format("({} line{} before)", conversation.lines_left_out,
                            conversation.lines_left_out == 1 ? "" : "s"));
  }
  for (const ConversationLine& line : conversation.lines)
    add(kMarks[static_cast<std::size_t>(line.mark)], line.text);
  return text;
}

}  // namespace mailcosm::sim::runner
