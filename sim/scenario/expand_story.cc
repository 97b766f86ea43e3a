#include "sim/scenario/expand_story.h"

#include <array>

#include "sim/scenario/check_writer.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

class StepWriter {
 public:
  StepWriter(const Step& step, YamlWriter& out) : step_(step), out_(out) {}

  void operator()(const Writes& action) {
    open("writes");
    if (!action.to.empty()) out_.texts("to", action.to);
    if (!action.cc.empty()) out_.texts("cc", action.cc);
    if (!action.bcc.empty()) out_.texts("bcc", action.bcc);
    out_.text("subject", action.subject);
    out_.text("body", action.body);
    if (action.individually) out_.flag("individually", true);
    if (!action.headers.empty()) {
      out_.open_map("headers");
      for (const HeaderField& field : action.headers) out_.text(field.name, field.body);
      out_.close();
    }
    out_.close();
  }
  void operator()(const Replies& action) {
    open("replies");
    choice(action.messages);
    out_.text("body", action.body);
    out_.close();
  }
  void operator()(const Reads& action) {
    open("reads");
    choice(action.messages);
    out_.close();
  }
  void operator()(const ChecksMail&) {
    open("checks mail");
    out_.close();
  }
  void operator()(const Marks& action) {
    open("marks");
    choice(action.messages);
    if (!action.add.empty()) out_.texts("add", action.add);
    if (!action.remove.empty()) out_.texts("remove", action.remove);
    out_.close();
  }
  void operator()(const Moves& action) {
    open("moves");
    choice(action.messages);
    out_.text("to", action.to);
    out_.close();
  }
  void operator()(const Deletes& action) {
    open("deletes");
    choice(action.messages);
    out_.close();
  }
  void operator()(const LooksUp& action) {
    open("looks up");
    out_.text("name", action.name);
    out_.text("type", action.type);
    out_.close();
  }
  void operator()(const LosesDevice&) {
    open("loses");
    out_.close();
  }

 private:
  void open(const char* verb) {
    out_.open_map((step_.user.empty() ? step_.host : step_.user) + " " + verb);
    if (!step_.user.empty()) out_.text("device", step_.device);
  }
  void choice(const MessageChoice& choice) {
    out_.open_map("messages");
    out_.text("mailbox", choice.mailbox);
    if (choice.subject) out_.text("subject", *choice.subject);
    if (choice.from) out_.text("from", *choice.from);
    out_.flag("newest", choice.newest);
    out_.close();
  }

  const Step& step_;
  YamlWriter& out_;
};

}  // namespace

void expand_story(const Scenario& scenario, YamlWriter& out) {
  if (scenario.story.empty()) return;
  out.open_list("story");
  for (const Step& step : scenario.story) {
    out.open_item();
    out.plain("at", format_duration(step.at - Instant{}));
    std::visit(StepWriter(step, out), step.action);
    out.close();
  }
  out.close();
}

void expand_expectations(const Scenario& scenario, YamlWriter& out) {
  constexpr std::array<std::string_view, 10> kTopics = {"mailbox", "message", "received", "queue",
                                                        "bounce",  "lookup",  "line",     "event",
                                                        "copy",    "delay"};
  if (scenario.expectations.empty()) return;
  out.open_list("expect");
  for (const Expectation& expectation : scenario.expectations) {
    out.open_item();
    out.open_map(kTopics[static_cast<std::size_t>(expectation.topic)]);
    write_checks(expectation.where, out);
    out.close();
    if (!expectation.checks.empty()) {
      out.open_map("has");
      write_checks(expectation.checks, out);
      out.close();
    }
    if (expectation.never) out.flag("never", true);
    if (expectation.after) out.plain("after", format_duration(*expectation.after - Instant{}));
    if (expectation.within) out.plain("within", format_duration(*expectation.within - Instant{}));
    out.text("says", expectation.sentence);
    out.close();
  }
  out.close();
}

}  // namespace mailcosm::sim::scenario
