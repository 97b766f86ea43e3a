// TcpConnection: one side of a TCP connection (RFC 9293) without input or output: segments and time
// go in; segments, events and one deadline come out.
//
// Whoever drives it calls, after each receive(), expire(), send(), close() or abort(): next() until
// there is no event more, then transmit() until it gives false, and again after handlers have run;
// and expire() when deadline() comes. It knows nothing of addresses and ports. The settings and the
// pool must outlive it.
//
// Loss recovery is RACK with tail loss probes (RFC 8985), proportional rate reduction (RFC 6937)
// and the retransmission timeout (RFC 6298); congestion control is Reno (RFC 5681) or CUBIC (RFC
// 9438).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/host/stream.h"
#include "sim/net/receive_buffer.h"
#include "sim/net/send_buffer.h"
#include "sim/net/tcp_cubic.h"
#include "sim/net/tcp_delayed_ack.h"
#include "sim/net/tcp_prr.h"
#include "sim/net/tcp_rack.h"
#include "sim/net/tcp_rto.h"
#include "sim/net/tcp_scoreboard.h"
#include "sim/net/tcp_segment.h"
#include "sim/net/tcp_settings.h"
#include "sim/net/tcp_state.h"
#include "sim/net/tcp_tail_loss_probe.h"

namespace mailcosm::sim {

// What an event of a connection says to its owner.
struct TcpEvent {
  enum class What : std::uint8_t { kNothing, kConnected, kReceived, kWritable, kEnded, kClosed };
  What what = What::kNothing;
  StreamError error = StreamError::kNone;  // kClosed
  Slice bytes;                             // kReceived
  RecordId cause;
};

class TcpConnection {
 public:
  // RFC 9293 section 3.7.1, MUST-15.
  static constexpr std::uint16_t kMssDefaultIpv4 = 536;
  static constexpr std::uint16_t kMssDefaultIpv6 = 1220;

  struct Start {
    Sequence initial_sequence = 0;
    std::uint16_t mss = 1460;  // what fits into the packets of this network, without options
    std::uint32_t timestamp_offset = 0;  // added to the milliseconds of the run
    ConnectionId id;
    std::uint16_t mss_default = kMssDefaultIpv4;  // of a peer that tells none
  };

  TcpConnection(const TcpSettings& settings, BlockPool& pool, const Start& start);

  // Active open (RFC 9293 section 3.10.1) with the cause that the handshake carries.
  void connect(Instant now, RecordId cause);
  // Passive open by a SYN that has come to a listener. REQUIRES: it has SYN and neither ACK nor
  // RST.
  void accept(const TcpSegment& syn, Instant now);

  void receive(const TcpSegment& segment, Instant now);
  void expire(Instant now);
  Instant deadline() const;
  TcpEvent next();
  // Otherwise next() gives nothing.
  bool has_event() const {
    return tell_connected_ || tell_writable_ || tell_ended_ || tell_closed_ ||
           receive_buffer_.has_ready();
  }
  // Makes the next segment that may leave now; false if there is none.
  bool transmit(TcpSegment& segment, Instant now);
  // False only where transmit() would do nothing; cheap, and mostly false.
  bool may_transmit() const {
    return delayed_ack_.is_due() || send_buffer_.size() != send_next_ - send_unacknowledged_ ||
           fin_queued_ || syn_due_ || reset_due_ || probe_.is_due() || scoreboard_.lost() != 0;
  }

  // Takes everything. Ignored once the connection is over. REQUIRES: close() was not called.
  void send(std::string_view bytes, RecordId cause, Instant now);
  void close(RecordId cause, Instant now);
  // Forgets everything and, if the peer knows of the connection, sends a RST. No event follows.
  void abort(RecordId cause);
  // Nobody listens any more: closes, and waits in FIN-WAIT-2 for a limited time only. REQUIRES:
  // close() was called.
  void orphan(Instant now);

  TcpState state() const { return state_; }
  ConnectionId id() const { return id_; }
  // The handshake is done, or was once.
  bool is_synchronized() const { return state_ >= TcpState::kEstablished; }
  bool is_closed_by_us() const { return fin_queued_; }
  std::size_t queued() const { return send_buffer_.size(); }
  // What has changed since the last call; older ones first.
  struct Transition {
    TcpState from;
    TcpState to;
  };
  bool take_transition(Transition& transition);

