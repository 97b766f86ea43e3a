#include "tests/protocols/dns/replay_script.h"

#include <algorithm>
#include <sstream>

#include "protocols/base/ascii.h"
#include "protocols/dns/master_file.h"

namespace mailcosm::dns::testing {
namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word && word[0] != ';' && word[0] != '#';) words.push_back(word);
  return words;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : stream_(std::string(text)) {}

  Result<ReplayScript> run() {
    for (std::string line; std::getline(stream_, line);) {
      ++number_;
      const std::vector<std::string> words = words_of(line);
      if (!words.empty()) take(line, words);
      if (!wrong_.empty()) return Error{"line " + std::to_string(number_) + ": " + wrong_, 0};
    }
    return std::move(script_);
  }

 private:
  using Words = std::vector<std::string>;

  void take(const std::string& line, const Words& words) {
    const std::string& first = words[0];
    if (first == "stub-addr:") script_.roots.push_back(IpAddress::parse(words[1]).value());
    if (first == "harden-glue:" && words[1] == "\"no\"") script_.any_glue = true;
    if (first == "CONFIG_END") configured_ = true;
    if (!configured_) return;
    if (first == "RANGE_BEGIN") {
      script_.ranges.push_back({std::stoi(words[1]), std::stoi(words[2]), {}, {}});
      in_range_ = true;
    } else if (first == "RANGE_END") {
      in_range_ = false;
    } else if (first == "ADDRESS") {
      script_.ranges.back().address = IpAddress::parse(words[1]).value();
    } else if (first == "STEP") {
      take_step(words);
    } else if (first == "ENTRY_BEGIN") {
      entry_ = {};
      section_.clear();
    } else if (first == "ENTRY_END") {
      section_.clear();
      if (in_range_) {
        script_.ranges.back().entries.push_back(entry_);
      } else {
        script_.steps.back().entry = entry_;
      }
    } else if (first == "MATCH" || first == "ADJUST" || first == "REPLY") {
      for (std::size_t i = 1; i < words.size(); ++i) take_word(first, words[i]);
    } else if (first == "SECTION") {
      section_ = words[1];
    } else if (!section_.empty()) {
      take_record(line, words);
    }
  }

  void take_step(const Words& words) {
    using Kind = ReplayStep::Kind;
    ReplayStep step;
    step.number = std::stoi(words[1]);
    const std::pair<const char*, Kind> kinds[] = {{"QUERY", Kind::kQuery},
                                                  {"CHECK_ANSWER", Kind::kCheckAnswer},
                                                  {"CHECK_OUT_QUERY", Kind::kCheckOutQuery},
                                                  {"REPLY", Kind::kReply},
                                                  {"TIME_PASSES", Kind::kTimePasses}};
    for (const auto& [name, kind] : kinds) {
      if (words[2] == name) step.kind = kind;
    }
    if (step.kind == Kind::kTimePasses) step.elapse = std::chrono::seconds(std::stoi(words.at(4)));
    script_.steps.push_back(step);
  }

  void take_word(const std::string& what, const std::string& word) {
    Header& header = entry_.message.header;
    if (what == "MATCH") {
      entry_.match_name = entry_.match_name || word == "qname";
      entry_.match_type = entry_.match_type || word == "qtype";
      entry_.match_subdomain = entry_.match_subdomain || word == "subdomain";
      entry_.match_tcp = entry_.match_tcp || word == "TCP";
      return;
    }
    if (what == "ADJUST") {
      entry_.copy_query = entry_.copy_query || word == "copy_query";
      return;
    }
    const std::pair<const char*, bool*> flags[] = {{"QR", &header.response},
                                                   {"AA", &header.authoritative},
                                                   {"TC", &header.truncated},
                                                   {"RD", &header.recursion_desired},
                                                   {"RA", &header.recursion_available}};
    for (const auto& [name, flag] : flags) {
      if (word == name) *flag = true;
    }
    for (Rcode rcode : {Rcode::kNoError, Rcode::kFormErr, Rcode::kServFail, Rcode::kNxDomain,
                        Rcode::kNotImp, Rcode::kRefused}) {
      if (word == to_string(rcode)) header.rcode = rcode;
    }
  }

  void take_record(const std::string& line, const Words& words) {
    if (section_ == "QUESTION") {
      const auto name = Name::parse(words[0]);
      const auto type = type_of(words.back());
      if (!name || !type) return void(wrong_ = "question");
      entry_.message.questions.push_back({*name, *type, Class::kIn});
      return;
    }
    // Signatures are of no account to a resolver that does not validate.
    for (const char* type : {"RRSIG", "DNSKEY", "NSEC"}) {
      if (std::find(words.begin(), words.end(), type) != words.end()) return;
    }
    MasterFileOptions options;
    options.origin = Name();
    options.default_ttl = 3600;
    const auto record = parse_record(ascii::trim(line), options);
    if (!record) return void(wrong_ = record.error().what);
    Message& message = entry_.message;
    (section_ == "ANSWER"      ? message.answers
     : section_ == "AUTHORITY" ? message.authorities
                               : message.additionals)
        .push_back(*record);
  }

  std::istringstream stream_;
  int number_ = 0;
  std::string wrong_;
  bool configured_ = false;
  bool in_range_ = false;
  std::string section_;
  ReplayEntry entry_;
  ReplayScript script_;
};

}  // namespace

bool ReplayEntry::matches(const Message& query, Transport transport) const {
  const Question& asked = query.questions.at(0);
  if (match_tcp && transport != Transport::kTcp) return false;
  if (match_name && asked.name != message.questions.at(0).name) return false;
  if (match_type && asked.type != message.questions.at(0).type) return false;
  return !match_subdomain || asked.name.is_within(message.questions.at(0).name);
}

Message ReplayEntry::reply_to(const Message& query) const {
  Message reply = message;
  reply.header.id = query.header.id;
  if (copy_query) reply.questions = query.questions;
  return reply;
}

Result<ReplayScript> parse_replay_script(std::string_view text) { return Parser(text).run(); }

}  // namespace mailcosm::dns::testing
