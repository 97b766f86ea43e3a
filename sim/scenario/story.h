// Step: who does what at which time, as plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

struct HeaderField {
  std::string name;
  std::string body;
  SourcePosition source;
};

// Which messages of a mailbox are meant. All that is given must fit; nothing given means all
// messages.
struct MessageChoice {
  std::string mailbox = "INBOX";
  std::optional<std::string> subject;  // decoded, exactly
  std::optional<std::string> from;     // mail address of the author
  bool newest = false;                 // only the last of those that fit
};

// Composes a message and submits it.
struct Writes {
  std::vector<std::string> to, cc, bcc;  // mail addresses; together at least one
  std::string subject;                   // UTF-8
  std::string body;                      // UTF-8, lines end with LF; the client makes CRLF of them
  std::vector<HeaderField> headers;      // further fields
  bool individually = false;             // a message for each recipient
};

// Answers the newest message of those, as the device has it.
struct Replies {
  MessageChoice messages;
  std::string body;  // UTF-8
};

// Reads messages that lie on the device; by IMAP they become \Seen.
struct Reads {
  MessageChoice messages;
};

// Logs in and fetches what is new (IMAP copies, POP3 downloads).
struct ChecksMail {};

// Sets and removes flags of messages on the server (IMAP only): "\Seen", "\Flagged", "important".
struct Marks {
  MessageChoice messages;
  std::vector<std::string> add, remove;
};

struct Moves {
  MessageChoice messages;
  std::string to;  // mailbox, made if it does not exist
};

struct Deletes {
  MessageChoice messages;
};

// Asks the host's stub resolver, as `dig` would.
struct LooksUp {
  std::string name;
  std::string type;  // A, AAAA, MX, ...
};

// The device is lost, with all that was stored on it.
struct LosesDevice {};

using Action = std::variant<Writes, Replies, ChecksMail, Reads, Marks, Moves, Deletes, LooksUp, LosesDevice>;

// One step. The device belongs to a Client with the same user and device; the parser has chosen it
// if the text did not (the only one, or the first that can do what is asked).
struct Step {
  Instant at;
  std::string user;  // mail address; empty when `host` acts (LooksUp only)
  std::string device;
  std::string host;  // of the client, or the acting host
  Action action;
  std::string sentence;  // "Alice writes to bob@blue.com: Lunch on Friday"
  SourcePosition source;
};

}  // namespace mailcosm::sim::scenario
