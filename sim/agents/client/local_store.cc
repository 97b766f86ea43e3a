#include "sim/agents/client/local_store.h"

#include <algorithm>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// Letters, digits and `._-` stand for themselves, all else as %XX, so that no name holds a slash.
std::string escape(std::string_view name) {
  std::string escaped;
  for (char c : name) {
    if (ascii::is_alphanumeric(c) || c == '.' || c == '_' || c == '-') {
      escaped.push_back(c);
    } else {
      const auto octet = static_cast<unsigned char>(c);
      escaped.push_back('%');
      escaped.push_back("0123456789ABCDEF"[octet >> 4]);
      escaped.push_back("0123456789ABCDEF"[octet & 15]);
    }
  }
  return escaped;
}

std::string unescape(std::string_view escaped) {
  std::string name;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] == '%' && i + 2 < escaped.size()) {
      name.push_back(static_cast<char>(ascii::hex_value(escaped[i + 1]) * 16 +
                                       ascii::hex_value(escaped[i + 2])));
      i += 2;
    } else {
      name.push_back(escaped[i]);
    }
  }
  return name;
}

}  // namespace

LocalStore::LocalStore(Disk& disk, std::string folder)
    : disk_(disk), folder_(std::move(folder) + "/mail/") {}

LocalStore::~LocalStore() { disk_.forget(*this); }

void LocalStore::load() {
  for (const std::string& file : disk_.list(folder_)) {
    std::string_view rest = std::string_view(file).substr(folder_.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) continue;
    mailboxes_[unescape(rest.substr(0, slash))][unescape(rest.substr(slash + 1))] = {
        disk_.read(file), ++added_};
  }
}

bool LocalStore::has(std::string_view mailbox, std::string_view id) const {
  return find(mailbox, id) != nullptr;
}

bool LocalStore::add(std::string_view mailbox, std::string_view id, Content content) {
  CHECK(!has(mailbox, id));
  if (!disk_.write(path(mailbox, id), content)) return false;
  mailboxes_[std::string(mailbox)][std::string(id)] = {std::move(content), ++added_};
  return true;
}

void LocalStore::remove(std::string_view mailbox, std::string_view id) {
  const auto found = mailboxes_.find(mailbox);
  if (found == mailboxes_.end()) return;
  const auto message = found->second.find(id);
  if (message == found->second.end()) return;
  disk_.remove(path(mailbox, id));
  found->second.erase(message);
}

Content LocalStore::find(std::string_view mailbox, std::string_view id) const {
  const auto found = mailboxes_.find(mailbox);
  if (found == mailboxes_.end()) return nullptr;
  const auto message = found->second.find(id);
  return message == found->second.end() ? nullptr : message->second.content;
}

std::vector<std::string> LocalStore::ids(std::string_view mailbox) const {
  const auto found = mailboxes_.find(mailbox);
  if (found == mailboxes_.end()) return {};
  std::vector<std::pair<std::uint64_t, std::string>> ordered;
  for (const auto& [id, stored] : found->second) ordered.emplace_back(stored.order, id);
  std::sort(ordered.begin(), ordered.end());
  std::vector<std::string> ids;
  for (auto& [order, id] : ordered) ids.push_back(std::move(id));
  return ids;
}

std::size_t LocalStore::count(std::string_view mailbox) const {
  const auto found = mailboxes_.find(mailbox);
  return found == mailboxes_.end() ? 0 : found->second.size();
}

void LocalStore::clear() {
  for (const std::string& file : disk_.list(folder_)) disk_.remove(file);
  mailboxes_.clear();
}

std::string LocalStore::path(std::string_view mailbox, std::string_view id) const {
  return folder_ + escape(mailbox) + '/' + escape(id);
}

}  // namespace mailcosm::sim
