// Any sequence of segments, calls and waits: the connection neither crashes nor spins, keeps its
// counts, and never sends beyond what it was given.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "protocols/base/bytes.h"
#include "protocols/base/check.h"
#include "sim/net/tcp_connection.h"

namespace mailcosm::sim {
namespace {

constexpr Sequence kOurs = 0xfffff000;  // numbers wrap early
constexpr Sequence kTheirs = 0x7fffff00;

class Fuzz {
 public:
  explicit Fuzz(std::uint8_t choices)
      : connection_(settings_of(choices), pool_, {kOurs, 1460, 9, {}}) {
    if ((choices & 8) != 0) {
      connection_.connect(now_, {});
    } else {
      TcpSegment syn;
      syn.flags = tcp_flag::kSyn;
      syn.sequence = kTheirs;
      syn.window = 5000;
      syn.mss = static_cast<std::uint16_t>((choices & 16) != 0 ? 1 : 1460);
      syn.sack_permitted = true;
      syn.window_scale = choices;
      connection_.accept(syn, now_);
    }
    settle();
  }

  bool step(ByteReader& reader) {
    const std::uint8_t what = reader.u8();
    if (reader.failed()) return false;
    switch (what & 7) {
      case 0:
        send(reader.u16());
        break;
      case 1:
        wait(Duration(std::int64_t{reader.u16()} * 1'000'000));
        break;
      case 2:
        if ((what & 0xf0) == 0xf0) connection_.close({}, now_), closed_ = true;
        break;
      case 3:
        if ((what & 0xf8) == 0xf8) connection_.abort({});
        break;
      default:
        inject(reader);
        break;
    }
    settle();
    return true;
  }

 private:
  const TcpSettings& settings_of(std::uint8_t choices) {
    settings_.sack = (choices & 1) != 0;
    settings_.timestamps = (choices & 2) != 0;
    settings_.congestion_control =
        (choices & 4) != 0 ? CongestionControl::kCubic : CongestionControl::kReno;
    return settings_;
  }
  void send(std::uint16_t size) {
    if (closed_ || connection_.queued() > 100'000) return;
    connection_.send(std::string(size % 5000, 'x'), {}, now_);
  }
  void wait(Duration duration) {
    const Instant end = now_ + duration;
    for (int i = 0; i < 200 && connection_.deadline() <= end; ++i) {
      now_ = std::max(now_, connection_.deadline());
      connection_.expire(now_);
      settle();
      CHECK(connection_.state() == TcpState::kClosed || connection_.deadline() > now_);
    }
    now_ = std::max(now_, end);
  }
  void inject(ByteReader& reader) {
    TcpSegment segment;
    segment.flags = reader.u8() & 0x1f;
    // Near what is expected, mostly.
    segment.sequence =
        expected_ + static_cast<Sequence>(static_cast<std::int16_t>(reader.u16()) / 16);
    segment.acknowledgment = acknowledgeable_ - reader.u8() * 97u;
    segment.window = reader.u16();
    const std::uint8_t options = reader.u8();
    segment.payload = Slice::copy_of(pool_, std::string((options & 15) * 90u, 'y'));
    segment.has_timestamps = (options & 16) != 0;
    segment.timestamp_value = reader.u8();
    segment.timestamp_echo = reader.u8();
    segment.sack_count = (options >> 5) & 3;
    for (std::uint8_t i = 0; i < segment.sack_count; ++i) {
      const Sequence begin = acknowledgeable_ - reader.u8() * 97u;
      segment.sack[i] = {begin, begin + reader.u8() * 97u};
    }
    if (segment.has(tcp_flag::kSyn)) segment.mss = reader.u8();
    connection_.receive(segment, now_);
  }
  // Pulls all events and segments, as a host does.
  void settle() {
    transmit();
    int events = 0;
    while (connection_.next().what != TcpEvent::What::kNothing) CHECK(++events < 10'000);
    transmit();
    const TcpScoreboard& board = connection_.scoreboard();
    CHECK(board.sacked() <= board.size() && board.lost() <= board.size() &&
          board.resent() <= board.size());
    CHECK(board.sacked() + board.lost() <= board.size());
    CHECK(connection_.congestion_window() >= 1 || connection_.state() == TcpState::kClosed);
    expected_ = connection_.next_expected();
    acknowledgeable_ = connection_.next_to_send();
    // Whatever waits for an answer has a deadline.
    CHECK(board.empty() || !connection_.deadline().is_never());
    TcpConnection::Transition transition{};
    while (connection_.take_transition(transition)) {
    }
  }
  void transmit() {
    TcpSegment segment;
    for (int sent = 0; connection_.transmit(segment, now_); ++sent) {
      CHECK(sent < 1000);
      CHECK(segment.payload.size() + segment.options_size() <= 1460 || segment.has(tcp_flag::kSyn));
      segment = TcpSegment();
    }
  }

  TcpSettings settings_;
  BlockPool pool_;
  TcpConnection connection_;
  Instant now_{1'000'000'000};
  Sequence expected_ = 0;
  Sequence acknowledgeable_ = 0;
  bool closed_ = false;
};

}  // namespace
}  // namespace mailcosm::sim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  mailcosm::ByteReader reader({reinterpret_cast<const char*>(data), size}, 1);
  mailcosm::sim::Fuzz fuzz(data[0]);
  while (fuzz.step(reader)) {
  }
  return 0;
}
