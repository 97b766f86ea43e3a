// The pictures of `mailcosm view`.
#pragma once

#include "protocols/base/result.h"
#include "sim/cli/view.h"
#include "sim/trace/byte_sink.h"
#include "sim/trace/trace_reader.h"
#include "sim/view/selection.h"

namespace mailcosm::cli {

// The layers that a picture needs.
sim::Layer depth_of(const ViewArguments& arguments);

// Writes the picture that was asked for; the reader stands before the first record.
Result<void> write_picture(const ViewArguments& arguments, sim::TraceReader& reader,
                           const sim::view::Shown& shown, sim::ByteSink& sink);

}  // namespace mailcosm::cli
