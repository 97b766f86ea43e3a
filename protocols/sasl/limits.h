// Limits of the password mechanisms.
#pragma once

#include <cstddef>

namespace mailcosm::sasl {

// RFC 4616 section 2 lets a server refuse long strings; each of the three fields is limited alone,
// in octets. The error is Step::kMalformed.
inline constexpr std::size_t kFieldLengthMax = 255;

}  // namespace mailcosm::sasl
