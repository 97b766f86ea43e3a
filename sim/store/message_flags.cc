#include "sim/store/message_flags.h"

#include <array>
#include <utility>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

constexpr std::array<std::pair<std::uint8_t, std::string_view>, 5> kSystemFlags = {{
    {MessageFlags::kAnswered, "\\Answered"},
    {MessageFlags::kFlagged, "\\Flagged"},
    {MessageFlags::kDeleted, "\\Deleted"},
    {MessageFlags::kSeen, "\\Seen"},
    {MessageFlags::kDraft, "\\Draft"},
}};

}  // namespace

std::string to_string(const MessageFlags& flags, std::span<const std::string> keywords) {
  std::string text;
  const auto add = [&text](std::string_view name) {
    if (!text.empty()) text.push_back(' ');
    text.append(name);
  };
  for (const auto& [flag, name] : kSystemFlags) {
    if (flags.has(flag)) add(name);
  }
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    if ((flags.keywords >> i & 1) != 0) add(keywords[i]);
  }
  return text;
}

std::uint8_t system_flag_of(std::string_view name) {
  for (const auto& [flag, text] : kSystemFlags) {
    if (ascii::equal_ignoring_case(name, text)) return flag;
  }
  return 0;
}

}  // namespace mailcosm::sim
