// Whether a reply fault can be: does the host speak the protocol, is there such a command, and is
// the answer one that the protocol knows?
#pragma once

#include "sim/scenario/draft.h"
#include "sim/scenario/fault.h"
#include "sim/scenario/fields.h"

namespace mailcosm::sim::scenario {

// Reports what cannot be, and fills in the usual answer of a rate limit.
// REQUIRES: `fault` has been read from `fields`, and its host exists.
void check_reply_fault(const Fields& fields, ReplyFault& fault, Draft& draft);

}  // namespace mailcosm::sim::scenario
