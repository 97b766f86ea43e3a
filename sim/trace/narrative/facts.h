// What a record of the story layer means, as a sentence.
#pragma once

#include <optional>

#include "sim/trace/narrative/names.h"
#include "sim/trace/narrative/step.h"
#include "sim/trace/record.h"

namespace mailcosm::sim::narrative {

// The outcome that a record states within a step; nothing for kinds that say nothing to a reader.
std::optional<Outcome> outcome_of(const Record& record, const Names& names);

// What happens outside of all dialogues: story steps, faults, crashes. Nothing for other kinds.
std::optional<Outcome> event_of(const Record& record);

// "Bob's phone", or the host if the record names no device.
std::string device_of(std::string_view user, std::string_view device);

// "Monday, 5 January 2026, 09:00:00 UTC"
std::string date_text(WallTime time);

}  // namespace mailcosm::sim::narrative
