#include "sim/trace/narrative/teller.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/hash.h"
#include "sim/trace/digest_chain.h"
#include "sim/trace/narrative/facts.h"
#include "sim/trace/owned_record.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::narrative {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBlocksMax = 256;
constexpr std::size_t kRecordsOfBlockMax = 4096;
constexpr std::size_t kToldMax = 4096;
constexpr Duration kQuiet = 60s;
constexpr Duration kResting = 1s;  // of a client that waits for news, when something new happens
constexpr Duration kJoinWithin = 10min;
constexpr int kJoinedMax = 2;              // one more device that logs in and fetches
constexpr std::size_t kRepeatedLines = 4;  // of a message that was shown before

// Too fine to be told when it belongs to no dialogue.
bool is_minor(Kind kind) {
  return kind == Kind::kMailboxCreated || kind == Kind::kFlagsChanged ||
         kind == Kind::kMxSelected || kind == Kind::kMessageExpunged;
}

// Ends what waits for a session that does not come.
bool is_failure(Kind kind) {
  return kind == Kind::kSubmissionFailed || kind == Kind::kMailCheckFailed ||
         kind == Kind::kRecipientDeferred || kind == Kind::kRecipientBounced;
}

}  // namespace

Teller::Teller(StoryReader& reader, const TraceHeader& header, const NarrativeOptions& options)
    : options_(options), epoch_(header.epoch), names_(header), reader_(reader) {}

void Teller::accept(const Record& record) {
  if (record.id.layer() == Layer::kPacket) return;
  // A host that comes back tells the end of its fault itself.
  if (record.kind == Kind::kHostRestarted) fault_end_.reset();
  tell_fault_end();
  release(record.time);
  if (record.kind != Kind::kRunEnded && record.kind != Kind::kExpectationChecked &&
      record.kind != Kind::kLessonPoint) {
    last_ = record.time;
  }
  switch (record.kind) {
    case Kind::kRunStarted:
      return started(record);
    case Kind::kMessageComposed:
      return composed(record);
    case Kind::kLookupStarted:
      return lookup_started(record);
    case Kind::kLookupAnswered:
      return lookup_answered(record);
    case Kind::kCacheStored:
    case Kind::kCacheHit:
    case Kind::kDnsSent:
    case Kind::kDnsReceived:
      return name_system(record);
    case Kind::kSessionOpened:
      return session_opened(record);
    case Kind::kSessionClosed:
    case Kind::kLineSent:
    case Kind::kLineReceived:
    case Kind::kDataSent:
    case Kind::kDataReceived:
      return dialogue(record);
    case Kind::kNote:
      return note(record);
    case Kind::kFaultBegan:
    case Kind::kFaultEnded:
      return fault(record);
    case Kind::kRunEnded:
      return ended(record);
    default:
      return fact(record);
  }
}

void Teller::started(const Record& record) {
  reader_.title(field_of(record, "title").text, date_text(epoch_));
}

void Teller::ended(const Record& record) {
  while (!blocks_.empty()) tell_front();
  const std::string_view reason = field_of(record, "reason").text;
  if (reason == "idle") {
    return reader_.closing(fmt::format("Nothing more happens after {}.", time_text(last_)));
  }
  reader_.closing(fmt::format("The run ends at {}{}.", time_text(record.time),
                              reason == "until" ? ", as the scenario wants it" : ""));
}

SessionBlock& Teller::new_session(HostIndex host, Instant begin) {
  auto block = std::make_unique<SessionBlock>(host, begin, options_);
  SessionBlock& session = *block;
  blocks_.push_back(std::move(block));
  return session;
}

SessionBlock& Teller::new_session_after(const Record& record) {
  auto* before = dynamic_cast<SessionBlock*>(block_of_causes(record));
  const bool follows = before != nullptr && before->is_composed() &&
                       before->host() == record.host && before->follow_up() == nullptr;
  if (!follows) return new_session(record.host, record.time);
  auto block = std::make_unique<SessionBlock>(record.host, record.time, options_);
  SessionBlock& session = *block;
  session.follow(*before);
  const auto place = std::find_if(blocks_.begin(), blocks_.end(),
                                  [before](const auto& other) { return other.get() == before; });
  blocks_.insert(place + 1, std::move(block));
  return session;
}

void Teller::own(Block& block, const Record& record) {
  block.touch(record.time);
  if (block.records().size() >= kRecordsOfBlockMax) return;
  block.records().push_back(record.id.bits());
  by_record_[record.id.bits()] = &block;
}

void Teller::composed(const Record& record) {
  SessionBlock& block = new_session(record.host, record.time);
  block.composed(record);
  own(block, record);
}

