#include "sim/agents/client/change_log.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

using JobKind = RetrievalJob::Kind;

constexpr std::pair<JobKind, std::string_view> kNames[] = {
    {JobKind::kMark, "mark"}, {JobKind::kMove, "move"}, {JobKind::kRemove, "remove"}};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) words.emplace_back(ascii::take_until(text, ' '));
  return words;
}

// What stands behind the tab of each message.
std::vector<std::string>* details_of(RetrievalJob& job) {
  if (job.kind == JobKind::kMove) return &job.moved;
  return job.kind == JobKind::kRemove ? &job.message_ids : nullptr;
}

std::optional<RetrievalJob> parse(std::string_view lines) {
  const std::string_view name = ascii::take_until(lines, '\n');
  const auto* kind = std::find_if(std::begin(kNames), std::end(kNames),
                                  [&](const auto& known) { return known.second == name; });
  if (kind == std::end(kNames)) return std::nullopt;
  RetrievalJob job;
  job.kind = kind->first;
  job.choice.mailbox = ascii::take_until(lines, '\n');
  job.to = ascii::take_until(lines, '\n');
  job.add = words_of(ascii::take_until(lines, '\n'));
  job.remove = words_of(ascii::take_until(lines, '\n'));
  while (!lines.empty()) {
    std::string_view line = ascii::take_until(lines, '\n');
    job.ids.emplace_back(ascii::take_until(line, '\t'));
    if (std::vector<std::string>* details = details_of(job)) details->emplace_back(line);
  }
  if (job.ids.empty()) return std::nullopt;
  return job;
}

}  // namespace

ChangeLog::ChangeLog(Disk& disk, const std::string& folder)
    : disk_(disk), folder_(folder + "/changes/") {}

ChangeLog::~ChangeLog() { disk_.forget(*this); }

std::deque<RetrievalJob> ChangeLog::load() {
  std::deque<RetrievalJob> jobs;
  for (const std::string& file : disk_.list(folder_)) {
    const auto number = ascii::parse_unsigned(std::string_view(file).substr(folder_.size()));
    std::optional<RetrievalJob> job = parse(disk_.read(file).text());
    if (!number || !job) {
      disk_.remove(file);
      continue;
    }
    job->number = *number;
    last_ = std::max(last_, *number);
    jobs.push_back(std::move(*job));
  }
  return jobs;
}

void ChangeLog::add(RetrievalJob& job) {
  if (job.ids.empty()) return;
  job.number = ++last_;
  write(job);
}

void ChangeLog::update(const RetrievalJob& job) {
  if (job.number != 0) write(job);
}

void ChangeLog::remove(const RetrievalJob& job) {
  if (job.number == 0) return;
  disk_.remove(path(job.number));
  disk_.sync(*this, 0);
}

void ChangeLog::clear() {
  for (const std::string& file : disk_.list(folder_)) disk_.remove(file);
}

// Eight digits, so that the order of names is that of numbers.
std::string ChangeLog::path(std::uint64_t number) const {
  std::string digits = std::to_string(number);
  if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
  return folder_ + digits;
}

// On a full disk the change lives in memory only.
void ChangeLog::write(const RetrievalJob& job) {
  RetrievalJob copy = job;
  const auto* kind = std::find_if(std::begin(kNames), std::end(kNames),
                                  [&](const auto& known) { return known.first == job.kind; });
  std::string lines(kind->second);
  for (const std::string& line : {job.choice.mailbox, job.to, joined(job.add), joined(job.remove)})
    lines += '\n' + line;
  lines += '\n';
  const std::vector<std::string>* details = details_of(copy);
  for (std::size_t i = 0; i < job.ids.size(); ++i) {
    lines += job.ids[i];
    if (details != nullptr) lines += '\t' + (*details)[i];
    lines += '\n';
  }
  static_cast<void>(disk_.write(path(job.number), Content(lines)));
  disk_.sync(*this, 0);
}

}  // namespace mailcosm::sim
