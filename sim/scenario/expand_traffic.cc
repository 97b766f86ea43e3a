#include "sim/scenario/expand_traffic.h"

#include <string>

#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

std::string size_text(std::uint64_t octets) {
  return format_size(static_cast<std::int64_t>(octets));
}

void write_number(std::string_view key, std::uint64_t number, YamlWriter& out) {
  out.number(key, static_cast<std::int64_t>(number));
}

void write_arrivals(const ArrivalModel& model, YamlWriter& out) {
  constexpr std::string_view kNames[] = {"poisson", "constant", "diurnal", "bursts",
                                         "self-exciting"};
  out.open_map("arrivals");
  out.plain("process", kNames[static_cast<std::size_t>(model.kind)]);
  if (model.kind == ArrivalKind::kDiurnal) {
    std::string weights;
    for (const std::uint32_t weight : model.profile)
      weights += (weights.empty() ? "" : ", ") + std::to_string(weight);
    out.plain("profile", "[" + weights + "]");
  } else if (model.kind == ArrivalKind::kBursts) {
    out.number("burst_factor", model.burst_factor);
    out.plain("burst_length", format_duration(model.burst_length));
    out.plain("burst_pause", format_duration(model.burst_pause));
  } else if (model.kind == ArrivalKind::kSelfExciting) {
    out.plain("branching", format_decimal(model.branching));
    out.plain("memory", format_duration(model.memory));
  }
  out.close();
}

struct WriteRecipients {
  YamlWriter& out;
  void operator()(const Uniform& uniform) const {
    if (uniform.min == uniform.max) return write_number("constant", uniform.min, out);
    out.open_map("uniform");
    write_number("min", uniform.min, out);
    write_number("max", uniform.max, out);
    out.close();
  }
  void operator()(const Geometric& geometric) const {
    out.open_map("geometric");
    out.plain("mean", format_decimal(geometric.mean));
    write_number("max", geometric.max, out);
    out.close();
  }
  void operator()(const ZipfCount& zipf) const {
    out.open_map("zipf");
    write_number("max", zipf.max, out);
    out.plain("exponent", format_decimal(zipf.exponent));
    out.close();
  }
};

struct WriteShape {
  YamlWriter& out;
  void operator()(const Uniform& uniform) const {
    if (uniform.min == uniform.max) return out.plain("constant", size_text(uniform.min));
    out.open_map("uniform");
    out.plain("min", size_text(uniform.min));
    out.plain("max", size_text(uniform.max));
    out.close();
  }
  void operator()(const Exponential& exponential) const {
    out.open_map("exponential");
    out.plain("mean", size_text(exponential.mean));
    out.close();
  }
  void operator()(const Lognormal& lognormal) const {
    out.open_map("lognormal");
    out.plain("median", size_text(lognormal.median));
    out.plain("sigma", format_decimal(lognormal.sigma));
    out.close();
  }
  void operator()(const Pareto& pareto) const {
    out.open_map("pareto");
    out.plain("min", size_text(pareto.min));
    out.plain("alpha", format_decimal(pareto.alpha));
    if (pareto.max != 0) out.plain("max", size_text(pareto.max));
    out.close();
  }
  void operator()(const Empirical& table) const {
    out.open_list("table");
    for (const Empirical::Interval& interval : table.intervals) {
      out.open_item();
      out.plain("below", size_text(interval.below));
      out.plain("share", format_fraction(static_cast<std::int64_t>(interval.share)));
      out.close();
    }
    out.close();
  }
};

void write_sizes(const SizeDistribution& sizes, YamlWriter& out) {
  out.open_map("size");
  out.plain("limit", size_text(sizes.max));
  if (sizes.parts.size() == 1) {
    std::visit(WriteShape{out}, sizes.parts[0].shape);
  } else {
    out.open_list("mixture");
    for (const SizeDistribution::Part& part : sizes.parts) {
      out.open_item();
      out.plain("share", format_fraction(static_cast<std::int64_t>(part.share)));
      std::visit(WriteShape{out}, part.shape);
      out.close();
    }
    out.close();
  }
  out.close();
}

void write_mails(const TrafficMails& mails, YamlWriter& out) {
  out.open_map("mails");
  out.plain("during", format_duration(mails.arrivals.during));
  out.plain("begin", format_duration(mails.begin));
  write_arrivals(mails.arrivals, out);
  out.open_map("recipients");
  std::visit(WriteRecipients{out}, mails.recipients);
  out.close();
  out.plain("local", format_fraction(mails.local));
  out.plain("popularity", format_decimal(mails.popularity));
  out.plain("activity", format_decimal(mails.activity));
  write_sizes(mails.size, out);
  out.close();
}

void write_source(const TrafficSource& source, YamlWriter& out) {
  out.open_item();
  out.text("host", source.host);
  out.number("first", source.first + 1);
  out.number("users", source.users);
  out.number("mails", source.mails);
  out.text("submission_server", source.submission.name);
  out.number("submission_port", source.submission.port);
  if (!source.retrieval_server.empty()) {
    out.text("retrieval_server", source.retrieval_server);
    out.number("imap_port", source.imap_port);
    out.number("pop3_port", source.pop3_port);
  }
  out.close();
}

}  // namespace

void expand_traffic(const Traffic& traffic, YamlWriter& out) {
  if (traffic.groups.empty()) return;
  out.open_map("traffic");
  out.open_list("users");
  for (const UserGroup& group : traffic.groups) {
    out.open_item();
    out.text("domain", group.domain);
    out.text("names", group.names);
    out.number("count", group.count);
    out.close();
  }
  out.close();
  write_mails(traffic.mails, out);
  out.open_map("readers");
  out.plain("imap", format_fraction(traffic.readers.imap));
  out.plain("pop3", format_fraction(traffic.readers.pop3));
  out.plain("check_every", format_duration(traffic.readers.check_every));
  out.plain("until", format_duration(traffic.readers.until));
  out.close();
  if (!traffic.sources.empty()) {
    out.open_list("sources");
    for (const TrafficSource& source : traffic.sources) write_source(source, out);
    out.close();
  }
  out.close();
}

}  // namespace mailcosm::sim::scenario
