// A script for one TcpConnection in the manner of packetdrill: segments are injected and expected
// at exact times.
//
// play() reads one step a line; `#` begins a comment, and a line may begin with +TIME, which lets
// that much time pass before it:
//
//   connect | accept OPTION... | close | abort | orphan
//   send 3000 | send "text"
//   < P. 1 ack 1 "text"        this segment arrives (or `len 3` octets of x)
//   +300ms > P. 1 ack 1 len 3  exactly then, and nothing before, this segment leaves
//   wait 40ms                  nothing leaves
//   sent 10                    so many segments have left, and what they are is of no interest
//   skip                       the same for any number
//   state TIME-WAIT | read "text" | events connected | events (none) | cwnd 5 | ssthresh 5 | queued
//   0
//
// Whatever leaves without a line that expects it is a failure, also after the last play(). A
// segment is FLAGS SEQUENCE OPTION...; flags are S F R P . U E W, options are: ack N, len N,
// "text", sack A-B, win N (as on the wire), mss N (0: none), wscale N (-: none), sackok, nosack, ts
// VALUE ECHO. Of a segment that leaves, win, mss, wscale, sackok and ts are compared only if the
// line names one of them. Sequence numbers are relative to `ours` and `theirs`; timestamps are as
// on the wire, and ours count milliseconds of the run.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/net/tcp_connection.h"

namespace mailcosm::sim {

class TcpScript {
 public:
  static constexpr Sequence kOurs = 1000;
  static constexpr Sequence kTheirs = 5000;
  // What most scripts begin with: the connection is open, after a round trip of 100 ms.
  static constexpr const char* kOpen =
      "connect\n skip\n +100ms < S. 0 ack 1\n skip\n events connected";

  explicit TcpScript(const TcpSettings& the_settings = plain_settings(), Sequence our_start = kOurs,
                     Sequence their_start = kTheirs)
      : settings(the_settings),
        ours(our_start),
        theirs(their_start),
        connection(settings, pool, {ours, 1460, 0, ConnectionId::of(0, 1)}) {}

  ~TcpScript();

  void play(std::string_view text);

  // Without timestamps, so that scripts stay short; with SACK and Reno; timers fire exactly.
  static TcpSettings plain_settings() {
    TcpSettings settings;
    settings.timestamps = false;
    settings.congestion_control = CongestionControl::kReno;
    settings.timer_tick = Duration(0);
    return settings;
  }

  static std::uint8_t flags_of(std::string_view text);
  TcpSegment segment(std::string_view flags, Sequence sequence, std::string_view payload = {},
                     Sequence ack = 0) {
    TcpSegment made;
    made.flags = flags_of(flags);
    made.sequence = theirs + sequence;
    made.acknowledgment = made.has(tcp_flag::kAck) ? ours + ack : 0;
    made.window = window;
    made.payload = Slice::copy_of(pool, payload);
    if (made.has(tcp_flag::kSyn)) {
      made.mss = 1460;
      made.sack_permitted = sack;
      made.window_scale = window_scale;
    }
    return made;
  }
  void inject(const TcpSegment& made) {
    connection.receive(made, now);
    collect();
  }
  void inject(std::string_view flags, Sequence sequence, Sequence ack,
              std::string_view payload = {}) {
    inject(segment(flags, sequence, payload, ack));
  }
  void inject_sack(Sequence ack, std::vector<SackBlock> blocks) {
    TcpSegment made = segment(".", 1, {}, ack);
    for (const SackBlock& block : blocks)
      made.sack[made.sack_count++] = {ours + block.begin, ours + block.end};
    inject(made);
  }
  void send(std::string_view bytes) {
    connection.send(bytes, {}, now);
    collect();
  }
  void close() {
    connection.close({}, now);
    collect();
  }
  void abort() {
    connection.abort({});
    collect();
  }
  // Lets time pass; the connection's deadlines come on their way.
  void advance(Duration duration) {
    const Instant end = now + duration;
    while (connection.deadline() <= end) {
      now = std::max(now, connection.deadline());
      connection.expire(now);
      collect();
    }
    now = end;
  }

  void collect() {
    transmit();
    while (true) {
      TcpEvent event = connection.next();
      if (event.what == TcpEvent::What::kNothing) break;
      if (event.what == TcpEvent::What::kConnected) events += "connected ";
      if (event.what == TcpEvent::What::kReceived) received += event.bytes.view();
      if (event.what == TcpEvent::What::kWritable) events += "writable ";
      if (event.what == TcpEvent::What::kEnded) events += "ended ";
      if (event.what == TcpEvent::What::kClosed)
        events += "closed:" + std::string(to_string(event.error)) + " ";
    }
    transmit();
  }
  void transmit() {
    while (true) {
      TcpSegment made;
      if (!connection.transmit(made, now)) return;
      sent.push_back(made);
    }
  }

  // What was sent since the last call: "S. 0 ack 1 len 0 | ...".
  std::string take_sent();
  std::string take_events() {
    std::string text;
    text.swap(events);
    return text;
  }

  // An established connection that we opened; round trip 100 ms.
  void establish() {
    connection.connect(now, {});
    collect();
    EXPECT_EQ(take_sent(), "S 0");
    advance(std::chrono::milliseconds(100));
    inject("S.", 0, 1);
    EXPECT_EQ(take_sent(), ". 1 ack 1");
    EXPECT_EQ(take_events(), "connected ");
  }
  // The same, opened by the peer.
  void establish_passively() {
    connection.accept(segment("S", 0), now);
    collect();
    EXPECT_EQ(take_sent(), "S. 0 ack 1");
    advance(std::chrono::milliseconds(100));
    inject(".", 1, 1);
    EXPECT_EQ(take_sent(), "");
    EXPECT_EQ(take_events(), "connected ");
  }

  // The segment as a line of play() writes it; `details`: win, mss, wscale, sackok, ts.
  std::string describe(const TcpSegment& made, std::string_view details) const;

  TcpSettings settings;
  Sequence ours;
  Sequence theirs;
  BlockPool pool;
  TcpConnection connection;
  Instant now{1'000'000'000};
  std::uint16_t window = 60'000;
  std::uint8_t window_scale = TcpSegment::kNoWindowScale;
  bool sack = true;
  std::vector<TcpSegment> sent;
  std::string received;
  std::string events;

 private:
  bool is_scripted_ = false;
  struct Line;
  void step(Line& line);
  void expect(Line& line);
  void expect_silence(const Line& line);
  TcpSegment read_segment(Line& line);
  void change(Line& line, std::string_view verb);
  bool compare(Line& line, std::string_view verb);
};

}  // namespace mailcosm::sim
