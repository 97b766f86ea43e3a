#include "protocols/dns/recursive_service.h"

#include <gtest/gtest.h>

#include "protocols/dns/master_file.h"

namespace mailcosm::dns {
namespace {

std::string query_for(Type type, bool recursion_desired, Class rclass = Class::kIn) {
  std::string query;
  write_query(9, {Name::of("blue.com"), type, rclass}, recursion_desired, 1232, query);
  return query;
}

TEST(RecursiveServiceTest, TakesQueriesWithRd) {
  std::string output;
  const auto query = accept_query(query_for(Type::kMx, true), Transport::kUdp, output);
  ASSERT_TRUE(query.has_value());
  EXPECT_TRUE(output.empty());
  EXPECT_EQ(query->id, 9);
  EXPECT_EQ(query->octets_max, 1232);
  EXPECT_EQ(query->question.name, Name::of("blue.com"));
  EXPECT_EQ(accept_query(query_for(Type::kMx, true), Transport::kTcp, output)->octets_max, 65535);
}

TEST(RecursiveServiceTest, RefusesWhatItDoesNotDo) {
  const std::string refused[] = {query_for(Type::kMx, false), query_for(Type::kAxfr, true),
                                 query_for(Type::kMx, true, Class::kChaos)};
  for (const std::string& bytes : refused) {
    std::string output;
    EXPECT_FALSE(accept_query(bytes, Transport::kUdp, output).has_value());
    const Message message = Message::parse(output).value();
    EXPECT_EQ(message.header.rcode, Rcode::kRefused);
    // RFC 1035 section 4.1.1: RA denotes whether recursive service is available.
    EXPECT_TRUE(message.header.recursion_available);
  }
}

TEST(RecursiveServiceTest, AnswersMalformedQueries) {
  std::string output;
  EXPECT_FALSE(accept_query(query_for(Type::kMx, true) + "x", Transport::kUdp, output).has_value());
  EXPECT_EQ(Message::parse(output).value().header.rcode, Rcode::kFormErr);
  output.clear();
  EXPECT_FALSE(accept_query("short", Transport::kUdp, output).has_value());
  EXPECT_TRUE(output.empty());
}

TEST(RecursiveServiceTest, WritesTheAnswerForTheClient) {
  std::string output;
  const auto query = accept_query(query_for(Type::kMx, true), Transport::kUdp, output);
  Answer answer;
  answer.rcode = Rcode::kNoError;
  for (int i = 0; i < 60; ++i) {
    answer.answers.push_back(parse_record("blue.com. 5 MX " + std::to_string(i) + " a" +
                                          std::to_string(i) + ".very.long.name.org.")
                                 .value());
  }
  write_answer(*query, answer, output);
  const Message truncated = Message::parse(output).value();
  EXPECT_TRUE(truncated.header.truncated);
  EXPECT_LE(output.size(), 1232u);
  answer.answers.resize(3);
  output.clear();
  write_answer(*query, answer, output);
  const Message whole = Message::parse(output).value();
  EXPECT_EQ(whole.answers, answer.answers);
  EXPECT_TRUE(whole.header.response && whole.header.recursion_available &&
              whole.header.recursion_desired);
  EXPECT_FALSE(whole.header.authoritative || whole.header.truncated);
  EXPECT_EQ(whole.header.id, 9);
  EXPECT_TRUE(whole.edns.has_value());
}

}  // namespace
}  // namespace mailcosm::dns
