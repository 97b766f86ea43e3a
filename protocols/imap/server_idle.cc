#include "protocols/base/ascii.h"
#include "protocols/imap/server_session.h"

namespace mailcosm::imap {

// idle = "IDLE" CRLF "DONE" (RFC 2177 section 4)
ServerSession::Step ServerSession::idle(Lexer& lexer, std::string& output) {
  if (!lexer.at_end()) return bad("Takes no arguments", output);
  output.append("+ Idling; say DONE to end\r\n");
  phase_ = Phase::kIdle;
  // At once, so that it does not depend on when DONE comes.
  mailbox_.write_updates(true, false, output);
  // A client that idles may do so for a long time: it holds no buffer.
  if (buffer_.empty()) buffer_.clear();
  return {};
}

ServerSession::Step ServerSession::idle_line(std::string_view line, std::string& output) {
  if (ascii::equal_ignoring_case(line, "DONE")) return done(output);
  return bad("IDLE ends with DONE", output);
}

}  // namespace mailcosm::imap
