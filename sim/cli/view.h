// `mailcosm view`: pictures of a trace.
#pragma once

#include <string>

#include "sim/view/selection.h"

namespace mailcosm::cli {

struct ViewArguments {
  std::string trace;
  std::string format = "html";
  std::string picture = "sequence";  // of formats that can show both: sequence or topology
  std::string output;                // "-" is standard output; empty: as the format suggests
  std::string depth;                 // story, protocol, packet; empty: as the format suggests
  sim::view::Selection selection;    // its depth is set from `depth`
  std::string scenario;              // text of the scenario, for the page
  bool frames = false;               // the octets of packets, in the page
  std::string why;                   // instead of a picture: what led to this record
};

int view(const ViewArguments& arguments);

}  // namespace mailcosm::cli
