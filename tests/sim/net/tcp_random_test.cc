// A connection against a peer that says anything: random segments around the numbers that matter,
// in every state. Nothing of it may break an invariant, and no octet is taken that was not in its
// place.
#include <gtest/gtest.h>

#include <algorithm>

#include "protocols/base/random.h"
#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

class RandomPeer {
 public:
  explicit RandomPeer(std::uint64_t seed)
      : random_(seed), script_{settings_of(random_), number(), number()} {}

  // Gives how many octets of the peer have been taken.
  std::size_t run() {
    if (random_.chance(1, 2)) {
      script_.connection.connect(script_.now, {});
    } else {
      script_.connection.accept(script_.segment("S", 0), script_.now);
    }
    script_.collect();
    if (random_.chance(9, 10)) shake_hands();
    for (int step = 0; step < 150 && !testing::Test::HasFailure(); ++step) {
      act();
      check();
    }
    return script_.received.size();
  }

 private:
  static TcpSettings settings_of(Random& random) {
    TcpSettings settings = TcpScript::plain_settings();
    settings.timestamps = random.chance(1, 2);
    settings.nagle = random.chance(1, 4);
    if (random.chance(1, 2)) settings.congestion_control = CongestionControl::kCubic;
    return settings;
  }
  // Often where arithmetic wraps.
  Sequence number() {
    const auto drawn = static_cast<Sequence>(random_.next());
    return random_.chance(1, 2) ? drawn : Sequence{0} - drawn % 5000;
  }
  void shake_hands() {
    TcpSegment answer =
        script_.segment(script_.connection.state() == TcpState::kSynSent ? "S." : ".",
                        script_.connection.state() == TcpState::kSynSent ? 0 : 1, {}, 1);
    if (script_.settings.timestamps) answer.has_timestamps = true;
    answer.timestamp_value = static_cast<std::uint32_t>(random_.next());
    script_.inject(answer);
  }
  void act() {
    const std::uint64_t what = random_.below(20);
    if (what < 12) {
      script_.inject(draw());
    } else if (what < 14 && !script_.connection.is_closed_by_us()) {
      script_.send(std::string(random_.below(5000), 'x'));
    } else if (what == 14 && random_.chance(1, 5)) {
      script_.close();
    } else if (what == 15 && random_.chance(1, 40)) {
      script_.abort();
    } else if (what == 16 && script_.connection.is_closed_by_us()) {
      script_.connection.orphan(script_.now);
    } else {
      script_.advance(Duration(1ms) * static_cast<int>(random_.below(1000)));
    }
  }
  // The octet at each place of the peer's stream is known by its place.
  static char octet_at(Sequence place) { return static_cast<char>('a' + place % 26); }

  TcpSegment draw() {
    const Sequence expected = script_.connection.next_expected() - script_.theirs;
    static constexpr const char* kKinds[] = {".", ".",  "P.", "P.", "P.", "F.", "FP.",
                                             "S", "S.", "R",  "R.", "P",  "",   "SFRP."};
    const std::string_view flags = kKinds[random_.below(std::size(kKinds))];
    if (flags.find('R') != std::string_view::npos && random_.chance(9, 10)) return draw();
    Sequence sequence = random_.chance(1, 3) ? expected : near(expected, 3000);
    // Its stream begins where octets are counted from.
    if (script_.connection.state() == TcpState::kSynSent) sequence = 0;
    std::string payload(flags.find('P') != std::string_view::npos ? random_.below(2000) : 0, 'x');
    for (std::size_t i = 0; i < payload.size(); ++i) {
      payload[i] = octet_at(sequence + static_cast<Sequence>(i));
    }
    const Sequence sent = script_.connection.next_to_send() - script_.ours;
    TcpSegment made =
        script_.segment(flags, sequence, payload, random_.chance(1, 3) ? sent : near(sent, 3000));
    made.window = static_cast<std::uint16_t>(random_.chance(1, 8) ? 0 : random_.below(65'536));
    made.has_timestamps = random_.chance(1, 2);
    made.timestamp_value = static_cast<std::uint32_t>(random_.next());
    made.timestamp_echo = static_cast<std::uint32_t>(random_.next() % 5000);
    while (made.sack_count < 4 && random_.chance(1, 3)) {
      const Sequence begin = script_.ours + near(sent, 5000);
      made.sack[made.sack_count++] = {begin, begin + static_cast<Sequence>(random_.below(4000))};
    }
    return made;
  }
  Sequence near(Sequence place, std::uint64_t reach) {
    if (random_.chance(1, 30)) return static_cast<Sequence>(random_.next());
    return place + static_cast<Sequence>(random_.below(2 * reach)) - static_cast<Sequence>(reach);
  }

  void check() {
    const TcpScoreboard& board = script_.connection.scoreboard();
    // A tail loss probe is one more than what is held for lost.
    ASSERT_LE(board.in_flight(), board.size() + 1);
    ASSERT_GE(script_.connection.congestion_window(), 1u);
    ASSERT_LT(script_.sent.size(), 200u) << "it does not talk to itself";
    for (const TcpSegment& made : script_.sent) {
      ASSERT_LE(made.payload.size() + made.options_size(), 1460u + 20u);
      for (std::uint8_t i = 0; i < made.sack_count; ++i) {
        ASSERT_TRUE(before(made.sack[i].begin, made.sack[i].end));
      }
    }
    script_.sent.clear();
    if (script_.connection.state() == TcpState::kClosed) {
      ASSERT_TRUE(script_.connection.deadline().is_never());
      ASSERT_EQ(script_.connection.queued(), 0u);
    } else {
      ASSERT_GT(script_.connection.deadline(), script_.now) << "or time would stand still";
    }
    for (; checked_ < script_.received.size(); ++checked_) {
      ASSERT_EQ(script_.received[checked_], octet_at(static_cast<Sequence>(1 + checked_)));
    }
  }

  Random random_;
  TcpScript script_;
  std::size_t checked_ = 0;
};

TEST(TcpRandomTest, NothingBreaksWhateverThePeerSays) {
  std::size_t octets = 0;
  for (std::uint64_t seed = 1; seed <= 3000 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    octets += RandomPeer(seed).run();
  }
  EXPECT_GT(octets, 3'000'000u) << "they have talked with each other";
}

}  // namespace
}  // namespace mailcosm::sim
