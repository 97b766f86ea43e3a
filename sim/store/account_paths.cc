#include "sim/store/account_paths.h"

namespace mailcosm::sim {

std::string account_folder(std::string_view login) {
  std::string path = "mail/";
  for (const char c : login) {
    if (c == '/') {
      path.append("%2F");
    } else if (c == '%') {
      path.append("%25");
    } else {
      path.push_back(c);
    }
  }
  path.push_back('/');
  return path;
}

std::string journal_path(std::string_view login) { return account_folder(login) + "journal"; }

std::string new_journal_path(std::string_view login) {
  return account_folder(login) + "journal.new";
}

std::string content_prefix(std::string_view login) { return account_folder(login) + "content/"; }

std::string content_path(std::string_view login, std::uint32_t number) {
  return content_prefix(login) + std::to_string(number);
}

}  // namespace mailcosm::sim
