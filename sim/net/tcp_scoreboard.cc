#include "sim/net/tcp_scoreboard.h"

#include <algorithm>

#include "protocols/base/check.h"
#include "sim/net/tcp_rack.h"

namespace mailcosm::sim {
namespace {

void note_round_trip(const SentSegment& segment, Instant now, TcpScoreboard::Delivered& delivered) {
  if (segment.has(SentSegment::kEverResent)) return;
  const Duration round_trip = now - segment.sent_at;
  if (!delivered.has_round_trip) delivered.first_round_trip = round_trip;
  delivered.last_round_trip = round_trip;
  delivered.has_round_trip = true;
}

}  // namespace

void TcpScoreboard::add(Sequence begin, Sequence end, Instant now, std::uint8_t flags) {
  segments_.push_back({begin, end, now, flags});
}

void TcpScoreboard::remove_counts(const SentSegment& segment) {
  if (segment.has(SentSegment::kSacked)) --sacked_;
  if (segment.has(SentSegment::kLost)) --lost_;
  if (segment.has(SentSegment::kResent)) --resent_;
}

void TcpScoreboard::acknowledge(Sequence acknowledgment, Instant now, TcpRack& rack,
                                Delivered& delivered) {
  delivered.resent_only = true;
  while (!segments_.empty() && at_or_before(segments_.front().end, acknowledgment)) {
    const SentSegment segment = segments_.front();
    ++delivered.acknowledged;
    if (!segment.has(SentSegment::kSacked)) {
      ++delivered.segments;
      note_round_trip(segment, now, delivered);
      rack.on_delivered(segment, now);
      if (!segment.has(SentSegment::kEverResent)) {
        delivered.resent_only = false;
        if (sacked_ > duplicates_ && before(segment.end, highest_sacked_))
          delivered.reordered = true;
      }
    }
    remove_counts(segment);
    segments_.pop_front();
    if (lost_hint_ > 0) --lost_hint_;
  }
  if (delivered.acknowledged == 0) delivered.resent_only = false;
  if (!segments_.empty() && before(segments_.front().begin, acknowledgment)) {
    segments_.front().begin = acknowledgment;
  }
  duplicates_ = std::min(duplicates_, sacked_);
}

void TcpScoreboard::sack(const SackBlock& block, Instant now, TcpRack& rack, Delivered& delivered) {
  for (std::uint32_t i = 0; i < segments_.size(); ++i) {
    SentSegment& segment = segments_[i];
    if (before(segment.begin, block.begin)) continue;
    if (after(segment.end, block.end)) break;
    if (segment.has(SentSegment::kSacked)) continue;
    const bool is_old = sacked_ > 0 && before(segment.end, highest_sacked_);
    if (is_old && !segment.has(SentSegment::kEverResent)) delivered.reordered = true;
    if (sacked_ == 0 || after(segment.end, highest_sacked_)) highest_sacked_ = segment.end;
    note_round_trip(segment, now, delivered);
    rack.on_delivered(segment, now);
    remove_counts(segment);
    segment.flags = static_cast<std::uint8_t>(
        (segment.flags & ~(SentSegment::kLost | SentSegment::kResent)) | SentSegment::kSacked);
    ++sacked_;
    ++delivered.segments;
  }
}

void TcpScoreboard::count_duplicate() {
  // Which segment it was is not known; the youngest that still counts as under way stands for it.
  for (std::uint32_t i = segments_.size(); i > 1; --i) {
    SentSegment& segment = segments_[i - 1];
    if (segment.has(SentSegment::kSacked | SentSegment::kLost)) continue;
    segment.flags |= SentSegment::kSacked;
    ++sacked_;
    ++duplicates_;
    return;
  }
}

void TcpScoreboard::forget_duplicates() {
  if (duplicates_ != 0) forget_sacks();
}

void TcpScoreboard::lose_first() {
  SentSegment& first = segments_.front();
  if (first.has(SentSegment::kSacked)) {
    first.flags = static_cast<std::uint8_t>(first.flags & ~SentSegment::kSacked);
    --sacked_;
    duplicates_ = std::min(duplicates_, sacked_);
  }
  mark_lost(first);
}

void TcpScoreboard::forget_sacks() {
  for (std::uint32_t i = 0; i < segments_.size(); ++i) {
    segments_[i].flags = static_cast<std::uint8_t>(segments_[i].flags & ~SentSegment::kSacked);
  }
  sacked_ = duplicates_ = 0;
}

void TcpScoreboard::mark_lost(SentSegment& segment) {
  if (segment.has(SentSegment::kSacked)) return;
  if (segment.has(SentSegment::kResent)) {
    segment.flags = static_cast<std::uint8_t>(segment.flags & ~SentSegment::kResent);
    --resent_;
  }
  if (!segment.has(SentSegment::kLost)) {
    segment.flags |= SentSegment::kLost;
    ++lost_;
  }
  lost_hint_ = 0;
}

SentSegment* TcpScoreboard::next_lost() {
  if (lost_ == resent_ && lost_ == 0) return nullptr;
  for (; lost_hint_ < segments_.size(); ++lost_hint_) {
    SentSegment& segment = segments_[lost_hint_];
    if (segment.has(SentSegment::kLost) && !segment.has(SentSegment::kResent)) return &segment;
  }
  return nullptr;
}

void TcpScoreboard::mark_resent(SentSegment& segment, Instant now) {
  if (!segment.has(SentSegment::kResent)) ++resent_;
  segment.flags |= SentSegment::kResent | SentSegment::kEverResent;
  segment.sent_at = now;
}

}  // namespace mailcosm::sim
