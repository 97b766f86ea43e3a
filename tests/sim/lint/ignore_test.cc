// x-ignore silences the mapping it stands in, and nothing else.
#include "sim/lint/ignore.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/lint/lint.h"
#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::lint {
namespace {

// "rule line" of each finding.
std::vector<std::string> findings_of(const std::string& text) {
  std::vector<std::string> result;
  for (const Finding& finding : lint(scenario::parsed(text), text))
    result.push_back(std::string(finding.rule->name) + " " + std::to_string(finding.source.line));
  return result;
}

using Lines = std::vector<std::string>;

const std::string kHead = "mailcosm: 1\ntitle: T\n";
const std::string kOrganisations =
    "organisations:\n"
    "  red.com:\n"
    "    users: {alice: {devices: {laptop: {protocol: imap, check_every: 1 h}}}}\n"
    "    dns: {ttl: 0 s}\n"
    "  blue.com:\n"
    "    users: {bob: {devices: {phone: {protocol: imap, check_every: 1 h}}}}\n"
    "    dns: {ttl: 0 s}\n"
    "expect: [{mailbox: bob, has: {count: 0}}]\n";

std::string with(const std::string& line, const std::string& below) {
  std::string text = kHead + kOrganisations;
  return text.insert(text.find(below) + below.size(), line);
}

TEST(IgnoreTest, WithoutItBothAreFound) {
  EXPECT_EQ(findings_of(kHead + kOrganisations), (Lines{"ttl-zero 6", "ttl-zero 9"}));
}

TEST(IgnoreTest, SilencesItsMappingOnly) {
  EXPECT_EQ(findings_of(with("    x-ignore: [ttl-zero]\n", "  red.com:\n")),
            (Lines{"ttl-zero 10"}));
  EXPECT_EQ(findings_of(with("    x-ignore: ttl-zero\n", "  blue.com:\n")), (Lines{"ttl-zero 6"}));
}

TEST(IgnoreTest, SilencesTheFileAtTheTop) {
  EXPECT_EQ(findings_of(with("x-ignore: [ttl-zero]\n", "title: T\n")), Lines{});
}

TEST(IgnoreTest, SilencesAMappingInBraces) {
  std::string text = kHead + kOrganisations;
  text.replace(text.find("{ttl: 0 s}"), 10, "{x-ignore: ttl-zero, ttl: 0 s}");
  EXPECT_EQ(findings_of(text), (Lines{"ttl-zero 9"}));
}

TEST(IgnoreTest, IsReportedWhereNothingNeedsIt) {
  EXPECT_EQ(findings_of(with("    x-ignore: [ttl-zero, mx-is-alias]\n", "  red.com:\n")),
            (Lines{"ignore-unused 5", "ttl-zero 10"}));
}

TEST(IgnoreTest, IsReportedWhereItNamesNoRule) {
  EXPECT_EQ(findings_of(with("x-ignore: [ttl-zero, ttl-nil]\n", "title: T\n")),
            (Lines{"ignore-unknown 3"}));
}

TEST(IgnoreTest, DoesNotTakeAHeaderFieldForIt) {
  const std::string text = kHead +
                           "organisations:\n"
                           "  red.com: {users: {alice: {devices: {laptop: imap}}}}\n"
                           "story:\n"
                           "  - at: 0 s\n"
                           "    alice writes: {to: alice@red.com, headers: {x-ignore: hello}}\n"
                           "expect: [{mailbox: alice, has: {count: 1}}]\n";
  EXPECT_EQ(findings_of(text), Lines{});
}

}  // namespace
}  // namespace mailcosm::sim::lint
