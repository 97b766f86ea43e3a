#include "protocols/base/base64.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace mailcosm::base64
