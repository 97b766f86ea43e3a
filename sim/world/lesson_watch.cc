#include "sim/world/lesson_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "sim/world/record_choice.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kWordsShownMax = 60;  // octets of what a point says

std::string lines_of(const std::vector<std::string>& answers) {
  return fmt::format("{}", fmt::join(answers, "\n"));
}

void emit_point(std::size_t place, const scenario::LessonPoint& point, RecordId record,
                Recorder& recorder) {
  const std::string_view answer =
      point.answers.empty() ? std::string_view() : point.answers[point.right];
  recorder.emit(kWorld, Kind::kLessonPoint, std::span(&record, 1), {},
                {place, point.caption, point.question, lines_of(point.answers), answer,
                 point.question.empty() ? point.note : point.because});
}

std::string beginning_of(std::string_view text) {
  std::string_view shown = text.substr(0, text.find('\n')).substr(0, kWordsShownMax);
  while (shown.size() < text.size() && !shown.empty() && shown.back() != ' ')
    shown.remove_suffix(1);
  return std::string(shown) + (shown.size() < text.size() ? "..." : "");
}

std::string sentence_of(std::size_t place, const scenario::LessonPoint& point) {
  const std::string& text = !point.caption.empty() ? point.caption
                            : !point.note.empty()  ? point.note
                                                   : point.question;
  return fmt::format("What point {} of the lesson speaks of happens: \"{}\"", place,
                     beginning_of(text));
}

std::string how_often(std::int64_t count) {
  if (count == 0) return "it never happened";
  return count == 1 ? "it happened only once" : fmt::format("it happened only {} times", count);
}

}  // namespace

LessonWatch::LessonWatch(const scenario::Scenario& scenario, const TraceHeader& header)
    : scenario_(scenario), header_(header) {
  for (const scenario::LessonPoint& point : scenario.lesson_points) {
    for (Kind kind : kinds_chosen(point.topic, point.where)) {
      by_kind_[static_cast<std::size_t>(kind)].push_back(moments_.size());
      depth_ = std::max(depth_, info_of(kind).layer);
    }
    moments_.push_back({&point, point.nth, {}});
  }
}

void LessonWatch::accept(const Record& record) {
  for (std::size_t index : by_kind_[static_cast<std::size_t>(record.kind)]) {
    Moment& moment = moments_[index];
    if (moment.left == 0) continue;
    const expectations::RecordCandidate candidate(record, header_, composed_);
    if (fits(moment.model->where, candidate) && --moment.left == 0) moment.record = record.id;
  }
}

std::vector<expectations::Result> LessonWatch::finish(Recorder& recorder, Instant end) {
  std::vector<expectations::Result> missed;
  for (std::size_t i = 0; i < moments_.size(); ++i) {
    const Moment& moment = moments_[i];
    if (moment.left == 0) {
      emit_point(i + 1, *moment.model, moment.record, recorder);
      continue;
    }
    expectations::Result result;
    result.index = scenario_.expectations.size() + missed.size();
    result.sentence = sentence_of(i + 1, *moment.model);
    result.found = how_often(moment.model->nth - moment.left);
    result.source = moment.model->source;
    result.decided = end;
    missed.push_back(std::move(result));
  }
  return missed;
}

}  // namespace mailcosm::sim
