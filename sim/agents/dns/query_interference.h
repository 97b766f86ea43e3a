// QueryInterferer: what may come between a DNS server and the queries of its clients. Faults are
// interferers; without one a server is undisturbed.
#pragma once

#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/dns/server.h"

namespace mailcosm::sim {

struct QueryInterference {
  enum class Answer : std::uint8_t {
    kUsual,
    kServfail,
    kRefused,
    kNothing,    // none at all
    kLame,       // NOERROR, without authority and data
    kTruncated,  // TC and no data
  };
  Answer answer = Answer::kUsual;
  Duration delay{};
};

class QueryInterferer {
 public:
  // `name` is in lower case and without final dot, `type` in capitals. If it interferes it has
  // emitted a record of that, which is the current cause afterwards.
  virtual QueryInterference on_query(std::string_view name, std::string_view type,
                                     dns::Transport transport) = 0;

 protected:
  ~QueryInterferer() = default;
};

// Asks the interferer about a query in wire form; one that does not parse is left alone.
// `interferer` may be null.
QueryInterference interfere(QueryInterferer* interferer, std::string_view query,
                            dns::Transport transport);

// Appends the altered answer to a query. REQUIRES: the query parses, and `answer` is neither kUsual
// nor kNothing.
void write_altered_answer(std::string_view query, QueryInterference::Answer answer,
                          std::string& output);

}  // namespace mailcosm::sim
