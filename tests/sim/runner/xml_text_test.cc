#include "sim/runner/xml_text.h"

#include <gtest/gtest.h>

namespace mailcosm::sim::runner {
namespace {

TEST(XmlTextTest, EscapesMarkup) {
  EXPECT_EQ(xml_text("<a href=\"x\">&amp;]]></a>"),
            "&lt;a href=&quot;x&quot;&gt;&amp;amp;]]&gt;&lt;/a&gt;");
}

TEST(XmlTextTest, KeepsLineFeedsAndTabs) {
  EXPECT_EQ(xml_text("a\n\tb"), "a\n\tb");
  EXPECT_EQ(xml_attribute("a\n\tb"), "a&#10;&#9;b");
}

// XML 1.0 section 2.2: Char.
TEST(XmlTextTest, ShowsWhatXmlForbidsAsHexadecimal) {
  EXPECT_EQ(xml_text(std::string_view("\0\x01\x1f\r\x7f", 5)), "\\x00\\x01\\x1f\\x0d\\x7f");
  EXPECT_EQ(xml_text("\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd"),
            "\\xef\\xbf\\xbe\\xef\\xbf\\xbf\xef\xbf\xbd");
}

TEST(XmlTextTest, ShowsWhatIsNotUtf8AsHexadecimal) {
  EXPECT_EQ(xml_text("\xff"), "\\xff");
  EXPECT_EQ(xml_text("a\xc3"), "a\\xc3");
  EXPECT_EQ(xml_text("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
  EXPECT_EQ(xml_text("\xc0\x80"), "\\xc0\\x80");           // overlong
  EXPECT_EQ(xml_text("\xc3\xa4\xf0\x9f\x93\xa7"), "\xc3\xa4\xf0\x9f\x93\xa7");
}

}  // namespace
}  // namespace mailcosm::sim::runner
