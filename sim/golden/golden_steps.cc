#include "sim/golden/golden_steps.h"

#include <fmt/format.h>

#include <array>

#include "protocols/base/hash.h"
#include "sim/trace/line_text.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kNone = ~std::size_t{0};

// The fields that say what a record is about, whatever becomes of it.
constexpr std::array<std::string_view, 13> kSubjectFields = {
    "user", "device", "name",    "type", "recipient", "reverse_path", "protocol",
    "peer", "domain", "mailbox", "text", "fault",     "host"};

bool names_subject(const FieldInfo& field) {
  for (std::string_view name : kSubjectFields)
    if (field.name == name) return true;
  return false;
}

// "alice-laptop.red.com 192.0.2.101 to mail.red.com 192.0.2.4:587": the port of the client was
// drawn.
std::string without_client_port(std::string_view parties) {
  const std::size_t to = parties.find(" to ");
  if (to == std::string_view::npos) return std::string(parties);
  const std::size_t colon = parties.rfind(':', to);
  if (colon == std::string_view::npos || to - colon < 2 || to - colon > 6)
    return std::string(parties);
  return fmt::format("{}{}", parties.substr(0, colon), parties.substr(to));
}

std::string time_of(const narrative::Step& step) {
  std::string text = time_text(step.begin);
  if (step.end > step.begin) text += fmt::format(", for {}", duration_text(step.end - step.begin));
  return text;
}

GoldenLine::Mark mark_of(narrative::Mark mark) {
  switch (mark) {
    case narrative::Mark::kSent:
      return GoldenLine::Mark::kSent;
    case narrative::Mark::kReceived:
      return GoldenLine::Mark::kReceived;
    case narrative::Mark::kError:
      return GoldenLine::Mark::kError;
    case narrative::Mark::kRemark:
      break;
  }
  return GoldenLine::Mark::kRemark;
}

}  // namespace

void GoldenSteps::remember(const Record& record) {
  if (origins_.size() >= kRecordsMax) return;
  Origin origin;
  // Causes come before what they cause; a trace file may say otherwise, and must not lead in
  // circles.
  const std::uint64_t cause = record.causes.empty() ? 0 : record.causes.front().bits();
  if (origins_.contains(cause)) origin.cause = cause;
  Hash64 name;
  name.add(header_.name_of(record.host));
  const KindInfo& info = info_of(record.kind);
  name.add(info.name);
  for (std::size_t i = 0; i < info.fields.size(); ++i) {
    if (!names_subject(info.fields[i])) continue;
    if (info.layer != Layer::kStory && record.kind != Kind::kSessionOpened) continue;
    name.add(record.values[i].text.size());
    name.add(record.values[i].text);
  }
  origin.name = name.value();
  origins_.emplace(record.id.bits(), origin);
}

void GoldenSteps::title(std::string_view text, std::string_view below) {
  golden_.title = stable_line(text);
  golden_.date = below;
}

void GoldenSteps::closing(std::string_view text) { golden_.closing = stable_line(text); }

void GoldenSteps::event(Instant time, const narrative::Outcome& event, RecordId record) {
  GoldenStep step;
  step.heading = fmt::format("{}{}", event.failure ? "*** " : "=== ", stable_line(event.text));
  step.time = time_text(time);
  add(std::move(step), {record});
}

void GoldenSteps::step(std::uint64_t, const narrative::Step& told) {
  GoldenStep step;
  step.heading = stable_line(told.heading);
  step.time = time_of(told);
  step.parties = without_client_port(told.parties);
  if (golden_.steps_left_out == 0) {
    for (const narrative::Line& line : told.lines) {
      if (step.lines.size() == Golden::kLinesOfStepMax) break;
      add_line(step, mark_of(line.mark), line.text);
    }
    const std::uint64_t left_out = told.lines.size() - step.lines.size() + told.lines_left_out;
    if (left_out != 0)
      add_line(step, GoldenLine::Mark::kRemark, fmt::format("and {} lines more", left_out));
    for (const narrative::Outcome& outcome : told.outcomes)
      add_line(step, outcome.failure ? GoldenLine::Mark::kFailure : GoldenLine::Mark::kOutcome,
               outcome.text);
  }
  add(std::move(step), told.records);
}

std::string GoldenSteps::stable_line(std::string_view text) const {
  std::string line = printable(stable_.of(text), Golden::kColumnsMax);
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

void GoldenSteps::add_line(GoldenStep& step, GoldenLine::Mark mark, std::string_view text) {
  step.lines.push_back({mark, stable_line(text)});
}

std::string GoldenSteps::new_id(std::uint64_t name) {
  std::uint64_t count = names_[name]++;
  while (true) {
    Hash64 hash(name);
    hash.add(count);
    std::string id = fmt::format("{:06x}", hash.value() & 0xffffff);
    if (ids_.emplace(id, true).second) return id;
    count += 1'000'000;  // six digits collide at times
  }
}

void GoldenSteps::own(RecordId record, std::size_t step) { step_of_.emplace(record.bits(), step); }

void GoldenSteps::add(GoldenStep step, const std::vector<RecordId>& records) {
  if (golden_.steps_left_out != 0 || lines_ + step.lines.size() > Golden::kLinesMax) {
    ++golden_.steps_left_out;
    return;
  }
  lines_ += step.lines.size() + 2;
  const std::size_t index = golden_.steps.size();
  for (RecordId record : records) own(record, index);
  const std::uint64_t first = records.empty() ? 0 : records.front().bits();
  const auto origin = origins_.find(first);
  std::uint64_t name =
      first == 0 && index != 0 ? hash64(golden_.steps.back().id) : hash64(step.heading);
  if (origin != origins_.end()) name = origin->second.name;
  step.id = new_id(name);
  first_records_.push_back(first);
  golden_.steps.push_back(std::move(step));
}

// The step that the cause of this record is told in, or that cause's own.
std::size_t GoldenSteps::step_before(std::size_t step, std::uint64_t record) const {
  while (true) {
    const auto origin = origins_.find(record);
    if (origin == origins_.end() || origin->second.cause == 0) return kNone;
    record = origin->second.cause;
    const auto found = step_of_.find(record);
    if (found != step_of_.end() && found->second != step) return found->second;
  }
}

void GoldenSteps::move_to(Golden& golden) {
  for (std::size_t i = 0; i < golden_.steps.size(); ++i) {
    const std::size_t before = first_records_[i] != 0 ? step_before(i, first_records_[i]) : i - 1;
    if (before < golden_.steps.size()) golden_.steps[i].cause = golden_.steps[before].id;
  }
  golden.title = std::move(golden_.title);
  golden.date = std::move(golden_.date);
  golden.steps = std::move(golden_.steps);
  golden.steps_left_out = golden_.steps_left_out;
  golden.closing = std::move(golden_.closing);
}

}  // namespace mailcosm::sim
