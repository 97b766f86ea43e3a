#include "bench/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "bench/gmime_peer.h"
#include "protocols/dns/message_view.h"

namespace mailcosm::bench {
namespace {

TEST(CorpusTest, DnsMessagesAreWellFormedAndOfTheSizeThatIsSaid) {
  const std::vector<std::string> messages = dns_corpus();
  ASSERT_EQ(messages.size(), 4'000u);
  EXPECT_EQ(octets_of(messages) / messages.size(), 207u);
  std::size_t records = 0;
  for (const std::string& bytes : messages) {
    const dns::MessageView message(bytes);
    ASSERT_TRUE(message.valid());
    ASSERT_TRUE(message.edns().has_value());
    records +=
        message.answers().size() + message.authorities().size() + message.additionals().size();
  }
  EXPECT_EQ(records, 800u * (8 + 3 + 2 + 5 + 1));
}

TEST(CorpusTest, MimeMessagesHaveAllKindsOfParts) {
  const std::vector<std::string> messages = mime_corpus();
  EXPECT_GE(octets_of(messages), 1'000'000u);
  std::set<std::string> types;
  for (const std::string& message : messages) {
    const mail::MimeTree tree = mail::MimeTree::parse(message);
    for (const mail::Part& part : tree.parts()) {
      types.insert(part.content_type.type + "/" + part.content_type.subtype);
      EXPECT_TRUE(part.closed);
    }
  }
  EXPECT_EQ(types,
            (std::set<std::string>{"application/pdf", "message/rfc822", "multipart/alternative",
                                   "multipart/mixed", "text/html", "text/plain"}));
}

TEST(CorpusTest, GmimeFindsTheSameTrees) {
  const std::unique_ptr<GmimePeer> gmime = GmimePeer::load();
  if (gmime == nullptr) GTEST_SKIP() << "libgmime-3.0-0 is not installed";
  for (const std::string& message : mime_corpus()) {
    const mail::MimeTree tree = mail::MimeTree::parse(message);
    EXPECT_EQ(gmime->outline(message), outline_of(tree));
    const auto leaves_and_multiparts = static_cast<std::size_t>(
        std::count_if(tree.parts().begin(), tree.parts().end(), [&](const mail::Part& part) {
          return part.parent == mail::Part::kNone ||
                 tree.part(part.parent).kind != mail::Part::Kind::kMessage;
        }));
    EXPECT_EQ(gmime->parse(message), leaves_and_multiparts);
  }
}

}  // namespace
}  // namespace mailcosm::bench