Block* Teller::block_of_causes(const Record& record) const {
  for (RecordId cause : record.causes) {
    const auto found = by_record_.find(cause.bits());
    if (found != by_record_.end()) return found->second;
  }
  return nullptr;
}

Block* Teller::block_of_connection(const Record& record) {
  const ConnectionId connection = record.subject.connection;
  const auto found = by_connection_.find(connection);
  if (found != by_connection_.end()) return found->second;
  const auto told = told_.find(connection);
  if (told == told_.end()) return nullptr;
  SessionBlock& block = new_session(told->second.host, record.time);
  const Told& before = told->second;
  block.continue_session(connection, before.protocol, before.peer, before.user, before.device);
  by_connection_[connection] = &block;
  told_.erase(told);
  return &block;
}

// The youngest open block of the record's host, one of the same message first.
Block* Teller::block_of_host(const Record& record) const {
  Block* youngest = nullptr;
  for (const auto& block : blocks_) {
    if (block->host() != record.host || block->closed()) continue;
    const bool same = !record.subject.message.empty() && block->message() == record.subject.message;
    if (same) return block.get();
    const bool other = !record.subject.message.empty() && !block->message().empty();
    if (!other) youngest = block.get();
  }
  return youngest;
}

RouteBlock* Teller::open_route(HostIndex host) const {
  for (const auto& block : blocks_) {
    auto* route = dynamic_cast<RouteBlock*>(block.get());
    if (route != nullptr && route->host() == host && !route->closed()) return route;
  }
  return nullptr;
}

// A block on the record's host that waits for its session.
SessionBlock* Teller::prelude(const Record& record, bool submission) const {
  SessionBlock* found = nullptr;
  for (const auto& block : blocks_) {
    auto* session = dynamic_cast<SessionBlock*>(block.get());
    if (session == nullptr || session->host() != record.host || session->is_open() ||
        session->closed())
      continue;
    if (session->is_composed() && !submission) continue;
    const std::string_view message = record.subject.message;
    if (!message.empty() && session->message() == message) return session;
    const bool other = !message.empty() && !session->message().empty();
    if (found == nullptr && !other) found = session;
  }
  return found;
}

void Teller::lookup_started(const Record& record) {
  const std::string_view type = field_of(record, "type").text;
  if (type == "MX") {
    auto block = std::make_unique<RouteBlock>(record.host, record.time, options_);
    block->set_message(record.subject.message);
    block->lookup_started(record);
    own(*block, record);
    blocks_.push_back(std::move(block));
    return;
  }
  if (RouteBlock* route = open_route(record.host)) {
    route->lookup_started(record);
    return own(*route, record);
  }
  // A server asks for the name of its client, or for a policy, in the middle of a dialogue.
  SessionBlock* block = nullptr;
  if (type != "A" && type != "AAAA") block = dynamic_cast<SessionBlock*>(block_of_causes(record));
  if (block == nullptr) block = prelude(record, true);
  if (block == nullptr) block = &new_session_after(record);
  block->set_message(record.subject.message);
  block->lookup_started(record);
  own(*block, record);
}

void Teller::lookup_answered(const Record& record) {
  const Block::Lookup wanted{record.host, std::string(field_of(record, "name").text),
                             std::string(field_of(record, "type").text)};
  for (const auto& block : blocks_) {
    auto& lookups = block->lookups();
    const auto found = std::find(lookups.begin(), lookups.end(), wanted);
    if (found == lookups.end()) continue;
    lookups.erase(found);
    if (auto* route = dynamic_cast<RouteBlock*>(block.get())) {
      route->lookup_answered(record, names_);
    } else if (auto* session = dynamic_cast<SessionBlock*>(block.get())) {
      session->lookup_answered(record, names_);
    }
    return own(*block, record);
  }
}

// Messages and memories of the DNS belong to the look-up that led to them.
void Teller::name_system(const Record& record) {
  Block* block = block_of_causes(record);
  if (block == nullptr) {
    const auto waits = [](const auto& candidate) { return !candidate->lookups().empty(); };
    const auto found = std::find_if(blocks_.rbegin(), blocks_.rend(), waits);
    if (found == blocks_.rend()) return;
    block = found->get();
  }
  if (auto* route = dynamic_cast<RouteBlock*>(block)) {
    route->dns(record, names_);
  } else if (auto* session = dynamic_cast<SessionBlock*>(block)) {
    session->dns(record, names_);
  }
  own(*block, record);
}

void Teller::session_opened(const Record& record) {
  if (field_of(record, "side").text != "client") {
    const auto found = by_connection_.find(record.subject.connection);
    if (found != by_connection_.end()) own(*found->second, record);
    return;
  }
  if (field_of(record, "protocol").text == "dns-tcp") return;
  SessionBlock* block = prelude(record, field_of(record, "protocol").text == "submission");
  if (block == nullptr) block = &new_session_after(record);
  if (RouteBlock* route = open_route(record.host)) route->close();
  block->opened(record, names_);
  if (const auto found = persons_.find(record.host); found != persons_.end())
    block->assume_user(found->second.first, found->second.second);
  by_connection_[record.subject.connection] = block;
  own(*block, record);
}

