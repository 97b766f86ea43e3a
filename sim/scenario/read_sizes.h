// Reads distributions: sizes of messages and numbers of recipients.
#pragma once

#include "sim/population/count_distribution.h"
#include "sim/population/size_distribution.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

// `mails` is a mapping with the keys 'size' and 'recipients'; both have defaults.
SizeDistribution read_sizes(const Fields& mails, Reporter& reporter);
CountModel read_recipients(const Fields& mails, Reporter& reporter);

}  // namespace mailcosm::sim::scenario
