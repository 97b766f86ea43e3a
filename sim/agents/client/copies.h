// Copies: the messages on a device as its owner and its server change them; each change is told by
// the trace (copy.changed, copy.moved, copy.numbered, copy.removed).
//
// What the owner does counts at once, connected or not; that the server hears of it is the business
// of the jobs. A copy that was moved by the owner has no UID in its new mailbox until the server
// has told it, and an id of its own meanwhile.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/agents/client/draft.h"
#include "sim/agents/client/local_store.h"
#include "sim/agents/client/mail_client_config.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class Copies {
 public:
  enum class By : std::uint8_t { kUser, kServer };

  // All must outlive it.
  Copies(Runtime& runtime, const MailClientConfig& config, LocalStore& store);

  // Reads what the disk holds. Copies without a UID are dropped unless a job still moves them: the
  // server has them where they were.
  void load(const std::vector<std::string>& being_moved);
  LocalStore& store() { return store_; }
  const LocalStore& store() const { return store_; }

  // Ids of those that are meant, in the order in which they came.
  std::vector<std::string> choose(const MessageChoice& choice) const;
  // Nothing happens, and nothing is told, if there is no such copy or its flags are these already.
  void set_flags(std::string_view mailbox, std::string_view id, const imap::Flags& flags, By by);
  void remove(std::string_view mailbox, std::string_view id, By by);
  // Gives the id in the new mailbox; empty if nothing was moved.
  std::string move(const std::string& mailbox, const std::string& id, const std::string& to);
  // The server has told what `id`, which had no UID, is there.
  void number(const std::string& mailbox, const std::string& id, const std::string& numbered_id);

  // Ids of IMAP: UIDVALIDITY and UID, digits of equal length, so that their order is that of UIDs.
  static std::string imap_id(std::uint32_t uid_validity, std::uint32_t uid);
  // Nothing for an id of another UIDVALIDITY, or without UID: 0.
  static std::uint32_t uid_of(std::string_view id, std::uint32_t uid_validity);
  static bool is_unnumbered(std::string_view id) { return id.starts_with(kUnnumbered); }
  // As records have it: a UID, a unique-id, or nothing.
  std::string shown(std::string_view id) const;

 private:
  static constexpr std::string_view kUnnumbered = "new.";
  Subject subject(std::string_view mailbox, std::string_view id);

  Runtime& runtime_;
  const MailClientConfig& config_;
  LocalStore& store_;
  std::uint64_t moved_ = 0;
  std::string message_id_;  // of the record being made
};

}  // namespace mailcosm::sim
