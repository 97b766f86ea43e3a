// Random changes and power cuts: what was acknowledged is there, and no UID ever names two
// messages.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/sim/store/store_bench.h"

namespace mailcosm::sim {
namespace {

class CrashBench : public StoreBench {
 public:
  explicit CrashBench(std::uint64_t seed) : random(seed) {}

  void on_stored(std::uint64_t done, StoreError error, std::span<const Uid> uids) override {
    if (error == StoreError::kNone && !uids.empty() && subjects.contains(done)) {
      safe.insert(subjects[done]);
    }
    moving.erase(done);
    if (gone_at_sync.contains(done)) {
      for (const std::string& subject : gone_at_sync[done]) certainly_gone.insert(subject);
    }
  }

  void act() {
    Mailbox& mailbox = *account->mailboxes()[random.below(account->mailboxes().size())];
    switch (random.below(8)) {
      case 0:
      case 1:
      case 2: {
        const std::string subject = "m" + std::to_string(token + 1);
        subjects[token + 1] = subject;
        append(mailbox.name(), subject);
        break;
      }
      case 3:
        if (!mailbox.messages().empty()) expunge_one(mailbox);
        break;
      case 4:
        if (!mailbox.messages().empty()) {
          const Uid uid = mailbox.messages().front().uid;
          moving[token + 1] = subject_of(mailbox.messages().front());
          store->move(mailbox, std::vector<Uid>{uid}, *account->find("Trash"), *this, ++token);
        }
        break;
      case 5:
        if (!mailbox.messages().empty()) {
          store->set_flags(mailbox, mailbox.messages().back().uid,
                           {static_cast<std::uint8_t>(random.below(32)), 0});
        }
        break;
      case 6:
        world.run_for(std::chrono::milliseconds(static_cast<int>(random.below(8))));
        break;
      default:
        store->sync(*this, ++token);
        gone_at_sync[token] = expunged;
        break;
    }
    check();
  }

  void expunge_one(Mailbox& mailbox) {
    const StoredMessage& message = mailbox.messages()[random.below(mailbox.messages().size())];
    const std::string subject = subject_of(message);
    const Uid uid = message.uid;
    store->expunge(mailbox, std::vector<Uid>{uid});
    EXPECT_NE(mailbox.find(uid), nullptr) << "it goes when that is safe";
    // It stays if another change is moving it away.
    const bool leaves = std::any_of(moving.begin(), moving.end(),
                                    [&](const auto& move) { return move.second == subject; });
    if (!leaves) expunged.insert(subject);
  }

  static std::string subject_of(const StoredMessage& message) {
    const std::string_view head = message.content.head();
    const std::size_t at = head.find("Subject: ") + 9;
    return std::string(head.substr(at, head.find("\r\n", at) - at));
  }

  // A UID, once seen, names the same message for ever.
  void check() {
    present.clear();
    for (const auto& mailbox : account->mailboxes()) {
      Uid last = 0;
      for (const StoredMessage& message : mailbox->messages()) {
        EXPECT_GT(message.uid, last);
        last = message.uid;
        const auto key = std::pair(mailbox->uid_validity(), message.uid);
        const std::string subject = subject_of(message);
        EXPECT_EQ(names.try_emplace(key, subject).first->second, subject);
        present.insert(subject);
      }
      EXPECT_GE(mailbox->uid_next(), last + 1);
    }
  }

  void check_after_crash() {
    moving.clear();
    check();
    for (const std::string& subject : safe) {
      EXPECT_TRUE(present.contains(subject) || expunged.contains(subject)) << subject;
    }
    for (const std::string& subject : certainly_gone)
      EXPECT_FALSE(present.contains(subject)) << subject;
    // What came back after its expunge was undone is an ordinary message again.
    std::erase_if(expunged, [&](const std::string& subject) { return present.contains(subject); });
    std::uint64_t used = 0;
    std::set<std::uint32_t> contents;
    for (const auto& mailbox : account->mailboxes()) {
      for (const StoredMessage& message : mailbox->messages()) {
        used += message.content.size();
        contents.insert(message.content_number);
      }
    }
    EXPECT_EQ(account->bytes_used(), used);
    EXPECT_EQ(host.disk().list("mail/bob/content/").size(), contents.size());
  }

  Random random;
  std::map<std::uint64_t, std::string> subjects;
  std::set<std::string> safe;
  std::set<std::string> expunged;
  std::set<std::string> certainly_gone;
  std::map<std::uint64_t, std::set<std::string>> gone_at_sync;
  std::map<std::uint64_t, std::string> moving;  // subjects, by token
  std::set<std::string> present;
  std::map<std::pair<std::uint32_t, Uid>, std::string> names;
};

TEST(StoreCrashTest, LosesNothingThatWasAcknowledged) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CrashBench bench(seed);
    for (int life = 0; life < 6; ++life) {
      const std::uint64_t actions = bench.random.below(60);
      for (std::uint64_t i = 0; i < actions; ++i) bench.act();
      bench.store->forget(bench);
      bench.crash();
      bench.check_after_crash();
    }
    EXPECT_FALSE(::testing::Test::HasFailure()) << "seed " << seed;
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace mailcosm::sim
