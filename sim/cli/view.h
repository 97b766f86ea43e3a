// `mailcosm view`: pictures of a trace.
#pragma once

#include <string>

#include "protocols/base/result.h"
#include "sim/view/selection.h"

namespace mailcosm::cli {

struct ViewArguments {
  std::string trace;
  std::string format = "html";
  std::string picture = "sequence";  // of formats that can show several: sequence or topology
  std::string output;                // "-" is standard output; empty: as the format suggests
  std::string depth;                 // story, protocol, packet; empty: as the format suggests
  sim::view::Selection selection;
  std::string why;       // a record id; instead of a picture, tell what led to it
  std::string scenario;  // text of the scenario, for the page
  bool frames = false;   // the octets of packets, in the page
};

int view(const ViewArguments& arguments);

}  // namespace mailcosm::cli
