// Encoded words: text that is not ASCII in header fields (RFC 2047).
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::mail {

// An unfolded or folded field body as UTF-8. White space between adjacent encoded words goes away
// (section 6.2); words of unknown charsets and damaged ones stay as they are.
std::string decode_encoded_words(std::string_view text);

// UTF-8 text for an unstructured field: itself if it is printable ASCII that no reader could take
// for an encoded word, else encoded words of at most 75 characters, separated by single spaces
// (section 2), cut between characters.
std::string encode_text(std::string_view utf8);
// The same for a phrase such as a display name: a bare or quoted string if ASCII will do (section 5
// rule 3).
std::string encode_phrase(std::string_view utf8);

}  // namespace mailcosm::mail
