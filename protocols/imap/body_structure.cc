#include "protocols/imap/body_structure.h"

#include "protocols/base/ascii.h"
#include "protocols/imap/envelope.h"
#include "protocols/imap/write.h"
#include "protocols/mail/envelope.h"

namespace mailcosm::imap {
namespace {

using mail::Part;
using Kind = mail::Part::Kind;

constexpr std::string_view kImpliedCharset = R"("CHARSET" "us-ascii")";

class Writer {
 public:
  Writer(const mail::MimeTree& tree, bool extended, std::string& output)
      : tree_(tree), extended_(extended), output_(output) {}

  void append_part(const Part& part) {
    output_.push_back('(');
    if (part.kind == Kind::kMultipart) {
      append_multipart(part);
    } else {
      append_single(part);
    }
    output_.push_back(')');
  }

 private:
  // body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
  void append_multipart(const Part& part) {
    for (std::uint32_t child : part.children) append_part(tree_.part(child));
    if (part.children.empty()) {
      output_.append(
          extended_
              ? R"(("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 0 0 NIL NIL NIL NIL))"
              : R"(("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 0 0))");
    }
    output_.push_back(' ');
    append_string(ascii::to_upper(part.content_type.subtype), output_);
    if (!extended_) return;
    output_.push_back(' ');
    append_parameters(part.content_type.parameters);
    append_extension(part);
  }

  // body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
  void append_single(const Part& part) {
    const bool message = part.kind == Kind::kMessage && !part.children.empty();
    const mail::ContentType& type = part.content_type;
    // Only a message that has been looked into may be said to be one: its envelope must follow.
    const bool opaque = !message && type.is("message", "rfc822");
    append_string(opaque ? "APPLICATION" : ascii::to_upper(type.type), output_);
    output_.push_back(' ');
    append_string(opaque ? "OCTET-STREAM" : ascii::to_upper(type.subtype), output_);
    output_.push_back(' ');
    append_fields(part);
    if (message) {
      const Part& inner = tree_.part(part.children.front());
      output_.push_back(' ');
      append_envelope(mail::make_envelope(inner.header), output_);
      output_.push_back(' ');
      append_part(inner);
    }
    if (message || type.type == "text") {
      output_.push_back(' ');
      append_number(part.body_lines, output_);
    }
    if (!extended_) return;
    output_.push_back(' ');
    append_field(part, "Content-MD5");
    append_extension(part);
  }

  // body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
  void append_fields(const Part& part) {
    // What is not said is said here, as other servers do (RFC 2045 section 5.2).
    const bool implied =
        part.content_type.type == "text" && part.content_type.parameters.find("charset") == nullptr;
    append_parameters(part.content_type.parameters, implied ? kImpliedCharset : std::string_view());
    output_.push_back(' ');
    append_field(part, "Content-ID");
    output_.push_back(' ');
    append_field(part, "Content-Description");
    output_.push_back(' ');
    const mail::Field* encoding = part.header.find("Content-Transfer-Encoding");
    const std::string value =
        encoding != nullptr && part.encoding == mail::TransferEncoding::kUnknown
            ? encoding->value()
            : std::string(mail::to_string(part.encoding));
    append_string(ascii::to_upper(value), output_);
    output_.push_back(' ');
    append_number(part.body_extent.size, output_);
  }

  // SP body-fld-dsp SP body-fld-lang SP body-fld-loc
  void append_extension(const Part& part) {
    output_.push_back(' ');
    if (part.disposition) {
      output_.push_back('(');
      append_string(ascii::to_upper(part.disposition->type), output_);
      output_.push_back(' ');
      append_parameters(part.disposition->parameters);
      output_.push_back(')');
    } else {
      output_.append("NIL");
    }
    output_.push_back(' ');
    append_languages(part);
    output_.push_back(' ');
    append_field(part, "Content-Location");
  }

  // body-fld-lang = nstring / "(" string *(SP string) ")"; Content-Language is a list of tags (RFC
  // 3282).
  void append_languages(const Part& part) {
    const std::string value = part.header.value_of("Content-Language");
    std::string_view rest = value;
    std::string list;
    std::size_t count = 0;
    while (!rest.empty()) {
      const std::string_view tag = ascii::trim(ascii::take_until(rest, ','));
      if (tag.empty()) continue;
      if (++count > 1) list.push_back(' ');
      append_string(tag, list);
    }
    if (count == 0) {
      output_.append("NIL");
    } else if (count == 1) {
      output_.append(list);
    } else {
      output_.append("(").append(list).append(")");
    }
  }

  void append_parameters(const mail::Parameters& parameters, std::string_view implied = {}) {
    std::string_view separator = "(";
    for (const auto& [name, value] : parameters.raw) {
      output_.append(separator);
      append_string(ascii::to_upper(name), output_);
      output_.push_back(' ');
      append_string(value, output_);
      separator = " ";
    }
    if (!implied.empty()) output_.append(separator).append(implied);
    output_.append(parameters.raw.empty() && implied.empty() ? "NIL" : ")");
  }

  void append_field(const Part& part, std::string_view name) {
    const mail::Field* field = part.header.find(name);
    if (field == nullptr) {
      output_.append("NIL");
    } else {
      append_string(field->value(), output_);
    }
  }

  const mail::MimeTree& tree_;
  bool extended_;
  std::string& output_;
};

}  // namespace

void append_body_structure(const mail::MimeTree& tree, bool extended, std::string& output) {
  Writer(tree, extended, output).append_part(tree.root());
}

}  // namespace mailcosm::imap
