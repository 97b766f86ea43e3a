// What writers, readers and the documentation need of the table of kinds as a whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/trace/kind.h"

namespace mailcosm::sim {

// Changes with every change of a kind's name, number, layer or of the names and types of its
// fields.
std::uint64_t kind_table_digest();

inline constexpr int kFieldTypes = 6;
// "text", "bytes", "number", "duration", "instant", "flag".
std::string_view field_type_name(FieldType type);
// "story", "protocol", "packet".
std::string_view layer_name(Layer layer);

// The table as Markdown, as it stands in docs/trace-format.md between its two marks.
std::string kind_table_markdown();

}  // namespace mailcosm::sim
