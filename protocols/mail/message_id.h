// Message-ID: making and reading identifiers (RFC 5322 section 3.6.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"

namespace mailcosm::mail {

// `<20260105090000.3f1c9a7e5b2d4c60@domain>`: time and a random number of the caller make it
// unique.
std::string make_message_id(WallTime wall_time, std::uint64_t random, std::string_view domain);

// The identifiers of Message-ID, In-Reply-To or References, each with its angle brackets, without
// comments, white space and quoting between them. Words that are no msg-id (the phrases of
// section 4.5.4) are skipped.
std::vector<std::string> parse_message_ids(std::string_view text, std::size_t count_max = 1'000);

}  // namespace mailcosm::mail
