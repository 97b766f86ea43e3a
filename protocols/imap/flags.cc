#include "protocols/imap/flags.h"

#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/imap/lexer.h"

namespace mailcosm::imap {
namespace {

struct Name {
  SystemFlag flag;
  std::string_view name;
};
constexpr Name kNames[] = {
    {SystemFlag::kAnswered, "\\Answered"}, {SystemFlag::kFlagged, "\\Flagged"},
    {SystemFlag::kDeleted, "\\Deleted"},   {SystemFlag::kSeen, "\\Seen"},
    {SystemFlag::kDraft, "\\Draft"},       {SystemFlag::kRecent, "\\Recent"}};

auto place_of(const std::vector<std::string>& keywords, std::string_view keyword) {
  return std::lower_bound(keywords.begin(), keywords.end(), keyword, ascii::LessIgnoringCase{});
}

}  // namespace

bool Flags::has_keyword(std::string_view keyword) const {
  const auto place = place_of(keywords, keyword);
  return place != keywords.end() && ascii::equal_ignoring_case(*place, keyword);
}

bool Flags::add_keyword(std::string_view keyword) {
  const auto place = place_of(keywords, keyword);
  if (place != keywords.end() && ascii::equal_ignoring_case(*place, keyword)) return true;
  if (keywords.size() >= kKeywordsMax || keyword.size() > kKeywordLengthMax) return false;
  keywords.emplace(place, keyword);
  return true;
}

void Flags::remove_keyword(std::string_view keyword) {
  const auto place = place_of(keywords, keyword);
  if (place != keywords.end() && ascii::equal_ignoring_case(*place, keyword)) keywords.erase(place);
}

void Flags::add(const Flags& others) {
  system = static_cast<std::uint8_t>(system | others.system);
  for (const std::string& keyword : others.keywords) add_keyword(keyword);
}

void Flags::remove(const Flags& others) {
  system = static_cast<std::uint8_t>(system & ~others.system);
  for (const std::string& keyword : others.keywords) remove_keyword(keyword);
}

void Flags::append_to(std::string& output) const {
  std::string_view separator;
  for (const Name& name : kNames) {
    if (!has(name.flag)) continue;
    output.append(separator).append(name.name);
    separator = " ";
  }
  for (const std::string& keyword : keywords) {
    output.append(separator).append(keyword);
    separator = " ";
  }
}

std::string Flags::to_string() const {
  std::string output;
  append_to(output);
  return output;
}

bool add_flag(std::string_view name, Flags& flags) {
  if (name.starts_with('\\')) {
    for (const Name& known : kNames) {
      if (!ascii::equal_ignoring_case(known.name, name)) continue;
      flags.set(known.flag);
      return true;
    }
    return false;
  }
  return is_atom(name) && flags.add_keyword(name);
}

std::optional<Flags> parse_flags(std::string_view text) {
  Flags flags;
  while (!text.empty()) {
    const std::string_view name = ascii::take_until(text, ' ');
    if (!add_flag(name, flags)) return std::nullopt;
  }
  return flags;
}

Flags apply(StoreMode mode, const Flags& before, const Flags& change) {
  Flags after = before;
  switch (mode) {
    case StoreMode::kReplace:
      after = change;
      break;
    case StoreMode::kAdd:
      after.add(change);
      break;
    case StoreMode::kRemove:
      after.remove(change);
      break;
  }
  after.clear(SystemFlag::kRecent);
  if (before.has(SystemFlag::kRecent)) after.set(SystemFlag::kRecent);
  return after;
}

}  // namespace mailcosm::imap
