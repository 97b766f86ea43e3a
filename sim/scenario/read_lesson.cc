#include "sim/scenario/read_lesson.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/scenario/limits.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/topic_reader.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::size_t kAnswersMin = 2;

// Without the white space at its ends, which blocks of YAML leave there.
std::string_view stripped(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kWhite);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhite) + 1 - begin);
}

class PointReader {
 public:
  PointReader(const Node& node, const People& people, Draft& draft)
      : fields_(node, kLessonPointShape),
        people_(people),
        draft_(draft),
        reporter_(draft.reporter) {}

  void run() {
    point_.source = fields_.source();
    moment(fields_.object("at"));
    point_.caption = said("caption");
    point_.note = said("note");
    point_.question = said("question");
    if (fields_.has("question")) {
      answers();
      answer();
    } else {
      refuse_without_question();
    }
    point_.because = said("because");
    draft_.scenario.lesson_points.push_back(std::move(point_));
  }

 private:
  void moment(const Fields& fields) {
    const bool line = fields.has("line");
    point_.topic = line ? Topic::kLine : Topic::kEvent;
    const Shape& shape = line ? kLineTopicShape : kEventTopicShape;
    read_topic(fields.object(line ? "line" : "event"), shape, people_, draft_, point_.where);
    point_.nth = fields.integer("nth");
    if (point_.where.empty()) {
      reporter_.add(fields.source("line"), "line: it does not say which",
                    "The very first line of the run would be meant, whatever it is.",
                    "for example '{host: mx1.blue.com, text: DATA}'");
    }
  }

  std::string said(std::string_view key) {
    if (!fields_.has(key)) return {};
    const std::string text = fields_.text(key);
    const std::string_view trimmed = stripped(text);
    if (trimmed.empty()) {
      reporter_.add(fields_.source(key), fmt::format("{}: there is no text", key),
                    "Nothing would be shown.");
    }
    return std::string(trimmed);
  }

  void refuse_without_question() {
    for (const char* key : {"answers", "answer", "because"}) {
      if (!fields_.has(key)) continue;
      reporter_.add(fields_.source(key), fmt::format("{}: there is no question", key),
                    "A caption or a note is read, not answered.", "write 'question: ...'");
      return;
    }
  }

  void missing(std::string_view key, std::string_view reason) {
    reporter_.add(fields_.source("question"), fmt::format("question: the key '{}' is missing", key),
                  std::string(reason));
  }

  void answers() {
    if (!fields_.has("answers"))
      return missing("answers", "There would be nothing to choose from.");
    const std::vector<const Node*> nodes = fields_.list("answers");
    for (const Node* node : nodes) one_answer(*node);
    if (nodes.size() < kAnswersMin) {
      reporter_.add(fields_.source("answers"), "answers: one alone is no choice",
                    "Give others that could be right as well, at first sight.");
    } else if (nodes.size() > kAnswersMax) {
      reporter_.add(fields_.source("answers"),
                    fmt::format("answers: {} are too many", nodes.size()),
                    fmt::format("At most {} are possible.", kAnswersMax));
    }
  }

  void one_answer(const Node& node) {
    std::string text(stripped(node.text));
    if (text.empty()) {
      reporter_.add(node.source, "answers: there is no text", "Nobody could choose it.");
    } else if (text.find_first_of("\r\n") != std::string::npos) {
      reporter_.add(node.source, "answers: an answer of several lines",
                    "Answers stand below each other, one line for each.",
                    "tell the details in 'because'");
    } else if (std::find(point_.answers.begin(), point_.answers.end(), text) !=
               point_.answers.end()) {
      reporter_.add(node.source, fmt::format("answers: '{}' stands here twice", text),
                    "Only one of them could be right.");
    }
    point_.answers.push_back(std::move(text));
  }

  void answer() {
    const Node* node = fields_.find("answer");
    if (node == nullptr) return missing("answer", "Nobody would learn which one is right.");
    const std::vector<std::string>& answers = point_.answers;
    const auto place = node->quoted ? std::nullopt : place_of(node->text);
    if (place) {
      if (*place >= 1 && *place <= static_cast<std::int64_t>(answers.size())) {
        point_.right = static_cast<std::size_t>(*place - 1);
      } else if (!answers.empty()) {
        reporter_.add(node->source, fmt::format("answer: there is no answer {}", *place),
                      fmt::format("There are {}; a number without quotes is the place of one.",
                                  answers.size()),
                      is_answer(node->text) ? fmt::format("write \"{}\"", node->text) : "");
      }
      return;
    }
    const std::string_view text = stripped(node->text);
    const auto found = std::find(answers.begin(), answers.end(), text);
    if (found != answers.end()) {
      point_.right = static_cast<std::size_t>(found - answers.begin());
    } else if (!answers.empty()) {
      const std::vector<std::string_view> known(answers.begin(), answers.end());
      reporter_.add(node->source, "answer: it is none of the answers",
                    "It is the text of one of them, or its place (1 is the first).",
                    nearest(text, known) ? suggestion_for(text, known) : "");
    }
  }

  static std::optional<std::int64_t> place_of(std::string_view text) {
    const auto number = parse_integer(text);
    return number ? std::optional(*number) : std::nullopt;
  }

  bool is_answer(std::string_view text) const {
    return std::find(point_.answers.begin(), point_.answers.end(), text) != point_.answers.end();
  }

  Fields fields_;
  const People& people_;
  Draft& draft_;
  Reporter& reporter_;
  LessonPoint point_;
};

}  // namespace

void read_lesson(const Fields& scenario, const People& people, Draft& draft) {
  const Fields lesson = scenario.object("lesson");
  draft.scenario.lesson = lesson.text("text");
  for (const Node* node : lesson.list("points")) PointReader(*node, people, draft).run();
}

}  // namespace mailcosm::sim::scenario
