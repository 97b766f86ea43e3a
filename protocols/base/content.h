// Content and ContentPool: immutable octets that are kept once, however many hold them.
//
// The content of a message is the same on all its way but for the header section, on top of which
// every hop puts fields of its own. So a Content is a head of its own in front of a body that
// many Contents share, and a pool finds the body that is already there: on the receiving host,
// which has got nothing but octets, as for a thousand mailboxes with one newsletter.
//
// A Content is one pointer, and copying it counts a reference. The counts are not atomic: all
// Contents that share a head or a body belong to one thread at a time. Simulated hosts send each
// other octets and never Contents, so that one pool for all hosts which one thread drives is
// enough.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace mailcosm {

class ContentPool;

class Content {
 public:
  Content() = default;                      // null, which is not the same as empty
  Content(std::nullptr_t) {}                // NOLINT: implicit on purpose
  explicit Content(std::string_view text);  // all of it head, shared with its copies only
  // The pieces, and the body of `content` behind them. REQUIRES: content is not null.
  static Content with_head(std::initializer_list<std::string_view> pieces, const Content& content);

  Content(const Content& other);
  Content(Content&& other) noexcept : node_(other.node_) { other.node_ = nullptr; }
  Content& operator=(const Content& other);
  Content& operator=(Content&& other) noexcept;
  ~Content() { release(); }

  explicit operator bool() const { return node_ != nullptr; }
  friend bool operator==(const Content& content, std::nullptr_t) { return !content; }
  // Equal octets; null equals only null.
  friend bool operator==(const Content& a, const Content& b);

  // All that follows REQUIRES that it is not null. Views live as long as any Content on the same
  // head or body.
  std::size_t size() const { return head().size() + body().size(); }
  bool empty() const { return size() == 0; }
  // The octets are head() and then body(). If the body is not empty, the head is a whole header
  // section up to its empty line, or longer; else the head is everything.
  std::string_view head() const;
  std::string_view body() const;
  std::string text() const;
  void append_to(std::string& output) const;
  // At most `length` octets from `offset` on; `storage` is used if they lie on both sides of the
  // border. REQUIRES: offset <= size().
  std::string_view range(std::size_t offset, std::size_t length, std::string& storage) const;
  bool ends_with(std::string_view end) const;
  // Of the octets, whatever is head and what body. Costs one pass the first time.
  std::uint64_t digest() const;
  bool has_eight_bit() const;
  bool shares_body_with(const Content& other) const;

 private:
  friend class ContentPool;
  struct Body;
  struct Node;

  static Node* make_node(std::initializer_list<std::string_view> pieces, Body* body);
  void hash() const;
  void release();

  Node* node_ = nullptr;
};

class ContentPool {
 public:
  ContentPool() = default;
  // Contents live on without it.
  ~ContentPool();
  ContentPool(const ContentPool&) = delete;
  ContentPool& operator=(const ContentPool&) = delete;

  // Shares what follows the header section, if that is worth it and the section is no longer than
  // kHeadMax. Costs one pass over the text, and a comparison where an equal body is found.
  Content intern(std::string_view text);

  static constexpr std::size_t kHeadMax = 64 * 1024;  // octets
  static constexpr std::size_t kBodyMin = 128;        // octets; shorter bodies are not shared

  // Bodies that exist now, and their octets.
  std::size_t bodies() const { return bodies_; }
  std::uint64_t octets() const { return octets_; }

 private:
  friend class Content;

  Content::Body* find_or_make(std::string_view octets);
  void forget(Content::Body& body);
  void grow();

  std::vector<Content::Body*> chains_;  // by hash; a power of two of them, or none
  std::size_t bodies_ = 0;
  std::uint64_t octets_ = 0;
};

}  // namespace mailcosm
