// What the tests of the scenario language share.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/parse.h"

namespace mailcosm::sim::scenario {

// REQUIRES: the file can be read; else the test fails.
inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The scenario that a text stands for; a test that hands in a wrong one fails.
inline Scenario parsed(std::string_view text, const std::vector<Override>& overrides = {}) {
  Parsed result = parse("test.yaml", text, overrides);
  EXPECT_TRUE(result.scenario.has_value()) << to_text(result.problems);
  return result.scenario.value_or(Scenario{});
}

// The messages of a text that is wrong.
inline std::vector<std::string> messages(std::string_view text,
                                         const std::vector<Override>& overrides = {}) {
  std::vector<std::string> result;
  for (const Problem& problem : parse("test.yaml", text, overrides).problems)
    result.push_back(problem.message);
  return result;
}

// Two organisations: alice@red.com with a laptop, bob@blue.com with phone and desktop.
inline constexpr std::string_view kTwoOrganisations = R"(mailcosm: 1
title: A test
organisations:
  red.com:
    users:
      alice: {name: Alice Red, devices: {laptop: imap}}
  blue.com:
    users:
      bob: {devices: {phone: imap, desktop: {protocol: pop3, leave_on_server: true}}}
)";

}  // namespace mailcosm::sim::scenario
