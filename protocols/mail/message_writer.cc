#include "protocols/mail/message_writer.h"

#include "protocols/mail/charset.h"
#include "protocols/mail/date.h"
#include "protocols/mail/encoded_word.h"
#include "protocols/mail/header.h"
#include "protocols/mail/mailbox.h"
#include "protocols/mail/transfer_encoding.h"

namespace mailcosm::mail {

MessageWriter& MessageWriter::field(std::string_view name, std::string_view value) {
  append_field(name, value, output_);
  return *this;
}

MessageWriter& MessageWriter::text_field(std::string_view name, std::string_view utf8) {
  append_field(name, encode_text(utf8), output_);
  return *this;
}

MessageWriter& MessageWriter::addresses(std::string_view name,
                                        std::span<const NamedAddress> addresses) {
  std::string list;
  for (const NamedAddress& named : addresses) {
    if (!list.empty()) list += ", ";
    list += format_mailbox(named.name, named.address);
  }
  append_field(name, list, output_);
  return *this;
}

MessageWriter& MessageWriter::date(WallTime wall_time, int zone_minutes) {
  append_field("Date", format_date(wall_time, zone_minutes), output_);
  return *this;
}

MessageWriter& MessageWriter::raw_body(std::string_view body) {
  output_ += "\r\n";
  output_ += body;
  return *this;
}

MessageWriter& MessageWriter::text_body(std::string_view utf8) {
  std::string text = with_crlf(utf8);
  TransferEncoding encoding = choose_text_encoding(text);
  field("MIME-Version", "1.0");
  field("Content-Type",
        is_ascii(text) ? "text/plain; charset=us-ascii" : "text/plain; charset=utf-8");
  field("Content-Transfer-Encoding", to_string(encoding));
  output_ += "\r\n";
  if (encoding == TransferEncoding::kQuotedPrintable) {
    encode_quoted_printable(text, output_);
  } else {
    output_ += text;
  }
  return *this;
}

std::string with_crlf(std::string_view text) {
  std::string output;
  output.reserve(text.size() + text.size() / 32 + 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' && text[i] != '\n') {
      output.push_back(text[i]);
      continue;
    }
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    output += "\r\n";
  }
  if (!output.empty() && !output.ends_with("\r\n")) output += "\r\n";
  return output;
}

}  // namespace mailcosm::mail
