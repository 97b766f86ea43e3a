#include "tests/sim/net/tcp_script.h"

#include <charconv>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

constexpr std::pair<char, std::uint8_t> kFlags[] = {
    {'S', tcp_flag::kSyn}, {'F', tcp_flag::kFin}, {'R', tcp_flag::kRst}, {'P', tcp_flag::kPsh},
    {'U', 0x20},           {'E', 0x40},           {'W', 0x80},           {'.', tcp_flag::kAck}};

std::int64_t number_of(std::string_view word) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  CHECK(error == std::errc() && end == word.data() + word.size());
  return number;
}

// "300ms", "2s", "5us", "1ns", "4h"
Duration duration_of(std::string_view word) {
  const std::size_t unit_at = word.find_first_not_of("0123456789");
  CHECK(unit_at != std::string_view::npos);
  const std::int64_t count = number_of(word.substr(0, unit_at));
  const std::string_view unit = word.substr(unit_at);
  if (unit == "h") return std::chrono::hours(count);
  if (unit == "s") return std::chrono::seconds(count);
  if (unit == "ms") return std::chrono::milliseconds(count);
  if (unit == "us") return std::chrono::microseconds(count);
  CHECK(unit == "ns");
  return Duration(count);
}

SackBlock block_of(std::string_view word) {
  const std::size_t dash = word.find('-', 1);
  CHECK(dash != std::string_view::npos);
  return {static_cast<Sequence>(number_of(word.substr(0, dash))),
          static_cast<Sequence>(number_of(word.substr(dash + 1)))};
}

void append(std::string& text, std::string_view label, std::int64_t number) {
  text += label;
  text += std::to_string(number);
}

// Relative numbers are signed, so that what lies before the start is seen as such.
std::int64_t relative(Sequence sequence, Sequence start) {
  return static_cast<std::int32_t>(sequence - start);
}

}  // namespace

// A line of a script, taken apart into words; a quoted text is one word, with its quotes.
struct TcpScript::Line {
  std::string_view whole;
  std::string_view rest;
  int number = 0;
  Duration after{0};

  std::string_view next() {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::size_t end = rest.starts_with('"') ? rest.find('"', 1) + 1 : rest.find(' ');
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(word.size());
    return word;
  }
  bool is_at_end() const { return rest.find_first_not_of(' ') == std::string_view::npos; }
  std::string remaining() {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return std::string(rest);
  }
};

std::uint8_t TcpScript::flags_of(std::string_view text) {
  std::uint8_t flags = 0;
  for (char letter : text) {
    bool known = false;
    for (const auto& [name, flag] : kFlags) {
      if (name != letter) continue;
      known = true;
      flags = static_cast<std::uint8_t>(flags | flag);
    }
    CHECK(known);
  }
  return flags;
}

std::string TcpScript::describe(const TcpSegment& made, std::string_view details) const {
  std::string text;
  for (const auto& [name, flag] : kFlags) {
    if (made.has(flag)) text += name;
  }
  append(text, " ", relative(made.sequence, ours));
  if (made.has(tcp_flag::kAck)) append(text, " ack ", relative(made.acknowledgment, theirs));
  if (!made.payload.empty()) append(text, " len ", made.payload.size());
  for (std::uint8_t i = 0; i < made.sack_count; ++i) {
    append(text, " sack ", relative(made.sack[i].begin, theirs));
    append(text, "-", relative(made.sack[i].end, theirs));
  }
  const auto wants = [&](std::string_view word) {
    return details.find(word) != std::string_view::npos;
  };
  if (wants(" win ")) append(text, " win ", made.window);
  if (wants(" mss ")) append(text, " mss ", made.mss);
  if (wants(" wscale ")) {
    text += " wscale ";
    text +=
        made.window_scale == TcpSegment::kNoWindowScale ? "-" : std::to_string(made.window_scale);
  }
  if (wants(" sackok") || wants(" nosack")) text += made.sack_permitted ? " sackok" : " nosack";
  if (wants(" ts ") && made.has_timestamps) {
    append(text, " ts ", made.timestamp_value);
    append(text, " ", made.timestamp_echo);
  }
  if (wants(" nots") && !made.has_timestamps) text += " nots";
  return text;
}

std::string TcpScript::take_sent() {
  std::string text;
  for (const TcpSegment& made : sent) {
    if (!text.empty()) text += " | ";
    text += describe(made, {});
  }
  sent.clear();
  return text;
}

void TcpScript::play(std::string_view text) {
  Line line;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    ++line.number;
    line.whole = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line.whole = line.whole.substr(0, line.whole.find('#'));
    line.whole.remove_prefix(std::min(line.whole.find_first_not_of(' '), line.whole.size()));
    line.whole = line.whole.substr(0, line.whole.find_last_not_of(' ') + 1);
    line.rest = line.whole;
    line.after = Duration(0);
    if (line.whole.empty()) continue;
    if (line.whole.starts_with('+')) line.after = duration_of(line.next().substr(1));
    step(line);
  }
  is_scripted_ = true;
}

