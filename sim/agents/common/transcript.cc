#include "sim/agents/common/transcript.h"

namespace mailcosm::sim {

void Transcript::opened(const Stream& stream, std::string_view peer) {
  connection_ = stream.id();
  HostTrace& trace = runtime_->trace();
  if (!trace.wants(Kind::kSessionOpened)) {
    trace.emit(Kind::kSessionOpened, {});
    return;
  }
  trace.emit(Kind::kSessionOpened,
             {protocol_, side_ == Side::kClient ? "client" : "server", stream.local().to_string(),
              stream.remote().to_string(), peer},
             subject());
}

void Transcript::opened(const Stream& stream) {
  const bool is_wanted = runtime_->trace().wants(Kind::kSessionOpened);
  opened(stream, is_wanted ? stream.remote().address.to_string() : std::string());
}

void Transcript::closed(std::string_view reason) {
  runtime_->trace().emit(Kind::kSessionClosed, {protocol_, reason}, subject());
}

void Transcript::sent(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find("\r\n");
    if (end == std::string_view::npos) {
      unfinished_.append(bytes);
      return;
    }
    const std::string_view line = bytes.substr(0, end);
    if (unfinished_.empty()) {
      runtime_->trace().emit(Kind::kLineSent, {protocol_, line}, subject());
    } else {
      unfinished_.append(line);
      runtime_->trace().emit(Kind::kLineSent, {protocol_, unfinished_}, subject());
      unfinished_.clear();
    }
    bytes.remove_prefix(end + 2);
  }
}

void Transcript::received_line(std::string_view line) {
  HostTrace& trace = runtime_->trace();
  trace.set_cause(trace.emit(Kind::kLineReceived, {protocol_, line}, subject()));
}

void Transcript::sent_data(std::string_view what, std::string_view bytes) {
  runtime_->trace().emit(Kind::kDataSent, {protocol_, what, bytes}, subject());
}

void Transcript::received_data(std::string_view what, std::string_view bytes) {
  HostTrace& trace = runtime_->trace();
  trace.set_cause(trace.emit(Kind::kDataReceived, {protocol_, what, bytes}, subject()));
}

void Transcript::sent_data(std::string_view what, const Content& content) {
  const bool is_wanted = runtime_->trace().wants(Kind::kDataSent);
  sent_data(what, is_wanted ? content.text() : std::string());
}

void Transcript::received_data(std::string_view what, const Content& content) {
  const bool is_wanted = runtime_->trace().wants(Kind::kDataReceived);
  received_data(what, is_wanted ? content.text() : std::string());
}

}  // namespace mailcosm::sim
