#include "sim/agents/client/copies.h"

#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/mail/message.h"
#include "sim/agents/client/retrieval.h"

namespace mailcosm::sim {
namespace {

std::string_view name_of(Copies::By by) { return by == Copies::By::kUser ? "user" : "server"; }

constexpr std::size_t kUidDigits = 10;

}  // namespace

Copies::Copies(Runtime& runtime, const MailClientConfig& config, LocalStore& store)
    : runtime_(runtime), config_(config), store_(store) {}

void Copies::load(const std::vector<std::string>& being_moved) {
  store_.load();
  for (const std::string& mailbox : store_.mailboxes()) {
    for (const std::string& id : store_.ids(mailbox)) {
      const bool moves = std::find(being_moved.begin(), being_moved.end(), id) != being_moved.end();
      if (is_unnumbered(id) && !moves) remove(mailbox, id, By::kServer);
    }
  }
}

std::vector<std::string> Copies::choose(const MessageChoice& choice) const {
  std::vector<std::string> chosen;
  for (const std::string& id : store_.ids(choice.mailbox)) {
    if (is_chosen(choice, store_.find(choice.mailbox, id).head())) chosen.push_back(id);
  }
  if (choice.newest && chosen.size() > 1) chosen.erase(chosen.begin(), chosen.end() - 1);
  return chosen;
}

Subject Copies::subject(std::string_view mailbox, std::string_view id) {
  const Content content = store_.find(mailbox, id);
  message_id_ = content ? mail::message_id_of(content) : std::string();
  return {{}, message_id_};
}

void Copies::set_flags(std::string_view mailbox, std::string_view id, const imap::Flags& flags,
                       By by) {
  if (!store_.has(mailbox, id) || store_.flags(mailbox, id) == flags) return;
  store_.set_flags(mailbox, id, flags);
  runtime_.trace().emit(
      Kind::kCopyChanged,
      {config_.login, config_.device, mailbox, shown(id), flags.to_string(), name_of(by)},
      subject(mailbox, id));
}

void Copies::remove(std::string_view mailbox, std::string_view id, By by) {
  if (!store_.has(mailbox, id)) return;
  const Subject about = subject(mailbox, id);
  store_.remove(mailbox, id);
  runtime_.trace().emit(Kind::kCopyRemoved,
                        {config_.login, config_.device, mailbox, shown(id), name_of(by)}, about);
}

std::string Copies::move(const std::string& mailbox, const std::string& id, const std::string& to) {
  std::string moved;
  do {
    moved = std::string(kUnnumbered) + std::to_string(++moved_);
  } while (store_.has(to, moved));
  const Subject about = subject(mailbox, id);
  if (!store_.move(mailbox, id, to, moved)) return {};
  runtime_.trace().emit(Kind::kCopyMoved, {config_.login, config_.device, mailbox, shown(id), to},
                        about);
  return moved;
}

void Copies::number(const std::string& mailbox, const std::string& id,
                    const std::string& numbered_id) {
  // A check has been faster and fetched it.
  if (store_.has(mailbox, numbered_id)) return remove(mailbox, id, By::kServer);
  if (!store_.move(mailbox, id, mailbox, numbered_id)) return remove(mailbox, id, By::kServer);
  runtime_.trace().emit(Kind::kCopyNumbered,
                        {config_.login, config_.device, mailbox, shown(numbered_id)},
                        subject(mailbox, numbered_id));
}

std::string Copies::imap_id(std::uint32_t uid_validity, std::uint32_t uid) {
  const std::string digits = std::to_string(uid);
  return std::to_string(uid_validity) + '.' + std::string(kUidDigits - digits.size(), '0') + digits;
}

std::uint32_t Copies::uid_of(std::string_view id, std::uint32_t uid_validity) {
  const std::size_t dot = id.find('.');
  if (dot == std::string_view::npos || id.substr(0, dot) != std::to_string(uid_validity)) return 0;
  const auto uid = ascii::parse_unsigned(id.substr(dot + 1), UINT32_MAX);
  return uid ? static_cast<std::uint32_t>(*uid) : 0;
}

std::string Copies::shown(std::string_view id) const {
  if (config_.retrieval != RetrievalProtocol::kImap) return std::string(id);
  if (is_unnumbered(id)) return {};
  id.remove_prefix(id.find('.') + 1);
  return std::string(id.substr(std::min(id.find_first_not_of('0'), id.size() - 1)));
}

}  // namespace mailcosm::sim
