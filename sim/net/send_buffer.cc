#include "sim/net/send_buffer.h"

#include <algorithm>
#include <cstring>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// For more at once the C library takes `rep movsb`, which begins slowly, and on some processors is
// slow all the way where the addresses are alike in their last bits.
constexpr std::size_t kCopiedAtOnce = 2048;

void copy(std::string_view bytes, char* to) {
  for (; bytes.size() > kCopiedAtOnce; to += kCopiedAtOnce) {
    std::memcpy(to, bytes.data(), kCopiedAtOnce);
    bytes.remove_prefix(kCopiedAtOnce);
  }
  std::memcpy(to, bytes.data(), bytes.size());
}

}  // namespace

void SendBuffer::append(std::string_view bytes, RecordId cause) {
  size_ += bytes.size();
  while (!bytes.empty()) {
    Chunk* last = chunks_.empty() ? nullptr : &chunks_.back();
    Block* block = last == nullptr ? nullptr : last->block;
    // The rest of a block belongs to whoever wrote its last octet.
    const bool has_room = block != nullptr && block->used < block->capacity &&
                          block->used == last->offset + last->length;
    if (!has_room) {
      block =
          pool_->take(static_cast<std::uint32_t>(std::min<std::size_t>(bytes.size(), kBlockSize)));
    }
    const auto count = static_cast<std::uint32_t>(
        std::min<std::size_t>(bytes.size(), block->capacity - block->used));
    copy(bytes.substr(0, count), block->octets() + block->used);
    if (has_room && last->cause == cause) {
      last->length += count;
    } else {
      ++block->references;
      chunks_.push_back({block, block->used, count, cause});
    }
    block->used += count;
    bytes.remove_prefix(count);
  }
}

SendBuffer::Piece SendBuffer::piece(std::size_t offset, std::uint32_t length) const {
  CHECK(length != 0 && offset + length <= size_);
  std::uint32_t at = 0;
  while (offset >= chunks_[at].length) offset -= chunks_[at++].length;
  const auto start = static_cast<std::uint32_t>(offset);
  if (start + length <= chunks_[at].length) {
    return {Slice(chunks_[at].block, chunks_[at].offset + start, length), chunks_[at].cause};
  }
  Block* block = pool_->take(length);
  std::uint32_t done = 0;
  std::uint32_t skip = start;
  RecordId cause;
  for (; done < length; ++at, skip = 0) {
    const Chunk& chunk = chunks_[at];
    const std::uint32_t count = std::min(chunk.length - skip, length - done);
    std::memcpy(block->octets() + done, chunk.block->octets() + chunk.offset + skip, count);
    done += count;
    cause = chunk.cause;
  }
  block->used = block->capacity;
  return {Slice(block, 0, length), cause};
}

void SendBuffer::let_go(Chunk& chunk) {
  if (--chunk.block->references == 0) pool_->give_back(chunk.block);
}

void SendBuffer::drop(std::size_t count) {
  CHECK(count <= size_);
  size_ -= count;
  while (count > 0) {
    Chunk& first = chunks_.front();
    if (count < first.length) {
      first.offset += static_cast<std::uint32_t>(count);
      first.length -= static_cast<std::uint32_t>(count);
      return;
    }
    count -= first.length;
    let_go(first);
    chunks_.pop_front();
  }
  if (size_ == 0 && chunks_.heap_octets() > kListKept) chunks_.release();
}

void SendBuffer::clear() {
  for (; !chunks_.empty(); chunks_.pop_front()) let_go(chunks_.front());
  chunks_.release();
  size_ = 0;
}

}  // namespace mailcosm::sim
