#include "sim/trace/string_places.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocols/base/random.h"

namespace mailcosm::sim::binary {
namespace {

// What a reader of the binary form does: the next place, over and over.
class Reference {
 public:
  std::optional<std::size_t> find_or_add(const std::string& text) {
    if (const auto found = place_of_.find(text); found != place_of_.end()) return found->second;
    if (texts_[next_].size() != 0) place_of_.erase(texts_[next_]);
    texts_[next_] = text;
    place_of_[text] = next_;
    next_ = (next_ + 1) % kRemembered;
    return std::nullopt;
  }

 private:
  std::vector<std::string> texts_ = std::vector<std::string>(kRemembered);
  std::map<std::string, std::size_t> place_of_;
  std::size_t next_ = 0;
};

// A text of this size of its own for every number.
std::string text_of(std::uint64_t number, std::size_t size) {
  std::string text = std::to_string(number);
  text.resize(size, '.');
  return text;
}

class StringPlacesTest : public ::testing::Test {
 protected:
  void look_up(const std::string& text) {
    ASSERT_EQ(places_.find_or_add(text), reference_.find_or_add(text)) << text;
  }

  StringPlaces places_;
  Reference reference_;
};

TEST_F(StringPlacesTest, TheLongestStringsStayAsLongAsTheirPlaces) {
  for (std::uint64_t number = 0; number < 3 * kRemembered; ++number) {
    look_up(text_of(number, kRememberedMax));
    if (number >= kRemembered) look_up(text_of(number - kRemembered + 1, kRememberedMax));
  }
}

TEST_F(StringPlacesTest, StringsOfAllSizesTakeTurns) {
  Random random(1);
  std::vector<std::string> texts;
  for (std::uint64_t step = 0; step < 12 * kRemembered; ++step) {
    if (texts.empty() || random.below(2) == 0)
      texts.push_back(text_of(step, 6 + random.below(kRememberedMax - 5)));
    const std::size_t back = random.below(std::min<std::size_t>(texts.size(), kRemembered + 100));
    look_up(texts[texts.size() - 1 - back]);
  }
}

// In one piece of memory, where the texts before lay too.
TEST_F(StringPlacesTest, WhereAStringLiesMakesNoDifference) {
  std::string memory;
  memory.reserve(kRememberedMax);
  for (std::uint64_t step = 0; step < 10'000; ++step) {
    memory = text_of(step % 3 == 2 ? step - 2 : step, 50);
    ASSERT_EQ(places_.find_or_add(memory), reference_.find_or_add(memory)) << memory;
  }
}

}  // namespace
}  // namespace mailcosm::sim::binary
