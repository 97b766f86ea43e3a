// Tables of header fields (mail-parser, Stalwart Labs). The tables describe one reader's choices
// beyond the RFCs; where ours differ, the case is listed with the reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "protocols/mail/content_type.h"
#include "protocols/mail/date.h"
#include "protocols/mail/encoded_word.h"
#include "protocols/mail/header.h"
#include "protocols/mail/keywords.h"
#include "protocols/mail/mailbox.h"
#include "protocols/mail/message_id.h"
#include "tests/protocols/mail/conformance_files.h"

namespace mailcosm::mail {
namespace {

using Json = nlohmann::json;
using Reasons = std::map<std::size_t, std::string>;

constexpr const char* kWhiteSpaceKept =
    "RFC 5322 section 2.2.3 unfolds by removing CRLF only; the white space stays";
constexpr const char* kNoSpaceAdded =
    "an encoded word that touches text is decoded in place; no space is added";
constexpr const char* kCommentAlone =
    "a comment without an address is no mailbox (RFC 5322 section 3.4)";
constexpr const char* kObsoleteSpace =
    "white space around the dots of an obsolete address is no part of it (section 4.4)";

// The tables have LF line ends, and go on behind the end of the field.
std::string field_body(const Json& test) {
  std::string body;
  std::string header = test.at("header");
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] != '\n') {
      body.push_back(header[i]);
      continue;
    }
    if (!body.empty() && body.back() == '\r') body.pop_back();
    bool folded = i + 1 < header.size() && (header[i + 1] == ' ' || header[i + 1] == '\t');
    if (!folded) break;
    body += "\r\n";
  }
  return body;
}

