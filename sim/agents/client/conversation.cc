#include "sim/agents/client/conversation.h"

#include <utility>

#include "sim/agents/common/output.h"

namespace mailcosm::sim {

Conversation::Conversation(Runtime& runtime, AddressLookup& addresses,
                           const MailClientConfig& config, std::string_view protocol,
                           ServerAddress server)
    : runtime_(runtime),
      addresses_(addresses),
      config_(config),
      server_(std::move(server)),
      transcript_(runtime, protocol, Transcript::Side::kClient),
      timer_(runtime, *this) {}

Conversation::~Conversation() {
  if (lookup_ != 0) addresses_.cancel(lookup_);
}

void Conversation::open() { lookup_ = addresses_.lookup(server_.host, *this); }

void Conversation::on_addresses(std::uint64_t, const AddressResult& result) {
  lookup_ = 0;
  if (result.status != LookupStatus::kFound) {
    set_ending(Ending::Kind::kBroken, server_.host + ": " + std::string(to_string(result.status)));
    return finish();
  }
  candidates_ = result.addresses;
  connect_next();
}

void Conversation::connect_next() {
  stream_.reset();
  timer_.disarm();
  if (next_candidate_ == candidates_.size()) return finish();
  const Endpoint remote{candidates_[next_candidate_++], server_.port};
  timer_.arm_after(config_.connect_timeout);
  stream_ = runtime_.connect(remote, *this);
}

void Conversation::on_connected() {
  established_ = true;
  transcript_.opened(*stream_, server_.host);
  begin(runtime_.now());
  pump();
}

void Conversation::on_received(std::string_view bytes) {
  receive(bytes, runtime_.now());
  pump();
}

void Conversation::on_writable() {
  if (!established_) return;
  writable();
  pump();
}

void Conversation::on_end() {
  end_of_input(runtime_.now());
  pump();
}

void Conversation::on_closed(StreamError error) {
  const std::string reason = stream_->remote().to_string() + ": " + std::string(to_string(error));
  if (!established_) {
    set_ending(Ending::Kind::kBroken, reason);
    return connect_next();
  }
  // Lets the engine report what it leaves undone.
  end_of_input(runtime_.now());
  pumping_ = true;
  while (step() == Step::kGoOn) {
  }
  pumping_ = false;
  transcript_.closed(to_string(error));
  set_ending(Ending::Kind::kBroken, reason);
  finish();
}

void Conversation::on_timer(std::uint64_t) {
  if (stream_) runtime_.trace().add_cause(stream_->trouble());
  if (!established_) {
    set_ending(Ending::Kind::kBroken, stream_->remote().to_string() + ": no answer");
    return connect_next();
  }
  if (runtime_.now() >= deadline()) expire(runtime_.now());
  pump();
}

void Conversation::pump() {
  // A request made while an event is handled is taken up by the loop that is running.
  if (pumping_ || !established_) return;
  pumping_ = true;
  Step last = Step::kGoOn;
  while (last == Step::kGoOn) last = step();
  pumping_ = false;
  flush();
  if (last == Step::kNeedMore) {
    timer_.arm(deadline());
    return;
  }
  stream_->close();
  transcript_.closed(ending_.reason);
  finish();
}

void Conversation::finish() {
  // over() may destroy this object.
  const Ending ending = ending_;
  over(ending);
}

std::string_view Conversation::unreported_output() {
  const std::string_view unreported = std::string_view(output_).substr(reported_);
  reported_ = output_.size();
  return unreported;
}

void Conversation::flush() {
  if (!output_.empty()) send_output(*stream_, output_);
  reported_ = 0;
}

}  // namespace mailcosm::sim
