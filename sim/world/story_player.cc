#include "sim/world/story_player.h"

#include "protocols/base/check.h"
#include "protocols/dns/type.h"
#include "sim/net/virtual_host.h"
#include "sim/world/make_client.h"

namespace mailcosm::sim {

StoryPlayer::StoryPlayer(const scenario::Scenario& scenario, Simulator& simulator,
                         Recorder& recorder, VirtualNetwork& network)
    : scenario_(scenario),
      recorder_(recorder),
      network_(network),
      source_(simulator, kWorld),
      id_(simulator.add_target(*this)) {}

StoryPlayer::~StoryPlayer() = default;

void StoryPlayer::start() {
  for (const scenario::Client& model : scenario_.clients) {
    VirtualHost* host = network_.find_host(model.host);
    CHECK(host != nullptr);
    auto client = make_client(*host, scenario_.hosts[host->index()], model);
    client->start();
    clients_.emplace(std::pair(model.user, model.device), std::move(client));
  }
  schedule(0);
}

// One step is pending at a time: the next is sent when it has been performed.
void StoryPlayer::schedule(std::size_t step) {
  if (step < scenario_.story.size()) {
    source_.send(scenario_.story[step].at, EventClass::kScenario, id_, 0, step);
  }
}

void StoryPlayer::handle(const Event& event) {
  const auto index = static_cast<std::size_t>(event.a);
  const scenario::Step& step = scenario_.story[index];
  recorder_.set_time(event.key.time);
  const RecordId record =
      recorder_.emit(kWorld, Kind::kStoryStep, {}, {}, {event.a + 1, step.sentence});
  perform(step, record);
  schedule(index + 1);
}

void StoryPlayer::perform(const scenario::Step& step, RecordId cause) {
  VirtualHost* host = network_.find_host(step.host);
  CHECK(host != nullptr);
  host->trace().set_cause(cause);
  if (const auto* action = std::get_if<scenario::LooksUp>(&step.action)) {
    look_up(step, *action);
    return;
  }
  const auto found = clients_.find(std::pair(step.user, step.device));
  CHECK(found != clients_.end());
  MailClient& client = *found->second;
  struct Performer {
    MailClient& client;
    void operator()(const scenario::Writes& action) const {
      for (const Draft& draft : drafts_of(action)) client.write(draft);
    }
    void operator()(const scenario::Replies& action) const {
      client.reply(choice_of(action.messages), action.body);
    }
    void operator()(const scenario::Reads& action) const { client.read(choice_of(action.messages)); }
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
    void operator()(const scenario::LosesDevice&) const { client.lose(); }
    void operator()(const scenario::LooksUp&) const {}  // handled above: it needs no client
  };
  std::visit(Performer{client}, step.action);
}

void StoryPlayer::look_up(const scenario::Step& step, const scenario::LooksUp& action) {
  const auto type = dns::type_of(action.type);
  CHECK(type.has_value());
  resolver_of(step.host).lookup(action.name, *type, *this);
}

StubResolver& StoryPlayer::resolver_of(const std::string& host) {
  std::unique_ptr<StubResolver>& resolver = resolvers_[host];
  if (!resolver) {
    VirtualHost* runtime = network_.find_host(host);
    CHECK(runtime != nullptr);
    resolver =
        std::make_unique<StubResolver>(*runtime, scenario_.hosts[runtime->index()].name_servers);
  }
  return *resolver;
}

}  // namespace mailcosm::sim
