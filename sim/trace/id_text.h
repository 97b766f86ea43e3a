// The texts of ids, written without an allocation.
#pragma once

#include "protocols/base/octet_cursor.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim {

// At most kIdTextMax characters each, as to_string() of the types gives them.
inline constexpr std::size_t kIdTextMax = 32;
void write_id(RecordId id, OctetCursor& output);
void write_id(ConnectionId id, OctetCursor& output);

}  // namespace mailcosm::sim
