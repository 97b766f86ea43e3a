#include "tests/protocols/imap/imap_script.h"

#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include "protocols/base/ascii.h"
#include "protocols/imap/wire_splitter.h"
#include "tests/protocols/imap/memory_account.h"
#include "tests/protocols/imap/script_tree.h"

namespace mailcosm::imap::testing {
namespace {

struct Reply {
  std::vector<Token> tokens;
  bool banned = false;  // `!`: must not come
  std::string text;
};
struct ScriptCommand {
  std::string tag;
  std::string text;
  std::string status;  // OK, NO, BAD, or empty for any
  std::string prefix;
};
// Commands that are sent together, and what must come back.
struct Group {
  std::size_t connection = 1;
  std::vector<ScriptCommand> commands;
  std::vector<Reply> replies;
};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> read_mbox(const std::string& text) {
  std::vector<std::string> messages;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("From ")) {
      messages.emplace_back();
    } else if (!messages.empty()) {
      messages.back().append(line).append("\r\n");
    }
  }
  return messages;
}

bool is_status(std::string_view word) {
  for (std::string_view status : {"ok", "no", "bad", "\"\""}) {
    if (ascii::equal_ignoring_case(status, word)) return true;
  }
  return false;
}

class Script {
 public:
  Script(const std::string& directory, const std::string& name) {
    std::istringstream lines(read_file(directory + "/" + name));
    std::string mbox = read_file(directory + "/" + name + ".mbox");
    if (mbox.empty()) mbox = read_file(directory + "/default.mbox");
    messages_ = read_mbox(mbox);
    read_header(lines);
    read_groups(lines);
    variables_ = {
        {"mailbox", "imaptest"}, {"user", "alice"}, {"username", "alice"}, {"password", "secret"}};
  }

  std::vector<std::string> run() {
    for (std::size_t i = 0; i < connections_; ++i) {
      sessions_.push_back(std::make_unique<MemorySession>(account_));
      sessions_.back()->take_output();
    }
    prepare();
    for (const Group& group : groups_) {
      run_group(group);
      if (!problems_.empty()) break;
    }
    return problems_;
  }

 private:
  void read_header(std::istringstream& lines) {
    for (std::string line; std::getline(lines, line) && !line.empty();) {
      if (line.starts_with('#')) continue;
      std::string_view rest = line;
      const std::string key(ascii::take_until(rest, ':'));
      header_[key] = ascii::trim(rest);
    }
    if (header_.contains("connections"))
      connections_ = std::strtoul(header_["connections"].c_str(), nullptr, 10);
  }

  // A command goes on over the lines of its `{{{` literals.
  static bool read_line(std::istringstream& lines, std::string& line) {
    if (!std::getline(lines, line)) return false;
    for (std::string more; line.ends_with("{{{");) {
      while (std::getline(lines, more)) {
        line.append("\n").append(more);
        if (more.starts_with("}}}")) break;
      }
    }
    return true;
  }

  void read_groups(std::istringstream& lines) {
    for (std::string line; read_line(lines, line);) {
      if (line.empty() || line.starts_with('#')) continue;
      if (line.starts_with("* ") || line.starts_with("! ")) {
        groups_.back().replies.push_back(
            {parse_tokens(std::string_view(line).substr(2)), line[0] == '!', line});
        continue;
      }
      read_command(line);
    }
  }

  void read_command(std::string_view rest) {
    std::size_t connection = 1;
    if (connections_ > 1) connection = *ascii::parse_unsigned(ascii::take_until(rest, ' '));
    std::string_view after = rest;
    const std::string first(ascii::take_until(after, ' '));
    std::string_view beyond = after;
    const std::string second(ascii::take_until(beyond, ' '));
    if (is_status(first) && !groups_.empty() && open_ && groups_.back().commands.size() == 1) {
      finish(groups_.back().commands.front(), first, after);  // the second method
      open_ = false;
    } else if (is_status(first)) {
      groups_.push_back({connection, {{"", std::string(after), first, ""}}, {}});
      finish(groups_.back().commands.front(), first, {});
      open_ = false;
    } else if (is_status(second) && open_) {
      for (ScriptCommand& command : groups_.back().commands) {
        if (command.tag == first) finish(command, second, beyond);
      }
      closing_ = true;
    } else if (first.starts_with("tag")) {
      if (!open_ || closing_) groups_.push_back({connection, {}, {}});
      groups_.back().commands.push_back({first, std::string(after), "", ""});
      open_ = true;
      closing_ = false;
    } else {
      groups_.push_back({connection, {{"", std::string(rest), "", ""}}, {}});
      open_ = true;
    }
  }

  static void finish(ScriptCommand& command, const std::string& status, std::string_view prefix) {
    command.status = status == "\"\"" ? "" : status;
    command.prefix = prefix;
  }

