#include "sim/net/tcp_delayed_ack.h"

#include <algorithm>

namespace mailcosm::sim {

void TcpDelayedAck::hurry(std::uint32_t quick_max) {
  quick_ = std::clamp(quick_max, 2u, kQuickMax);
  is_dialogue_ = false;
}

void TcpDelayedAck::ask(Instant now, Duration delay) {
  if (quick_ != 0 && !is_dialogue_) {
    due_ = true;
    return;
  }
  if (deadline_.is_never()) deadline_ = now + delay;
}

void TcpDelayedAck::on_data(Instant now, std::uint32_t octets, std::uint32_t quick_max,
                            Duration delay, Duration timeout) {
  if (last_data_.ns < 0) {
    quick_ = std::clamp(quick_max, 2u, kQuickMax);
  } else if (now - last_data_ > timeout) {
    quick_ = std::max(quick_, std::clamp(quick_max, 2u, kQuickMax));
  }
  last_data_ = now;
  segment_size_ = std::max(segment_size_, octets);
  unacknowledged_ += octets;
  if (unacknowledged_ > segment_size_) {
    due_ = true;
  } else {
    ask(now, delay);
  }
}

void TcpDelayedAck::on_sent_data(Instant now) {
  // Data that follow received data closely make it a dialogue.
  if (last_data_.ns >= 0 && now - last_data_ < std::chrono::milliseconds(40)) is_dialogue_ = true;
}

void TcpDelayedAck::on_sent_ack() {
  if (quick_ != 0) --quick_;
  due_ = false;
  unacknowledged_ = 0;
  deadline_ = Instant::never();
}

}  // namespace mailcosm::sim
