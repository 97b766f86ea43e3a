// Dialogues of another server (chasquid, Apache-2.0), which are not part of this repository: the
// reply codes must be the same. The policy below is what those dialogues assume about users, limits
// and message checks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/protocols/smtp/server_harness.h"

namespace mailcosm::smtp {
namespace {

// Dialogues in which this server answers otherwise, and why.
const std::map<std::string, std::string> kOtherwise = {
    {"line_too_long.cmy",
     "answers 554 to a command line that is too long; RFC 5321 section 4.5.3.1.10 has 500"},
};

ServerConfig config_of_dialogues() {
  ServerConfig config = submission_config();
  config.require_auth = false;
  config.leniency = {true, true};
  config.limits.errors_max = 3;
  config.limits.message_size_max = 1024 * 1024;
  return config;
}

// That server parses the header and refuses what is no field.
bool has_bad_header(const std::string& message) {
  std::istringstream lines(message);
  for (std::string line; std::getline(lines, line) && line != "\r";) {
    if (line.find(':') == std::string::npos && line[0] != ' ' && line[0] != '\t') return true;
  }
  return false;
}

class Dialogue {
 public:
  // Empty if all went as written, else what did not.
  std::string run(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
      if (!line.starts_with("c ")) continue;
      const std::string wrong = step(line.substr(2));
      if (!wrong.empty()) return line.substr(0, 60) + ": " + wrong;
    }
    return "";
  }

 private:
  void connect() {
    session_.emplace(config_, Instant{});
    output_.clear();
    message_.clear();
    pump();
  }

  void pump() {
    while (true) {
      const ServerEvent event = session_->next(output_);
      if (const auto* chunk = std::get_if<BodyChunk>(&event)) message_ += chunk->bytes;
      if (session_->question_open()) {
        const bool message = std::holds_alternative<MessageAsked>(event);
        const bool bad = message && has_bad_header(message_);
        session_->answer(bad ? Reply{554, {5, 6, 0}, "Bad header"} : accept(), {}, output_);
        if (message) message_.clear();
      } else if (std::holds_alternative<NeedMore>(event) || std::holds_alternative<Closed>(event)) {
        return;
      }
    }
  }

  void send(const std::string& bytes) {
    session_->receive(bytes, {});
    pump();
  }

  // The next whole reply's code, or 0.
  int take_code() {
    while (output_.size() >= 4) {
      const std::string line = output_.substr(0, output_.find("\r\n"));
      output_.erase(0, line.size() + 2);
      if (line[3] == ' ') return std::stoi(line.substr(0, 3));
    }
    return 0;
  }

  // Python expressions of the dialogues: "'a' * 899 + '\r\n'", perhaps in parentheses and
  // multiplied.
  static std::string evaluate(const std::string& expression) {
    std::string all;
    std::string group;
    std::size_t group_begin = std::string::npos;
    for (std::size_t i = 0; i < expression.size(); ++i) {
      if (expression[i] == '(') group_begin = all.size();
      if (expression[i] == ')') group = all.substr(group_begin);
      if (expression[i] == '\'') {
        group.clear();
        for (++i; expression[i] != '\''; ++i) {
          if (expression[i] != '\\') {
            group += expression[i];
          } else {
            ++i;
            group += expression[i] == 'r' ? '\r' : expression[i] == 'n' ? '\n' : expression[i];
          }
        }
        all += group;
      }
      if (expression[i] == '*') {
        const int times = std::stoi(expression.substr(i + 1));
        for (int n = 1; n < times; ++n) all += group;
      }
    }
    return all;
  }

  std::string step(const std::string& step) {
    if (step.starts_with("tls_connect") || step.starts_with("tcp_connect")) {
      connect();
    } else if (step.starts_with("-> ") || step == "->") {
      send((step.size() > 3 ? step.substr(3) : "") + "\r\n");
    } else if (step.starts_with("~> ")) {
      send(evaluate(step.substr(3)));
    } else if (step.starts_with("<- ") || step.starts_with("<~ ") || step.starts_with("<... ")) {
      const int wanted = std::stoi(step.substr(step.find(' ') + 1));
      const int found = take_code();
      if (found != wanted) return "found " + std::to_string(found);
    } else if (step != "close") {
      return "unknown step";
    }
    return "";
  }

  const ServerConfig config_ = config_of_dialogues();
  std::optional<ServerSession> session_;
  std::string output_;
  std::string message_;
};

TEST(ConformanceTest, AnswersTheDialoguesOfAnotherServer) {
  const char* root = std::getenv("MAILCOSM_CONFORMANCE_DIR");
  if (root == nullptr) GTEST_SKIP() << "MAILCOSM_CONFORMANCE_DIR is not set";
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(root) / "smtp")) {
    if (entry.path().extension() == ".cmy") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  ASSERT_FALSE(paths.empty());
  for (const auto& path : paths) {
    const std::string wrong = Dialogue().run(path);
    const std::string id = path.filename().string();
    if (kOtherwise.contains(id)) {
      EXPECT_NE(wrong, "") << id << " is answered as written: take it out of the table";
    } else {
      EXPECT_EQ(wrong, "") << id;
    }
  }
}

}  // namespace
}  // namespace mailcosm::smtp
