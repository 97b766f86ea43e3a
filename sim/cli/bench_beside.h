// What `mailcosm bench` prints beside its own figures: other programs under the same work, and how
// many instructions a unit of work takes. bench/beside.py of the source tree measures it, in a
// process of its own.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "bench/figure.h"

namespace mailcosm::cli {

class BenchBeside {
 public:
  // Looks for the source tree above the running program.
  BenchBeside();

  // Measures what belongs to a subject and stands beside these figures of it; each is printed as
  // soon as it is there. Ends when that process has ended. An Interrupt is handed on to it, so that
  // what it has started does not stay.
  void measure(const std::string& subject, const bench::Figures& ours,
               const std::function<void(bench::Figure)>& print);

  // What could not be measured: sentences without full stop that say what helps.
  const std::set<std::string>& missing() const { return missing_; }

 private:
  std::string program_;  // the path of this one
  std::string script_;   // empty if there is none
  std::set<std::string> missing_;
};

}  // namespace mailcosm::cli
