#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/line_text.h"
#include "sim/trace/time_text.h"
#include "sim/view/svg.h"
#include "sim/view/svg_frame.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::int64_t kLane = 230;     // between lanes
constexpr std::int64_t kLeft = 170;     // of the first lane; times stand left of it
constexpr std::int64_t kTop = 76;       // below the names of the lanes
constexpr std::int64_t kRow = 26;       // an item
constexpr std::int64_t kSlope = 9;      // how much lower an arrow arrives
constexpr std::int64_t kGapRow = 34;    // a torn strip
constexpr std::int64_t kCharacter = 7;  // about the width of one
constexpr std::size_t kFullColumns = 200;
// A pause that is worth a strip of its own.
constexpr Duration kGap = std::chrono::seconds(1);

class Drawing {
 public:
  explicit Drawing(const Sequence& sequence) : sequence_(sequence) {}

  std::string draw() {
    std::int64_t y = kTop;
    for (const SequenceItem& item : sequence_.items) y = draw_item(item, y);
    if (sequence_.left_out > 0) {
      body_ += fmt::format("<text class=\"faint\" x=\"{}\" y=\"{}\">and {} more</text>\n", kLeft,
                           y + 16, sequence_.left_out);
      y += kRow;
    }
    const std::int64_t bottom = y + kRow / 2;
    const std::string title = sequence_.title.empty()
                                  ? "Sequence of a run"
                                  : fmt::format("\"{}\", line by line", sequence_.title);
    return svg_head(right() + kLane / 2, bottom + 20, title, description()) + lanes(bottom) +
           body_ + svg_tail();
  }

 private:
  std::int64_t x_of(HostIndex host) const {
    return kLeft + static_cast<std::int64_t>(sequence_.lane_of(host)) * kLane;
  }
  std::int64_t right() const {
    const std::size_t lanes = std::max<std::size_t>(sequence_.lanes.size(), 1);
    return kLeft + static_cast<std::int64_t>(lanes - 1) * kLane;
  }

  std::string description() const {
    return fmt::format(
        "A sequence diagram with {} lanes, one for each host, and {} arrows and notes from top to "
        "bottom. A solid arrow is sent by a client, a dashed one by a server; a cross is a loss.",
        sequence_.lanes.size(), sequence_.items.size());
  }

  std::string lanes(std::int64_t bottom) const {
    std::string text;
    for (HostIndex host : sequence_.lanes) {
      const std::int64_t x = x_of(host);
      text += fmt::format(
          "<line class=\"lane\" x1=\"{0}\" y1=\"44\" x2=\"{0}\" y2=\"{1}\"/><text class=\"strong\" "
          "x=\"{0}\" y=\"34\" text-anchor=\"middle\">{2}</text>\n",
          x, bottom, svg_text(sequence_.names[host], kLane / kCharacter));
    }
    return text;
  }

  // Gives where the next one begins.
  std::int64_t draw_item(const SequenceItem& item, std::int64_t y) {
    y = draw_time(item, y);
    switch (item.sort) {
      case SequenceItem::Sort::kArrow:
        draw_arrow(item, y);
        return y + kRow;
      case SequenceItem::Sort::kNote:
        draw_box(item, x_of(item.from) - 8, width_of(item.text), y);
        return y + kRow;
      case SequenceItem::Sort::kBanner:
        draw_box(item, kLeft - 8, right() - kLeft + kLane / 2, y);
        return y + kRow;
    }
    return y;
  }

  // The time in front of what happens at it first, and a torn strip where nothing happens for long.
  std::int64_t draw_time(const SequenceItem& item, std::int64_t y) {
    const bool first = !last_;
    if (!first && item.sent - *last_ >= kGap) {
      body_ += fmt::format(
          "<path class=\"flow\" d=\"M8,{0}l8,-5l8,10l8,-10l8,10l8,-5M{1},{0}H{2}\"/><text "
          "class=\"faint\" x=\"58\" y=\"{3}\">{4} later</text>\n",
          y + 12, kLeft - 8, right() + kLane / 4, y + 16, duration_text(item.sent - *last_));
      y += kGapRow;
    }
    if (first || item.sent != *last_) {
      body_ +=
          fmt::format("<text class=\"faint\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
                      kLeft - 20, y + 4, time_text(item.sent));
    }
    last_ = item.sent;
    return y;
  }

  void draw_arrow(const SequenceItem& item, std::int64_t y) {
    const std::int64_t from = x_of(item.from);
    const bool itself = item.from == item.to;
    const std::int64_t to = itself ? from + 40 : x_of(item.to);
    const bool lost = item.failure || item.received.is_never();
    const std::int64_t end_x = lost ? from + (to - from) * 2 / 3 : to;
    const std::int64_t end_y = item.sent == item.received ? y : y + kSlope;
    const std::int64_t back = end_x > from ? -7 : 7;
    body_ += fmt::format(
        "<g><title>{}</title><line class=\"flow{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
        svg_text(item.text, kFullColumns), item.answer ? " answer" : "", from, y, end_x, end_y);
    body_ +=
        lost ? fmt::format("<path class=\"bad cross\" d=\"M{0},{1}l10,10m0,-10l-10,10\"/>",
                           end_x - 5, end_y - 5)
             : fmt::format("<path class=\"head\" d=\"M{0},{1}l{2},-4v8z\"/>", end_x, end_y, back);
    const std::int64_t span = std::max(kLane, to > from ? to - from : from - to);
    body_ += fmt::format(
        "<text class=\"halo\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text></g>\n",
        (from + to) / 2, y - 3, svg_text(item.text, static_cast<std::size_t>(span / kCharacter)));
  }

  // Of a note, with its mark and its edges.
  static std::int64_t width_of(std::string_view text) {
    constexpr std::int64_t kEdges = 36;
    return static_cast<std::int64_t>(columns_of(text)) * kCharacter + kEdges;
  }

  void draw_box(const SequenceItem& item, std::int64_t x, std::int64_t width_max, std::int64_t y) {
    // What is too wide for the lanes to its right stands more to the left.
    const std::int64_t end = right() + kLane / 2 - 10;
    const std::int64_t width = std::min(std::max(width_max, kLane), end - 8);
    x = std::min(x, end - width);
    body_ += fmt::format(
        "<g><title>{}</title><rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"20\" "
        "rx=\"{}\"/><text x=\"{}\" y=\"{}\">{}{}</text></g>\n",
        svg_text(item.text, kFullColumns), item.failure ? "box bad" : "box", x, y - 12, width,
        item.sort == SequenceItem::Sort::kBanner ? 10 : 2, x + 8, y + 2, item.failure ? "! " : "",
        svg_text(item.text, static_cast<std::size_t>((width - 16) / kCharacter)));
    // A dot on the lane it belongs to, which need not be where it begins.
    if (item.sort == SequenceItem::Sort::kNote) {
      body_ += fmt::format("<circle class=\"head\" cx=\"{}\" cy=\"{}\" r=\"4\"/>\n",
                           x_of(item.from), y - 12);
    }
  }

  const Sequence& sequence_;
  std::string body_;
  std::optional<Instant> last_;
};

}  // namespace

std::string svg_sequence(const Sequence& sequence) { return Drawing(sequence).draw(); }

}  // namespace mailcosm::sim::view
