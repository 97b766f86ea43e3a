#include "protocols/base/content.h"

#include <algorithm>
#include <new>
#include <utility>

#include "protocols/base/check.h"
#include "protocols/base/word_hash.h"

namespace mailcosm {
namespace {

// Both kinds of block are allocated with their octets behind them.
template <typename Block>
void* allocate(std::size_t octets) {
  return ::operator new(sizeof(Block) + octets);
}
template <typename Block>
char* octets_of(Block* block) {
  return reinterpret_cast<char*>(block + 1);
}
template <typename Block>
const char* octets_of(const Block* block) {
  return reinterpret_cast<const char*>(block + 1);
}

// Where the header section ends, behind its empty line; 0 if there is none within the limit.
std::size_t head_size(std::string_view text) {
  if (text.starts_with("\r\n")) return 2;
  const std::size_t at = text.substr(0, ContentPool::kHeadMax).find("\r\n\r\n");
  return at == std::string_view::npos ? 0 : at + 4;
}

}  // namespace

struct Content::Body {
  ContentPool* pool;  // null when it is gone
  Body* next;         // in its chain
  std::uint64_t hash;
  std::uint64_t size;
  std::uint32_t references;
  bool has_eight_bit;

  std::string_view octets() const { return {octets_of(this), size}; }
};

struct Content::Node {
  Body* body;  // null if there is none
  std::size_t size;
  std::uint64_t digest;  // valid if is_hashed
  std::uint32_t references;
  bool is_hashed;
  bool has_eight_bit;  // likewise

  std::string_view octets() const { return {octets_of(this), size}; }
};

Content::Node* Content::make_node(std::initializer_list<std::string_view> pieces, Body* body) {
  std::size_t size = 0;
  for (const std::string_view piece : pieces) size += piece.size();
  Node* node = new (allocate<Node>(size)) Node{body, size, 0, 1, false, false};
  char* to = octets_of(node);
  for (const std::string_view piece : pieces) to = std::copy(piece.begin(), piece.end(), to);
  return node;
}

Content::Content(std::string_view text) : node_(make_node({text}, nullptr)) {}

Content Content::with_head(std::initializer_list<std::string_view> pieces, const Content& content) {
  CHECK(content.node_ != nullptr);
  Content result;
  Body* body = content.node_->body;
  result.node_ = make_node(pieces, body);
  if (body != nullptr) ++body->references;
  return result;
}

Content::Content(const Content& other) : node_(other.node_) {
  if (node_ != nullptr) ++node_->references;
}

Content& Content::operator=(const Content& other) { return *this = Content(other); }

Content& Content::operator=(Content&& other) noexcept {
  if (this == &other) return *this;
  release();
  node_ = std::exchange(other.node_, nullptr);
  return *this;
}

void Content::release() {
  Node* node = std::exchange(node_, nullptr);
  if (node == nullptr || --node->references != 0) return;
  if (Body* body = node->body; body != nullptr && --body->references == 0) {
    if (body->pool != nullptr) body->pool->forget(*body);
    ::operator delete(body);
  }
  ::operator delete(node);
}

std::string_view Content::head() const { return node_->octets(); }

std::string_view Content::body() const {
  return node_->body == nullptr ? std::string_view() : node_->body->octets();
}

std::string Content::text() const {
  std::string text;
  text.reserve(size());
  append_to(text);
  return text;
}

void Content::append_to(std::string& output) const { output.append(head()).append(body()); }

std::string_view Content::range(std::size_t offset, std::size_t length,
                                std::string& storage) const {
  const std::string_view front = head();
  if (offset >= front.size()) return body().substr(offset - front.size(), length);
  const std::string_view first = front.substr(offset, length);
  const std::string_view rest = body().substr(0, length - first.size());
  if (rest.empty()) return first;
  storage.assign(first).append(rest);
  return storage;
}

bool Content::ends_with(std::string_view end) const {
  if (end.size() > size()) return false;
  std::string storage;
  return range(size() - end.size(), end.size(), storage) == end;
}

void Content::hash() const {
  if (node_->is_hashed) return;
  WordHash hash;
  hash.add(head());
  hash.add(body());
  node_->digest = hash.value();
  node_->has_eight_bit = hash.has_eight_bit();
  node_->is_hashed = true;
}

std::uint64_t Content::digest() const {
  hash();
  return node_->digest;
}

bool Content::has_eight_bit() const {
  if (node_->body != nullptr && node_->body->has_eight_bit) return true;
  hash();
  return node_->has_eight_bit;
}

bool Content::shares_body_with(const Content& other) const {
  return node_->body != nullptr && node_->body == other.node_->body;
}

bool operator==(const Content& a, const Content& b) {
  if (a.node_ == b.node_) return true;
  if (!a || !b || a.size() != b.size()) return false;
  if (a.shares_body_with(b)) return a.head() == b.head();
  return a.text() == b.text();
}

ContentPool::~ContentPool() {
  for (Content::Body* body : chains_) {
    for (; body != nullptr; body = body->next) body->pool = nullptr;
  }
}

Content ContentPool::intern(std::string_view text) {
  Content content;
  const std::size_t split = head_size(text);
  const bool is_shared = split != 0 && text.size() - split >= kBodyMin;
  Content::Body* body = is_shared ? find_or_make(text.substr(split)) : nullptr;
  content.node_ = Content::make_node({is_shared ? text.substr(0, split) : text}, body);
  return content;
}

Content::Body* ContentPool::find_or_make(std::string_view octets) {
  WordHash hash;
  hash.add(octets);
  const std::uint64_t value = hash.value();
  if (bodies_ >= chains_.size()) grow();
  Content::Body*& chain = chains_[value & (chains_.size() - 1)];
  for (Content::Body* body = chain; body != nullptr; body = body->next) {
    if (body->hash != value || body->octets() != octets) continue;
    ++body->references;
    return body;
  }
  chain = new (allocate<Content::Body>(octets.size()))
      Content::Body{this, chain, value, octets.size(), 1, hash.has_eight_bit()};
  std::copy(octets.begin(), octets.end(), octets_of(chain));
  ++bodies_;
  octets_ += octets.size();
  return chain;
}

void ContentPool::forget(Content::Body& body) {
  Content::Body** link = &chains_[body.hash & (chains_.size() - 1)];
  while (*link != &body) link = &(*link)->next;
  *link = body.next;
  --bodies_;
  octets_ -= body.size;
}

void ContentPool::grow() {
  constexpr std::size_t kChainsMin = 16;
  std::vector<Content::Body*> chains(std::max(kChainsMin, chains_.size() * 2));
  for (Content::Body* body : chains_) {
    while (body != nullptr) {
      Content::Body* next = body->next;
      Content::Body*& chain = chains[body->hash & (chains.size() - 1)];
      body->next = std::exchange(chain, body);
      body = next;
    }
  }
  chains_ = std::move(chains);
}

}  // namespace mailcosm
