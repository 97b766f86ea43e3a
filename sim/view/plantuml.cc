#include "sim/view/plantuml.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"

namespace mailcosm::sim::view {
namespace {

bool is_plain(char c) {
  constexpr std::string_view kPlain = " .,:()+?";
  return ascii::is_alpha(c) || ascii::is_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
         kPlain.find(c) != std::string_view::npos;
}

std::string item_text(const Sequence& sequence, const SequenceItem& item) {
  const std::string text = plantuml_escaped(item.text);
  const std::size_t from = item.from == kWorld ? 0 : sequence.lane_of(item.from);
  const std::size_t last = sequence.lanes.size() - 1;
  switch (item.sort) {
    case SequenceItem::Sort::kArrow:
      return fmt::format("p{} {} p{} : {}\n", from,
                         item.failure  ? "->x"
                         : item.answer ? "-->"
                                       : "->",
                         sequence.lane_of(item.to), text);
    case SequenceItem::Sort::kNote:
      return fmt::format("note over p{} : {}\n", from, text);
    case SequenceItem::Sort::kBanner:
      break;
  }
  return last == 0 ? fmt::format("note over p0 : {}\n", text)
                   : fmt::format("note over p0, p{} : {}\n", last, text);
}

}  // namespace

std::string plantuml_escaped(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (is_plain(c)) {
      escaped += c;
    } else {
      escaped += fmt::format("<U+{:04X}>", static_cast<int>(c));
    }
  }
  return escaped.find_first_not_of(' ') == std::string::npos ? "(empty)" : escaped;
}

std::string plantuml_sequence(const Sequence& sequence) {
  std::string text = "@startuml\n";
  if (!sequence.title.empty()) text += "title " + plantuml_escaped(sequence.title) + "\n";
  for (std::size_t lane = 0; lane < sequence.lanes.size(); ++lane) {
    text += fmt::format("participant \"{}\" as p{}\n",
                        plantuml_escaped(sequence.names[sequence.lanes[lane]]), lane);
  }
  if (sequence.lanes.empty()) text += "participant nobody as p0\n";
  for (const SequenceItem& item : sequence.items) {
    if (!sequence.lanes.empty()) text += item_text(sequence, item);
  }
  if (sequence.left_out > 0) {
    text += fmt::format("note over p0 : and {} more\n", sequence.left_out);
  }
  return text + "@enduml\n";
}

}  // namespace mailcosm::sim::view
