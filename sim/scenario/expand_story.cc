#include "sim/scenario/expand_story.h"

#include <array>

#include "sim/scenario/expectation_text.h"
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
    if (!action.headers.empty()) {
      out_.open_map("headers");
      for (const HeaderField& field : action.headers) out_.text(field.name, field.body);
      out_.close();
    }
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

std::string value_of(const Check& check) {
  return check.quantity == Quantity::kText ? YamlWriter::quoted_if_needed(check.text) : check.text;
}

// Checks of one key stand side by side; those of one comparison, too.
void write_comparisons(const std::vector<Check>& checks, std::size_t begin, std::size_t end,
                       std::string_view key, YamlWriter& out) {
  const bool single = end == begin + 1 && checks[begin].comparison == Comparison::kIs;
  if (single) {
    if (checks[begin].quantity == Quantity::kText) return out.text(key, checks[begin].text);
    return out.plain(key, checks[begin].text);
  }
  out.open_map(key);
  for (std::size_t i = begin; i < end;) {
    const Comparison comparison = checks[i].comparison;
    std::string list;
    for (; i < end && checks[i].comparison == comparison; ++i) {
      list += (list.empty() ? "" : ", ") + value_of(checks[i]);
    }
    out.plain(word_of(comparison), "[" + list + "]");
  }
  out.close();
}

void write_checks(const std::vector<Check>& checks, YamlWriter& out) {
  bool fields = false;
  for (std::size_t i = 0; i < checks.size();) {
    std::size_t end = i + 1;
    while (end < checks.size() && checks[end].property == checks[i].property &&
           checks[end].header == checks[i].header) {
      ++end;
    }
    const bool is_field = checks[i].property == "field";
    if (is_field && !fields) out.open_map("fields");
    if (!is_field && fields) out.close();
    fields = is_field;
    write_comparisons(checks, i, end, is_field ? checks[i].header : key_of(checks[i]), out);
    i = end;
  }
  if (fields) out.close();
}

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
  constexpr std::array<std::string_view, 8> kTopics = {"mailbox", "message", "received", "queue",
                                                       "bounce",  "lookup",  "line",     "event"};
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
