// Messages of Apache James Mime4J with their event streams: headers, part tree and bodies.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/mail/mime.h"
#include "tests/protocols/mail/conformance_files.h"

namespace mailcosm::mail {
namespace {

constexpr const char* kParserState =
    "the body of this stream lacks lines of the message: an accident of its recorder";

// Messages whose stream we do not reproduce, with the reason.
const std::map<std::string, std::string> kExpectedFailures = {
    {"malformedHeaderStartsBody-noheader", kParserState},
    {"malformedHeaderStartsBody-nocrlfcrlf", kParserState},
};

// Writes the event stream that the reference files hold.
class EventWriter {
 public:
  explicit EventWriter(const MimeLimits& limits) : limits_(limits) {}

  std::string write(std::string_view message) {
    MimeTree tree = MimeTree::parse(message, limits_);
    write_message(tree, tree.root());
    return std::move(output_);
  }

 private:
  void write_message(const MimeTree& tree, const Part& part) {
    line("<message>");
    write_entity(tree, part);
    line("</message>");
  }

  void write_entity(const MimeTree& tree, const Part& part) {
    line("<header>");
    for (const Field& field : part.header.fields()) {
      std::string_view raw = field.raw;
      if (raw.ends_with("\r\n")) raw.remove_suffix(2);
      element("field", raw);
    }
    line("</header>");
    bool message = part.content_type.is("message", "rfc822");
    if (part.kind == Part::Kind::kMultipart) {
      write_multipart(tree, part);
    } else if (part.kind == Part::Kind::kMessage) {
      write_message(tree, tree.part(part.children.front()));
    } else if (message) {
      std::string decoded = tree.decoded_body_of(part);
      MimeTree inner = MimeTree::parse(decoded, limits_);
      write_message(inner, inner.root());
    } else {
      element("body", tree.body_of(part));
    }
  }

  void write_multipart(const MimeTree& tree, const Part& part) {
    line("<multipart>");
    if (part.preamble) element("preamble", part.preamble->of(tree.text()));
    for (std::uint32_t child : part.children) {
      line("<body-part>");
      write_entity(tree, tree.part(child));
      line("</body-part>");
    }
    if (part.epilogue) element("epilogue", part.epilogue->of(tree.text()));
    line("</multipart>");
  }

  void element(const std::string& name, std::string_view content) {
    line("<" + name + ">");
    for (char c : content) {
      if (c == '<') {
        output_ += "&lt;";
      } else if (c == '>') {
        output_ += "&gt;";
      } else if (c == '&') {
        output_ += "&amp;";
      } else {
        output_.push_back(c);
      }
    }
    line("</" + name + ">");
  }

  void line(const std::string& text) { output_ += text + "\r\n"; }

  MimeLimits limits_;
  std::string output_;
};

// RFC 2046 section 5.1: multipart syntax.
TEST(Mime4jConformanceTest, ReproducesEventStreams) {
  auto folder = conformance_path("mime/mime4j");
  SKIP_WITHOUT_CONFORMANCE_DATA(folder);
  int messages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    if (entry.path().extension() != ".msg") continue;
    ++messages;
    std::string name = entry.path().stem().string();
    MimeLimits limits;
    limits.header.skip_malformed_lines = name.find("StartsBody") == std::string::npos;
    std::filesystem::path reference = entry.path();
    reference.replace_extension(".xml");
    std::string found = EventWriter(limits).write(read_file(entry.path().string()));
    std::string expected = read_file(reference.string());
    EXPECT_EQ(found == expected, !kExpectedFailures.contains(name)) << name << "\n" << found;
  }
  EXPECT_GT(messages, 10);
}

}  // namespace
}  // namespace mailcosm::mail
