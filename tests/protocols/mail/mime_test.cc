#include "protocols/mail/mime.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailcosm::mail {
namespace {

// RFC 3501 section 6.4.5: the message of the example, shortened.
const std::string kMixed =
    "From: a@b\r\n"
    "Content-Type: multipart/mixed; boundary=out\r\n"
    "\r\n"
    "preamble\r\n"
    "--out\r\n"
    "\r\n"
    "first\r\n"
    "--out\r\n"
    "Content-Type: message/rfc822\r\n"
    "\r\n"
    "Subject: inside\r\n"
    "Content-Type: multipart/alternative; boundary=\"in\"\r\n"
    "\r\n"
    "--in  \r\n"
    "Content-Type: text/html\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "\r\n"
    "aGk=\r\n"
    "--in--\r\n"
    "\r\n"
    "--out--\r\n"
    "epilogue\r\n";

const Part* find(const MimeTree& tree, std::vector<std::uint32_t> section) {
  return tree.find(section);
}

// RFC 2046 section 5.1.1: the CRLF before a boundary belongs to it; preamble and epilogue are
// ignored.
TEST(MimeTreeTest, FindsParts) {
  MimeTree tree = MimeTree::parse(kMixed);
  ASSERT_EQ(tree.parts().size(), 5u);
  const Part& root = tree.root();
  EXPECT_EQ(root.kind, Part::Kind::kMultipart);
  EXPECT_TRUE(root.closed);
  EXPECT_EQ(root.preamble->of(tree.text()), "preamble");
  EXPECT_EQ(root.epilogue->of(tree.text()), "epilogue\r\n");
  EXPECT_EQ(tree.body_of(*find(tree, {1})), "first");
  EXPECT_EQ(find(tree, {1})->body_lines, 1u);
  EXPECT_EQ(find(tree, {2})->kind, Part::Kind::kMessage);
  const Part* inner = find(tree, {2, 1});
  ASSERT_NE(inner, nullptr);
  EXPECT_TRUE(inner->content_type.is("text", "html"));
  EXPECT_EQ(tree.decoded_body_of(*inner), "hi");
  EXPECT_EQ(tree.header_of(*inner),
            "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n");
  EXPECT_EQ(tree.part(find(tree, {2})->children[0]).header.value_of("Subject"), "inside");
  EXPECT_EQ(tree.first_text(), find(tree, {1}));
}

TEST(MimeTreeTest, PlacesPartsInTheOriginalOctets) {
  MimeTree tree = MimeTree::parse(kMixed);
  for (const Part& part : tree.parts()) {
    EXPECT_EQ(part.header_extent.end(), part.body_extent.begin);
    EXPECT_LE(part.body_extent.end(), kMixed.size());
    if (part.parent != Part::kNone) {
      const Part& parent = tree.part(part.parent);
      EXPECT_GE(part.header_extent.begin, parent.body_extent.begin);
      EXPECT_LE(part.body_extent.end(), parent.body_extent.end());
    }
  }
}

// RFC 3501 section 6.4.5: part numbers.
TEST(MimeTreeTest, KnowsSectionNumbers) {
  MimeTree tree = MimeTree::parse(kMixed);
  EXPECT_EQ(find(tree, {}), &tree.root());
  EXPECT_EQ(find(tree, {0}), nullptr);
  EXPECT_EQ(find(tree, {3}), nullptr);
  EXPECT_EQ(find(tree, {1, 1}), nullptr);
  EXPECT_EQ(find(tree, {2, 2}), nullptr);
  EXPECT_EQ(find(tree, {2, 1, 1}), nullptr);
  MimeTree plain = MimeTree::parse("Subject: x\r\n\r\nbody");
  EXPECT_EQ(find(plain, {1}), &plain.root());
  EXPECT_EQ(find(plain, {2}), nullptr);
  EXPECT_EQ(find(plain, {1, 1}), nullptr);
  MimeTree forwarded =
      MimeTree::parse("Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nbody");
  EXPECT_EQ(find(forwarded, {1}), &forwarded.root());
  EXPECT_EQ(forwarded.body_of(*find(forwarded, {1, 1})), "body");
}

// RFC 2046 section 5.1.5: the parts of a digest are messages.
TEST(MimeTreeTest, TakesDigestPartsForMessages) {
  MimeTree tree = MimeTree::parse(
      "Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\nSubject: "
      "one\r\n\r\n1\r\n--d--\r\n");
  ASSERT_EQ(tree.parts().size(), 3u);
  EXPECT_EQ(tree.part(1).kind, Part::Kind::kMessage);
  EXPECT_EQ(tree.part(2).header.value_of("Subject"), "one");
}

// RFC 2046 section 5.1: a missing closing boundary ends the last part at the end of the message.
TEST(MimeTreeTest, ReadsTruncatedMultiparts) {
  MimeTree tree =
      MimeTree::parse("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n");
  EXPECT_FALSE(tree.root().closed);
  ASSERT_EQ(tree.root().children.size(), 1u);
  EXPECT_EQ(tree.body_of(tree.part(1)), "text\r\n");
  EXPECT_EQ(MimeTree::parse("Content-Type: multipart/mixed\r\n\r\n--b\r\n").parts().size(), 1u);
  EXPECT_EQ(MimeTree::parse("").parts().size(), 1u);
}

TEST(MimeTreeTest, ReadsEmptyParts) {
  MimeTree tree =
      MimeTree::parse("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\n\r\n--b--");
  ASSERT_EQ(tree.root().children.size(), 2u);
  EXPECT_EQ(tree.part(1).body_extent.size, 0u);
  EXPECT_EQ(tree.part(2).body_extent.size, 0u);
  EXPECT_EQ(tree.part(2).body_lines, 0u);
  EXPECT_TRUE(tree.root().closed);
}

// RFC 2046 section 5.1.2: an inner multipart whose end is missing ends with the outer part.
TEST(MimeTreeTest, TakesOnlyWholeBoundaryLines) {
  MimeTree tree = MimeTree::parse(
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--bb\r\n--b x\r\n "
      "--b\r\n--b-\r\nx--b\r\n--b \t\r\n"
      "\r\nsecond\r\n--b--\r\n");
  ASSERT_EQ(tree.root().children.size(), 2u);
  EXPECT_EQ(tree.body_of(tree.part(1)), "--bb\r\n--b x\r\n --b\r\n--b-\r\nx--b");
}

// RFC 2045 section 5.2: what does not parse is text/plain.
TEST(MimeTreeTest, TakesBadTypesForPlainText) {
  for (const char* type : {"", "text", "/x", ";"}) {
    MimeTree tree = MimeTree::parse("Content-Type: " + std::string(type) + "\r\n\r\nx");
    EXPECT_TRUE(tree.root().content_type.is("text", "plain")) << type;
  }
}

TEST(MimeTreeTest, ShowsTextAsUtf8) {
  MimeTree tree = MimeTree::parse(
      "Content-Type: text/plain; charset=iso-8859-15\r\nContent-Transfer-Encoding: "
      "quoted-printable\r\n\r\n=A4");
  EXPECT_EQ(tree.text_of(tree.root()), "\xE2\x82\xAC");
  MimeTree unknown = MimeTree::parse("Content-Type: text/plain; charset=x\r\n\r\n\xFF");
  EXPECT_EQ(unknown.text_of(unknown.root()), "\xFF");
}

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) {
    text += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" +
            std::to_string(i) + "\r\n";
  }
  return text + "\r\nleaf";
}

