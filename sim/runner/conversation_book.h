// ConversationBook: the dialogues of a run, from which the one that an expectation is about can be
// found again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/runner/conversation.h"
#include "sim/scenario/expectation.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"
#include "sim/world/expectations/result.h"

namespace mailcosm::sim::runner {

// A reader of the story and protocol layers. Keeps the lines of every dialogue, up to a limit.
class ConversationBook final : public RecordSink {
 public:
  static constexpr std::size_t kLinesMax = 2'000;        // of one conversation: its last
  static constexpr std::size_t kLinesInAll = 200'000;    // later ones are not kept
  static constexpr std::size_t kRecordsMax = 2'000'000;  // whose causes are remembered

  // The header must outlive the book.
  explicit ConversationBook(const TraceHeader& header) : header_(header) {}
  void accept(const Record& record) override;

  // The conversation in which the record stands that decided the expectation, or from which that
  // record followed; without such a record the last one that fits what the expectation names, those
  // with an error before others. At most `lines_max` lines: those around the record, or the last.
  // Empty if there was no dialogue at all.
  Conversation concerned(const scenario::Expectation& expectation,
                         const expectations::Result& result, std::size_t lines_max) const;
  // The one in which this record stands or from which it followed; may be empty.
  Conversation around(RecordId record, std::size_t lines_max) const;

 private:
  struct Entry {
    Conversation conversation;
    bool trouble = false;  // an error reply, or an end that was not agreed on
    std::size_t number = 0;
  };
  struct Origin {
    ConnectionId connection;
    RecordId cause;  // the nearest
    Instant time;
  };

  void opened(const Record& record);
  void add(const Record& record, ConversationLine::Mark mark, std::string text);
  const Entry* entry_of(RecordId record, Instant& time) const;
  const Entry* best_fit(const scenario::Expectation& expectation) const;

  const TraceHeader& header_;
  std::map<ConnectionId, Entry> entries_;
  std::unordered_map<std::uint64_t, Origin> origins_;  // by record, for look-up only
  std::size_t lines_ = 0;
};

}  // namespace mailcosm::sim::runner
