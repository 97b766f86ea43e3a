// Unbound's scenarios for iterative resolution, run against this resolver. Compared are the
// response code and the answer section; authority and additional sections are not, as responses are
// minimal here. A query that the script does not foresee is not answered and times out.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "protocols/dns/resolver.h"
#include "tests/protocols/dns/replay_script.h"

namespace mailcosm::dns::testing {
namespace {

// Scenarios that end otherwise, by file, with the reason.
const std::map<std::string, std::string> kDeviations = {};

class Replay {
 public:
  explicit Replay(const ReplayScript& script)
      : script_(script), resolver_(settings(script), Random(1)) {}

  // Empty if every step went as scripted.
  std::string run() {
    for (const ReplayStep& step : script_.steps) {
      step_ = step.number;
      const std::string wrong = take(step);
      if (!wrong.empty())
        return "step " + std::to_string(step.number) + ": " + wrong + "\nqueries:\n" + log_;
    }
    return {};
  }

 private:
  struct Open {
    IpAddress server;
    Endpoint from;
    Transport transport = Transport::kUdp;
    Message query;
  };

  static Resolver::Settings settings(const ReplayScript& script) {
    Resolver::Settings settings;
    settings.root_hints = {{Name::of("root."), script.roots}};
    settings.believe_any_glue = script.any_glue;
    return settings;
  }

  std::string take(const ReplayStep& step) {
    switch (step.kind) {
      case ReplayStep::Kind::kQuery:
        lookup_ = resolver_.resolve(step.entry.message.questions.at(0), now_);
        answer_.reset();
        pull();
        return {};
      case ReplayStep::Kind::kCheckAnswer:
        return check(step.entry.message);
      case ReplayStep::Kind::kReply:
        return reply(step.entry);
      case ReplayStep::Kind::kTimePasses:
        settle(now_ + step.elapse);
        now_ = now_ + step.elapse;
        return {};
      default:
        return {};
    }
  }

  // Answers all open queries that the ranges have an answer for; false if there was none.
  bool answer_open() {
    for (auto& [id, open] : open_) {
      for (const ReplayRange& range : script_.ranges) {
        if (range.address != open.server || step_ < range.begin || step_ > range.end) continue;
        for (const ReplayEntry& entry : range.entries) {
          if (!entry.matches(open.query, open.transport)) continue;
          return deliver(id, entry), true;
        }
      }
    }
    return false;
  }

  void deliver(Resolver::QueryId id, const ReplayEntry& entry) {
    const Open open = open_.at(id);
    std::string bytes;
    entry.reply_to(open.query).write(bytes);
    now_ = now_ + std::chrono::milliseconds(1);
    open_.erase(id);
    if (open.transport == Transport::kUdp) {
      resolver_.receive_datagram(id, open.from, bytes, now_);
    } else {
      resolver_.receive_message(id, bytes, now_);
    }
    pull();
  }

  // As far as it goes before `end`, time-outs included.
  void settle(Instant end) {
    while (true) {
      if (answer_open()) continue;
      if (resolver_.deadline() > end) return;
      now_ = std::max(now_, resolver_.deadline());
      resolver_.expire(now_);
      pull();
    }
  }

  std::string reply(const ReplayEntry& entry) {
    for (const auto& [id, open] : open_) {
      if (entry.matches(open.query, open.transport)) return deliver(id, entry), std::string();
    }
    // This resolver does not ask the root for its own servers first (RFC 8109 is optional).
    const Question& question = entry.message.questions.at(0);
    return question.name.is_root() ? std::string() : "no query for " + question.name.to_string();
  }

  std::string check(const Message& expected) {
    while (!answer_) {
      if (answer_open()) continue;
      if (resolver_.deadline().is_never()) return "no answer";
      now_ = std::max(now_, resolver_.deadline());
      resolver_.expire(now_);
      pull();
    }
    const std::string got = text_of(answer_->rcode, answer_->answers);
    const std::string wanted = text_of(expected.header.rcode, expected.answers);
    if (got == wanted) return {};
    return "got\n" + got + "instead of\n" + wanted + "reason: " + std::string(answer_->reason);
  }

  static std::string text_of(Rcode rcode, std::vector<Record> records) {
    std::vector<std::string> lines;
    for (Record& record : records) {
      record.ttl = 0;
      lines.push_back(record.to_string() + "\n");
    }
    std::sort(lines.begin(), lines.end());
    std::string text = to_string(rcode) + "\n";
    for (const std::string& line : lines) text += line;
    return text;
  }

  void pull() {
    while (true) {
      const Resolver::Event event = resolver_.next(now_);
      if (std::holds_alternative<std::monostate>(event)) return;
      if (const auto* query = std::get_if<Resolver::QueryToSend>(&event)) {
        open_[query->query] = {query->server.address, query->server, query->transport,
                               Message::parse(query->bytes).value()};
        log_ += query->server.to_string() + " " + summary_of(query->bytes) + "\n";
      } else if (const auto* ended = std::get_if<Resolver::QueryEnded>(&event)) {
        open_.erase(ended->query);
      } else if (const auto* answered = std::get_if<Resolver::Answered>(&event)) {
        if (answered->lookup == lookup_) answer_ = answered->answer;
      }
    }
  }

  const ReplayScript& script_;
  Resolver resolver_;
  Instant now_;
  int step_ = 0;
  Resolver::LookupId lookup_ = 0;
  std::optional<Answer> answer_;
  std::map<Resolver::QueryId, Open> open_;
  std::string log_;
};

std::string run_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  const auto script = parse_replay_script(text.str());
  if (!script) return script.error().what;
  return Replay(*script).run();
}

TEST(ResolverReplayTest, EndsAsScripted) {
  const char* folder = std::getenv("MAILCOSM_CONFORMANCE_DIR");
  if (folder == nullptr)
    GTEST_SKIP() << "MAILCOSM_CONFORMANCE_DIR is not set: no third-party test data";
  std::vector<std::filesystem::path> files;
  for (const auto& file :
       std::filesystem::directory_iterator(std::string(folder) + "/dns-resolver")) {
    if (file.path().extension() == ".rpl") files.push_back(file.path());
  }
  ASSERT_FALSE(files.empty());
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    const std::string id = path.stem().string();
    const std::string wrong = run_file(path);
    if (kDeviations.count(id) != 0) {
      EXPECT_FALSE(wrong.empty()) << id << " passes: take it off the list";
    } else {
      EXPECT_EQ(wrong, "") << id;
    }
  }
}

}  // namespace
}  // namespace mailcosm::dns::testing