TEST(MimeTreeTest, LimitsDepth) {
  MimeLimits limits;
  limits.depth_max = 5;
  for (std::size_t depth : {4u, 5u, 6u}) {
    MimeTree tree = MimeTree::parse(nested(depth), limits);
    EXPECT_EQ(tree.parts().size(), std::min<std::size_t>(depth, 5) + 1) << depth;
  }
  MimeTree deep = MimeTree::parse(nested(2000));
  EXPECT_EQ(deep.parts().size(), MimeLimits().depth_max + 1);
}

TEST(MimeTreeTest, LimitsParts) {
  MimeLimits limits;
  limits.parts_max = 5;
  for (std::size_t count : {3u, 4u, 5u}) {
    std::string text = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (std::size_t i = 0; i < count; ++i) text += "--b\r\n\r\nx\r\n";
    text += "--b--\r\n";
    MimeTree tree = MimeTree::parse(text, limits);
    EXPECT_EQ(tree.parts().size(), std::min<std::size_t>(count + 1, 5));
    EXPECT_EQ(tree.root().closed, count <= 4);
  }
}

TEST(MimeTreeTest, SurvivesEveryTruncation) {
  for (std::size_t length = 0; length <= kMixed.size(); ++length) {
    std::string text = kMixed.substr(0, length);
    MimeTree tree = MimeTree::parse(text);
    for (const Part& part : tree.parts()) EXPECT_LE(part.body_extent.end(), length);
  }
}

}  // namespace
}  // namespace mailcosm::mail