// What is sent is known by its Message-ID, whatever trace fields it has got since; what is fetched
// by all of it.
bool Teller::first_sight(const Record& record, const Block& block) {
  if (record.kind == Kind::kDataReceived) {
    return memory_.first_sight("fetched " + digest_text(hash64(field_of(record, "bytes").text)));
  }
  const std::string_view subject = record.subject.message;
  const std::string message(subject.empty() ? std::string_view(block.message()) : subject);
  return message.empty() || memory_.first_sight(message);
}

void Teller::dialogue(const Record& record) {
  auto* block = static_cast<SessionBlock*>(block_of_connection(record));
  if (block == nullptr) return;
  if (record.host == block->host()) {
    const bool data = record.kind == Kind::kDataSent || record.kind == Kind::kDataReceived;
    block->set_message(record.subject.message);
    const bool repeated = data && !first_sight(record, *block);
    const std::size_t shown = repeated ? kRepeatedLines : options_.data_lines;
    block->dialogue(record, shown);
  }
  own(*block, record);
}

void Teller::note(const Record& record) {
  Block* block = record.subject.connection.is_none() ? nullptr : block_of_connection(record);
  if (block == nullptr) block = block_of_causes(record);
  if (block == nullptr) block = block_of_host(record);
  const std::string_view text = field_of(record, "text").text;
  if (auto* session = dynamic_cast<SessionBlock*>(block)) {
    session->note(record);
  } else if (block != nullptr) {
    block->add(record, {fmt::format("{}: {}", names_.host(record.host), text)});
  } else {
    return add_event(record, {fmt::format("{}: {}", names_.host(record.host), text)});
  }
  own(*block, record);
}

// What later blocks want to know.
void Teller::remember(const Record& record) {
  if (record.kind == Kind::kMessageAccepted) {
    memory_.arrived(record.host, record.subject.message, field_of(record, "protocol").text);
  }
  if (record.kind != Kind::kMxSelected) return;
  const std::string_view server = field_of(record, "host").text;
  const std::string_view candidates = field_of(record, "candidates").text;
  const std::string_view best = candidates.substr(0, candidates.find_first_of(";,"));
  memory_.chosen(
      record.host, server,
      {std::string(field_of(record, "domain").text), field_of(record, "preference").number,
       best.find(server) != std::string_view::npos});
}

// What waits for a session to submit a message that goes over a session that was open already.
SessionBlock* Teller::submitted_along(const Record& record) const {
  const bool concerned =
      record.kind == Kind::kMessageAccepted || record.kind == Kind::kMessageSubmitted;
  if (!concerned || record.subject.message.empty() || record.subject.connection.is_none())
    return nullptr;
  for (const auto& block : blocks_) {
    auto* session = dynamic_cast<SessionBlock*>(block.get());
    if (session != nullptr && session->is_composed() && !session->is_open() && !session->closed() &&
        session->message() == record.subject.message)
      return session;
  }
  return nullptr;
}

Block* Teller::block_of_fact(const Record& record) {
  // A configured route is no choice; the heading of the session says where it leads.
  if (record.kind == Kind::kMxSelected) return open_route(record.host);
  Block* block = submitted_along(record);
  if (block == nullptr && !record.subject.connection.is_none()) block = block_of_connection(record);
  if (block == nullptr) block = block_of_causes(record);
  return block != nullptr ? block : block_of_host(record);
}

void Teller::fault(const Record& record) {
  faulted_ = record.time;
  fault_ = field_of(record, "text").text;
  std::optional<Outcome> event = event_of(record);
  if (record.kind == Kind::kFaultBegan) return add_event(record, std::move(*event));
  fault_end_ = std::make_unique<EventBlock>(record.host, record.time, std::move(*event));
  fault_end_->records().push_back(record.id.bits());
}

void Teller::tell_fault_end() {
  if (fault_end_) blocks_.push_back(std::move(fault_end_));
}

bool Teller::is_told_by_fault(const Record& record) const {
  if (record.time != faulted_) return false;
  if (record.kind == Kind::kLinkChanged) return true;
  return record.kind == Kind::kHostCrashed &&
         fault_.find(field_of(record, "host").text) != std::string::npos;
}

