// Base64 of RFC 4648 section 4, the alphabet of MIME (RFC 2045 section 6.8) and of SASL (RFC 4954
// section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailcosm::base64 {

// Appends the encoding, padded, on one line.
void encode(std::string_view bytes, std::string& output);
std::string encode(std::string_view bytes);
// Puts the encoding of the octets from `start` on in their place. REQUIRES: start <= text.size().
void encode_tail(std::string& text, std::size_t start);

// Strict: alphabet, length and padding must be right and the unused bits zero, and no white space
// may occur.
std::optional<std::string> decode(std::string_view text);
// The same, appended to `output`, which stays as it was if the text is wrong.
bool decode(std::string_view text, std::string& output);

// As RFC 2045 section 6.8 asks of a MIME reader: characters outside the alphabet are skipped, and
// the text ends at the first padding character or at its end. Never fails.
void decode_lenient(std::string_view text, std::string& output);

}  // namespace mailcosm::base64
