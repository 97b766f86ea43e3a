#include "sim/trace/kind_table.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "protocols/base/hash.h"

namespace mailcosm::sim {
namespace {

void add_text(Hash64& hash, std::string_view text) {
  hash.add(text.size());
  hash.add(text);
}

void append_row(const KindInfo& info, std::string& output) {
  fmt::format_to(std::back_inserter(output), "| `{}` | {} | ", info.name, info.about);
  for (std::size_t i = 0; i < info.fields.size(); ++i) {
    const FieldInfo& field = info.fields[i];
    fmt::format_to(std::back_inserter(output), "{}`{}` {}: {}", i == 0 ? "" : "<br>", field.name,
                   field_type_name(field.type), field.about);
  }
  output += " |\n";
}

}  // namespace

std::uint64_t kind_table_digest() {
  Hash64 hash;
  for (int number = 0; number < kKinds; ++number) {
    const KindInfo& info = info_of(static_cast<Kind>(number));
    add_text(hash, info.name);
    hash.add(static_cast<std::uint64_t>(info.layer));
    hash.add(info.fields.size());
    for (const FieldInfo& field : info.fields) {
      add_text(hash, field.name);
      hash.add(static_cast<std::uint64_t>(field.type));
    }
  }
  return hash.value();
}

std::string_view field_type_name(FieldType type) {
  constexpr std::array<std::string_view, kFieldTypes> kNames = {"text",     "bytes",   "number",
                                                                "duration", "instant", "flag"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view layer_name(Layer layer) {
  constexpr std::array<std::string_view, kLayers> kNames = {"story", "protocol", "packet"};
  return kNames[static_cast<std::size_t>(layer)];
}

std::string kind_table_markdown() {
  constexpr std::array<std::string_view, kLayers> kHeadings = {
      "### Story: what a teacher tells", "### Protocol: dialogues and DNS messages",
      "### Packet: segments and datagrams"};
  std::string output;
  for (int layer = 0; layer < kLayers; ++layer) {
    output += fmt::format("{}{}\n\n| kind | meaning | fields |\n|---|---|---|\n",
                          layer == 0 ? "" : "\n", kHeadings[static_cast<std::size_t>(layer)]);
    for (int number = 0; number < kKinds; ++number) {
      const KindInfo& info = info_of(static_cast<Kind>(number));
      if (static_cast<int>(info.layer) == layer) append_row(info, output);
    }
  }
  return output;
}

}  // namespace mailcosm::sim
