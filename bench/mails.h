// Whole worlds: mails from submission over DNS and SMTP into mailboxes, at packet level, on one
// core.
#pragma once

#include <cstdint>

#include "bench/figure.h"

namespace mailcosm::bench {

// `mails` mails among `domains` domains of ten people each, ten a second.
Figures measure_mails(std::uint64_t domains, std::uint64_t mails);

}  // namespace mailcosm::bench
