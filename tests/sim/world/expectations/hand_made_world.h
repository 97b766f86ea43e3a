// A world of one expectation and hand-made records.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "sim/scenario/parse.h"
#include "sim/trace/recorder.h"
#include "sim/world/expectations/evaluator.h"

namespace mailcosm::sim::expectations {

class HandMadeWorld : public testing::Test {
 protected:
  // A scenario up to its key `expect:`. The text must outlive the test.
  explicit HandMadeWorld(std::string_view text) : text_(text) {}

  void expect(std::string_view expectation) {
    const scenario::Parsed parsed =
        scenario::parse("test.yaml", std::string(text_) + std::string(expectation));
    ASSERT_TRUE(parsed.scenario) << to_text(parsed.problems);
    scenario_ = *parsed.scenario;
    header_.hosts.clear();
    for (const auto& host : scenario_.hosts) header_.hosts.push_back({host.name, host.addresses});
    recorder_ = std::make_unique<Recorder>(header_.hosts.size());
    evaluator_ = std::make_unique<Evaluator>(scenario_, header_);
    recorder_->set_depth(evaluator_->depth_needed());
    recorder_->add_sink(*evaluator_);
  }

  HostIndex host(std::string_view name) const {
    for (std::size_t i = 0; i < header_.hosts.size(); ++i) {
      if (header_.hosts[i].name == name) return static_cast<HostIndex>(i);
    }
    ADD_FAILURE() << "no host " << name;
    return 0;
  }

  void at(std::int64_t seconds) { recorder_->set_time(Instant{seconds * 1'000'000'000}); }
  Result finish(std::int64_t seconds = 1'000) {
    return evaluator_->finish(Instant{seconds * 1'000'000'000}).at(0);
  }
  void holds(std::int64_t seconds = 1'000) {
    const Result result = finish(seconds);
    EXPECT_TRUE(result.held) << result.found;
    EXPECT_EQ(result.found, "");
  }
  void fails(std::string_view found, std::int64_t seconds = 1'000) {
    const Result result = finish(seconds);
    EXPECT_FALSE(result.held);
    EXPECT_EQ(result.found, found);
    EXPECT_TRUE(result.source.known());
  }

  std::string_view text_;
  scenario::Scenario scenario_;
  TraceHeader header_;
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<Evaluator> evaluator_;
};

}  // namespace mailcosm::sim::expectations
