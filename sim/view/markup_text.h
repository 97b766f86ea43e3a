// Text in markup (HTML and XML).
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::sim::view {

// With &, <, > and quotes as character references, so that it is text in element contents and in
// quoted attributes. REQUIRES: no control characters, which XML has no form for (see printable()).
std::string markup_escaped(std::string_view text);

}  // namespace mailcosm::sim::view
