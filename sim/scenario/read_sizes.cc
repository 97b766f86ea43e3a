#include "sim/scenario/read_sizes.h"

#include <fmt/format.h>

#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::uint64_t kLimit = 1 << 20;
constexpr std::uint64_t kBodyMax = 256 << 20;  // it lies in memory
constexpr std::int64_t kWhole = 1'000'000;     // all of them, in millionths

// Bodies are lognormal with a Pareto tail; docs/population.md says where that comes from.
SizeDistribution default_sizes() {
  return {{{950'000, Lognormal{3 << 10, 1'000'000}}, {50'000, Pareto{10 << 10, 0, 1'300'000}}},
          kLimit};
}

void check_order(const Fields& fields, std::int64_t min, std::int64_t max, Reporter& reporter) {
  if (min <= max) return;
  reporter.add(fields.source("max"), "max: it is less than min", "Nothing lies between them.");
}

Uniform read_uniform(const Fields& fields, Reporter& reporter) {
  check_order(fields, fields.size("min"), fields.size("max"), reporter);
  return {static_cast<std::uint64_t>(fields.size("min")),
          static_cast<std::uint64_t>(fields.size("max"))};
}

Pareto read_pareto(const Fields& fields, Reporter& reporter) {
  const std::int64_t max = fields.has("max") ? fields.size("max") : 0;
  if (fields.has("max")) check_order(fields, fields.size("min"), max, reporter);
  if (fields.size("min") == 0) {
    reporter.add(fields.source("min"), "min: it must be more than 0 B",
                 "A Pareto distribution that begins at 0 is 0 everywhere.");
  }
  return {static_cast<std::uint64_t>(fields.size("min")), static_cast<std::uint64_t>(max),
          fields.decimal("alpha")};
}

void check_whole(std::int64_t sum, std::string_view key, SourcePosition source,
                 Reporter& reporter) {
  if (sum == kWhole) return;
  reporter.add(source, fmt::format("{}: the shares are {} together", key, format_fraction(sum)),
               "All messages together are 100 %.");
}

Empirical read_table(const Fields& fields, Reporter& reporter) {
  Empirical table;
  std::int64_t sum = 0, last = 0;
  for (const Node* node : fields.list("table")) {
    const Fields row(*node, kSizeTableShape);
    const std::int64_t below = row.size("below"), share = row.fraction("share");
    if (below <= last) {
      reporter.add(row.source("below"), "below: it is not more than that of the row before",
                   "Each interval begins where the one before ends.");
      return table;
    }
    table.intervals.push_back(
        {static_cast<std::uint64_t>(below), static_cast<std::uint64_t>(share)});
    last = below;
    sum += share;
  }
  check_whole(sum, "table", fields.source("table"), reporter);
  return table;
}

// One named distribution of a shape that has those keys.
SizeDistribution::Shape read_named(const Fields& fields, Reporter& reporter) {
  if (fields.has("uniform")) return read_uniform(fields.object("uniform"), reporter);
  if (fields.has("exponential"))
    return Exponential{static_cast<std::uint64_t>(fields.object("exponential").size("mean"))};
  if (fields.has("lognormal")) {
    const Fields lognormal = fields.object("lognormal");
    return Lognormal{static_cast<std::uint64_t>(lognormal.size("median")),
                     lognormal.decimal("sigma")};
  }
  if (fields.has("pareto")) return read_pareto(fields.object("pareto"), reporter);
  if (fields.has("table")) return read_table(fields, reporter);
  const auto size = static_cast<std::uint64_t>(fields.size("constant"));
  return Uniform{size, size};
}

SizeDistribution read_distribution(const Fields& fields, Reporter& reporter) {
  SizeDistribution sizes;
  sizes.max = static_cast<std::uint64_t>(fields.size("limit"));
  if (!fields.has("mixture")) {
    sizes.parts.push_back({1, read_named(fields, reporter)});
    // What is told exactly needs no limit.
    if (const auto* uniform = std::get_if<Uniform>(&sizes.parts[0].shape))
      sizes.max = std::max(sizes.max, uniform->max);
    return sizes;
  }
  std::int64_t sum = 0;
  for (const Node* node : fields.list("mixture")) {
    const Fields part(*node, kSizePartShape);
    const std::int64_t share = part.fraction("share");
    sizes.parts.push_back({static_cast<std::uint64_t>(share), read_named(part, reporter)});
    sum += share;
  }
  check_whole(sum, "mixture", fields.source("mixture"), reporter);
  return sizes;
}

}  // namespace

SizeDistribution read_sizes(const Fields& mails, Reporter& reporter) {
  if (!mails.has("size")) return default_sizes();
  SizeDistribution sizes = read_distribution(mails.object("size"), reporter);
  if (sizes.max > kBodyMax) {
    reporter.add(mails.source("size"),
                 fmt::format("size: bodies may be up to {}",
                             format_size(static_cast<std::int64_t>(sizes.max))),
                 fmt::format("At most {} are possible.", format_size(kBodyMax)));
  }
  return sizes;
}

CountModel read_recipients(const Fields& mails, Reporter& reporter) {
  if (!mails.has("recipients")) return Uniform{1, 1};
  const Fields fields = mails.object("recipients");
  const auto whole = [](std::int64_t number) { return static_cast<std::uint64_t>(number); };
  if (fields.has("uniform")) {
    const Fields uniform = fields.object("uniform");
    check_order(uniform, uniform.integer("min"), uniform.integer("max"), reporter);
    return Uniform{whole(uniform.integer("min")), whole(uniform.integer("max"))};
  }
  if (fields.has("geometric")) {
    const Fields geometric = fields.object("geometric");
    return Geometric{geometric.decimal("mean"), whole(geometric.integer("max"))};
  }
  if (fields.has("zipf")) {
    const Fields zipf = fields.object("zipf");
    return ZipfCount{whole(zipf.integer("max")), zipf.decimal("exponent")};
  }
  const std::uint64_t count = whole(fields.integer("constant"));
  return Uniform{count, count};
}

}  // namespace mailcosm::sim::scenario