// Calls `check` (which gives what was found) on each case and compares with its expectation.
template <typename Find>
void run_table(const std::string& name, const Reasons& expected_failures, Find find) {
  auto path = conformance_path("mime/headers/" + name + ".json");
  SKIP_WITHOUT_CONFORMANCE_DATA(path);
  Json table = Json::parse(read_file(*path));
  ASSERT_FALSE(table.empty());
  for (std::size_t i = 0; i < table.size(); ++i) {
    Json found = find(field_body(table[i]), table[i].at("expected"));
    Json expected = table[i].at("expected");
    bool failure_expected = expected_failures.contains(i);
    EXPECT_EQ(found == expected, !failure_expected)
        << name << " case " << i << ": " << table[i].at("header") << "\n found " << found
        << "\n expected " << expected;
  }
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json mailbox_to_json(const Mailbox& mailbox) {
  std::string name = decode_encoded_words(mailbox.display_name);
  std::string comment = decode_encoded_words(mailbox.comment);
  if (!comment.empty()) name = name.empty() ? comment : name + " (" + comment + ")";
  std::string address = mailbox.local_part;
  if (!mailbox.host.empty()) address += "@" + mailbox.host;
  if (!mailbox.route.empty()) address = mailbox.route + ":" + address;
  return {{"name", text_or_null(name)}, {"address", text_or_null(address)}};
}

Json list_to_json(const std::vector<MailboxGroup>& groups) {
  bool grouped = std::any_of(groups.begin(), groups.end(),
                             [](const MailboxGroup& group) { return group.has_name; });
  Json list = Json::array();
  for (const MailboxGroup& group : groups) {
    Json mailboxes = Json::array();
    for (const Mailbox& mailbox : group.mailboxes) mailboxes.push_back(mailbox_to_json(mailbox));
    if (!grouped) return {{"List", mailboxes}};
    std::string name = decode_encoded_words(group.name);
    if (!group.comment.empty()) name += " (" + decode_encoded_words(group.comment) + ")";
    list.push_back({{"name", text_or_null(name)}, {"addresses", mailboxes}});
  }
  return {{"Group", list}};
}

// RFC 5322 section 3.4: mailboxes, groups and comments.
TEST(HeaderTableConformanceTest, ReadsAddressLists) {
  run_table(
      "address",
      {{9, "a backslash before a line end quotes the line end (RFC 5322 section 4.1, obs-qp)"},
       {10, kCommentAlone},
       {11, kCommentAlone},
       {13, kObsoleteSpace},
       {14, kObsoleteSpace}},
      [](const std::string& body, const Json&) { return list_to_json(parse_address_list(body)); });
}

// RFC 2045 section 5.1 and RFC 2231: parameters, whose order has no meaning.
TEST(HeaderTableConformanceTest, ReadsContentTypes) {
  auto find = [](const std::string& body, const Json& expected) -> Json {
    Result<ContentType> type = parse_content_type(body);
    if (!type) return nullptr;
    Json found = {{"c_type", type->type}, {"c_subtype", text_or_null(type->subtype)}};
    if (!expected.is_object() || !expected.contains("attributes")) return found;
    Json attributes = Json::array();
    for (const Parameter& parameter : type->parameters.decoded) {
      if (!parameter.language.empty())
        attributes.push_back({parameter.name + "-language", parameter.language});
      attributes.push_back({parameter.name, parameter.value});
    }
    Json sorted_found = attributes;
    Json sorted_expected = expected.at("attributes");
    std::sort(sorted_found.begin(), sorted_found.end());
    if (sorted_expected.is_array()) std::sort(sorted_expected.begin(), sorted_expected.end());
    found["attributes"] = sorted_found == sorted_expected ? expected.at("attributes") : attributes;
    if (attributes.empty()) found["attributes"] = nullptr;
    return found;
  };
  run_table("content_type",
            {{31, "only the first section names a charset (RFC 2231 section 4.1)"},
             {34, "white space between encoded words goes away (RFC 2047 section 6.2)"},
             {61, "names with stray stars are no form of RFC 2231: they stay as they are"}},
            find);
}

// RFC 5322 sections 3.3 and 4.3: date-time with its obsolete forms.
TEST(HeaderTableConformanceTest, ReadsDates) {
  auto find = [](std::string body, const Json& expected) -> Json {
    // The table has a Received field among the dates: its date comes behind the last semicolon.
    std::size_t semicolon = body.rfind(';');
    if (semicolon != std::string::npos) body.erase(0, semicolon + 1);
    Result<DateTime> date = parse_date(body);
    if (!date) return nullptr;
    int zone = std::abs(date->zone_minutes);
    Json found = {{"year", date->local.year},
                  {"month", date->local.month},
                  {"day", date->local.day},
                  {"hour", date->local.hour},
                  {"minute", date->local.minute},
                  {"second", date->local.second},
                  {"tz_before_gmt", date->zone_minutes < 0},
                  {"tz_hour", zone / 60},
                  {"tz_minute", zone % 60}};
    static_cast<void>(expected);
    return found;
  };
  run_table("date",
            {{10, "a month is a name, never a number"},
             {12, "numbers without month name, colons and zone are no date"},
             {30, "EST5EDT is no zone of RFC 5322 section 4.3 and counts as -0000"}},
            find);
}

// RFC 5322 section 3.6.4: msg-id.
TEST(HeaderTableConformanceTest, ReadsMessageIds) {
  run_table("id", {{6, kObsoleteSpace}}, [](const std::string& body, const Json&) -> Json {
    Json found = Json::array();
    for (const std::string& id : parse_message_ids(body))
      found.push_back(id.substr(1, id.size() - 2));
    return found.empty() ? Json(nullptr) : found;
  });
}

// RFC 5322 section 3.6.5: Keywords.
TEST(HeaderTableConformanceTest, ReadsLists) {
  run_table("list", {},
            [](const std::string& body, const Json&) -> Json { return parse_keywords(body); });
}

// RFC 2047 section 6: display of encoded words.
TEST(HeaderTableConformanceTest, ReadsUnstructuredText) {
  Reasons reasons = {{2, kWhiteSpaceKept},  {3, kWhiteSpaceKept}, {4, kWhiteSpaceKept},
                     {19, kWhiteSpaceKept}, {21, kNoSpaceAdded},  {22, kNoSpaceAdded},
                     {27, kNoSpaceAdded},   {28, kNoSpaceAdded}};
  run_table("unstructured", reasons, [](const std::string& body, const Json&) -> Json {
    std::string text = decode_encoded_words(body);
    return text.substr(text.find_first_not_of(" \t"),
                       text.find_last_not_of(" \t") + 1 - text.find_first_not_of(" \t"));
  });
}

}  // namespace
}  // namespace mailcosm::mail
