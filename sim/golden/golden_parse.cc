// Reading golden files, which people may have edited or cut.
#include <fmt/format.h>

#include <charconv>

#include "sim/golden/golden.h"
#include "sim/golden/golden_marks.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kShown = 60;  // octets of a bad line in a message

class GoldenParser {
 public:
  explicit GoldenParser(std::string_view text) : rest_(text) {}

  Result<Golden> parse() {
    if (rest_.empty()) return Error{"line 1: the golden file is empty", 0};
    if (rest_.size() > Golden::kFileSizeMax)
      return Error{
          fmt::format("line 1: the golden file is larger than {} octets", Golden::kFileSizeMax), 0};
    if (magic() && header() && layers() && hosts() && title() && body()) return std::move(golden_);
    return Error{fmt::format("line {}: {}", number_, problem_), 0};
  }

 private:
  // The next line without its end. False at the end of the file.
  bool take() {
    if (rest_.empty()) {
      ++number_;
      return fail("the golden file ends early (its last line begins with \"end: \")");
    }
    ++number_;
    const std::size_t end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    if (line_.size() > 8 * Golden::kColumnsMax) return fail("the line is too long");
    return true;
  }
  bool take_filled() {
    do {
      if (!take()) return false;
    } while (line_.empty());
    return true;
  }
  bool fail(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
    return false;
  }
  bool fail_expected(std::string_view what) {
    return fail(fmt::format("expected {}, found \"{}\"", what, line_.substr(0, kShown)));
  }

  bool word(std::string_view wanted) {
    if (!line_.starts_with(wanted)) return false;
    line_.remove_prefix(wanted.size());
    while (line_.starts_with(' ')) line_.remove_prefix(1);
    return true;
  }
  template <typename T>
  bool number(T& value, int base) {
    const auto [end, error] =
        std::from_chars(line_.data(), line_.data() + line_.size(), value, base);
    if (error != std::errc()) return false;
    line_.remove_prefix(static_cast<std::size_t>(end - line_.data()));
    return line_.empty() || word(" ");
  }

  bool magic() {
    if (!take()) return false;
    int version = 0;
    if (!word(kGoldenMagic) || !number(version, 10) || !line_.empty())
      return fail("this is no golden file: it does not begin with \"mailcosm golden 1\"");
    if (version != kGoldenVersion)
      return fail(fmt::format("the golden file has version {}; this program reads version {}",
                              version, kGoldenVersion));
    return true;
  }

  bool header() {
    if (!take_filled()) return false;
    const std::string_view whole = line_;
    if (!word("scenario ") || !number(golden_.scenario_digest, 16) || !line_.empty()) {
      line_ = whole;
      return fail_expected("\"scenario\" and its digest of 16 hexadecimal digits");
    }
    if (!take_filled()) return false;
    const std::string_view seed = line_;
    if (word("seed ") && number(golden_.seed, 10) && line_.empty()) return true;
    line_ = seed;
    return fail_expected("\"seed\" and a number");
  }

  bool layers() {
    for (std::size_t i = 0; i < kGoldenLayers; ++i) {
      if (!take_filled()) return false;
      const auto layer = static_cast<GoldenLayer>(i);
      const std::string_view whole = line_;
      if (word(golden_layer_name(layer)) && number(golden_.layers[i].value, 16) &&
          number(golden_.layers[i].count, 10) && line_ == golden_layer_unit(layer))
        continue;
      line_ = whole;
      return fail_expected(
          fmt::format("\"{}\", 16 hexadecimal digits and a count", golden_layer_name(layer)));
    }
    return take_filled();
  }

  bool hosts() {
    while (line_.starts_with("host ")) {
      const std::string_view whole = line_;
      HostPrint host;
      bool good = word("host ");
      for (std::uint32_t& print : host.layers) good = good && number(print, 16);
      host.host = line_;
      if (!good || host.host.empty()) {
        line_ = whole;
        return fail_expected("\"host\", five times 8 hexadecimal digits and a name");
      }
      golden_.hosts.push_back(std::move(host));
      if (!take_filled()) return false;
    }
    return true;
  }

  bool title() {
    if (!word("title:")) return fail_expected("\"title:\"");
    golden_.title = line_;
    if (!take_filled()) return false;
    if (!word("date:")) return fail_expected("\"date:\"");
    golden_.date = line_;
    return true;
  }

  bool body() {
    while (true) {
      if (!take_filled()) return false;
      if (line_.starts_with("end: ")) break;
      bool good = false;
      if (line_.starts_with('[')) {
        good = step();
      } else if (line_.starts_with(kMarkIndent)) {
        good = dialogue();
      } else if (line_.starts_with(kLeftOut)) {
        good = word(kLeftOut) && number(golden_.steps_left_out, 10) && line_.empty();
        if (!good) fail_expected("a number of steps");
      } else {
        good = fail_expected("a step in brackets, a line of one, or the end");
      }
      if (!good) return false;
    }
    golden_.closing = line_.substr(5);
    while (!rest_.empty()) {
      if (!take()) return false;
      if (!line_.empty()) return fail_expected("nothing behind the end");
    }
    return true;
  }

  bool step() {
    GoldenStep step;
    const std::size_t close = line_.find("] ");
    const std::string_view ids = line_.substr(1, close == std::string_view::npos ? 0 : close - 1);
    const std::size_t after = ids.find(" after ");
    step.id = ids.substr(0, after);
    if (after != std::string_view::npos) step.cause = ids.substr(after + 7);
    if (step.id.empty()) return fail_expected("[id] or [id after id] and a heading");
    step.heading = line_.substr(close + 2);
    if (!take()) return false;
    if (!line_.starts_with("at ")) return fail_expected("\"at \" and the time of the step");
    const std::size_t semicolon = line_.find("; ");
    step.time = line_.substr(3, semicolon == std::string_view::npos ? semicolon : semicolon - 3);
    if (semicolon != std::string_view::npos) step.parties = line_.substr(semicolon + 2);
    golden_.steps.push_back(std::move(step));
    return true;
  }

  bool dialogue() {
    if (golden_.steps.empty()) return fail("this line belongs to no step");
    const std::string_view text = line_.substr(kMarkIndent.size());
    for (std::size_t i = 0; i < kGoldenMarks.size(); ++i) {
      // The space at the end of an empty line may have been taken off by an editor.
      const std::string_view mark = kGoldenMarks[i];
      const std::string_view bare = mark.substr(0, mark.size() - 1);
      if (!text.starts_with(mark) && text != bare) continue;
      golden_.steps.back().lines.push_back(
          {static_cast<GoldenLine::Mark>(i),
           std::string(text.substr(std::min(text.size(), mark.size())))});
      return true;
    }
    return fail_expected("one of -> <- === *** => =>! and a text");
  }

  std::string_view rest_, line_;
  std::size_t number_ = 0;
  std::string problem_;
  Golden golden_;
};

}  // namespace

Result<Golden> parse_golden(std::string_view text) { return GoldenParser(text).parse(); }

bool is_golden(std::string_view text) { return text.starts_with(kGoldenMagic); }

}  // namespace mailcosm::sim
