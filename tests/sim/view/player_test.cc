#include "sim/view/player.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sim/trace/sample.h"
#include "tests/sim/view/run_sample.h"

namespace mailcosm::sim::view {
namespace {

using Key = Player::Key;

struct Played {
  SmallRun run;
  Player player{small_header()};

  Played() {
    run.declare();  // places 0 to 5
    const RecordId step = run.emit(kWorld, Kind::kStoryStep, {1, "Alice writes to Bob"});
    run.emit(0, Kind::kNote, {"thinking"}, {step});
    run.dialogue("NOOP", "250 OK");
    run.emit(kWorld, Kind::kStoryStep, {2, "Bob reads"});
    run.hand_to(player);
  }
};

TEST(PlayerTest, StepsThroughEventsAndStopsAtTheEnds) {
  Played played;
  Player& player = played.player;
  EXPECT_EQ(player.place(), 0u);
  EXPECT_TRUE(player.press(Key::kPreviousEvent));
  EXPECT_EQ(player.place(), 0u);
  EXPECT_TRUE(player.press(Key::kNextEvent));
  EXPECT_EQ(player.place(), 1u);
  EXPECT_TRUE(player.press(Key::kLast));
  EXPECT_EQ(player.place(), player.records() - 1);
  EXPECT_TRUE(player.press(Key::kNextEvent));
  EXPECT_EQ(player.place(), player.records() - 1);
  EXPECT_FALSE(player.press(Key::kQuit));
}

TEST(PlayerTest, StepsThroughChapters) {
  Played played;
  Player& player = played.player;
  player.press(Key::kNextChapter);
  EXPECT_EQ(player.place(), 6u);
  player.press(Key::kNextChapter);
  EXPECT_EQ(player.place(), player.records() - 1);
  player.press(Key::kNextChapter);
  EXPECT_EQ(player.place(), player.records() - 1);
  player.press(Key::kPreviousChapter);
  EXPECT_EQ(player.place(), 6u);
}

TEST(PlayerTest, FollowsCausesAndComesBack) {
  Played played;
  Player& player = played.player;
  for (int i = 0; i < 7; ++i) player.press(Key::kNextEvent);
  player.press(Key::kCause);
  EXPECT_EQ(player.place(), 6u);
  player.press(Key::kBack);
  EXPECT_EQ(player.place(), 7u);
  player.press(Key::kBack);
  EXPECT_EQ(player.place(), 7u);
}

TEST(PlayerTest, KnowsItsKeys) {
  EXPECT_EQ(Player::key_of("n"), Key::kNextEvent);
  EXPECT_EQ(Player::key_of("\x1b[C"), Key::kNextEvent);
  EXPECT_EQ(Player::key_of("\x03"), Key::kQuit);
  EXPECT_EQ(Player::key_of("x"), Key::kOther);
  EXPECT_EQ(Player::key_of(""), Key::kOther);
}

std::vector<std::string> lines_of(const std::string& screen) {
  std::vector<std::string> lines(1);
  for (char c : screen) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

TEST(PlayerTest, FillsTheScreenAndNoMore) {
  Played played;
  for (std::size_t columns : {40u, 80u, 120u}) {
    for (std::size_t rows : {8u, 24u, 50u}) {
      const auto lines = lines_of(played.player.screen(columns, rows, Style::plain()));
      EXPECT_EQ(lines.size(), rows);
      for (const std::string& line : lines) EXPECT_LE(line.size(), columns) << line;
    }
  }
}

TEST(PlayerTest, ShowsWhatHappensAndWhy) {
  Played played;
  for (int i = 0; i < 7; ++i) played.player.press(Key::kNextEvent);
  const std::string screen = played.player.screen(100, 24, Style::plain());
  EXPECT_NE(screen.find(">         + 0 ms  laptop.red.com      thinking"), std::string::npos)
      << screen;
  EXPECT_NE(screen.find("note  because of ws7"), std::string::npos) << screen;
  EXPECT_EQ(screen.find('\x1b'), std::string::npos);
}

TEST(PlayerTest, HostileTextIsShownAsText) {
  SmallRun run;
  run.emit(0, Kind::kNote, {kHostile}, {}, {ConnectionId(), "\x1b[2J"});
  Player player(run.header());
  run.hand_to(player);
  for (char c : player.screen(200, 24, Style::plain())) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  }
}

TEST(PlayerTest, AnEmptyTraceCanBeLeft) {
  Player player({});
  EXPECT_TRUE(player.press(Key::kNextEvent));
  EXPECT_TRUE(player.press(Key::kCause));
  EXPECT_EQ(lines_of(player.screen(80, 24, Style::plain())).size(), 24u);
  EXPECT_FALSE(player.press(Key::kQuit));
}

}  // namespace
}  // namespace mailcosm::sim::view