  // What a TIME_WAIT record has to keep.
  Sequence next_to_send() const { return send_next_; }
  Sequence next_expected() const { return receive_buffer_.next(); }
  std::uint32_t last_peer_timestamp() const { return peer_timestamp_; }
  bool has_timestamps() const { return timestamps_; }
  std::uint32_t timestamp_offset() const { return timestamp_offset_; }

  // For tests and measurements.
  std::uint32_t congestion_window() const { return window_; }
  std::uint32_t slow_start_threshold() const { return threshold_; }
  const TcpScoreboard& scoreboard() const { return scoreboard_; }
  const TcpRto& rto() const { return rto_; }
  std::uint64_t segments_resent() const { return segments_resent_; }
  std::size_t heap_octets() const { return scoreboard_.heap_octets(); }

 private:
  // Congestion states as the Linux kernel names them.
  enum class Recovery : std::uint8_t { kOpen, kRecovery, kLoss };
  enum class Pending : std::uint8_t { kNothing, kTimeout, kProbe, kReorder, kPersist };

  // tcp_connection.cc
  void enter(TcpState state);
  void end(StreamError error, RecordId cause);
  void fill_header(TcpSegment& segment, std::uint8_t flags, Instant now);
  void add_sack_blocks(TcpSegment& segment);
  void add_early_fin(TcpSegment& segment, std::uint8_t count_max);
  std::uint16_t advertise_window();
  std::uint32_t timestamp(Instant now) const;
  std::uint32_t segment_size() const;

  // tcp_handshake.cc
  void take_options(const TcpSegment& syn, Instant now);
  void receive_in_syn_sent(const TcpSegment& segment, Instant now);
  bool receive_in_syn_received(const TcpSegment& segment, Instant now);
  void become_established(const TcpSegment& segment, Instant now);
  void make_syn(TcpSegment& segment, Instant now);
  void expire_handshake(Instant now);

  // tcp_receive.cc
  bool is_acceptable(const TcpSegment& segment);
  bool passes_checks(const TcpSegment& segment, Instant now);
  bool is_older_than_known(const TcpSegment& segment, Instant now) const;
  void remember_timestamp(const TcpSegment& segment, Instant now);
  void receive_reset(const TcpSegment& segment);
  void challenge(Instant now);
  void receive_text(const TcpSegment& segment, Instant now);
  void grow_receive_window(std::uint32_t octets);

  // tcp_acknowledge.cc
  bool receive_acknowledgment(const TcpSegment& segment, Instant now);
  void update_send_window(const TcpSegment& segment);
  void repeat_window_probe(Instant now);
  void sample_round_trip(const TcpSegment& segment, const TcpScoreboard::Delivered& delivered,
                         Instant now);
  bool take_sack_blocks(const TcpSegment& segment, Sequence acknowledged_before, Instant now,
                        TcpScoreboard::Delivered& delivered);
  void drop_acknowledged(Sequence acknowledgment);
  void count_acknowledged_fin();

  // tcp_recovery.cc
  void judge_losses(const TcpScoreboard::Delivered& delivered, bool advanced, bool duplicate,
                    Instant now);
  void detect_losses(const TcpScoreboard::Delivered& delivered, bool advanced, bool duplicate,
                     Instant now);
  void begin_recovery();
  void end_recovery();
  void grow_window(const TcpScoreboard::Delivered& delivered, Instant now);
  std::uint32_t reduced_threshold();
  void arm_after_acknowledgment(Instant now);

  // tcp_timeout.cc
  void arm_timeout(Instant now);
  void arm_oldest_timeout(Instant now);
  void arm_reorder(Duration wait, Instant now);
  void arm_persist(Instant now);
  void expire_timeout(Instant now);
  bool has_waited_too_long(Instant now) const;

  // tcp_tail_loss_probe.cc
  bool arm_probe(Instant now);
  void expire_probe(Instant now);
  bool transmit_probe(TcpSegment& segment, Instant now);
  void note_probe_answer(const TcpSegment& segment, bool advanced, bool duplicate_reported);

  // tcp_send.cc
  bool transmit_lost(TcpSegment& segment, Instant now);
  bool transmit_new(TcpSegment& segment, Instant now);
  void make_data(TcpSegment& segment, Sequence begin, Sequence end, std::uint8_t what, Instant now);
  void after_sending(Instant now);
  bool may_send_part(std::uint32_t length, std::uint32_t available, std::uint32_t room) const;
  void note_idle_end(Instant now);

