#include "sim/agents/dns/dns_connection.h"

namespace mailcosm::sim {

DnsConnection::DnsConnection(Runtime& runtime, std::unique_ptr<Stream> stream,
                             DnsConnectionOwner& owner, std::uint64_t number, Duration idle_max)
    : stream_(std::move(stream)),
      owner_(owner),
      number_(number),
      idle_max_(idle_max),
      remote_(stream_->remote()),
      transcript_(runtime, "dns-tcp", Transcript::Side::kServer),
      timer_(runtime, *this) {
  stream_->set_handler(*this);
  transcript_.opened(*stream_, "");
  timer_.arm_after(idle_max_);
}

void DnsConnection::on_received(std::string_view bytes) {
  if (closing_) return;
  framer_.receive(bytes);
  timer_.arm_after(idle_max_);
  take_messages();
}

void DnsConnection::take_messages() {
  if (taking_) return;
  taking_ = true;
  while (open_ < kOpenMax && !closing_) {
    const auto message = framer_.next();
    if (!message) break;
    ++open_;
    owner_.on_query(number_, *message);
  }
  taking_ = false;
  if (!ended_ || open_ > 0 || closing_) return;
  closing_ = true;
  stream_->close();
}

void DnsConnection::answer(std::string_view message) {
  --open_;
  if (closing_) return;
  if (stream_->queued() > kQueuedMax) {
    closing_ = true;
    timer_.arm_after(Duration(0));
    return;
  }
  framed_.clear();
  dns::append_framed(message, framed_);
  stream_->send(framed_);
  timer_.arm_after(idle_max_);
  take_messages();
}

void DnsConnection::drop() {
  --open_;
  take_messages();
}

void DnsConnection::on_end() {
  ended_ = true;
  take_messages();
}

void DnsConnection::on_closed(StreamError error) { end(to_string(error)); }

// Without a close() before, destroying the stream resets the connection.
void DnsConnection::on_timer(std::uint64_t) { end(closing_ ? "client does not read" : "idle"); }

void DnsConnection::end(std::string_view reason) {
  transcript_.closed(reason);
  owner_.on_over(number_);
}

}  // namespace mailcosm::sim
