#include "protocols/base/base64.h"

#include <gtest/gtest.h>

#include <vector>

#include "protocols/base/base64_kernels.h"

namespace mailcosm::base64 {
namespace {

// RFC 4648 section 10: test vectors.
TEST(Base64Test, MatchesTheVectorsOfTheRfc) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(encode(bytes), text);
    EXPECT_EQ(decode(text), bytes);
  }
}

TEST(Base64Test, StrictDecodingRefusesWhatIsNotCanonical) {
  for (const char* wrong :
       {"Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zm9v\n", "Zm 9", "Zg==Zg=="}) {
    EXPECT_EQ(decode(wrong), std::nullopt) << wrong;
  }
}

// RFC 2045 section 6.8: other characters must be ignored by decoding software.
TEST(Base64Test, LenientDecodingSkipsOtherCharacters) {
  std::string bytes;
  decode_lenient("Zm9v\r\nYm!Fy==Zm9v", bytes);
  EXPECT_EQ(bytes, "foobar");
}

TEST(Base64Test, EncodesTheTailInItsPlace) {
  for (std::size_t size = 0; size < 100; ++size) {
    std::string octets;
    for (std::size_t i = 0; i < size; ++i) octets += static_cast<char>(i * 73);
    for (const std::string before : {"", "AUTH PLAIN "}) {
      std::string text = before + octets;
      encode_tail(text, before.size());
      EXPECT_EQ(text, before + encode(octets));
      std::string back = before;
      EXPECT_TRUE(decode(encode(octets), back));
      EXPECT_EQ(back, before + octets);
    }
  }
}

TEST(Base64Test, LeavesTheOutputAloneWhenTheTextIsWrong) {
  for (const char* wrong : {"Zg", "Zh==", "Z===", "Zm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9v!m9v"}) {
    std::string output = "before";
    EXPECT_FALSE(decode(wrong, output)) << wrong;
    EXPECT_EQ(output, "before");
  }
}

// Groups may be cut by characters outside of the alphabet anywhere.
TEST(Base64Test, LenientDecodingFindsDigitsBetweenOthers) {
  std::string octets;
  for (int i = 0; i < 200; ++i) octets += static_cast<char>(i * 37);
  const std::string text = encode(octets);
  for (std::size_t every = 1; every < 100; ++every) {
    std::string broken;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i % every == 0) broken += i % 2 == 0 ? "\r\n" : "!";
      broken += text[i];
    }
    std::string bytes = "before";
    decode_lenient(broken, bytes);
    EXPECT_EQ(bytes, "before" + octets) << every;
  }
}

TEST(Base64Test, LenientDecodingEndsAnywhere) {
  const std::string octets(90, 'x');
  const std::string text = encode(octets);
  for (std::size_t size = 0; size <= text.size(); ++size) {
    std::string bytes;
    decode_lenient(text.substr(0, size), bytes);
    EXPECT_EQ(bytes, octets.substr(0, size * 6 / 8)) << size;
    bytes.clear();
    decode_lenient(text.substr(0, size) + "=" + text, bytes);
    EXPECT_EQ(bytes, octets.substr(0, size * 6 / 8)) << size;
  }
}

TEST(Base64Test, StrictDecodingRefusesOneWrongCharacterAnywhere) {
  const std::string text = encode(std::string(200, '\xa5'));
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (char wrong : {'\0', '\n', ' ', '-', '_', '=', '\x7f', '\x80', '\xff'}) {
      std::string changed = text;
      if (changed[at] == wrong) continue;
      changed[at] = wrong;
      const bool canonical = at + 1 == text.size() && wrong == '=';
      EXPECT_EQ(decode(changed).has_value(), canonical) << at << ' ' << wrong;
    }
  }
}

// What the kernels must give, in the plainest way.
std::string encoded_bit_by_bit(std::string_view octets) {
  std::string text;
  for (std::size_t bit = 0; bit + 6 <= octets.size() * 8; bit += 6) {
    unsigned number = 0;
    for (std::size_t i = bit; i < bit + 6; ++i) {
      const auto octet = static_cast<unsigned char>(octets[i / 8]);
      number = number << 1 | (octet >> (7 - i % 8) & 1u);
    }
    text += digit_of(number);
  }
  return text;
}

std::vector<const Kernel*> kernels() { return {&kTableKernel, &best_kernel()}; }

TEST(Base64KernelTest, AgreeWithEachOtherAtAllSizesAndAlignments) {
  constexpr char kGuard = '\x5c';
  for (const Kernel* kernel : kernels()) {
    for (std::size_t size = 0; size <= 200; ++size) {
      const std::size_t shift = size * 7 % 33;
      std::string input(shift, 'x');
      for (std::size_t i = 0; i < size; ++i) input += static_cast<char>(i * 151 + size);
      const std::string_view octets = std::string_view(input).substr(shift);
      std::string text(size / 3 * 4 + 1, kGuard);
      ASSERT_EQ(kernel->encode(octets.data(), size, text.data()), size / 3 * 3);
      ASSERT_EQ(text.back(), kGuard);
      text.pop_back();
      ASSERT_EQ(text, encoded_bit_by_bit(octets.substr(0, size / 3 * 3)));
      std::string back(text.size() / 4 * 3 + 1, kGuard);
      ASSERT_EQ(kernel->decode(text.data(), text.size(), back.data()), text.size());
      ASSERT_EQ(back.back(), kGuard);
      back.pop_back();
      ASSERT_EQ(back, octets.substr(0, back.size()));
    }
  }
}

TEST(Base64KernelTest, StopBeforeTheGroupOfAnyOtherCharacter) {
  for (const Kernel* kernel : kernels()) {
    for (int c = 0; c < 256; ++c) {
      for (std::size_t at = 0; at < 120; ++at) {
        std::string text(120, 'Q');
        text[at] = static_cast<char>(c);
        std::string octets(90, '\0');
        const std::size_t expected = value_of(static_cast<char>(c)) < 0 ? at / 4 * 4 : text.size();
        ASSERT_EQ(kernel->decode(text.data(), text.size(), octets.data()), expected)
            << c << " at " << at;
      }
    }
  }
}

TEST(Base64KernelTest, KnowEveryDigitAtEveryPlace) {
  for (const Kernel* kernel : kernels()) {
    for (unsigned value = 0; value < 64; ++value) {
      for (std::size_t at = 0; at < 64; ++at) {
        std::string text(64, 'A');
        text[at] = digit_of(value);
        std::string octets(48, '\0');
        ASSERT_EQ(kernel->decode(text.data(), text.size(), octets.data()), text.size());
        std::string back(64, '\0');
        ASSERT_EQ(kernel->encode(octets.data(), octets.size(), back.data()), octets.size());
        ASSERT_EQ(encoded_bit_by_bit(octets), text);
        ASSERT_EQ(back, text);
      }
    }
  }
}

}  // namespace
}  // namespace mailcosm::base64