TcpScript::~TcpScript() {
  if (!is_scripted_) return;
  Line line;
  line.whole = "(end of script)";
  expect_silence(line);
}

void TcpScript::expect_silence(const Line& line) {
  if (sent.empty()) return;
  ADD_FAILURE() << "line " << line.number << ": before " << line.whole
                << "\nunexpected: " << take_sent();
}

void TcpScript::step(Line& line) {
  const std::string_view verb = line.next();
  if (verb == ">") return expect(line);
  if (verb == "skip" || verb == "sent") {
    advance(line.after);
    if (verb == "sent") {
      EXPECT_EQ(sent.size(), static_cast<std::size_t>(number_of(line.next())))
          << "line " << line.number << ": " << line.whole << "\n"
          << take_sent();
    }
    return sent.clear();
  }
  if (line.after > Duration(0)) {
    expect_silence(line);
    advance(line.after);
  }
  if (compare(line, verb)) return;
  expect_silence(line);
  if (verb == "wait") {
    advance(duration_of(line.next()));
    return expect_silence(line);
  }
  change(line, verb);
}

void TcpScript::expect(Line& line) {
  if (line.after > Duration(0)) {
    expect_silence(line);
    advance(line.after - Duration(1));
    expect_silence(line);
    advance(Duration(1));
  }
  if (sent.empty()) {
    ADD_FAILURE() << "line " << line.number << ": " << line.whole << "\nnothing has left";
    return;
  }
  std::string wanted = line.remaining();
  EXPECT_EQ(describe(sent.front(), wanted + " "), wanted) << "line " << line.number;
  sent.erase(sent.begin());
}

TcpSegment TcpScript::read_segment(Line& line) {
  const std::string_view flags = line.next();
  TcpSegment made = segment(flags, static_cast<Sequence>(number_of(line.next())));
  while (!line.is_at_end()) {
    const std::string_view word = line.next();
    if (word.starts_with('"')) {
      made.payload = Slice::copy_of(pool, word.substr(1, word.size() - 2));
    } else if (word == "len") {
      const auto count = static_cast<std::size_t>(number_of(line.next()));
      made.payload = Slice::copy_of(pool, std::string(count, 'x'));
    } else if (word == "ack") {
      made.acknowledgment = ours + static_cast<Sequence>(number_of(line.next()));
    } else if (word == "sack") {
      const SackBlock block = block_of(line.next());
      CHECK(made.sack_count < TcpSegment::kSackBlocksMax);
      made.sack[made.sack_count++] = {ours + block.begin, ours + block.end};
    } else if (word == "win") {
      made.window = static_cast<std::uint16_t>(number_of(line.next()));
    } else if (word == "mss") {
      made.mss = static_cast<std::uint16_t>(number_of(line.next()));
    } else if (word == "wscale") {
      const std::string_view scale = line.next();
      made.window_scale =
          scale == "-" ? TcpSegment::kNoWindowScale : static_cast<std::uint8_t>(number_of(scale));
    } else if (word == "sackok" || word == "nosack") {
      made.sack_permitted = word == "sackok";
    } else {
      CHECK(word == "ts");
      made.has_timestamps = true;
      made.timestamp_value = static_cast<std::uint32_t>(number_of(line.next()));
      made.timestamp_echo = static_cast<std::uint32_t>(number_of(line.next()));
    }
  }
  return made;
}

// What somebody does to the connection.
void TcpScript::change(Line& line, std::string_view verb) {
  if (verb == "<") {
    inject(read_segment(line));
  } else if (verb == "connect") {
    connection.connect(now, {});
    collect();
  } else if (verb == "accept") {
    const std::string syn = "S 0 " + line.remaining();
    Line of_syn{syn, syn, line.number, Duration(0)};
    connection.accept(read_segment(of_syn), now);
    collect();
  } else if (verb == "send") {
    const std::string_view what = line.next();
    send(what.starts_with('"') ? std::string(what.substr(1, what.size() - 2))
                               : std::string(static_cast<std::size_t>(number_of(what)), 'x'));
  } else if (verb == "close") {
    close();
  } else if (verb == "abort") {
    abort();
  } else {
    CHECK(verb == "orphan");
    connection.orphan(now);
    collect();
  }
}

// How the connection stands. False if the verb is no question.
bool TcpScript::compare(Line& line, std::string_view verb) {
  std::string found;
  if (verb == "state") {
    found = to_string(connection.state());
  } else if (verb == "read") {
    found = '"' + std::exchange(received, {}) + '"';
  } else if (verb == "events") {
    found = take_events();
    found = found.empty() ? "(none)" : found.substr(0, found.size() - 1);
  } else if (verb == "cwnd") {
    found = std::to_string(connection.congestion_window());
  } else if (verb == "ssthresh") {
    found = std::to_string(connection.slow_start_threshold());
  } else if (verb == "queued") {
    found = std::to_string(connection.queued());
  } else {
    return false;
  }
  EXPECT_EQ(found, line.remaining()) << "line " << line.number << ": " << line.whole;
  return true;
}

}  // namespace mailcosm::sim
