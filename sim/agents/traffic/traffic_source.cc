#include "sim/agents/traffic/traffic_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "protocols/mail/message_id.h"
#include "sim/agents/traffic/letter.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint64_t kMillion = 1'000'000;

}  // namespace

TrafficSource::TrafficSource(Runtime& runtime, TrafficConfig config)
    : runtime_(runtime),
      config_(std::move(config)),
      recipients_(config_.recipients),
      arrivals_random_(runtime.random("traffic-arrivals")),
      random_(runtime.random("traffic")),
      stub_(runtime, config_.resolvers),
      addresses_(stub_),
      next_write_(Instant{} + config_.begin),
      write_timer_(runtime, *this, kWrite),
      read_timer_(runtime, *this, kRead) {}

TrafficSource::~TrafficSource() = default;

void TrafficSource::start() {
  const Instant now = runtime_.now();
  if (config_.mails > 0) {
    const Duration since_start = now - Instant{};
    const WallTime epoch = runtime_.wall_time() + (-since_start);
    arrivals_ = make_arrivals(config_.arrivals, config_.mails, epoch + config_.begin);
    while (advance()) {
      if (next_write_ < now) continue;
      write_timer_.arm(next_write_);
      break;
    }
  }
  choose_readers();
  arm_read();
}

bool TrafficSource::advance() {
  if (written_ == config_.mails) return false;
  ++written_;
  next_write_ = next_write_ + arrivals_->next(arrivals_random_);
  return true;
}

void TrafficSource::on_timer(std::uint64_t tag) {
  if (tag == kRead) return read();
  write();
  if (advance()) write_timer_.arm(next_write_);
}

std::uint64_t TrafficSource::draw_recipient(std::uint64_t sender) {
  // Nobody writes to himself, if there is anybody else.
  constexpr int kTriesMax = 8;
  const UserDirectory& directory = *config_.directory;
  const bool local = random_.chance(static_cast<std::uint64_t>(config_.local), kMillion);
  std::uint64_t recipient = sender;
  for (int tries = 0; tries < kTriesMax && recipient == sender; ++tries)
    recipient = local ? directory.draw_neighbour(sender, random_) : directory.draw(random_);
  return recipient;
}

std::vector<std::uint64_t> TrafficSource::draw_recipients(std::uint64_t sender) {
  const std::uint64_t wanted = recipients_.draw(random_);
  std::vector<std::uint64_t> recipients;
  for (std::uint64_t tries = 0; tries < 4 * wanted && recipients.size() < wanted; ++tries) {
    const std::uint64_t recipient = draw_recipient(sender);
    if (std::find(recipients.begin(), recipients.end(), recipient) == recipients.end())
      recipients.push_back(recipient);
  }
  return recipients;
}

MailClientConfig TrafficSource::program_of(std::uint64_t user) const {
  MailClientConfig program;
  program.address = {config_.directory->local_part(user), config_.directory->domain(user)};
  program.login = program.address.local_part + '@' + program.address.domain;
  program.password = password_of(program.address.local_part);
  program.device = fmt::format("user{}", user + 1);
  program.submission_server = config_.submission_server;
  program.submission_port = config_.submission_port;
  return program;
}

void TrafficSource::write() {
  const std::uint64_t rank = config_.activity->draw(random_, config_.users);
  const std::uint64_t sender = config_.first + spread(rank, config_.users);
  MailClientConfig program = program_of(sender);
  Letter letter;
  letter.author = program.address;
  OutboxItem item;
  std::string all;
  for (const std::uint64_t user : draw_recipients(sender)) {
    letter.recipients.push_back(
        {config_.directory->local_part(user), config_.directory->domain(user)});
    item.recipients.push_back(letter.recipients.back().to_string());
    all += (all.empty() ? "" : " ") + item.recipients.back();
  }
  letter.subject = fmt::format("Mail {} from {}", written_, runtime_.host_name());
  letter.size = config_.size.draw(random_);
  const WallTime wall_time = runtime_.wall_time();
  item.message_id = mail::make_message_id(wall_time, random_.next(), letter.author.domain);
  item.message = runtime_.contents().intern(write_letter(letter, item.message_id, wall_time));
  item.reverse_path = program.login;
  HostTrace& trace = runtime_.trace();
  trace.set_cause(
      trace.emit(Kind::kMessageComposed,
                 {program.login, program.device, all, letter.subject, item.message.text()},
                 {{}, item.message_id}));
  const std::uint64_t id = ++last_errand_;
  auto errand = std::make_unique<Errand>(runtime_, addresses_, std::move(program), std::move(item),
                                         static_cast<ErrandOwner&>(*this), id);
  errands_.emplace_hint(errands_.end(), id, std::move(errand))->second->start();
}

// Each at a moment of its own of the time between two looks, the same in every round.
void TrafficSource::choose_readers() {
  if (config_.imap == 0 && config_.pop3 == 0) return;
  Random random = runtime_.random("traffic-readers");
  const auto imap = static_cast<std::uint64_t>(config_.imap),
             pop3 = static_cast<std::uint64_t>(config_.pop3);
  for (std::uint64_t i = 0; i < config_.users; ++i) {
    const std::uint64_t drawn = random.below(kMillion);
    if (drawn >= imap + pop3) continue;
    const auto every = static_cast<std::uint64_t>(config_.check_every.count());
    const Duration phase(static_cast<std::int64_t>(random.below(every)));
    readers_.push_back({config_.first + i, drawn >= imap, phase, nullptr});
  }
  std::sort(readers_.begin(), readers_.end(), [](const Reader& a, const Reader& b) {
    return std::tie(a.phase, a.user) < std::tie(b.phase, b.user);
  });
  while (!readers_.empty() && round_ + readers_[next_reader_].phase < runtime_.now()) {
    if (++next_reader_ < readers_.size()) continue;
    next_reader_ = 0;
    round_ = round_ + config_.check_every;
  }
}

void TrafficSource::arm_read() {
  if (readers_.empty()) return;
  const Instant next = round_ + readers_[next_reader_].phase;
  if (next <= config_.read_until) read_timer_.arm(next);
}

void TrafficSource::read() {
  Reader& reader = readers_[next_reader_];
  if (!reader.client) {
    MailClientConfig program = program_of(reader.user);
    program.submission_server.clear();
    program.retrieval = reader.pop3 ? RetrievalProtocol::kPop3 : RetrievalProtocol::kImap;
    program.retrieval_server = config_.retrieval_server;
    program.retrieval_port = reader.pop3 ? config_.pop3_port : config_.imap_port;
    program.resolvers = config_.resolvers;
    reader.client = std::make_unique<MailClient>(runtime_, std::move(program));
    reader.client->start();
  }
  reader.client->check_mail();
  if (++next_reader_ == readers_.size()) {
    next_reader_ = 0;
    round_ = round_ + config_.check_every;
  }
  arm_read();
}

}  // namespace mailcosm::sim
