// ScriptImap: a small IMAP server for tests of clients, with INBOX and empty mailboxes to copy
// into.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "protocols/imap/sequence_set.h"
#include "tests/sim/agents/client/script_server.h"

namespace mailcosm::sim {

class ScriptImap {
 public:
  struct Message {
    std::uint32_t uid;
    std::string content;
    std::set<std::string> flags;
  };

  explicit ScriptImap(Runtime& runtime) : server(runtime, 143) {
    server.greeting = "* OK hello\r\n";
    server.answer = [this](ScriptServer::Session& session, const std::string& line) {
      answer(session, line);
    };
  }

  void deliver(const std::string& content) {
    inbox.push_back({++last_uid_, content, {}});
    if (idler_) idler_->send("* " + std::to_string(inbox.size()) + " EXISTS\r\n");
  }

  ScriptServer server;
  std::vector<Message> inbox;
  std::map<std::string, std::vector<std::string>> others;  // other mailboxes that exist
  std::string capabilities = "IMAP4rev1 IDLE MOVE UIDPLUS";
  std::string password = "secret";
  std::string reset_at;  // the command that breaks the connection, once

 private:
  void answer(ScriptServer::Session& session, const std::string& line) {
    if (idler_ == &session) {
      idler_ = nullptr;
      return session.send(idle_tag_ + " OK idled\r\n");
    }
    if (line.empty()) return;  // the end of an APPEND
    const std::string tag = line.substr(0, line.find(' '));
    const std::string command = line.substr(tag.size() + 1);
    if (!reset_at.empty() && command.starts_with(reset_at)) {
      reset_at.clear();
      return session.reset();
    }
    const auto is = [&](const char* prefix) { return command.starts_with(prefix); };
    if (is("CAPABILITY")) session.send("* CAPABILITY " + capabilities + "\r\n");
    if (is("LOGIN") && command.find(password) == std::string::npos)
      return session.send(tag + " NO [AUTHENTICATIONFAILED] wrong\r\n");
    if (is("SELECT")) return select(session, tag, command);
    if (is("UID FETCH")) return fetch(session, tag, command);
    if (is("UID STORE")) store(command);
    if (is("UID EXPUNGE") || is("EXPUNGE")) expunge(session);
    if (is("UID MOVE") || is("UID COPY")) return copy(session, tag, command);
    if (is("CREATE")) others[name_of(command)];
    if (is("APPEND")) return append(session, tag, command);
    if (is("IDLE")) {
      idler_ = &session;
      idle_tag_ = tag;
      return session.send("+ idling\r\n");
    }
    if (is("LOGOUT")) {
      session.send("* BYE\r\n" + tag + " OK bye\r\n");
      return session.close();
    }
    session.send(tag + " OK done\r\n");
  }

  void select(ScriptServer::Session& session, const std::string& tag, const std::string& command) {
    if (name_of(command) != "INBOX") return session.send(tag + " NO no such mailbox\r\n");
    session.send("* " + std::to_string(inbox.size()) +
                 " EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT " +
                 std::to_string(last_uid_ + 1) + "] x\r\n" + tag + " OK [READ-WRITE] selected\r\n");
  }

  // Those that the second word behind UID names.
  std::vector<std::size_t> chosen(const std::string& command) const {
    const std::size_t begin = command.find(' ', 4) + 1;
    const std::string text = command.substr(begin, command.find(' ', begin) - begin);
    const imap::SequenceSet set = imap::SequenceSet::parse(text)->resolved(last_uid_);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < inbox.size(); ++i) {
      if (set.contains(inbox[i].uid)) places.push_back(i);
    }
    return places;
  }

  void fetch(ScriptServer::Session& session, const std::string& tag, const std::string& command) {
    for (const std::size_t place : chosen(command)) {
      const Message& message = inbox[place];
      std::string text =
          "* " + std::to_string(place + 1) + " FETCH (UID " + std::to_string(message.uid);
      if (command.find("FLAGS") != std::string::npos) text += " FLAGS ()";
      const bool header = command.find("HEADER") != std::string::npos;
      if (header || command.find("BODY") != std::string::npos) {
        const std::string content =
            header ? message.content.substr(0, message.content.find("\r\n\r\n") + 4)
                   : message.content;
        text += header ? " BODY[HEADER.FIELDS (SUBJECT FROM MESSAGE-ID)] {" : " BODY[] {";
        text += std::to_string(content.size()) + "}\r\n" + content;
      }
      session.send(text + ")\r\n");
    }
    session.send(tag + " OK fetched\r\n");
  }

  void store(const std::string& command) {
    const std::size_t open = command.find('(');
    const std::string flags = command.substr(open + 1, command.find(')') - open - 1);
    for (const std::size_t place : chosen(command)) {
      if (command.find("+FLAGS") != std::string::npos) inbox[place].flags.insert(flags);
      if (command.find("-FLAGS") != std::string::npos) inbox[place].flags.erase(flags);
    }
  }

  void expunge(ScriptServer::Session& session) {
    for (std::size_t i = 0; i < inbox.size();) {
      if (!inbox[i].flags.contains("\\Deleted")) {
        ++i;
        continue;
      }
      inbox.erase(inbox.begin() + static_cast<std::ptrdiff_t>(i));
      session.send("* " + std::to_string(i + 1) + " EXPUNGE\r\n");
    }
  }

  void copy(ScriptServer::Session& session, const std::string& tag, const std::string& command) {
    const auto target = others.find(name_of(command));
    if (target == others.end()) return session.send(tag + " NO [TRYCREATE] no such mailbox\r\n");
    for (const std::size_t place : chosen(command)) {
      target->second.push_back(inbox[place].content);
      if (command.starts_with("UID MOVE")) inbox[place].flags.insert("\\Deleted");
    }
    if (command.starts_with("UID MOVE")) expunge(session);
    session.send(tag + " OK copied\r\n");
  }

  void append(ScriptServer::Session& session, const std::string& tag, const std::string& command) {
    const std::string name = name_of(command);
    const std::size_t open = command.rfind('{');
    const auto octets = static_cast<std::size_t>(std::stoul(command.substr(open + 1)));
    const bool exists = others.contains(name);
    const bool waits =
        command.find("+}") == std::string::npos && command.find("-}") == std::string::npos;
    if (!exists && waits) return session.send(tag + " NO [TRYCREATE] no such mailbox\r\n");
    if (waits) session.send("+ go on\r\n");
    session.expect_literal(octets, [this, &session, tag, name, exists](const std::string& content) {
      if (exists) others[name].push_back(content);
      session.send(tag + (exists ? " OK appended\r\n" : " NO [TRYCREATE] no such mailbox\r\n"));
    });
  }

  // The last word but a literal and a date: the mailbox of these commands stands first or last.
  static std::string name_of(const std::string& command) {
    std::string word;
    if (command.starts_with("UID ")) {
      word = command.substr(command.rfind(' ') + 1);
    } else {
      const std::size_t begin = command.find(' ') + 1;
      word = command.substr(begin, command.find(' ', begin) - begin);
    }
    std::erase(word, '"');
    return word;
  }

  std::uint32_t last_uid_ = 0;
  ScriptServer::Session* idler_ = nullptr;
  std::string idle_tag_;
};

}  // namespace mailcosm::sim
