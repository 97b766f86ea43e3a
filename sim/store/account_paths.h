// Where an account's files lie on the disk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm::sim {

// "mail/bob@blue.com/"; '/' and '%' in a login are written as %2F and %25.
std::string account_folder(std::string_view login);
std::string journal_path(std::string_view login);
// Of the journal while it is rewritten.
std::string new_journal_path(std::string_view login);
std::string content_prefix(std::string_view login);
std::string content_path(std::string_view login, std::uint32_t number);

}  // namespace mailcosm::sim
