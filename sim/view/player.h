// Player: a run to step through on a terminal, as a value: keys go in, screens come out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/trace/narrative/names.h"
#include "sim/trace/narrative/style.h"
#include "sim/trace/owned_record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim::view {

// Chapters begin where the scenario does something or something is told in a sentence.
class Player final : public RecordSink {
 public:
  explicit Player(const TraceHeader& header);

  // Before the first key. Keeps the record.
  void accept(const Record& record) override;

  enum class Key : std::uint8_t {
    kNextEvent,
    kPreviousEvent,
    kNextChapter,
    kPreviousChapter,
    kCause,  // of the record that is shown
    kBack,   // to where a cause was followed from
    kFirst,
    kLast,
    kQuit,
    kOther,  // means nothing
  };
  // n, p, N, P, c, b, g, G, q, space, and the arrows as terminals send them ("\x1b[C").
  static Key key_of(std::string_view input);
  // False: the reader wants to stop.
  bool press(Key key);

  // Lines of at most `columns` columns, at least 20, and exactly `rows` of them, at least 8.
  std::string screen(std::size_t columns, std::size_t rows, const Style& style) const;

  std::size_t place() const { return place_; }
  std::size_t records() const { return records_.size(); }

 private:
  bool is_chapter(std::size_t place) const { return chapters_[place]; }
  void step_chapter(bool forwards);
  std::string line(std::size_t place, std::size_t columns) const;
  std::vector<std::string> details(std::size_t columns) const;

  TraceHeader header_;
  narrative::Names names_;
  std::string title_;
  std::vector<OwnedRecord> records_;
  std::vector<bool> chapters_;
  std::size_t place_ = 0;
  std::vector<std::size_t> followed_;  // where causes were followed from
};

}  // namespace mailcosm::sim::view
