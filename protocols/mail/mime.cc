#include "protocols/mail/mime.h"

#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/base/line_end.h"
#include "protocols/mail/charset.h"

namespace mailcosm::mail {
namespace {

// dash-boundary of RFC 2046 section 5.1.1 found in a body.
struct Delimiter {
  std::size_t line = 0;  // where the line starts
  std::size_t end = 0;   // behind its CRLF, or the end of the body
  bool close = false;
  bool ends_with_crlf = false;
};

// The rest of a line behind the dash-boundary: ["--"] transport-padding (CRLF or the end of the
// body).
bool read_delimiter_end(std::string_view text, std::size_t at, std::size_t end,
                        Delimiter& delimiter) {
  delimiter.close = false;
  if (text.substr(at, end - at).starts_with("--")) {
    delimiter.close = true;
    at += 2;
  }
  while (at < end && ascii::is_blank(text[at])) ++at;
  delimiter.ends_with_crlf = text.substr(at, end - at).starts_with("\r\n");
  delimiter.end = at + (delimiter.ends_with_crlf ? 2 : 0);
  return delimiter.ends_with_crlf || at == end;
}

// First delimiter line at or after `line`, which is the start of a line, in a body that ends at
// `end`.
std::optional<Delimiter> find_delimiter(std::string_view text, std::size_t line, std::size_t end,
                                        std::string_view dash_boundary) {
  for (;;) {
    if (text.substr(line, end - line).starts_with(dash_boundary)) {
      Delimiter delimiter;
      delimiter.line = line;
      if (read_delimiter_end(text, line + dash_boundary.size(), end, delimiter)) return delimiter;
    }
    std::size_t next = text.substr(0, end).find("\r\n--", line);
    if (next == std::string_view::npos) return std::nullopt;
    line = next + 2;
  }
}

std::size_t count_lines(std::string_view body) {
  const bool unfinished = !body.empty() && !body.ends_with("\r\n");
  return count_line_ends(body) + (unfinished ? 1 : 0);
}

// Content from `begin` to the CRLF before the delimiter line, which belongs to the delimiter.
Extent before_delimiter(std::size_t begin, const Delimiter& delimiter) {
  std::size_t end = delimiter.line >= begin + 2 ? delimiter.line - 2 : begin;
  return {begin, end - begin};
}

}  // namespace

class MimeParser {
 public:
  MimeParser(MimeTree& tree, const MimeLimits& limits) : tree_(tree), limits_(limits) {}

  // `digest`: the default type is message/rfc822 (RFC 2046 section 5.1.5). Recursion is bounded by
  // depth_max.
  std::uint32_t parse_entity(Extent extent, std::uint32_t parent, std::size_t depth, bool digest) {
    auto index = static_cast<std::uint32_t>(tree_.parts_.size());
    Part& part = tree_.parts_.emplace_back();
    part.parent = parent;
    part.header = Header::parse(extent.of(tree_.text_), limits_.header);
    part.header_extent = {extent.begin, part.header.size()};
    part.body_extent = {part.header_extent.end(), extent.size - part.header.size()};
    part.body_lines = count_lines(tree_.body_of(part));
    read_content_fields(part, digest);
    if (depth < limits_.depth_max) parse_children(index, depth + 1);
    return index;
  }

 private:
  static void read_content_fields(Part& part, bool digest) {
    if (digest) {
      part.content_type.type = "message";
      part.content_type.subtype = "rfc822";
    }
    if (const Field* field = part.header.find("Content-Type")) {
      Result<ContentType> type = parse_content_type(field->body);
      // RFC 2045 section 5.2: a field that does not parse counts as text/plain; us-ascii.
      part.content_type = type && !type->subtype.empty() ? std::move(*type) : ContentType();
    }
    if (const Field* field = part.header.find("Content-Transfer-Encoding"))
      part.encoding = parse_transfer_encoding(field->body);
    if (const Field* field = part.header.find("Content-Disposition")) {
      if (Result<ContentDisposition> disposition = parse_content_disposition(field->body))
        part.disposition = std::move(*disposition);
    }
  }

