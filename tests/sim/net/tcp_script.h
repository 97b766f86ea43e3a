// A script for one TcpConnection in the manner of packetdrill: segments are injected and expected
// at exact times.
//
// Our sequence numbers start at 1000 and the peer's at 5000; scripts use numbers relative to these.
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

  explicit TcpScript(const TcpSettings& the_settings = plain_settings())
      : settings(the_settings),
        connection(settings, pool, {kOurs, 1460, 0, ConnectionId::of(0, 1)}) {}

  // Without timestamps, so that scripts stay short; with SACK and Reno; timers fire exactly.
  static TcpSettings plain_settings() {
    TcpSettings settings;
    settings.timestamps = false;
    settings.congestion_control = CongestionControl::kReno;
    settings.timer_tick = Duration(0);
    return settings;
  }

  // "S" SYN, "F" FIN, "R" RST, "P" PSH, "." ACK.
  static std::uint8_t flags_of(std::string_view text) {
    std::uint8_t flags = 0;
    for (char c : text) {
      flags = static_cast<std::uint8_t>(flags | (c == 'S'   ? tcp_flag::kSyn
                                                 : c == 'F' ? tcp_flag::kFin
                                                 : c == 'R' ? tcp_flag::kRst
                                                 : c == 'P' ? tcp_flag::kPsh
                                                            : tcp_flag::kAck));
    }
    return flags;
  }

  TcpSegment segment(std::string_view flags, Sequence sequence, std::string_view payload = {},
                     Sequence ack = 0) {
    TcpSegment made;
    made.flags = flags_of(flags);
    made.sequence = kTheirs + sequence;
    made.acknowledgment = made.has(tcp_flag::kAck) ? kOurs + ack : 0;
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
      made.sack[made.sack_count++] = {kOurs + block.begin, kOurs + block.end};
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

  // What was sent since the last call: "S. 0 ack 1 len 0 | ...", with times if asked for.
  std::string take_sent() {
    std::string text;
    for (const TcpSegment& made : sent) {
      if (!text.empty()) text += " | ";
      if (made.has(tcp_flag::kSyn)) text += "S";
      if (made.has(tcp_flag::kFin)) text += "F";
      if (made.has(tcp_flag::kRst)) text += "R";
      if (made.has(tcp_flag::kPsh)) text += "P";
      if (made.has(tcp_flag::kAck)) text += ".";
      text += " " + std::to_string(made.sequence - kOurs);
      if (made.has(tcp_flag::kAck)) text += " ack " + std::to_string(made.acknowledgment - kTheirs);
      if (!made.payload.empty()) text += " len " + std::to_string(made.payload.size());
      for (std::uint8_t i = 0; i < made.sack_count; ++i) {
        text += " sack " + std::to_string(made.sack[i].begin - kTheirs) + "-" +
                std::to_string(made.sack[i].end - kTheirs);
      }
    }
    sent.clear();
    return text;
  }
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

  TcpSettings settings;
  BlockPool pool;
  TcpConnection connection;
  Instant now{1'000'000'000};
  std::uint16_t window = 60'000;
  std::uint8_t window_scale = TcpSegment::kNoWindowScale;
  bool sack = true;
  std::vector<TcpSegment> sent;
  std::string received;
  std::string events;
};

}  // namespace mailcosm::sim
