#include "sim/view/svg_frame.h"

#include <fmt/format.h>

#include "sim/trace/line_text.h"
#include "sim/view/markup_text.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::size_t kTitleColumns = 200;
constexpr std::size_t kDescriptionColumns = 1000;

// Okabe and Ito's colours keep apart for readers who see fewer; contrasts are at least 4.5 to 1.
// Plain rules and no variables, which many programs do not know.
constexpr std::string_view kStyle = R"(<style>
  svg { font: 13px system-ui, sans-serif; }
  .paper { fill: #ffffff; }
  text { fill: #1a1a1a; }
  .faint { fill: #5f6468; font-size: 11px; }
  .strong { font-weight: 600; }
  .lane { stroke: #8a9095; stroke-dasharray: 2 4; }
  .link { stroke: #8a9095; stroke-width: 1.5; }
  .box { fill: #eef3f7; stroke: #8a9095; }
  .flow { stroke: #00598c; stroke-width: 1.5; fill: none; }
  .answer { stroke-dasharray: 6 3; }
  .head { fill: #00598c; }
  .bad { stroke: #a63c00; stroke-width: 2; }
  .cross { fill: none; }
  .halo { stroke: #ffffff; stroke-width: 4px; paint-order: stroke; stroke-linejoin: round; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #14181c; }
    text { fill: #ececec; }
    .faint { fill: #a0a7ad; }
    .lane, .link { stroke: #7d858c; }
    .box { fill: #232b32; stroke: #7d858c; }
    .flow { stroke: #7cc4ee; }
    .head { fill: #7cc4ee; }
    .bad { stroke: #ff9d66; }
    .halo { stroke: #14181c; }
  }
</style>
)";

}  // namespace

std::string svg_head(std::int64_t width, std::int64_t height, std::string_view title,
                     std::string_view description) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
      "{1}\""
      " role=\"img\" aria-labelledby=\"picture-title picture-description\">\n"
      "<title id=\"picture-title\">{2}</title>\n<desc id=\"picture-description\">{3}</desc>\n{4}"
      "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n",
      width, height, svg_text(title, kTitleColumns), svg_text(description, kDescriptionColumns),
      kStyle);
}

std::string svg_tail() { return "</svg>\n"; }

std::string svg_text(std::string_view text, std::size_t columns) {
  return markup_escaped(printable(text, columns));
}

}  // namespace mailcosm::sim::view
