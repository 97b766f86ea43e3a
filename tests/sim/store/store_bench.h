// StoreBench: a mailbox store on a fake host that can lose power.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/store/mailbox_store.h"
#include "tests/support/fake_runtime.h"

namespace mailcosm::sim {

class StoreBench : public StoreHandler {
 public:
  explicit StoreBench(const StoreLimits& store_limits = {}) : limits(store_limits) { start(); }
  ~StoreBench() {
    if (store) store->forget(*this);
  }

  void start() {
    store = std::make_unique<MailboxStore>(host, limits);
    account = &store->open_account("bob", quota);
  }
  // Loses power and starts again.
  void crash() {
    store.reset();
    host.crash();
    start();
  }
  void settle() { world.run_for(std::chrono::milliseconds(20)); }

  static NewMessage message(std::string_view subject) {
    std::string text = "Message-ID: <";
    text.append(subject).append("@x>\r\nSubject: ").append(subject).append("\r\n\r\nbody\r\n");
    return {Content(text), {}, WallTime{5}};
  }
  StoreError append(std::string_view mailbox, std::string_view subject) {
    const NewMessage one = message(subject);
    return store->append(*account->find(mailbox), {&one, 1}, *this, ++token);
  }
  void expunge(Mailbox& mailbox, const std::vector<Uid>& uids) {
    store->expunge(mailbox, uids);
    store->sync(*this, ++token);
    settle();
  }
  // "1:a 2:b": UIDs and subjects.
  std::string show(std::string_view mailbox = "INBOX") const {
    const Mailbox* found = account->find(mailbox);
    if (found == nullptr) return "(none)";
    std::string text;
    for (const StoredMessage& message : found->messages()) {
      if (!text.empty()) text.push_back(' ');
      const std::string_view head = message.content.head();
      const std::size_t at = head.find("Subject: ") + 9;
      text.append(std::to_string(message.uid)).append(":");
      text.append(head.substr(at, head.find("\r\n", at) - at));
      const std::string flags = to_string(message.flags, found->keywords());
      if (!flags.empty()) text.append("(").append(flags).append(")");
    }
    return text;
  }
  std::string names() const {
    std::string text;
    for (const auto& mailbox : account->mailboxes()) {
      if (!text.empty()) text.push_back(' ');
      text.append(mailbox->name());
      if (!mailbox->selectable()) text.append("(noselect)");
    }
    return text;
  }
  std::string records() {
    std::string text;
    for (const KeptRecord& record : world.records()) {
      text.append(record.to_string().substr(0, record.to_string().find(" content="))).append("\n");
    }
    world.clear_records();
    return text;
  }

  void on_stored(std::uint64_t done, StoreError error, std::span<const Uid> uids) override {
    std::string text = std::to_string(done) + " " + std::string(to_string(error));
    for (const Uid uid : uids) text.append(" ").append(std::to_string(uid));
    stored.push_back(text);
  }

  FakeWorld world;
  FakeHost& host = world.add_host("mail.blue.com", "192.0.2.1");
  StoreLimits limits;
  std::uint64_t quota = 0;
  std::unique_ptr<MailboxStore> store;
  Account* account = nullptr;
  std::uint64_t token = 0;
  std::vector<std::string> stored;
};

}  // namespace mailcosm::sim
