#include "sim/agents/client/local_store.h"

#include <algorithm>
#include <memory>
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
    : disk_(disk), mail_folder_(folder + "/mail/"), flags_folder_(folder + "/flags/") {}

LocalStore::~LocalStore() { disk_.forget(*this); }

void LocalStore::load() {
  for (const std::string& file : disk_.list(mail_folder_)) {
    const std::string_view rest = std::string_view(file).substr(mail_folder_.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) continue;
    Stored& message = mailboxes_[unescape(rest.substr(0, slash))][unescape(rest.substr(slash + 1))];
    message.content = disk_.read(file);
    message.order = ++added_;
    const Content flags = disk_.read(flags_folder_ + std::string(rest));
    if (flags) message.flags = imap::parse_flags(flags.text()).value_or(imap::Flags());
  }
}

const LocalStore::Stored* LocalStore::stored(std::string_view mailbox, std::string_view id) const {
  const auto found = mailboxes_.find(mailbox);
  if (found == mailboxes_.end()) return nullptr;
  const auto message = found->second.find(id);
  return message == found->second.end() ? nullptr : &message->second;
}

bool LocalStore::has(std::string_view mailbox, std::string_view id) const {
  return stored(mailbox, id) != nullptr;
}

bool LocalStore::add(std::string_view mailbox, std::string_view id, Content content,
                     const imap::Flags& flags) {
  CHECK(!has(mailbox, id));
  const std::string file = name(mailbox, id);
  if (!disk_.write(mail_folder_ + file, content)) return false;
  if (!write_flags(file, flags)) {
    disk_.remove(mail_folder_ + file);
    return false;
  }
  mailboxes_[std::string(mailbox)][std::string(id)] = {std::move(content), ++added_, flags};
  return true;
}

void LocalStore::remove(std::string_view mailbox, std::string_view id) {
  if (!has(mailbox, id)) return;
  const std::string file = name(mailbox, id);
  disk_.remove(mail_folder_ + file);
  disk_.remove(flags_folder_ + file);
  Mailbox& messages = mailboxes_.find(mailbox)->second;
  messages.erase(messages.find(id));
}

// On a full disk the flags live in memory only; the server knows them, too.
void LocalStore::set_flags(std::string_view mailbox, std::string_view id,
                           const imap::Flags& flags) {
  if (!has(mailbox, id)) return;
  static_cast<void>(write_flags(name(mailbox, id), flags));
  mailboxes_.find(mailbox)->second.find(id)->second.flags = flags;
}

bool LocalStore::write_flags(const std::string& name, const imap::Flags& flags) {
  if (flags != imap::Flags()) {
    return disk_.write(flags_folder_ + name, Content(flags.to_string()));
  }
  disk_.remove(flags_folder_ + name);
  return true;
}

imap::Flags LocalStore::flags(std::string_view mailbox, std::string_view id) const {
  const Stored* message = stored(mailbox, id);
  return message == nullptr ? imap::Flags() : message->flags;
}

bool LocalStore::move(std::string_view mailbox, std::string_view id, std::string_view to,
                      std::string_view to_id) {
  const Stored* message = stored(mailbox, id);
  if (message == nullptr || has(to, to_id)) return false;
  if (!add(to, to_id, message->content, message->flags)) return false;
  remove(mailbox, id);
  return true;
}

Content LocalStore::find(std::string_view mailbox, std::string_view id) const {
  const Stored* message = stored(mailbox, id);
  return message == nullptr ? nullptr : message->content;
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

std::vector<std::string> LocalStore::mailboxes() const {
  std::vector<std::string> names;
  for (const auto& [name, messages] : mailboxes_) names.push_back(name);
  return names;
}

void LocalStore::clear() {
  for (const std::string& folder : {mail_folder_, flags_folder_}) {
    for (const std::string& file : disk_.list(folder)) disk_.remove(file);
  }
  mailboxes_.clear();
}

std::string LocalStore::name(std::string_view mailbox, std::string_view id) {
  return escape(mailbox) + '/' + escape(id);
}

}  // namespace mailcosm::sim
