// Reporter: collects what is wrong, with the text it is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/problem.h"
#include "sim/scenario/source_text.h"

namespace mailcosm::sim::scenario {

class Reporter {
 public:
  // Gives the index for SourcePosition::file. The text must outlive the reporter.
  std::uint32_t add_file(std::string name, std::string_view text);
  const SourceText& file(std::uint32_t index) const { return files_[index]; }
  std::vector<std::string> file_names() const;

  // Ignored once there are kProblemsMax, and when the same message was given for the same place.
  void add(SourcePosition source, std::string message, std::string reason = {},
           std::string suggestion = {});
  bool full() const;
  bool empty() const { return problems_.empty(); }
  std::size_t count() const { return problems_.size(); }

  // Sorted by place.
  std::vector<Problem> take();

 private:
  std::vector<SourceText> files_;
  std::vector<Problem> problems_;  // sorted by place
};

}  // namespace mailcosm::sim::scenario
