#include <algorithm>

#include "protocols/base/base64.h"
#include "protocols/imap/client_session.h"
#include "protocols/imap/wire_splitter.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {
namespace {

// RFC 7888 section 5.
constexpr std::uint64_t kUnaskedLiteralMax = 4'096;

}  // namespace

void ClientSession::write_requests(std::string& output) {
  if (phase_ == Phase::kIdle) {
    if (!done_wanted_ || done_said_) return;
    output.append("DONE\r\n");
    done_said_ = true;
    sent_since_ = true;
    rearm();
    return;
  }
  while (sent_ < requests_.size() && may_send(sent_)) {
    Request& request = requests_[sent_++];
    begin(request, output);
    sent_since_ = true;
    rearm();
  }
}

bool ClientSession::may_send(std::size_t index) const {
  if (phase_ != Phase::kReady || writing_) return false;
  return index == 0 || (requests_[index].pipelines && requests_[index - 1].pipelines);
}

void ClientSession::begin(Request& request, std::string& output) {
  if (request.command == Command::kLogin) choose_login(request);
  if (request.command == Command::kSelect || request.command == Command::kExamine) {
    selected_ = {};
    selected_.read_only = request.command == Command::kExamine;
  }
  output.push_back('A');
  append_number(request.id, output);
  output.push_back(' ');
  written_ = 0;
  literal_octets_ = 0;
  write_on(request, output);
}

void ClientSession::choose_login(Request& request) {
  sasl_.reset();
  std::string offered;
  for (const sasl::MechanismInfo& mechanism : sasl::mechanisms()) {
    std::string capability = "AUTH=";
    capability.append(mechanism.name);
    if (has_capability(capability)) offered.append(mechanism.name).append(" ");
  }
  const auto mechanism = sasl::choose(offered);
  if (!request.sasl_wanted || !mechanism) {
    request.text = "LOGIN ";
    append_string(request.credentials.login, request.text);
    request.text.push_back(' ');
    append_string(request.credentials.password, request.text);
    return;
  }
  request.command = Command::kAuthenticate;
  request.text = "AUTHENTICATE ";
  request.text.append(sasl::name_of(*mechanism));
  sasl_.emplace(*mechanism, request.credentials);
  std::string response;
  if (!has_capability("SASL-IR") || !sasl_->has_initial_response() || !sasl_->respond({}, response))
    return;
  request.text.push_back(' ');
  if (response.empty()) {
    request.text.push_back('=');
  } else {
    base64::encode(response, request.text);
  }
}

// Writes up to the end, or up to a literal that the server must ask for first. In the text a CRLF
// stands only behind an announcement, and inside of the literals themselves.
void ClientSession::write_on(const Request& request, std::string& output) {
  const std::string& text = request.text;
  writing_ = false;
  for (;;) {
    const std::size_t end = text.find("\r\n", std::min(written_ + literal_octets_, text.size()));
    if (end == std::string::npos) break;
    LiteralAnnouncement literal;
    find_literal(std::string_view(text).substr(0, end), literal);
    output.append(text, written_, end - written_);
    const bool unasked = has_capability("LITERAL+") ||
                         (has_capability("LITERAL-") && literal.size <= kUnaskedLiteralMax);
    if (unasked) output.insert(output.size() - 1, 1, '+');
    output.append("\r\n");
    written_ = end + 2;
    literal_octets_ = static_cast<std::size_t>(literal.size);
    if (!unasked) {
      writing_ = true;
      return;
    }
  }
  output.append(text, written_);
  if (request.content) request.content.append_to(output);
  output.append("\r\n");
  written_ = text.size();
}

}  // namespace mailcosm::imap
