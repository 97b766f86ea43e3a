#include "sim/store/message_queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/store/queue_envelope.h"
#include "tests/support/fake_runtime.h"

namespace mailcosm::sim {
namespace {

QueuedMessage message(const std::string& id,
                      std::vector<mail::Address> recipients = {{"bob", "blue.com"}}) {
  QueuedMessage message;
  message.id = id;
  message.reverse_path = {"alice", "red.com"};
  for (mail::Address& address : recipients)
    message.recipients.emplace_back().address = std::move(address);
  message.content = Content("Subject: Hi\r\n\r\nHello.\r\n");
  message.message_id = "<1@red.com>";
  return message;
}

// A host with a queue that can lose its power.
class Bench : public QueueHandler, public QueueListener {
 public:
  Bench() : host(world.add_host("mx", "192.0.2.1")) { boot(); }

  void boot() {
    queue = std::make_unique<MessageQueue>(host, *this);
    queue->open();
  }
  void crash() {
    queue.reset();
    host.crash();
    events.clear();
    boot();
  }
  void add(const QueuedMessage& added) { EXPECT_TRUE(queue->add(added, *this, 7)); }
  std::string add_one() {
    const std::string id = queue->new_id();
    add(message(id));
    return id;
  }

  RecordId on_queued(std::uint64_t token, const QueuedMessage& queued, bool ok) override {
    EXPECT_EQ(token, 7u);
    events.push_back((ok ? "queued " : "lost ") + queued.id);
    return RecordId(0, Layer::kStory, 99);
  }
  void on_incoming(const QueuedMessage& queued) override {
    events.push_back("incoming " + queued.id);
  }