  void prepare() {
    const std::string state = header_.contains("state") ? header_["state"] : "selected";
    if (state == "nonauth") return;
    for (auto& session : sessions_) session->feed("x LOGIN alice secret\r\n");
    if (state == "auth") return;
    MemoryMailbox& mailbox = account_.make("imaptest");
    if (state == "created") return;
    std::size_t count = messages_.size();
    if (header_.contains("messages") && header_["messages"] != "all") {
      count = std::strtoul(header_["messages"].c_str(), nullptr, 10);
    }
    for (std::size_t i = 0; i < count; ++i) account_.append(mailbox, next_message());
    if (state == "appended") return;
    for (auto& session : sessions_) session->feed("x SELECT imaptest\r\n");
  }

  const std::string& next_message() { return messages_[appended_++ % messages_.size()]; }

  std::string wire_of(const ScriptCommand& command, const std::string& tag) {
    std::string text = substitute(command.text, variables_);
    if (ascii::starts_with_ignoring_case(text, "append")) {
      if (text.size() == 6) text.append(" imaptest");
      const std::string& message = next_message();
      text.append(" {" + std::to_string(message.size()) + "}\r\n" + message);
    }
    return tag + " " + text + "\r\n";
  }

  void run_group(const Group& group) {
    MemorySession& session = *sessions_[group.connection - 1];
    std::string input;
    for (const ScriptCommand& command : group.commands) {
      input += wire_of(command, command.tag.empty() ? "x" : command.tag);
    }
    std::vector<std::size_t> originals(session.selected != nullptr ? 10'000 : 0);
    for (std::size_t i = 0; i < originals.size(); ++i) originals[i] = i + 1;
    const std::string output = session.feed(input);

    std::vector<bool> met(group.replies.size(), false);
    std::vector<bool> answered(group.commands.size(), false);
    for (const std::string& response : responses_of(output)) {
      if (response.starts_with("+")) continue;
      if (!response.starts_with("* ")) {
        check_tagged(group, response, answered);
        continue;
      }
      const std::vector<Token> found = parse_tokens(std::string_view(response).substr(2));
      const std::size_t number = std::strtoul(found.front().text.c_str(), nullptr, 10);
      const std::size_t original =
          number > 0 && number <= originals.size() ? originals[number - 1] : 0;
      for (std::size_t i = 0; i < group.replies.size(); ++i) {
        if (matches(group.replies[i].tokens, found, original, variables_)) met[i] = true;
      }
      const bool expunge = found.size() > 1 && ascii::equal_ignoring_case(found[1].text, "EXPUNGE");
      if (expunge && original != 0)
        originals.erase(originals.begin() + static_cast<std::ptrdiff_t>(number - 1));
    }
    for (std::size_t i = 0; i < met.size(); ++i) {
      if (met[i] != group.replies[i].banned) continue;
      problems_.push_back(group.commands.front().text + ": " + group.replies[i].text +
                          "\n    in: " + output);
    }
    for (std::size_t i = 0; i < answered.size(); ++i) {
      if (!answered[i]) problems_.push_back("no tagged response to: " + group.commands[i].text);
    }
  }

  void check_tagged(const Group& group, const std::string& response, std::vector<bool>& answered) {
    std::string_view rest = response;
    const std::string tag(ascii::take_until(rest, ' '));
    for (std::size_t i = 0; i < group.commands.size(); ++i) {
      const ScriptCommand& command = group.commands[i];
      if ((command.tag.empty() ? "x" : command.tag) != tag || answered[i]) continue;
      answered[i] = true;
      const std::string expected =
          command.status + (command.prefix.empty() ? "" : " " + command.prefix);
      if (!ascii::starts_with_ignoring_case(rest, expected))
        problems_.push_back(command.text + ": " + response);
      return;
    }
  }

  // Whole responses, with the literals inside.
  static std::vector<std::string> responses_of(const std::string& output) {
    std::vector<std::string> responses;
    WireSplitter splitter;
    std::string_view rest = output;
    bool goes_on = false;
    for (auto piece = splitter.next(rest); piece.kind != WireSplitter::Kind::kNone;
         piece = splitter.next(rest)) {
      if (!goes_on) responses.emplace_back();
      responses.back().append(piece.bytes);
      LiteralAnnouncement literal;
      goes_on = piece.kind == WireSplitter::Kind::kLiteral || find_literal(piece.bytes, literal);
      if (goes_on && piece.kind == WireSplitter::Kind::kLine) responses.back().append("\r\n");
    }
    return responses;
  }

  MemoryAccount account_;
  std::vector<std::unique_ptr<MemorySession>> sessions_;
  std::vector<std::string> messages_;
  std::size_t appended_ = 0;
  std::map<std::string, std::string> header_;
  std::size_t connections_ = 1;
  std::vector<Group> groups_;
  bool open_ = false;     // the last group waits for its status lines
  bool closing_ = false;  // and has seen one of them
  Variables variables_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> run_imap_script(const std::string& directory, const std::string& name) {
  return Script(directory, name).run();
}

}  // namespace mailcosm::imap::testing
