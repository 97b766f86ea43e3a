// What all SVG pictures have around their contents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm::sim::view {

// The start of the document, with its style, title and description.
std::string svg_head(std::int64_t width, std::int64_t height, std::string_view title,
                     std::string_view description);
std::string svg_tail();

// Text safe between tags and in attributes, of at most so many columns.
std::string svg_text(std::string_view text, std::size_t columns);

}  // namespace mailcosm::sim::view