  FakeWorld world;
  FakeHost& host;
  std::unique_ptr<MessageQueue> queue;
  std::vector<std::string> events;
};

TEST(MessageQueueTest, TellsOnlyWhenTheMessageIsSafe) {
  Bench bench;
  const std::string id = bench.add_one();
  EXPECT_EQ(bench.queue->find(id), nullptr);
  EXPECT_TRUE(bench.events.empty());
  bench.world.run();
  EXPECT_EQ(bench.events, (std::vector<std::string>{"queued " + id, "incoming " + id}));
  ASSERT_NE(bench.queue->find(id), nullptr);
  EXPECT_EQ(bench.queue->find(id)->cause, RecordId(0, Layer::kStory, 99));
  EXPECT_EQ(bench.host.virtual_disk().unsynced(), 0u);
}

TEST(MessageQueueTest, ForgetsWhatWasNotSafeBeforeACrash) {
  for (int i = 0; i < 10; ++i) {
    Bench bench;
    bench.world.run_for(std::chrono::seconds(i));
    bench.add_one();
    bench.crash();
    bench.world.run();
    EXPECT_TRUE(bench.queue->messages().empty());
    EXPECT_TRUE(bench.events.empty());
    EXPECT_TRUE(bench.host.disk().list("queue/").empty());
  }
}

TEST(MessageQueueTest, FindsAgainWhatWasSafe) {
  Bench bench;
  QueuedMessage added =
      message(bench.queue->new_id(), {{"bob", "blue.com"}, {"with space", "x.y"}});
  added.recipients[1].original = {"info", "blue.com"};
  added.recipients[1].last_reply = "450 4.2.0 later";
  bench.add(added);
  bench.world.run();
  bench.crash();
  ASSERT_EQ(bench.queue->messages().size(), 1u);
  const QueuedMessage& found = bench.queue->messages().begin()->second;
  EXPECT_EQ(found.id, added.id);
  EXPECT_EQ(found.content.text(), added.content.text());
  EXPECT_EQ(found.reverse_path, added.reverse_path);
  EXPECT_EQ(found.message_id, added.message_id);
  ASSERT_EQ(found.recipients.size(), 2u);
  EXPECT_EQ(found.recipients[1].address, added.recipients[1].address);
  EXPECT_EQ(found.recipients[1].original, added.recipients[1].original);
  EXPECT_EQ(found.recipients[1].last_reply, "450 4.2.0 later");
  EXPECT_EQ(bench.events, (std::vector<std::string>{"incoming " + added.id}));
}

TEST(MessageQueueTest, ActiveMessagesAreIncomingAgainAfterACrash) {
  Bench bench;
  const std::string id = bench.add_one();
  bench.world.run();
  bench.queue->move(id, QueueName::kActive);
  bench.crash();
  ASSERT_NE(bench.queue->find(id), nullptr);
  EXPECT_EQ(bench.queue->find(id)->queue, QueueName::kIncoming);
}

TEST(MessageQueueTest, DeferredMessagesStayDeferred) {
  Bench bench;
  const std::string id = bench.add_one();
  bench.world.run();
  bench.queue->move(id, QueueName::kDeferred, Instant{5'000'000'000});
  bench.queue->sync();
  bench.world.run();
  bench.crash();
  ASSERT_NE(bench.queue->find(id), nullptr);
  EXPECT_EQ(bench.queue->find(id)->queue, QueueName::kDeferred);
  EXPECT_EQ(bench.queue->find(id)->next_attempt, Instant{5'000'000'000});
  EXPECT_TRUE(bench.events.empty());
}

TEST(MessageQueueTest, ACrashBeforeTheSyncOfAnUpdateKeepsTheOldEnvelope) {
  for (int i = 0; i < 10; ++i) {
    Bench bench;
    bench.world.run_for(std::chrono::seconds(i));
    const std::string id = bench.queue->new_id();
    bench.add(message(id, {{"a", "b.c"}, {"d", "e.f"}}));
    bench.world.run();
    QueuedMessage rest = *bench.queue->find(id);
    rest.recipients.erase(rest.recipients.begin());
    bench.queue->update(rest);
    bench.crash();
    ASSERT_NE(bench.queue->find(id), nullptr);
    EXPECT_EQ(bench.queue->find(id)->recipients.size(), 2u);
    bench.queue->update(rest);
    bench.queue->sync();
    bench.world.run();
    bench.crash();
    EXPECT_EQ(bench.queue->find(id)->recipients.size(), 1u);
  }
}

// The addresses of those whom the only message of the queue still waits for.
std::vector<mail::Address> waiting(const MessageQueue& queue) {
  std::vector<mail::Address> addresses;
  for (const QueuedRecipient& recipient : queue.messages().begin()->second.recipients)
    addresses.push_back(recipient.address);
  return addresses;
}

TEST(MessageQueueTest, WhoIsNotedAsDoneIsDoneAfterACrash) {
  const std::vector<mail::Address> all = {{"a", "b.c"}, {"with space", "x.y"}, {"d", "e.f"}};
  Bench bench;
  const std::string id = bench.queue->new_id();
  bench.add(message(id, all));
  bench.world.run();
  bench.queue->note_done(id, std::span(all).first(2));
  EXPECT_EQ(waiting(*bench.queue), all);
  bench.queue->sync();
  bench.world.run();
  bench.crash();
  EXPECT_EQ(waiting(*bench.queue), (std::vector<mail::Address>{all[2]}));
}

TEST(MessageQueueTest, ATornNoteDoesNotCountAndDoesNotSpoilTheNext) {
  const std::vector<mail::Address> all = {{"a", "b.c"}, {"d", "e.f"}, {"g", "h.i"}};
  for (int i = 0; i < 30; ++i) {
    Bench bench;
    bench.world.run_for(std::chrono::seconds(i));
    const std::string id = bench.queue->new_id();
    bench.add(message(id, all));
    bench.world.run();
    bench.queue->note_done(id, std::span(all).first(1));
    bench.crash();
    EXPECT_EQ(waiting(*bench.queue), all);
    bench.queue->note_done(id, std::span(all).subspan(1, 1));
    bench.queue->sync();
    bench.world.run();
    bench.crash();
    EXPECT_EQ(waiting(*bench.queue), (std::vector<mail::Address>{all[0], all[2]}));
  }
}

TEST(MessageQueueTest, RemovedMessagesAreGone) {
  Bench bench;
  const std::string id = bench.add_one();
  bench.world.run();
  bench.queue->remove(id);
  bench.queue->sync();
  bench.world.run();
  bench.crash();
  EXPECT_TRUE(bench.queue->messages().empty());
  EXPECT_TRUE(bench.host.disk().list("queue/").empty());
  EXPECT_EQ(bench.world.records_of(Kind::kMessageRemoved).size(), 1u);
}

TEST(MessageQueueTest, RefusesWhenTheDiskIsFull) {
  Bench bench;
  VirtualDisk::Options options;
  options.capacity_max = 100;
  bench.host.virtual_disk().set_options(options);
  EXPECT_FALSE(bench.queue->add(message(bench.queue->new_id()), bench, 7));
  EXPECT_TRUE(bench.host.disk().list("queue/").empty());
}

TEST(MessageQueueTest, TellsThatTheDiskHasFailed) {
  Bench bench;
  const std::string id = bench.add_one();
  bench.host.virtual_disk().destroy();
  bench.world.run();
  EXPECT_EQ(bench.events, (std::vector<std::string>{"lost " + id}));
  EXPECT_TRUE(bench.queue->messages().empty());
}

TEST(MessageQueueTest, NeverGivesAnIdTwice) {
  Bench bench;
  const std::string first = bench.add_one();
  const std::string second = bench.add_one();
  EXPECT_NE(first, second);
  bench.world.run();
  bench.crash();
  EXPECT_NE(bench.queue->new_id(), first);
  EXPECT_NE(bench.queue->new_id(), second);
}

TEST(QueueEnvelopeTest, EveryCutIsNoticed) {
  const std::string whole = write_queue_envelope(message("X"));
  ASSERT_TRUE(read_queue_envelope(whole));
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    const auto read = read_queue_envelope(std::string_view(whole).substr(0, cut));
    EXPECT_FALSE(read && cut + 1 < whole.size()) << cut;
  }
}

TEST(QueueEnvelopeTest, OnlyWholeLinesBehindTheEndCount) {
  const QueuedMessage two = message("X", {{"bob", "blue.com"}, {"eve", "blue.com"}});
  const std::string whole = write_queue_envelope(two);
  std::string more = whole;
  append_done({"bob", "blue.com"}, more);
  EXPECT_FALSE(read_queue_envelope(whole)->has_more);
  for (std::size_t cut = whole.size() + 1; cut <= more.size(); ++cut) {
    const auto read = read_queue_envelope(std::string_view(more).substr(0, cut));
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->has_more);
    EXPECT_EQ(read->message.recipients.size(), cut == more.size() ? 1u : 2u) << cut;
  }
  append_done({"eve", "blue.com"}, more);
  EXPECT_FALSE(read_queue_envelope(more));
}

TEST(QueueEnvelopeTest, TextCannotAddLines) {
  QueuedMessage evil = message("X");
  evil.recipients[0].last_reply = "450 a\nto <evil@x.y>\nend";
  evil.message_id = "<a>\r\nend";
  const auto read = read_queue_envelope(write_queue_envelope(evil));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->message.recipients.size(), 1u);
}

}  // namespace
}  // namespace mailcosm::sim