void Teller::learn_person(const Record& record) {
  switch (record.kind) {
    case Kind::kMailChecked:
    case Kind::kMailCheckFailed:
    case Kind::kMessageRead:
    case Kind::kCopyChanged:
    case Kind::kCopyMoved:
    case Kind::kCopyRemoved:
      persons_[record.host] = {std::string(field_of(record, "user").text),
                               std::string(field_of(record, "device").text)};
      break;
    default:
      break;
  }
}

void Teller::fact(const Record& record) {
  if (is_told_by_fault(record)) return;
  if (record.kind == Kind::kStoryStep) pause_sessions(record.time);
  learn_person(record);
  if (auto event = event_of(record)) return add_event(record, std::move(*event));
  remember(record);
  std::optional<Outcome> outcome = outcome_of(record, names_);
  if (!outcome) return;
  Block* block = block_of_fact(record);
  if (block == nullptr) {
    if (!is_minor(record.kind)) add_event(record, std::move(*outcome));
    return;
  }
  block->set_message(record.subject.message);
  block->add(record, std::move(*outcome));
  own(*block, record);
  auto* session = dynamic_cast<SessionBlock*>(block);
  if (session != nullptr && record.kind == Kind::kMailChecked) session->checked(record);
  const bool waits = session == nullptr || !session->is_open();
  if (session != nullptr && waits && session->is_composed() &&
      record.kind == Kind::kMessageSubmitted)
    session->submitted_along();
  if (record.kind == Kind::kMxSelected || (waits && is_failure(record.kind))) block->close();
}

void Teller::add_event(const Record& record, Outcome event) {
  blocks_.push_back(std::make_unique<EventBlock>(record.host, record.time, std::move(event)));
  blocks_.back()->records().push_back(record.id.bits());  // what follows from it is told elsewhere
}

void Teller::release(Instant now) {
  while (!blocks_.empty()) {
    const Block& front = *blocks_.front();
    const bool followed = front.follow_up() != nullptr && !front.follow_up()->closed();
    const auto* session = dynamic_cast<const SessionBlock*>(&front);
    const bool ended = front.closed() || (session != nullptr && session->paused());
    const bool over = ended && front.last() < now && !followed;
    const bool quiet = blocks_.size() > 1 && front.last() + kQuiet < now;
    if (!over && !quiet && blocks_.size() <= kBlocksMax) return;
    tell_front();
  }
}

// What comes over its connection from now on begins a new block.
void Teller::keep_told(const SessionBlock& session) {
  by_connection_.erase(session.connection());
  if (session.closed() || told_.size() >= kToldMax) return;
  told_[session.connection()] = {session.host(), session.protocol(), session.peer(), session.user(),
                                 session.device()};
}

// A client in IDLE may be silent for half an hour: what it hears then has to stand behind what
// people have done meanwhile.
void Teller::pause_sessions(Instant now) {
  for (const auto& block : blocks_) {
    auto* session = dynamic_cast<SessionBlock*>(block.get());
    if (session == nullptr || !session->is_open() || session->closed() || session->paused())
      continue;
    if (session->protocol() != "imap" || session->last() + kResting > now) continue;
    keep_told(*session);
    session->pause();
  }
}

void Teller::tell_front() {
  const std::unique_ptr<Block> block = std::move(blocks_.front());
  blocks_.pop_front();
  for (std::uint64_t id : block->records()) {
    const auto found = by_record_.find(id);
    if (found != by_record_.end() && found->second == block.get()) by_record_.erase(found);
  }
  if (auto* session = dynamic_cast<SessionBlock*>(block.get());
      session != nullptr && session->is_open() && !session->paused()) {
    keep_told(*session);
  }
  if (auto* event = dynamic_cast<EventBlock*>(block.get())) {
    return reader_.event(event->begin(), event->event(),
                         RecordId::from_bits(event->records().front()));
  }
  if (auto* route = dynamic_cast<RouteBlock*>(block.get());
      route != nullptr && !memory_.first_sight("way " + digest_text(hash64(route->way())))) {
    route->set_repeated();
  }
  std::vector<Step> steps = block->tell(names_, memory_);
  if (!steps.empty()) {
    for (std::uint64_t id : block->records())
      steps.front().records.push_back(RecordId::from_bits(id));
  }
  for (const Step& step : steps) {
    const bool joins = !step.joins.empty() && step.joins == joinable_ &&
                       step.begin <= joinable_until_ && joined_ < kJoinedMax;
    const bool joined = joins || block->follows_up();
    reader_.step(joined ? 0 : ++steps_, step);
    joined_ = joins ? joined_ + 1 : 0;
    if (!joined) joinable_ = step.joined_by_next ? step.joins : std::string();
    joinable_until_ = step.end + kJoinWithin;
  }
}

bool Teller::finish() {
  tell_fault_end();
  while (!blocks_.empty()) tell_front();
  return reader_.finish();
}

}  // namespace mailcosm::sim::narrative
