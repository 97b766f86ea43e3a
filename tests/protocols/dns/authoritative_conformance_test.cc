// The 950 zone, query and response cases on which BIND, NSD, Knot and PowerDNS agree (the Ferret
// data set; RFC 1034, 4592 and 6672 put into practice). Compared are rcode, AA and the answer
// section; for referrals also authority and additional.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "protocols/dns/master_file.h"
#include "protocols/dns/server.h"

namespace mailcosm::dns {
namespace {

// Cases that this server answers otherwise on purpose, by id, with the reason.
const std::map<std::string, std::string> kDeviations = {};

struct Case {
  std::string id;
  std::string zone;
  std::string name;
  std::string type;
  std::vector<std::string> response;
};

// Just enough JSON for one line of the data set: strings with \n, \t and \", after a key or inside
// a list.
class LineReader {
 public:
  explicit LineReader(const std::string& line) : line_(line) {}

  std::string value_of(const std::string& key) {
    at_ = line_.find("\"" + key + "\": ", 0) + key.size() + 4;
    return take_string();
  }
  std::vector<std::string> list_of(const std::string& key) {
    at_ = line_.find("\"" + key + "\": [", 0) + key.size() + 5;
    std::vector<std::string> list;
    while (line_[at_] != ']') {
      list.push_back(take_string());
      while (line_[at_] == ',' || line_[at_] == ' ') ++at_;
    }
    return list;
  }

 private:
  std::string take_string() {
    std::string text;
    for (++at_; line_[at_] != '"'; ++at_) {
      char c = line_[at_];
      if (c == '\\') {
        c = line_[++at_];
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      text += c;
    }
    ++at_;
    return text;
  }

  const std::string& line_;
  std::size_t at_ = 0;
};

std::vector<Case> read_cases(const std::string& path) {
  std::ifstream file(path);
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    LineReader reader(line);
    cases.push_back({reader.value_of("id"), reader.value_of("zone"), reader.value_of("Name"),
                     reader.value_of("Type"), reader.list_of("response")});
  }
  return cases;
}

using Lines = std::vector<std::string>;

// Sorted, in one spelling.
Lines canonical(const std::vector<Record>& records) {
  Lines lines;
  for (Record record : records) {
    lines.push_back(record.to_string());
  }
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

struct Expected {
  std::string rcode;
  bool authoritative = false;
  std::vector<Record> sections[3];
};

Expected expected_of(const Case& c) {
  Expected expected;
  int section = -1;
  for (const std::string& line : c.response) {
    if (line.rfind("rcode ", 0) == 0) expected.rcode = line.substr(6);
    if (line.rfind("flags ", 0) == 0)
      expected.authoritative = line.find(" AA") != std::string::npos;
    const char* const titles[] = {";ANSWER", ";AUTHORITY", ";ADDITIONAL"};
    const auto* const title = std::find(std::begin(titles), std::end(titles), line);
    if (title != std::end(titles)) {
      section = static_cast<int>(title - std::begin(titles));
    } else if (section >= 0) {
      expected.sections[section].push_back(parse_record(line).value());
    }
  }
  return expected;
}

// Empty if all is as expected.
std::string check(const Case& c) {
  auto zone = Zone::parse(c.zone);
  if (!zone) return "zone: " + zone.error().what;
  Server server;
  server.add_zone(std::make_shared<Zone>(std::move(*zone)));
  std::string query;
  write_query(7, {Name::parse(c.name).value(), type_of(c.type).value(), Class::kIn}, false, 4096,
              query);
  std::string response;
  if (!server.respond(query, Transport::kTcp, response)) return "no response";
  const auto message = Message::parse(response);
  if (!message) return "response: " + message.error().what;
  const Expected expected = expected_of(c);
  std::ostringstream wrong;
  if (to_string(message->header.rcode) != expected.rcode) {
    wrong << "rcode " << to_string(message->header.rcode) << " instead of " << expected.rcode
          << "\n";
  }
  if (message->header.authoritative != expected.authoritative) wrong << "AA\n";
  if (canonical(message->answers) != canonical(expected.sections[0])) wrong << "ANSWER\n";
  const bool referral = !expected.authoritative && expected.sections[0].empty();
  if (referral && canonical(message->authorities) != canonical(expected.sections[1]))
    wrong << "AUTHORITY\n";
  if (referral && canonical(message->additionals) != canonical(expected.sections[2]))
    wrong << "ADDITIONAL\n";
  if (wrong.str().empty()) return {};
  wrong << "zone:\n" << c.zone << "\nexpected:\n";
  for (const std::string& line : c.response) wrong << line << "\n";
  wrong << "\ngot:\n" << message->to_text();
  return wrong.str();
}

TEST(AuthoritativeConformanceTest, AnswersAsFourServersDo) {
  const char* folder = std::getenv("MAILCOSM_CONFORMANCE_DIR");
  if (folder == nullptr)
    GTEST_SKIP() << "MAILCOSM_CONFORMANCE_DIR is not set: no third-party test data";
  const std::vector<Case> cases =
      read_cases(std::string(folder) + "/dns-authoritative/ferret-sample.jsonl");
  ASSERT_FALSE(cases.empty());
  int failed = 0;
  for (const Case& c : cases) {
    const std::string wrong = check(c);
    if (kDeviations.count(c.id) != 0) {
      EXPECT_FALSE(wrong.empty()) << c.id << " passes: take it off the list";
      continue;
    }
    if (wrong.empty()) continue;
    ++failed;
    if (failed <= 5) ADD_FAILURE() << "case " << c.id << ": " << wrong;
  }
  EXPECT_EQ(failed, 0) << "of " << cases.size();
}

}  // namespace
}  // namespace mailcosm::dns
