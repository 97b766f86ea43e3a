#include "sim/view/layout.h"

#include <algorithm>

#include "sim/view/columns_layout.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::int32_t kMargin = 24;       // around everything, and inside a frame
constexpr std::int32_t kTitleHeight = 36;  // of a frame
constexpr std::int32_t kGap = 40;          // between frames
constexpr std::int32_t kAisle = 96;        // between the middle and the frames
constexpr std::size_t kRowsMin = 5;
// Every other column stands lower, so that links do not run through the hosts between.
constexpr std::int32_t kStagger = kCellHeight / 3;

// Hosts that stand together: grid cells first, coordinates later.
struct Block {
  std::string name;
  std::vector<HostIndex> hosts;
  std::vector<std::vector<HostIndex>> columns;  // the first is nearest to the middle

  std::size_t rows() const {
    std::size_t most = 0;
    for (const auto& column : columns) most = std::max(most, column.size());
    return most;
  }
  std::int32_t width() const {
    return static_cast<std::int32_t>(columns.size()) * kCellWidth + 2 * kMargin;
  }
  std::int32_t height() const {
    return static_cast<std::int32_t>(rows()) * kCellHeight + kTitleHeight + kMargin + kStagger;
  }
};

constexpr int kRanks = 3;

// 0 nearest to the middle.
int rank_of(const MapHost& host) {
  if (host.has_role("client")) return 2;
  if (host.has_role("mta") || host.has_role("mailbox")) return 1;
  const bool network = host.has_role("router") || host.has_role("dns") || host.has_role("resolver");
  return network ? 0 : 2;
}

// The smallest r with r * r >= n.
std::size_t root_above(std::size_t n) {
  std::size_t root = 0;
  while (root * root < n) ++root;
  return root;
}

// Routers in the middle, the others above and below them in turn.
std::vector<HostIndex> around_routers(const NetworkMap& map, const std::vector<HostIndex>& hosts) {
  std::vector<HostIndex> above, routers, below;
  for (HostIndex host : hosts) {
    if (map.hosts[host].has_role("router")) {
      routers.push_back(host);
    } else {
      (above.size() <= below.size() ? above : below).push_back(host);
    }
  }
  above.insert(above.end(), routers.begin(), routers.end());
  above.insert(above.end(), below.begin(), below.end());
  return above;
}

void add_columns(const std::vector<HostIndex>& hosts, std::size_t rows, Block& block) {
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    if (i % rows == 0) block.columns.emplace_back();
    block.columns.back().push_back(hosts[i]);
  }
}

void fill_columns(const NetworkMap& map, Block& block) {
  const std::size_t rows = std::max(kRowsMin, root_above(block.hosts.size()));
  std::vector<HostIndex> ranks[kRanks];
  for (HostIndex host : block.hosts) ranks[rank_of(map.hosts[host])].push_back(host);
  ranks[0] = around_routers(map, ranks[0]);
  for (const std::vector<HostIndex>& rank : ranks) add_columns(rank, rows, block);
}

// One column as long as it stays readable, else as wide as high.
void fill_middle(const NetworkMap& map, Block& block) {
  const std::vector<HostIndex> order = around_routers(map, block.hosts);
  add_columns(order, std::max(kRowsMin, root_above(order.size())), block);
}

// Puts the block with its top left corner at (x, y). Columns run to the left if `mirrored`; short
// ones are centred.
void place(NetworkMap& map, const Block& block, std::int32_t x, std::int32_t y, bool mirrored) {
  const auto columns = static_cast<std::int32_t>(block.columns.size());
  const auto rows = static_cast<std::int32_t>(block.rows());
  for (std::int32_t c = 0; c < columns; ++c) {
    const std::vector<HostIndex>& column = block.columns[static_cast<std::size_t>(c)];
    const std::int32_t cell = mirrored ? columns - 1 - c : c;
    const std::int32_t free = (rows - static_cast<std::int32_t>(column.size())) * kCellHeight / 2;
    std::int32_t top = y + kTitleHeight + free + c % 2 * kStagger;
    for (HostIndex host : column) {
      map.hosts[host].x = x + kMargin + cell * kCellWidth + kCellWidth / 2;
      map.hosts[host].y = top + kCellHeight / 2;
      top += kCellHeight;
    }
  }
  if (!block.name.empty()) {
    map.areas.push_back({block.name, x, y, block.width(), block.height()});
  }
}