  // tcp_close.cc
  void receive_fin(Instant now);
  void enter_time_wait(Instant now);

  const TcpSettings* settings_;
  ConnectionId id_;
  TcpState state_ = TcpState::kClosed;
  Recovery recovery_ = Recovery::kOpen;
  Pending pending_ = Pending::kNothing;

  bool timestamps_ = false;  // agreed with the peer
  bool sack_ = false;        // agreed with the peer
  bool scaling_ = false;     // agreed with the peer
  std::uint8_t send_scale_ = 0;
  std::uint8_t receive_scale_ = 0;
  bool syn_due_ = false;
  bool reset_due_ = false;
  bool reset_answers_ = false;  // the RST answers a segment that fits no connection, and has no ACK
  bool orphaned_ = false;
  bool fin_queued_ = false;
  bool fin_sent_ = false;
  bool fin_acknowledged_ = false;
  bool fin_received_ = false;
  bool fin_is_early_ = false;      // the peer's FIN has come, octets before it have not
  bool fin_is_news_ = false;       // and this has not been reported yet
  bool window_probe_due_ = false;  // persist
  bool window_limited_ = false;

  // Events not yet pulled.
  bool tell_connected_ = false;
  bool tell_writable_ = false;
  bool tell_ended_ = false;
  bool tell_closed_ = false;
  StreamError close_error_ = StreamError::kNone;
  std::uint8_t transition_count_ = 0;
  std::array<Transition, 4> transitions_{};

  // Send side (RFC 9293 section 3.3.1).
  Sequence initial_send_ = 0;           // ISS
  Sequence send_unacknowledged_ = 0;    // SND.UNA
  Sequence send_next_ = 0;              // SND.NXT
  Sequence window_sequence_ = 0;        // SND.WL1
  Sequence window_acknowledgment_ = 0;  // SND.WL2
  std::uint32_t send_window_ = 0;       // SND.WND, octets
  std::uint32_t send_window_max_ = 0;
  std::uint16_t send_mss_ = 536;  // SendMSS less our options
  std::uint16_t own_mss_ = 1460;
  std::uint16_t mss_default_ = kMssDefaultIpv4;
  std::uint32_t small_end_ = 0;  // end of the last segment that was not full, for Nagle's rule

  // Receive side.
  Sequence receive_window_end_ = 0;      // right edge that the peer has been told
  std::uint32_t receive_window_ = 0;     // octets we are ready to take
  Sequence last_acknowledged_ = 0;       // last ACK we sent
  Sequence reset_sequence_ = 0;          // if reset_answers_
  Sequence fin_sequence_ = 0;            // if fin_is_early_
  std::uint32_t peer_timestamp_ = 0;     // TS.Recent
  std::uint32_t peer_timestamp_at_ = 0;  // when it came, in units of 2^30 ns
  std::uint32_t timestamp_offset_ = 0;
  Instant next_challenge_;

  // Congestion window, in segments.
  std::uint32_t window_ = 10;
  std::uint32_t threshold_ = 0x7fffffff;
  std::uint32_t sent_max_ = 0;  // most segments in flight since the window was last judged
  Sequence window_round_end_ = 0;
  Sequence recovery_end_ = 0;     // what was sent before recovery began
  std::uint32_t duplicates_ = 0;  // duplicate acknowledgments of a peer without SACK
  std::uint32_t attempts_ = 0;    // of the SYN or SYN-ACK

  Instant retransmit_at_ = Instant::never();  // meaning: pending_
  Instant quiet_until_ = Instant::never();    // FIN-WAIT-2, TIME-WAIT
  Instant last_sent_;
  Instant
      progress_at_;  // when the peer last acknowledged something new, or had nothing to acknowledge
  Instant syn_sent_at_;

  RecordId handshake_cause_;
  RecordId last_cause_;  // of what we sent last
  RecordId peer_cause_;  // of what came last
  RecordId end_cause_;   // of the peer's FIN
  RecordId close_cause_;
  RecordId fin_cause_;
  std::uint64_t segments_resent_ = 0;

  TcpRto rto_;
  TcpRack rack_;
  TcpTailLossProbe probe_;
  TcpPrr prr_;
  TcpReno reno_;
  TcpCubic cubic_;
  TcpDelayedAck delayed_ack_;
  TcpScoreboard scoreboard_;
  SendBuffer send_buffer_;
  ReceiveBuffer receive_buffer_;
};

}  // namespace mailcosm::sim
