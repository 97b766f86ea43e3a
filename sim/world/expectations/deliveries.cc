#include "sim/world/expectations/deliveries.h"

#include "protocols/base/ascii.h"
#include "protocols/base/hash.h"
#include "sim/scenario/names.h"

namespace mailcosm::sim::expectations {
namespace {

std::uint64_t digest_of(std::string_view message_id, std::string_view owner = {}) {
  Hash64 hash;
  hash.add(message_id);
  hash.add(owner);
  return hash.value();
}

}  // namespace

bool Deliveries::is_for(std::string_view address) const {
  const std::string_view domain = scenario::domain_of(address);
  if (!choice_.to.empty() && domain != choice_.to) return false;
  return choice_.host == kWorld || choice_.hosted.contains(domain);
}

void Deliveries::write(const Record& record) {
  if (record.time < choice_.after) return;
  const std::string_view author = scenario::domain_of(record.values[0].text);
  if (!choice_.from.empty() && author != choice_.from) return;
  std::string_view recipients = record.values[2].text;
  std::uint64_t meant = 0;
  while (!recipients.empty()) meant += is_for(ascii::take_until(recipients, ' ')) ? 1 : 0;
  if (meant == 0) return;
  recipients_ += meant;
  written_[digest_of(record.subject.message)] = record.time.ns;
}

void Deliveries::store(const Record& record) {
  const std::string_view owner = record.values[0].text;
  if (!ascii::equal_ignoring_case(record.values[1].text, "INBOX") || !is_for(owner)) return;
  if (choice_.host != kWorld && record.host != choice_.host) return;
  const auto written = written_.find(digest_of(record.subject.message));
  if (written == written_.end()) return;
  if (!arrived_.insert(digest_of(record.subject.message, owner)).second) return;
  const std::int64_t delay = record.time.ns - written->second;
  delays_.push_back(delay);
  if (delay <= longest_) return;
  longest_ = delay;
  slowest_ = record.id;
}

void Deliveries::accept(const Record& record) {
  if (record.kind == Kind::kMessageComposed) write(record);
  if (record.kind == Kind::kMessageStored) store(record);
}

}  // namespace mailcosm::sim::expectations
