// Octets of any sort as XML 1.0.
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::sim::runner {

// For text and for attribute values in double quotes: markup is escaped; line feeds and tabs are
// kept as character references in attributes. Octets that are not UTF-8 and characters that XML 1.0
// section 2.2 forbids appear as \xNN.
std::string xml_text(std::string_view octets);
std::string xml_attribute(std::string_view octets);

}  // namespace mailcosm::sim::runner
