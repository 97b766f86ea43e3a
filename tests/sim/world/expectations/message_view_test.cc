#include "sim/world/expectations/message_view.h"

#include <gtest/gtest.h>

namespace mailcosm::sim::expectations {
namespace {

constexpr std::string_view kComposed =
    "Date: Mon, 5 Jan 2026 09:00:00 +0000\r\nFrom: \"Alice Red\" <alice@RED.com>\r\nTo: "
    "bob@blue.com, carol@blue.com\r\n"
    "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@red.com>\r\n\r\nHello\r\n.dot\r\n";

Property of(const MessageView& view, std::string name, std::string header = {}) {
  return view.property({std::move(name),
                        std::move(header),
                        scenario::Comparison::kIs,
                        scenario::Quantity::kText,
                        {},
                        0,
                        {}});
}

TEST(MessageViewTest, ReadsTheProperties) {
  const MessageView view(kComposed);
  EXPECT_EQ(of(view, "subject").texts[0],
            "Gr\xc3\xbc\xc3\x9f"
            "e");
  EXPECT_EQ(of(view, "from").texts[0], "alice@red.com");
  EXPECT_EQ(of(view, "to").texts, (std::vector<std::string>{"bob@blue.com", "carol@blue.com"}));
  EXPECT_EQ(of(view, "message_id").texts[0], "<1@red.com>");
  EXPECT_EQ(of(view, "body").texts[0], "Hello\n.dot\n");
  EXPECT_EQ(of(view, "size").number, static_cast<std::int64_t>(kComposed.size()));
  EXPECT_EQ(of(view, "header", "date").texts[0], "Mon, 5 Jan 2026 09:00:00 +0000");
  EXPECT_EQ(of(view, "header_count", "Received").number, 0);
  EXPECT_TRUE(of(view, "header", "X-None").texts.empty());
  EXPECT_FALSE(of(view, "flags").known);
}

TEST(MessageViewTest, TakesTransferEncodingAway) {
  const MessageView view(
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
      "quoted-printable\r\n\r\nsch=C3=B6n=\r\n!\r\n");
  EXPECT_EQ(of(view, "body").texts[0], "sch\xc3\xb6n!\n");
}

// RFC 5321 section 4.4: servers add Return-Path and Received in front, and nothing else.
TEST(MessageViewTest, OnlyTraceFieldsMayStandInFront) {
  const auto with = [](std::string_view front) {
    return std::string(front) + std::string(kComposed);
  };
  EXPECT_TRUE(MessageView(kComposed).is_as_written(kComposed));
  const std::string traced =
      with("Return-Path: <alice@red.com>\r\nReceived: from a by b;\r\n Mon, 5 Jan 2026\r\n");
  EXPECT_TRUE(MessageView(traced).is_as_written(kComposed));
  for (const char* front :
       {"X-Spam: yes\r\n", "Received: from a", "\r\n", "garbage\r\n", "Received: a\r\n\r\n"}) {
    const std::string content = with(front);
    EXPECT_FALSE(MessageView(content).is_as_written(kComposed)) << front;
  }
  const std::string changed = std::string(kComposed) + "PS\r\n";
  EXPECT_FALSE(MessageView(changed).is_as_written(kComposed));
}

}  // namespace
}  // namespace mailcosm::sim::expectations
