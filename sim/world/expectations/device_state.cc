#include "sim/world/expectations/device_state.h"

#include <memory>

#include "protocols/base/ascii.h"
#include "sim/trace/owned_record.h"

namespace mailcosm::sim::expectations {
namespace {

const DeviceMailbox kNoMailbox;

// INBOX is one name in any case (RFC 3501 section 5.1).
std::string fold(std::string_view mailbox) {
  return ascii::equal_ignoring_case(mailbox, "INBOX") ? "INBOX" : std::string(mailbox);
}

std::string_view text(const Record& record, std::string_view field) {
  return field_of(record, field).text;
}

// Its UID, or else its Message-ID.
std::string key_of(const Record& record) {
  const std::string_view uid = text(record, "uid");
  return std::string(uid.empty() ? record.subject.message : uid);
}

}  // namespace

bool DeviceState::accept(const Record& record) {
  switch (record.kind) {
    case Kind::kMessageFetched:
    case Kind::kCopyChanged:
    case Kind::kCopyMoved:
    case Kind::kCopyNumbered:
    case Kind::kCopyRemoved:
    case Kind::kDeviceLost:
      break;
    default:
      return false;
  }
  const std::string_view user = text(record, "user");
  if (!users_.contains(user)) return false;
  return take(record, devices_[{std::string(user), std::string(text(record, "device"))}]);
}

bool DeviceState::take(const Record& record, Device& device) {
  if (record.kind == Kind::kDeviceLost) {
    device.clear();
    return true;
  }
  DeviceMailbox& mailbox = device[fold(text(record, "mailbox"))];
  if (record.kind == Kind::kMessageFetched) {
    StoredMessage& copy = mailbox[key_of(record)];
    copy.flags = text(record, "flags");
    copy.content = std::make_shared<const std::string>(text(record, "content"));
    copy.time = record.time;
    copy.record = record.id;
    return true;
  }
  const bool numbered = record.kind == Kind::kCopyNumbered;
  const auto found = mailbox.find(numbered ? std::string(record.subject.message) : key_of(record));
  if (found == mailbox.end()) return false;
  if (record.kind == Kind::kCopyChanged) {
    found->second.flags = text(record, "flags");
    return true;
  }
  const StoredMessage copy = std::move(found->second);
  mailbox.erase(found);
  if (numbered) mailbox[key_of(record)] = copy;
  if (record.kind == Kind::kCopyMoved)
    device[fold(text(record, "to"))][std::string(record.subject.message)] = copy;
  return true;
}

const DeviceMailbox& DeviceState::mailbox(std::string_view user, std::string_view device,
                                          std::string_view name) const {
  const auto found = devices_.find({std::string(user), std::string(device)});
  if (found == devices_.end()) return kNoMailbox;
  const auto mailbox = found->second.find(fold(name));
  return mailbox == found->second.end() ? kNoMailbox : mailbox->second;
}

}  // namespace mailcosm::sim::expectations
