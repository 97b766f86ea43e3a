#include "sim/scenario/expand_lesson.h"

#include "sim/scenario/check_writer.h"

namespace mailcosm::sim::scenario {
namespace {

void write_moment(const LessonPoint& point, YamlWriter& out) {
  out.open_map("at");
  out.open_map(point.topic == Topic::kLine ? "line" : "event");
  write_checks(point.where, out);
  out.close();
  if (point.nth != 1) out.number("nth", point.nth);
  out.close();
}

}  // namespace

void expand_lesson(const Scenario& scenario, YamlWriter& out) {
  if (scenario.lesson_points.empty()) {
    if (!scenario.lesson.empty()) out.text("lesson", scenario.lesson);
    return;
  }
  out.open_map("lesson");
  out.text("text", scenario.lesson);
  out.open_list("points");
  for (const LessonPoint& point : scenario.lesson_points) {
    out.open_item();
    write_moment(point, out);
    if (!point.caption.empty()) out.text("caption", point.caption);
    if (!point.note.empty()) out.text("note", point.note);
    if (!point.question.empty()) {
      out.text("question", point.question);
      out.texts("answers", point.answers);
      out.number("answer", static_cast<std::int64_t>(point.right + 1));
      if (!point.because.empty()) out.text("because", point.because);
    }
    out.close();
  }
  out.close();
  out.close();
}

}  // namespace mailcosm::sim::scenario
