// MemoryAccount and MemorySession: one account in memory behind any number of server engines, for
// tests.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/imap/server_session.h"

namespace mailcosm::imap::testing {

struct MemoryMessage {
  MessageInfo info;
  Content content;
};

struct MemoryMailbox {
  std::string name;
  std::uint32_t uid_validity = 1;
  Uid uid_next = 1;
  Uid recent_from = 1;
  std::vector<MemoryMessage> messages;

  MemoryMessage* find(Uid uid);
};

class MemorySession;

// Users "alice" and "bob" with the password "secret". INBOX is there from the start.
class MemoryAccount {
 public:
  MemoryAccount();

  MemoryMailbox* find(std::string_view name);
  MemoryMailbox& make(std::string_view name);
  bool remove(std::string_view name);
  bool rename(std::string_view from, std::string_view to);

  // Each tells all sessions that have selected the mailbox.
  Uid append(MemoryMailbox& mailbox, std::string content, Flags flags = {}, WallTime date = {});
  void set_flags(MemoryMailbox& mailbox, Uid uid, StoreMode mode, const Flags& flags);
  void expunge(MemoryMailbox& mailbox, Uid uid);

  std::map<std::string, std::unique_ptr<MemoryMailbox>, std::less<>> mailboxes;
  std::set<std::string, std::less<>> subscriptions;
  std::vector<MemorySession*> sessions;
  WallTime now{1'767'603'600'000'000'000};  // 2026-01-05 09:00:00 UTC

 private:
  std::uint32_t uid_validity_last_ = 0;
};

// One engine with its owner. feed() gives it bytes and answers all it asks for.
class MemorySession {
 public:
  explicit MemorySession(MemoryAccount& account, const ServerConfig& config = default_config());
  ~MemorySession();
  MemorySession(const MemorySession&) = delete;
  MemorySession& operator=(const MemorySession&) = delete;

  // What the server writes because of it.
  std::string feed(std::string_view bytes);
  // What it writes without being fed: the greeting, news in IDLE.
  std::string take_output();
  void pump();

  static const ServerConfig& default_config();

  ServerSession engine;
  MemoryMailbox* selected = nullptr;
  std::string received;            // all lines and literals reported by the engine, as they came
  std::vector<std::string> asked;  // names of the questions
  bool closed = false;
  server::Closed::Reason reason = server::Closed::Reason::kLogout;
  std::size_t pauses = 0;
  bool answers = true;  // false: questions stay open

 private:
  void on(const server::NeedMore&) {}
  void on(const server::LineReceived& e);
  void on(const server::LiteralReceived& e) { received.append(e.bytes); }
  void on(const server::OutputPaused&) { ++pauses; }
  void on(const server::Deselected&) { selected = nullptr; }
  void on(const server::Closed& e);
  void on(const server::LoginAsked& e);
  void on(const server::SelectAsked& e);
  void on(const server::CreateAsked& e);
  void on(const server::DeleteAsked& e);
  void on(const server::RenameAsked& e);
  void on(const server::SubscribeAsked& e);
  void on(const server::ListAsked& e);
  void on(const server::StatusAsked& e);
  void on(const server::AppendAsked& e);
  void on(const server::AppendChunk& e);
  void on(const server::AppendAborted&) { append_content_.clear(); }
  void on(const server::AppendEndAsked& e);
  void on(const server::ContentAsked& e);
  void on(const server::StoreAsked& e);
  void on(const server::CopyAsked& e);
  void on(const server::ExpungeAsked& e);
  void verdict(bool ok, ResponseCode code, std::string_view text);

  MemoryAccount& account_;
  std::string output_;
  Instant now_;
  std::string append_content_;
  std::string append_mailbox_;
  Flags append_flags_;
  WallTime append_date_;
};

}  // namespace mailcosm::imap::testing
