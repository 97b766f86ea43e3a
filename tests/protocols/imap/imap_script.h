// ImapScript: runs one script of Dovecot's imaptest (scripted-test-format.md beside the scripts)
// against server engines over an account in memory.
#pragma once

#include <string>
#include <vector>

namespace mailcosm::imap::testing {

// What did not hold, one line each; empty if the script passes. `name` is a file in `directory`.
std::vector<std::string> run_imap_script(const std::string& directory, const std::string& name);

}  // namespace mailcosm::imap::testing
