// Content-Transfer-Encoding: reading and writing base64 and quoted-printable bodies (RFC 2045
// section 6).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm::mail {

enum class TransferEncoding : std::uint8_t {
  k7bit,
  k8bit,
  kBinary,
  kQuotedPrintable,
  kBase64,
  kUnknown
};

std::string_view to_string(TransferEncoding encoding);
// From a field body in any case, with comments; empty text is 7bit.
TransferEncoding parse_transfer_encoding(std::string_view text);

// Appends the decoded octets; the identity encodings and unknown ones copy. Never fails: damaged
// text is decoded as RFC 2045 sections 6.7 and 6.8 advise.
void decode_body(std::string_view body, TransferEncoding encoding, std::string& output);

// Lines of at most 76 characters (RFC 2045 section 6.8), each with CRLF.
void encode_base64_lines(std::string_view bytes, std::string& output);
// Line ends in `text` are CRLF and stay line ends; all else that is not safe is encoded, lines are
// at most 76 characters.
void encode_quoted_printable(std::string_view text, std::string& output);
void decode_quoted_printable(std::string_view text, std::string& output);

// The weakest encoding that carries a text with CRLF line ends unchanged over a 7-bit transport:
// 7bit or quoted-printable.
TransferEncoding choose_text_encoding(std::string_view text);

}  // namespace mailcosm::mail
