// Limits of SMTP sessions: each with its section of RFC 5321 unless said otherwise, its default,
// and the reply that tells it. All lengths are in octets.
#pragma once

#include <cstddef>
#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::smtp {

struct ServerLimits {
  // 4.5.3.1.4: a command with its CRLF. Extensions lengthen MAIL (see extension.h). Longer:
  // 500 5.5.2.
  std::size_t command_line_length_max = 512;
  // RFC 4954 section 4: a line of an AUTH exchange with its CRLF. Longer: 500 5.5.6.
  std::size_t auth_line_length_max = 12'288;
  // 4.5.3.1.6: a line of the message with its CRLF, without the dot added for transparency. Longer:
  // 554 5.6.0.
  std::size_t text_line_length_max = 1'000;
  // 4.5.3.1.1. Longer: 501 5.1.3 (RCPT), 501 5.1.7 (MAIL).
  std::size_t local_part_length_max = 64;
  // 4.5.3.1.2. Longer: as above, and 501 5.5.4 for EHLO.
  std::size_t domain_length_max = 255;
  // 4.5.3.1.3: with the angle brackets. Longer: as above.
  std::size_t path_length_max = 256;
  // 4.5.3.1.8: at least 100. More: 452 4.5.3 (4.5.3.1.10).
  std::size_t recipients_max = 1'000;
  // 4.5.3.1.7: at least 65,536. Larger: 552 5.3.4, to MAIL if SIZE tells (RFC 1870), else after the
  // message.
  std::uint64_t message_size_max = 10'240'000;
  // 4.3.2, 7.8: the refused command with this number ends the session with 421 4.7.0.
  std::size_t errors_max = 20;
  // 7.8: input that may wait while the agent thinks about a question. More: 421 4.3.2 after the
  // answer.
  std::size_t input_waiting_max = 1'048'576;
  // 4.5.3.2.7: how long the server waits for the client. Then: 421 4.4.2.
  Duration command_timeout = std::chrono::minutes(5);
};

struct ClientLimits {
  // 4.5.3.1.5: a reply line with its CRLF. The RFC grants 512; servers in the field say more in one
  // line, and nothing is gained by hanging up on them. Longer: Closed{kProtocolError}.
  std::size_t reply_line_length_max = 2'048;
  // Lines of one reply. More: Closed{kProtocolError}.
  std::size_t reply_lines_max = 128;
  // 4.5.3.1.8: recipients in one transaction; an envelope with more is a bug of the caller.
  std::size_t recipients_max = 1'000;

  // 4.5.3.2.1 to 4.5.3.2.6: how long to wait for the reply. Then: Closed{kTimeout}.
  Duration greeting_timeout = std::chrono::minutes(5);
  Duration mail_timeout =
      std::chrono::minutes(5);  // also EHLO, AUTH, RSET, QUIT, which the RFC does not name
  Duration rcpt_timeout = std::chrono::minutes(5);
  Duration data_initiation_timeout = std::chrono::minutes(2);
  Duration data_block_timeout = std::chrono::minutes(3);
  Duration data_termination_timeout = std::chrono::minutes(10);
};

}  // namespace mailcosm::smtp
