// Golden files as people edit, cut and send them.
#include <gtest/gtest.h>

#include "protocols/base/random.h"
#include "sim/golden/golden.h"
#include "tests/sim/golden/run_golden.h"

namespace mailcosm::sim {
namespace {

class GoldenFileTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { text_ = new std::string(to_text(golden_of_alice_to_bob())); }
  static void TearDownTestSuite() { delete text_; }

  static std::string problem(std::string_view text) {
    const Result<Golden> golden = parse_golden(text);
    return golden ? "" : golden.error().what;
  }
  static std::string with(std::string_view what, std::string_view instead) {
    std::string text = *text_;
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), instead);
  }

  static std::string* text_;
};

std::string* GoldenFileTest::text_ = nullptr;

TEST_F(GoldenFileTest, ComesBackAsItWasWritten) {
  const Result<Golden> golden = parse_golden(*text_);
  ASSERT_TRUE(golden.has_value()) << golden.error().what;
  EXPECT_EQ(to_text(*golden), *text_);
  EXPECT_GT(golden->steps.size(), 8u);
}

TEST_F(GoldenFileTest, IsSmallAndHasNoLineThatEndsInASpace) {
  EXPECT_LT(text_->size(), 20'000u);
  EXPECT_EQ(text_->find(" \n"), std::string::npos);
}

TEST_F(GoldenFileTest, MayHaveCrLf) {
  std::string text;
  for (char c : *text_) text += c == '\n' ? "\r\n" : std::string(1, c);
  const Result<Golden> golden = parse_golden(text);
  ASSERT_TRUE(golden.has_value()) << golden.error().what;
  EXPECT_EQ(to_text(*golden), *text_);
}

TEST_F(GoldenFileTest, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(problem(""), "line 1: the golden file is empty");
  EXPECT_EQ(problem("hello\n"),
            "line 1: this is no golden file: it does not begin with \"mailcosm golden 1\"");
  EXPECT_EQ(problem(with("mailcosm golden 1", "mailcosm golden 2")),
            "line 1: the golden file has version 2; this program reads version 1");
  EXPECT_EQ(problem(with("seed      1", "seed      x")),
            "line 3: expected \"seed\" and a number, found \"seed      x\"");
  EXPECT_TRUE(problem(with("outcomes ", "outcame "))
                  .starts_with("line 5: expected \"outcomes\", 16 hexadecimal"));
  EXPECT_TRUE(problem(with("\n  -> EHLO", "\nEHLO")).find("expected a step in brackets") !=
              std::string::npos);
  EXPECT_TRUE(problem(with("\n  -> EHLO", "\n  > EHLO")).find("expected one of") !=
              std::string::npos);
  EXPECT_TRUE(problem(with("\nat ", "\nin ")).find("expected \"at \"") != std::string::npos);
  EXPECT_TRUE(problem(*text_ + "more\n").find("expected nothing behind the end") !=
              std::string::npos);
}

TEST_F(GoldenFileTest, CutAnywhereIsAnErrorOrAShorterEnd) {
  const std::size_t end = text_->rfind("end:");
  for (std::size_t length = 0; length < text_->size(); length += 7) {
    const std::string what = problem(std::string_view(*text_).substr(0, length));
    if (length < end) {
      EXPECT_TRUE(what.starts_with("line ")) << length;
    }
  }
}

// What was damaged is refused with its line, or reads as what it says.
TEST_F(GoldenFileTest, DamagedAnywhereIsRefusedOrComesBackAsItWasRead) {
  Random random(1);
  std::size_t read = 0;
  for (int i = 0; i < 1'500; ++i) {
    std::string text = *text_;
    for (std::uint64_t changes = 1 + random.below(3); changes != 0; --changes) {
      const std::size_t at = random.below(text.size());
      switch (random.below(3)) {
        case 0:
          text[at] = static_cast<char>(random.below(256));
          break;
        case 1:
          text.erase(at, 1 + random.below(40));
          break;
        default:
          text.insert(at, text.substr(random.below(text.size()), 1 + random.below(60)));
      }
    }
    const Result<Golden> golden = parse_golden(text);
    if (!golden) {
      EXPECT_TRUE(golden.error().what.starts_with("line ")) << golden.error().what;
      continue;
    }
    ++read;
    const Result<Golden> again = parse_golden(to_text(*golden));
    ASSERT_TRUE(again.has_value()) << again.error().what << "\n" << text;
    EXPECT_EQ(to_text(*again), to_text(*golden));
  }
  EXPECT_GT(read, 100u);
}

TEST_F(GoldenFileTest, IsRefusedIfItIsHuge) {
  EXPECT_NE(problem(std::string(Golden::kFileSizeMax + 1, 'x')).find("larger than"),
            std::string::npos);
  EXPECT_NE(problem(with("title: ", "title: " + std::string(10'000, 'x'))).find("too long"),
            std::string::npos);
}

}  // namespace
}  // namespace mailcosm::sim
