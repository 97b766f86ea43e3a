#include "sim/world/story_player.h"

#include "protocols/base/check.h"
#include "protocols/dns/type.h"
#include "sim/net/virtual_host.h"
#include "sim/world/make_client.h"

namespace mailcosm::sim {

StoryPlayer::StoryPlayer(const scenario::Scenario& scenario, Simulator& simulator,
                         EventSource& world, Recorder& recorder, VirtualNetwork& network,
                         Programs& programs)
    : scenario_(scenario),
      recorder_(recorder),
      network_(network),
      world_(world),
      programs_(programs),
      id_(simulator.add_target(*this)) {}

void StoryPlayer::start() { schedule(0); }

// One step is pending at a time: the next is sent when it has been performed.
void StoryPlayer::schedule(std::size_t step) {
  if (step < scenario_.story.size()) {
    world_.send(scenario_.story[step].at, EventClass::kScenario, id_, 0, step);
  }
}

void StoryPlayer::handle(const Event& event) {
  const auto index = static_cast<std::size_t>(event.a);
  const scenario::Step& step = scenario_.story[index];
  recorder_.set_time(event.key.time);
  const RecordId record =
      recorder_.emit(kWorld, Kind::kStoryStep, {}, {}, {event.a + 1, step.sentence});
  if (is_possible(step, index, record)) perform(step, record);
  schedule(index + 1);
}

bool StoryPlayer::is_possible(const scenario::Step& step, std::size_t index, RecordId cause) {
  const std::string_view trouble = programs_.trouble(step.host, step.user, step.device);
  if (trouble.empty()) return true;
  recorder_.emit(kWorld, Kind::kStorySkipped, {&cause, 1}, {},
                 {index + 1, step.host + " " + std::string(trouble)});
  return false;
}

void StoryPlayer::perform(const scenario::Step& step, RecordId cause) {
  VirtualHost* host = network_.find_host(step.host);
  CHECK(host != nullptr);
  host->trace().set_cause(cause);
  if (const auto* action = std::get_if<scenario::LooksUp>(&step.action)) {
    const auto type = dns::type_of(action->type);
    CHECK(type.has_value());
    programs_.resolver(host->index()).lookup(action->name, *type, *this);
    return;
  }
  if (std::holds_alternative<scenario::LosesDevice>(step.action))
    return programs_.lose(step.user, step.device);
  MailClient* found = programs_.client(step.user, step.device);
  CHECK(found != nullptr);
  MailClient& client = *found;
  struct Performer {
    MailClient& client;
    void operator()(const scenario::Writes& action) const {
      for (const Draft& draft : drafts_of(action)) client.write(draft);
    }
    void operator()(const scenario::Replies& action) const {
      client.reply(choice_of(action.messages), action.body);
    }
    void operator()(const scenario::Reads& action) const {
      client.read(choice_of(action.messages));
    }
    void operator()(const scenario::ChecksMail&) const { client.check_mail(); }
    void operator()(const scenario::Marks& action) const {
      client.mark(choice_of(action.messages), action.add, action.remove);
    }
    void operator()(const scenario::Moves& action) const {
      client.move(choice_of(action.messages), action.to);
    }
    void operator()(const scenario::Deletes& action) const {
      client.remove(choice_of(action.messages));
    }
    void operator()(const scenario::LosesDevice&) const {}  // handled above, as is the next
    void operator()(const scenario::LooksUp&) const {}
  };
  std::visit(Performer{client}, step.action);
}

}  // namespace mailcosm::sim
