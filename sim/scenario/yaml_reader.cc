#include "sim/scenario/yaml_reader.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/limits.h"

namespace mailcosm::sim::scenario {
namespace {

// Thrown through yaml-cpp to leave it early; the problem is reported already.
struct Stop {};

// Builds the tree from yaml-cpp's events. Its own recursion stays below kDepthMax, because the
// start of a collection is reported before its content is read.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::uint32_t file, Reporter& reporter) : file_(file), reporter_(reporter) {}

  Node take() { return std::move(root_); }

  // Where the document begins.
  SourcePosition start() const { return start_; }

  void OnDocumentStart(const YAML::Mark& mark) override { start_ = at(mark); }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    Node node;
    node.source = at(mark);
    add(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "a YAML alias",
           "Anchors and aliases hide what a scenario says, and can make a small file huge.",
           "write the value out; a text that begins with * needs quotes");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    Node node;
    node.kind = Node::Kind::kScalar;
    node.quoted = tag == "!";
    if (node.quoted) require_closing_quote(mark);
    node.text = value;
    node.source = at(mark);
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Node node;
    std::map<std::string, SourcePosition, std::less<>> known;
    bool has_key = false;     // the next node is a value
    bool drop_value = false;  // of a key that is not taken
  };

  // Marks mostly come from left to right; counting on from the last one keeps a long line from
  // being counted once for each value in it.
  SourcePosition at(const YAML::Mark& mark) {
    const auto number = static_cast<std::uint32_t>(mark.line) + 1;
    const auto column = static_cast<std::size_t>(mark.column);
    if (number != line_number_ || column < octets_) {
      if (number != line_number_) line_ = reporter_.file(file_).line(number);
      line_number_ = number;
      octets_ = 0;
      characters_ = 0;
    }
    for (; octets_ < column && octets_ < line_.size(); ++octets_) {
      if ((static_cast<unsigned char>(line_[octets_]) & 0xc0u) != 0x80u) ++characters_;
    }
    return {file_, number, characters_ + 1};
  }

  [[noreturn]] void refuse(const YAML::Mark& mark, std::string message, std::string reason,
                           std::string suggestion) {
    reporter_.add(at(mark), std::move(message), std::move(reason), std::move(suggestion));
    throw Stop{};
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    refuse(mark, "a YAML anchor",
           "Anchors and aliases hide what a scenario says, and can make a small file huge.",
           "write the value out; a text that begins with & needs quotes");
  }

  // yaml-cpp takes the end of the file for the end of a quoted text.
  void require_closing_quote(const YAML::Mark& mark) {
    const std::string_view text = reporter_.file(file_).text();
    auto i = static_cast<std::size_t>(mark.pos);
    if (i >= text.size() || (text[i] != '"' && text[i] != '\'')) return;
    const char quote = text[i];
    for (++i; i < text.size(); ++i) {
      if (quote == '"' && text[i] == '\\') {
        ++i;
      } else if (text[i] == quote) {
        // Two single quotes stand for one.
        if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) return;
        ++i;
      }
    }
    refuse(mark, "a quoted text is not closed", "It goes on to the end of the file.",
           "write the closing quote");
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    reporter_.add(at(mark), "a YAML tag",
                  "The type of each value follows from its key; tags would say it twice.",
                  "leave the tag out; a text that begins with ! needs quotes");
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            Node::Kind kind) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (frames_.size() >= kDepthMax) {
      reporter_.add(at(mark), fmt::format("more than {} levels of lists and mappings", kDepthMax),
                    "No part of a scenario is that deep.");
      throw Stop{};
    }
    if (!frames_.empty() && frames_.back().node.is_map() && !frames_.back().has_key) {
      reporter_.add(at(mark), "a key that is a list or a mapping", "Keys are names.",
                    "a text that begins with [ or { needs quotes");
      throw Stop{};
    }
    count();
    Frame frame;
    frame.node.kind = kind;
    frame.node.source = at(mark);
    frames_.push_back(std::move(frame));
  }

  void close() {
    Node node = std::move(frames_.back().node);
    frames_.pop_back();
    attach(std::move(node));
  }

  void add(Node node) {
    count();
    attach(std::move(node));
  }

  void attach(Node node) {
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.is_map() && !frame.has_key) {
      take_key(frame, std::move(node));
      return;
    }
    // What is missing is nowhere; its key says where it should be.
    if (node.is_nothing() && frame.node.is_map() && !frame.drop_value)
      node.source = frame.node.keys.back().source;
    if (!frame.drop_value) frame.node.items.push_back(std::move(node));
    frame.has_key = false;
    frame.drop_value = false;
  }

  void take_key(Frame& frame, Node key) {
    frame.has_key = true;
    frame.drop_value = true;
    if (!key.is_scalar()) {
      reporter_.add(key.source, "a key without a name", "Every value is found by its key.",
                    "write a name in front of the colon");
    } else if (key.text == "<<" && !key.quoted) {
      reporter_.add(key.source, "a YAML merge key", "Merging hides where a value comes from.",
                    "write the keys out");
    } else if (key.text.size() > kKeyBytesMax) {
      reporter_.add(key.source, fmt::format("a key longer than {} octets", kKeyBytesMax),
                    "No key of a scenario is that long.");
    } else if (const auto known = frame.known.find(key.text); known != frame.known.end()) {
      reporter_.add(key.source,
                    fmt::format("key '{}' is already in line {}", key.text, known->second.line),
                    "Only one of the two values could count, and YAML does not say which.",
                    "remove one of them");
    } else {
      frame.known.emplace(key.text, key.source);
      frame.node.keys.push_back({std::move(key.text), key.source});
      frame.drop_value = false;
    }
  }

  void count() {
    if (reporter_.full()) throw Stop{};
    if (++nodes_ <= kNodesMax) return;
    reporter_.add({file_, 0, 0}, fmt::format("the file has more than {} values", kNodesMax),
                  "A scenario of this size is not written by hand.",
                  "let shorthands such as 'organisations' stand for repeated parts");
    throw Stop{};
  }

  std::uint32_t file_;
  Reporter& reporter_;
  std::vector<Frame> frames_;
  Node root_;
  SourcePosition start_;
  std::size_t nodes_ = 0;
  // The line of the last mark, and how far it has been counted.
  std::uint32_t line_number_ = 0;
  std::string_view line_;
  std::size_t octets_ = 0;
  std::uint32_t characters_ = 0;
};