// Organisations of one side, in columns of about the same height, the first column innermost.
struct Side {
  std::vector<std::vector<const Block*>> columns;

  explicit Side(const std::vector<const Block*>& blocks) {
    const std::size_t rows = std::max<std::size_t>(3, root_above(blocks.size()));
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (i % rows == 0) columns.emplace_back();
      columns.back().push_back(blocks[i]);
    }
  }
  static std::int32_t width(const std::vector<const Block*>& column) {
    std::int32_t widest = 0;
    for (const Block* block : column) widest = std::max(widest, block->width());
    return widest;
  }
  static std::int32_t height(const std::vector<const Block*>& column) {
    std::int32_t sum = -kGap;
    for (const Block* block : column) sum += block->height() + kGap;
    return std::max(sum, 0);
  }
  std::int32_t width() const {
    std::int32_t sum = -kGap;
    for (const auto& column : columns) sum += width(column) + kGap;
    return std::max(sum, 0);
  }
  std::int32_t height() const {
    std::int32_t highest = 0;
    for (const auto& column : columns) highest = std::max(highest, height(column));
    return highest;
  }
  // From `x`, the inner edge, outwards.
  void place(NetworkMap& map, std::int32_t x, bool leftwards) const {
    for (const auto& column : columns) {
      std::int32_t y = (map.height - height(column)) / 2;
      for (const Block* block : column) {
        view::place(map, *block, leftwards ? x - block->width() : x, y, leftwards);
        y += block->height() + kGap;
      }
      x += (leftwards ? -1 : 1) * (width(column) + kGap);
    }
  }
};

// By organisation, in the order of their first hosts; the first is the internet.
std::vector<Block> blocks_of(const NetworkMap& map) {
  std::vector<Block> blocks(1);
  std::map<std::string_view, std::size_t> places{{"", 0}};
  for (HostIndex host = 0; host < map.hosts.size(); ++host) {
    const std::string& organisation = map.hosts[host].organisation;
    const auto [found, fresh] = places.emplace(organisation, blocks.size());
    if (fresh) blocks.push_back({organisation, {}, {}});
    blocks[found->second].hosts.push_back(host);
  }
  return blocks;
}

void lay_out_organisations(NetworkMap& map, std::vector<Block>& blocks) {
  Block& middle = blocks.front();
  fill_middle(map, middle);
  std::vector<const Block*> left, right;
  const std::size_t half = blocks.size() / 2;  // the first is the middle
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    fill_columns(map, blocks[i]);
    (i <= half ? left : right).push_back(&blocks[i]);
  }
  const Side west(left);
  const Side east(right);
  map.height = std::max({west.height(), east.height(), middle.height()}) + 2 * kMargin;
  const std::int32_t inner = kMargin + west.width() + kAisle;
  west.place(map, inner - kAisle, true);
  place(map, middle, inner, (map.height - middle.height()) / 2, false);
  const std::int32_t outer = inner + middle.width() + kAisle;
  east.place(map, outer, false);
  map.width = outer + east.width() + kMargin;
}

void lay_out_alone(NetworkMap& map) {
  Block block;
  block.columns = columns_of(map);
  map.width = block.width() + 2 * kMargin;
  map.height = block.height() + 2 * kMargin;
  place(map, block, kMargin, kMargin, false);
}

}  // namespace

void lay_out(NetworkMap& map) {
  map.areas.clear();
  std::vector<Block> blocks = blocks_of(map);
  if (blocks.size() == 1) {
    lay_out_alone(map);
  } else {
    lay_out_organisations(map, blocks);
  }
}

}  // namespace mailcosm::sim::view
