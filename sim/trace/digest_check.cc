#include "sim/trace/digest_check.h"

#include <fmt/format.h>

namespace mailcosm::sim {

void DigestCheck::add(const OwnedRecord& record) {
  ++records_;
  if (comparable_) chain_.add(RecordView(record).record());
}

std::string DigestCheck::failure(std::string_view what) const {
  return fmt::format("the file was changed or damaged before this place: {} after {} records", what,
                     records_);
}

std::string DigestCheck::compare_count(std::uint64_t records) const {
  if (records == records_) return {};
  return failure(fmt::format("it should hold {} records", records));
}

std::string DigestCheck::compare_host(HostIndex host, std::uint64_t digest) const {
  if (!comparable_) return {};
  if (host != kWorld && host >= chain_.hosts()) return "a digest names a host that does not exist";
  if (chain_.digest(host) == digest) return {};
  return failure(fmt::format("the digest of {} does not hold", host_text(host)));
}

std::string DigestCheck::compare_all(std::uint64_t digest) const {
  if (!comparable_ || chain_.digest() == digest) return {};
  return failure("the digest of the trace does not hold");
}

}  // namespace mailcosm::sim
