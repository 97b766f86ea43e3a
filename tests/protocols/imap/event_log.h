// Writes what a client session says and tells as text, one event a line, for comparison in tests.
#pragma once

#include <string>

#include "protocols/imap/client_session.h"

namespace mailcosm::imap::testing {

// Calls next() until NeedMore. Lines of output start with `>`; LineReceived and LiteralReceived are
// left out.
std::string pull_events(ClientSession& client);

}  // namespace mailcosm::imap::testing
