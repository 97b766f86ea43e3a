// Keys of lessons: what is said about a run, and at which of its records.
#include "sim/scenario/keys.h"

namespace mailcosm::sim::scenario {
namespace {

using enum Type;
using enum Arity;

constexpr std::int64_t kTimesMax = 1'000'000;

constexpr Key kLessonKeys[] = {
    {.name = "text",
     .type = kText,
     .required = true,
     .about = "What to say about the whole run in a lecture.",
     .example = "Each server adds a Received field."},
    {.name = "points",
     .type = kObject,
     .arity = kList,
     .about = "What to say, or to ask, about single moments.",
     .example = "[{at: {event: {kind: mx.selected}}, caption: The smallest number is the best.}]",
     .shape = &kLessonPointShape}};

constexpr Key kPointKeys[] = {
    {.name = "at",
     .type = kObject,
     .required = true,
     .about = "The moment it belongs to: something that happens, not a time.",
     .example = "{line: {host: mx1.blue.com, direction: received, text: DATA}}",
     .shape = &kMomentShape},
    {.name = "answers",
     .type = kText,
     .arity = kList,
     .about = "question: 2 to 8 answers to choose from, each one line.",
     .example = "[mx1.blue.com, mx2.blue.com]"},
    {.name = "answer",
     .type = kScalar,
     .about = "question: the right one, as its text or as its place (1 is the first). A number "
              "without quotes is a place.",
     .example = "1"},
    {.name = "because",
     .type = kText,
     .about = "question: why, told once it is answered.",
     .example = "The smallest preference is tried first."}};

constexpr Key kPointKinds[] = {
    {.name = "caption",
     .type = kText,
     .about = "A sentence or two that everybody sees when the run comes to that moment.",
     .example = "Now Alice's server knows where to go."},
    {.name = "note",
     .type = kText,
     .about = "More about that moment, for those who want to know; shown beside it, folded.",
     .example = "RFC 5321 section 5.1 calls this the preference."},
    {.name = "question",
     .type = kText,
     .about = "A question that is asked just before that moment, which answers it. It needs "
              "`answers` and `answer`.",
     .example = "Which of the two servers will be tried?"}};

constexpr Key kMomentKeys[] = {{.name = "nth",
                                .type = kInteger,
                                .fallback = "1",
                                .about = "The how-many-th time.",
                                .example = "2",
                                .min = 1,
                                .max = kTimesMax}};

constexpr Key kMomentTopics[] = {
    {.name = "line",
     .type = kObject,
     .about = "A protocol line is sent or received.",
     .example = "{host: mx1.blue.com, direction: sent, text: {starts_with: \"250 2.0.0\"}}",
     .shape = &kLineTopicShape},
    {.name = "event",
     .type = kObject,
     .about = "A record of the trace, of any kind (docs/trace-format.md).",
     .example = "{kind: message.stored, host: store.blue.com}",
     .shape = &kEventTopicShape}};

}  // namespace

constinit const Shape kLessonShape = {
    "lesson", "A plain text is the text, without points.", kLessonKeys, "text", false, {}};
constinit const Shape kLessonPointShape = {
    "lesson point",
    "A caption, a note or a question. It must speak of something that happens: a run in which the "
    "moment of a point never comes fails like one whose expectation does not hold.",
    kPointKeys,
    "",
    false,
    kPointKinds};
constinit const Shape kMomentShape = {"moment",
                                      "The words are those of expectations, and all that is given "
                                      "must fit. The first record that fits is meant, or the "
                                      "`nth`.",
                                      kMomentKeys,
                                      "",
                                      false,
                                      kMomentTopics};

}  // namespace mailcosm::sim::scenario
