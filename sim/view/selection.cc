#include "sim/view/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <unordered_map>

#include "sim/trace/narrative/names.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::view {
namespace {

std::string_view without_brackets(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  if (text.ends_with('>')) text.remove_suffix(1);
  return text;
}

std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

}  // namespace

// Reads once and keeps of each record what decides whether it is shown.
class Chooser {
 public:
  Chooser(const TraceHeader& header, const Selection& selection)
      : header_(header), selection_(selection) {
    if (selection.focus) place_ = number_in(selection.focus->value);
  }

  void add(const OwnedRecord& record) {
    const auto place = static_cast<std::uint32_t>(layers_.size());
    layers_.push_back(record.id.layer());
    worlds_.push_back(record.host == kWorld);
    in_window_.push_back(!(selection_.from && record.time < *selection_.from) &&
                         !(selection_.to && record.time > *selection_.to));
    if (!selection_.focus) return;
    note_message(record);
    const bool hit = is_hit(record);
    hits_.push_back(hit);
    connections_.push_back(record.connection);
    if (hit && !record.connection.is_none()) hit_connections_.insert(record.connection);
    places_.emplace(record.id.bits(), place);
    for (RecordId cause : record.causes) {
      const auto found = places_.find(cause.bits());
      if (found != places_.end() && found->second < place) causes_.push_back(found->second);
    }
    cause_ends_.push_back(causes_.size());
  }

  Result<Shown> finish(const std::string& incomplete) {
    Shown shown;
    shown.shown_.resize(layers_.size());
    if (selection_.focus) {
      if (std::find(hits_.begin(), hits_.end(), true) == hits_.end()) {
        return Error{fmt::format("the trace has nothing about {}", selection_.focus->value), 0};
      }
      follow_causes();
    }
    choose_depth();
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      shown.shown_[i] = is_wanted(i) && (worlds_[i] || shown.count_ < selection_.records_max);
      shown.count_ += shown.shown_[i] ? 1 : 0;
    }
    shown.left_out_ = sentence(shown.count_, incomplete);
    return shown;
  }

 private:
  // A number names a message by its place among those composed.
  void note_message(const OwnedRecord& record) {
    if (record.kind != Kind::kMessageComposed ||
        selection_.focus->subject != Focus::Subject::kMessage)
      return;
    if (++composed_ == place_) message_ = without_brackets(record.message);
  }

  bool is_hit(const OwnedRecord& record) const {
    const std::string& value = selection_.focus->value;
    switch (selection_.focus->subject) {
      case Focus::Subject::kMessage: {
        if (record.message.empty()) return false;
        const std::string_view id = without_brackets(record.message);
        return id == without_brackets(value) || (!message_.empty() && id == message_);
      }
      case Focus::Subject::kConnection:
        return record.connection.to_string() == value;
      case Focus::Subject::kHost:
        return header_.name_of(record.host) == value;
    }
    return false;
  }

  // The dialogues that carry a message belong to it as a whole; then all that led to any of it.
  void follow_causes() {
    if (selection_.focus->subject == Focus::Subject::kMessage) {
      for (std::size_t i = 0; i < hits_.size(); ++i) {
        if (!connections_[i].is_none() && hit_connections_.contains(connections_[i])) {
          hits_[i] = true;
        }
      }
    }
    for (std::size_t i = hits_.size(); i-- > 0;) {
      if (!hits_[i]) continue;
      for (std::size_t c = i == 0 ? 0 : cause_ends_[i - 1]; c < cause_ends_[i]; ++c) {
        hits_[causes_[c]] = true;
      }
    }
  }

  void choose_depth() {
    deepest_ = selection_.deepest;
    std::array<std::size_t, kLayers> counts{};
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      if (is_wanted(i)) ++counts[static_cast<std::size_t>(layers_[i])];
    }
    std::size_t sum = counts[0] + counts[1] + counts[2];
    for (int layer = kLayers - 1; layer > 0 && sum > selection_.records_max; --layer) {
      sum -= counts[static_cast<std::size_t>(layer)];
      deepest_ = static_cast<Layer>(layer - 1);
    }
  }

  bool is_wanted(std::size_t place) const {
    if (worlds_[place] && layers_[place] == Layer::kStory) return true;
    return layers_[place] <= deepest_ && in_window_[place] && (!selection_.focus || hits_[place]);
  }

  std::string sentence(std::uint64_t shown, const std::string& incomplete) const {
    std::string text;
    if (shown < layers_.size()) {
      std::vector<std::string> reasons;
      if (selection_.focus) reasons.push_back("what does not concern " + selection_.focus->value);
      if (selection_.from) {
        reasons.push_back("what came before " + duration_text(*selection_.from - Instant{}));
      }
      if (selection_.to) {
        reasons.push_back("what came after " + duration_text(*selection_.to - Instant{}));
      }
      if (selection_.deepest < Layer::kPacket) reasons.push_back("deeper layers, as asked");
      if (deepest_ < selection_.deepest) {
        reasons.push_back(deepest_ == Layer::kProtocol ? "packets, since there are too many records"
                                                       : "packets and protocol lines, since there "
                                                         "are too many records");
      }
      if (shown >= selection_.records_max) {
        reasons.push_back("what came after the first " + narrative::grouped(shown) + " records");
      }
      if (reasons.empty()) reasons.push_back("some records");
      text = fmt::format("{} of {} records are left out: {}.",
                         narrative::grouped(layers_.size() - shown),
                         narrative::grouped(layers_.size()), narrative::listed(reasons));
    }
    if (incomplete.empty()) return text;
    if (!text.empty()) text += ' ';
    return text + "The trace is incomplete: " + incomplete + ".";
  }

  const TraceHeader& header_;
  const Selection& selection_;
  Layer deepest_ = Layer::kPacket;
  std::uint64_t place_ = 0;     // of the message in focus among those composed; 0: named otherwise
  std::uint64_t composed_ = 0;  // so far
  std::string message_;

  // By record.
  std::vector<Layer> layers_;
  std::vector<bool> worlds_, in_window_;
  // By record, only with a focus.
  std::vector<bool> hits_;
  std::vector<ConnectionId> connections_;
  std::vector<std::size_t> cause_ends_;
  std::vector<std::uint32_t> causes_;
  std::unordered_map<std::uint64_t, std::uint32_t> places_;  // for look-up only
  std::set<ConnectionId> hit_connections_;
};

Result<Shown> choose(TraceReader& reader, const Selection& selection) {
  Chooser chooser(reader.header(), selection);
  OwnedRecord record;
  std::string incomplete;
  while (true) {
    const Result<bool> more = reader.next(record);
    if (!more) incomplete = more.error().what;
    if (!more || !*more) break;
    chooser.add(record);
  }
  return chooser.finish(incomplete);
}

Result<void> read_shown(TraceReader& reader, const Shown& shown, RecordSink& sink) {
  OwnedRecord record;
  for (std::uint64_t place = 0; place < shown.records(); ++place) {
    const Result<bool> more = reader.next(record);
    if (!more) return more.error();
    if (!*more) return Error{"the trace has become shorter while it was read", 0};
    if (shown.contains(place)) sink.accept(RecordView(record).record());
  }
  return {};
}

}  // namespace mailcosm::sim::view
