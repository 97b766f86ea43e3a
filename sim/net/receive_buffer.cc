#include "sim/net/receive_buffer.h"

#include <algorithm>
#include <utility>

namespace mailcosm::sim {

bool ReceiveBuffer::insert(Sequence begin, Slice bytes, RecordId cause) {
  const Sequence end = begin + bytes.size();
  if (at_or_before(end, next_)) {
    note_duplicate(begin, end);
    return false;
  }
  if (before(begin, next_)) {
    note_duplicate(begin, next_);
    bytes.remove_prefix(next_ - begin);
    begin = next_;
  }
  if (begin == next_ && pieces_.empty() && ready_.bytes.empty()) {
    ready_ = {begin, std::move(bytes), cause};
    next_ = end;
    return true;
  }
  if (!ready_.bytes.empty()) pieces_.insert(pieces_.begin(), std::exchange(ready_, {}));
  const Sequence before_insertion = next_;
  insert_sorted({begin, std::move(bytes), cause});
  join();
  if (after(begin, next_)) remember_block(begin);
  return next_ != before_insertion;
}

void ReceiveBuffer::insert_sorted(Piece piece) {
  std::size_t at = first_;
  bool is_new = false;
  while (!piece.bytes.empty()) {
    const Sequence end = piece.begin + piece.bytes.size();
    while (at < pieces_.size() &&
           at_or_before(pieces_[at].begin + pieces_[at].bytes.size(), piece.begin))
      ++at;
    const bool at_end = at == pieces_.size();
    const Sequence free_until = at_end || after(pieces_[at].begin, end) ? end : pieces_[at].begin;
    if (after(free_until, piece.begin)) {
      const std::uint32_t count = free_until - piece.begin;
      pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(at),
                     {piece.begin, piece.bytes.part(0, count), piece.cause});
      is_new = true;
      piece.bytes.remove_prefix(count);
      piece.begin += count;
      continue;
    }
    // Already here: skip over it.
    const std::uint32_t known =
        std::min(pieces_[at].begin + pieces_[at].bytes.size() - piece.begin, piece.bytes.size());
    if (!is_new && known == piece.bytes.size()) note_duplicate(piece.begin, piece.begin + known);
    piece.bytes.remove_prefix(known);
    piece.begin += known;
  }
}

void ReceiveBuffer::join() {
  early_octets_ = 0;
  for (std::size_t i = first_; i < pieces_.size(); ++i) {
    const Sequence end = pieces_[i].begin + pieces_[i].bytes.size();
    if (at_or_before(pieces_[i].begin, next_)) {
      if (after(end, next_)) next_ = end;
    } else {
      early_octets_ += pieces_[i].bytes.size();
    }
  }
  std::uint8_t kept = 0;
  for (std::uint8_t i = 0; i < block_count_; ++i) {
    if (after(blocks_[i].begin, next_)) blocks_[kept++] = blocks_[i];
  }
  block_count_ = kept;
}

void ReceiveBuffer::remember_block(Sequence at) {
  // The run of pieces without a hole that `at` is in.
  SackBlock block;
  for (std::size_t i = first_; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    if (at_or_before(piece.begin, next_)) continue;
    if (block.begin == block.end || piece.begin != block.end) {
      if (block.begin != block.end && after(block.end, at)) break;
      block.begin = piece.begin;
    }
    block.end = piece.begin + piece.bytes.size();
  }
  std::array<SackBlock, TcpSegment::kSackBlocksMax> kept{block};
  std::uint8_t count = 1;
  for (std::uint8_t i = 0; i < block_count_ && count < kept.size(); ++i) {
    const bool is_apart = before(blocks_[i].end, block.begin) || after(blocks_[i].begin, block.end);
    if (is_apart) kept[count++] = blocks_[i];
  }
  blocks_ = kept;
  block_count_ = count;
}

void ReceiveBuffer::note_duplicate(Sequence begin, Sequence end) {
  has_duplicate_ = true;
  duplicate_ = {begin, end};
}

ReceiveBuffer::Piece ReceiveBuffer::take() {
  if (!ready_.bytes.empty()) {
    delivered_ += ready_.bytes.size();
    return std::exchange(ready_, {});
  }
  if (!has_ready()) return {};
  Piece piece = std::move(pieces_[first_++]);
  delivered_ += piece.bytes.size();
  if (first_ == pieces_.size()) {
    first_ = 0;
    std::vector<Piece>().swap(pieces_);
  }
  return piece;
}

std::uint8_t ReceiveBuffer::report(std::array<SackBlock, TcpSegment::kSackBlocksMax>& blocks,
                                   std::uint8_t count_max) {
  std::uint8_t count = 0;
  if (has_duplicate_ && count < count_max) blocks[count++] = duplicate_;
  has_duplicate_ = false;
  for (std::uint8_t i = 0; i < block_count_ && count < count_max; ++i) blocks[count++] = blocks_[i];
  return count;
}

}  // namespace mailcosm::sim
