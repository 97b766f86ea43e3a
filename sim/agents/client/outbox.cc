#include "sim/agents/client/outbox.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/mail/message.h"

namespace mailcosm::sim {

Outbox::Outbox(Disk& disk, std::string folder)
    : disk_(disk), folder_(std::move(folder) + "/outbox/") {}

Outbox::~Outbox() { disk_.forget(*this); }

void Outbox::load(Instant now) {
  constexpr std::string_view kSuffix = ".envelope";
  for (const std::string& file : disk_.list(folder_)) {
    std::string_view name = std::string_view(file).substr(folder_.size());
    const auto number = ascii::parse_unsigned(name.substr(0, name.find('.')));
    if (!number || !name.ends_with(kSuffix)) continue;
    OutboxItem item;
    item.number = *number;
    last_number_ = std::max(last_number_, item.number);
    item.message = disk_.read(path(item.number, ".message"));
    const std::string envelope = disk_.read(file).text();
    std::string_view lines = envelope;
    item.reverse_path = ascii::take_until(lines, '\n');
    while (!lines.empty()) item.recipients.emplace_back(ascii::take_until(lines, '\n'));
    if (!item.message || item.recipients.empty()) {
      disk_.remove(file);
      continue;
    }
    item.message_id = mail::message_id_of(item.message);
    item.next_attempt = now;
    items_.push_back(std::move(item));
  }
}

void Outbox::add(OutboxItem item) {
  item.number = ++last_number_;
  // On a full disk the message lives in memory only, until it is submitted.
  if (disk_.write(path(item.number, ".message"), item.message)) write_envelope(item);
  disk_.sync(*this, 0);
  items_.push_back(std::move(item));
}

void Outbox::update(OutboxItem& item) {
  if (!item.recipients.empty()) {
    write_envelope(item);
    disk_.sync(*this, 0);
    return;
  }
  disk_.remove(path(item.number, ".envelope"));
  disk_.remove(path(item.number, ".message"));
  disk_.sync(*this, 0);
  items_.remove_if([&](const OutboxItem& other) { return &other == &item; });
}

OutboxItem* Outbox::due(Instant now) {
  for (OutboxItem& item : items_) {
    if (item.next_attempt <= now) return &item;
  }
  return nullptr;
}

Instant Outbox::next_due() const {
  Instant next = Instant::never();
  for (const OutboxItem& item : items_) next = std::min(next, item.next_attempt);
  return next;
}

void Outbox::clear() {
  for (const std::string& file : disk_.list(folder_)) disk_.remove(file);
  items_.clear();
}

// Eight digits, so that the order of names is that of numbers.
std::string Outbox::path(std::uint64_t number, std::string_view suffix) const {
  std::string digits = std::to_string(number);
  if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
  return folder_ + digits + std::string(suffix);
}

void Outbox::write_envelope(const OutboxItem& item) {
  std::string lines = item.reverse_path + '\n';
  for (const std::string& recipient : item.recipients) lines += recipient + '\n';
  if (!disk_.write(path(item.number, ".envelope"), Content(lines))) {
    disk_.remove(path(item.number, ".message"));
  }
}

}  // namespace mailcosm::sim