// What yaml-cpp's messages mean for somebody who has never read the YAML specification.
std::pair<std::string, std::string> explain(std::string_view message) {
  if (message.find("illegal map value") != std::string_view::npos) {
    return {"a second ': ' in one value",
            "a text that contains ': ' needs quotes: subject: \"Re: Lunch\""};
  }
  if (message.find("end of sequence flow") != std::string_view::npos) {
    return {"a list in [ ] is not closed",
            "write ']' at its end; a text with brackets or braces in it needs quotes"};
  }
  if (message.find("end of map flow") != std::string_view::npos) {
    return {
        "a mapping in { } is not closed",
        "write '}' at its end, and ', ' between its keys; a text with braces in it needs quotes"};
  }
  if (message.find("end of map not found") != std::string_view::npos ||
      message.find("end of sequence not found") != std::string_view::npos) {
    return {"this line does not fit what stands above it",
            "lines that belong together begin in the same column"};
  }
  if (message.find("anchor is not defined") != std::string_view::npos) {
    return {"a YAML alias", "a text that begins with * needs quotes"};
  }
  if (message.find("escape character") != std::string_view::npos) {
    return {"an unknown escape in a text in double quotes",
            "write \\\\ for a backslash, or put the text in single quotes"};
  }
  if (message.find("unknown token") != std::string_view::npos) {
    return {"a value begins with a sign that YAML keeps for itself",
            "put the text in double quotes"};
  }
  if (message.find("end of file") != std::string_view::npos ||
      message.find("end of line") != std::string_view::npos) {
    return {"a quoted text is not closed", "write the closing quote"};
  }
  return {fmt::format("not readable as YAML ({})", message), ""};
}

// The last list or mapping in brackets that is open at the end of `text`; npos if there is none.
// Quotes and comments are skipped as YAML has them.
std::size_t open_bracket(std::string_view text) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool starts_word =
        i == 0 || std::string_view(" \n[{,").find(text[i - 1]) != std::string::npos;
    if ((c == '"' || c == '\'') && starts_word) {
      for (++i; i < text.size() && text[i] != c; ++i) {
        if (c == '"' && text[i] == '\\') ++i;
      }
    } else if (c == '#' && starts_word) {
      i = std::min(text.find('\n', i), text.size());
    } else if ((c == '[' || c == '{') && starts_word) {
      open.push_back(i);
    } else if ((c == ']' || c == '}') && !open.empty()) {
      open.pop_back();
    }
  }
  return open.empty() ? std::string_view::npos : open.back();
}

// Whether the last thing in front of the error, on its line, is a quote.
bool follows_quote(const YAML::Exception& error, const SourceText& file) {
  if (error.mark.is_null()) return false;
  std::string_view line = file.line(static_cast<std::uint32_t>(error.mark.line) + 1);
  line = line.substr(0, std::min(line.size(), static_cast<std::size_t>(error.mark.column)));
  const std::size_t last = line.find_last_not_of(' ');
  return last != std::string_view::npos && (line[last] == '\'' || line[last] == '"');
}

void report(const YAML::Exception& error, std::uint32_t file, Reporter& reporter) {
  SourcePosition source{file, 0, 0};
  if (!error.mark.is_null()) {
    source = reporter.file(file).position_of(static_cast<std::uint32_t>(error.mark.line) + 1,
                                             static_cast<std::size_t>(error.mark.column), file);
  }
  auto [message, suggestion] = explain(error.msg);
  if (message.starts_with("this line does not fit") && follows_quote(error, reporter.file(file))) {
    message = "there is more behind the closing quote";
    suggestion = "a quote in the text: put the whole text in the other kind of quotes";
  }
  const bool bracketed =
      message.ends_with("] is not closed") || message.ends_with("} is not closed");
  if (bracketed && !error.mark.is_null()) {
    const std::string_view text = reporter.file(file).text();
    const std::size_t bracket =
        open_bracket(text.substr(0, static_cast<std::size_t>(error.mark.pos)));
    if (bracket != std::string_view::npos) source = reporter.file(file).position_of(bracket, file);
  }
  reporter.add(source, message, "Nothing after this place can be understood.", suggestion);
}

}  // namespace

std::optional<Node> read_yaml(std::uint32_t file, Reporter& reporter) {
  TreeBuilder builder(file, reporter);
  try {
    // yaml-cpp reads from a stream only; this one is over memory.
    std::istringstream stream{std::string(reporter.file(file).text())};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) return Node{};
    TreeBuilder rest(file, reporter);
    if (parser.HandleNextDocument(rest)) {
      reporter.add(rest.start(), "a second document begins here",
                   "One file is one scenario; the lines '---' and '...' end it.",
                   "remove the line, or split the file");
    }
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    report(error, file, reporter);
    return std::nullopt;
  }
  return builder.take();
}

}  // namespace mailcosm::sim::scenario
