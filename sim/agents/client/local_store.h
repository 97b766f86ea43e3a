// LocalStore: the messages that one device has, on its disk.
//
// One file for each message, `client/DEVICE/mail/MAILBOX/ID`, holds the content as it came, and one
// of the same name below `client/DEVICE/flags/` its flags if it has any. Ids are the caller's:
// unique and constant within a mailbox. What is not synced is lost with a power failure, and the
// whole store with the device.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/imap/flags.h"
#include "sim/host/disk.h"

namespace mailcosm::sim {

class LocalStore : private DiskHandler {
 public:
  // `folder` names the device, such as "client/laptop". The disk must outlive the store.
  LocalStore(Disk& disk, std::string folder);

  ~LocalStore();
  LocalStore(const LocalStore&) = delete;
  LocalStore& operator=(const LocalStore&) = delete;

  // Reads what the disk holds. Messages come in the order of their ids.
  void load();
  bool has(std::string_view mailbox, std::string_view id) const;
  // False if the disk is full: nothing is kept. REQUIRES: !has(mailbox, id).
  [[nodiscard]] bool add(std::string_view mailbox, std::string_view id, Content content,
                         const imap::Flags& flags = {});
  void remove(std::string_view mailbox, std::string_view id);
  // Nothing happens if there is no such message.
  void set_flags(std::string_view mailbox, std::string_view id, const imap::Flags& flags);
  // None if there is no such message.
  imap::Flags flags(std::string_view mailbox, std::string_view id) const;
  // Under another name, in the same mailbox or another one. False, and nothing moves, if there is
  // no such message, the new name is taken or the disk is full.
  bool move(std::string_view mailbox, std::string_view id, std::string_view to,
            std::string_view to_id);
  // Null if there is none.
  Content find(std::string_view mailbox, std::string_view id) const;
  // In the order in which they came.
  std::vector<std::string> ids(std::string_view mailbox) const;
  std::size_t count(std::string_view mailbox) const;
  // Those that hold or have held a message.
  std::vector<std::string> mailboxes() const;
  // Makes what was done so far safe; nobody waits for it.
  void sync() { disk_.sync(*this, 0); }
  // Removes all files.
  void clear();

 private:
  void on_synced(std::uint64_t, bool) override {}

  struct Stored {
    Content content;
    std::uint64_t order = 0;
    imap::Flags flags;
  };
  using Mailbox = std::map<std::string, Stored, std::less<>>;

  static std::string name(std::string_view mailbox, std::string_view id);
  bool write_flags(const std::string& name, const imap::Flags& flags);
  const Stored* stored(std::string_view mailbox, std::string_view id) const;

  Disk& disk_;
  std::string mail_folder_;
  std::string flags_folder_;
  std::map<std::string, Mailbox, std::less<>> mailboxes_;
  std::uint64_t added_ = 0;
};

}  // namespace mailcosm::sim