  void parse_children(std::uint32_t index, std::size_t depth) {
    const Part& part = tree_.parts_[index];
    if (part.content_type.type == "multipart") {
      std::string boundary = part.content_type.boundary();
      if (!boundary.empty()) parse_multipart(index, "--" + boundary, depth);
      return;
    }
    // RFC 2046 section 5.2.1 allows no other encodings for a message; what has one stays a leaf.
    bool identity = part.encoding != TransferEncoding::kBase64 &&
                    part.encoding != TransferEncoding::kQuotedPrintable;
    bool message =
        part.content_type.is("message", "rfc822") || part.content_type.is("message", "global");
    if (!message || !identity || full()) return;
    tree_.parts_[index].kind = Part::Kind::kMessage;
    std::uint32_t child = parse_entity(part.body_extent, index, depth, false);
    tree_.parts_[index].children.push_back(child);
  }

  void parse_multipart(std::uint32_t index, const std::string& dash_boundary, std::size_t depth) {
    Extent body = tree_.parts_[index].body_extent;
    bool digest = tree_.parts_[index].content_type.subtype == "digest";
    tree_.parts_[index].kind = Part::Kind::kMultipart;
    std::optional<Delimiter> delimiter =
        find_delimiter(tree_.text_, body.begin, body.end(), dash_boundary);
    if (!delimiter) {
      tree_.parts_[index].preamble = body;
      tree_.parts_[index].closed = false;
      return;
    }
    if (delimiter->line > body.begin)
      tree_.parts_[index].preamble = before_delimiter(body.begin, *delimiter);
    while (!delimiter->close) {
      if (full()) {
        tree_.parts_[index].closed = false;
        return;
      }
      std::size_t begin = delimiter->end;
      std::optional<Delimiter> next = find_delimiter(tree_.text_, begin, body.end(), dash_boundary);
      Extent extent = next ? before_delimiter(begin, *next) : Extent{begin, body.end() - begin};
      std::uint32_t child = parse_entity(extent, index, depth, digest);
      tree_.parts_[index].children.push_back(child);
      if (!next) {
        tree_.parts_[index].closed = false;
        return;
      }
      delimiter = next;
    }
    if (delimiter->ends_with_crlf && delimiter->end < body.end())
      tree_.parts_[index].epilogue = Extent{delimiter->end, body.end() - delimiter->end};
  }

  bool full() const { return tree_.parts_.size() >= limits_.parts_max; }

  MimeTree& tree_;
  const MimeLimits& limits_;
};

MimeTree MimeTree::parse(std::string_view message, const MimeLimits& limits) {
  MimeTree tree;
  tree.text_ = message;
  MimeParser(tree, limits).parse_entity({0, message.size()}, Part::kNone, 0, false);
  return tree;
}

std::string MimeTree::decoded_body_of(const Part& part) const {
  std::string output;
  decode_body(body_of(part), part.encoding, output);
  return output;
}

std::string MimeTree::text_of(const Part& part) const {
  std::string octets = decoded_body_of(part);
  std::string text;
  return append_as_utf8(part.content_type.charset(), octets, text) ? text : octets;
}

const Part* MimeTree::first_text() const {
  for (const Part& part : parts_) {
    if (part.kind == Part::Kind::kLeaf && part.content_type.is("text", "plain")) return &part;
  }
  return nullptr;
}

const Part* MimeTree::find(std::span<const std::uint32_t> section) const {
  const Part* part = &root();
  bool whole_message = true;  // a message, whose part 1 is its own body if it is no multipart
  for (std::uint32_t number : section) {
    if (!whole_message && part->kind == Part::Kind::kMessage) {
      part = &parts_[part->children.front()];
      whole_message = true;
    }
    if (part->kind == Part::Kind::kMultipart) {
      if (number == 0 || number > part->children.size()) return nullptr;
      part = &parts_[part->children[number - 1]];
    } else if (!whole_message || number != 1) {
      return nullptr;
    }
    whole_message = false;
  }
  return part;
}

}  // namespace mailcosm::mail
