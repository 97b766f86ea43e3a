#include "protocols/mail/mailbox.h"

#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/mail/encoded_word.h"

namespace mailcosm::mail {
namespace {

bool is_white(char c) { return ascii::is_blank(c) || c == '\r' || c == '\n'; }

// What has been read of one item of the list.
struct Item {
  std::string phrase;  // words without quoting, single spaces between them
  std::string raw;     // the same with quoting, for an address without brackets
  std::string comment;
  std::string angle;  // between the angle brackets, with quoting, without comments
  bool has_angle = false;
  bool space = false;  // white space came after the phrase

  bool empty() const { return phrase.empty() && raw.empty() && !has_angle; }
};

// One pass, no recursion: nested comments are counted.
class ListParser {
 public:
  ListParser(std::string_view text, const MailboxLimits& limits) : text_(text), limits_(limits) {}

  std::vector<MailboxGroup> parse() {
    while (at_ < text_.size() && !full()) step(text_[at_]);
    end_item();
    return std::move(groups_);
  }

 private:
  bool full() const {
    return mailboxes_ >= limits_.mailboxes_max || groups_.size() >= limits_.mailboxes_max;
  }

  void step(char c) {
    switch (c) {
      case '(':
        comment();
        return;
      case '"':
        quoted_string(item_.raw, &item_.phrase);
        return;
      case '[':
        literal(item_.raw);
        return;
      case '<':
        angle();
        return;
      case ',':
        end_item();
        ++at_;
        return;
      case ';':
        end_item();
        end_group();
        ++at_;
        return;
      case ':':
        start_group();
        ++at_;
        return;
      default:
        word_character(c);
    }
  }

  void word_character(char c) {
    ++at_;
    if (is_white(c)) {
      item_.space = true;
      return;
    }
    separate();
    item_.phrase.push_back(c);
    item_.raw.push_back(c);
  }

  void separate() {
    if (item_.space && !item_.raw.empty()) {
      item_.phrase.push_back(' ');
      item_.raw.push_back(' ');
    }
    item_.space = false;
  }

  // Appends with quoting to `raw`, without to `content`.
  void quoted_string(std::string& raw, std::string* content) {
    if (content) separate();
    raw.push_back('"');
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) raw.push_back(text_[at_++]);
      if (text_[at_] != '\r' && text_[at_] != '\n') {
        raw.push_back(text_[at_]);
        if (content) content->push_back(text_[at_]);
      }
      ++at_;
    }
    raw.push_back('"');
    if (at_ < text_.size()) ++at_;
  }

  void literal(std::string& raw) {
    if (&raw == &item_.raw) separate();
    std::size_t end = text_.find(']', at_);
    end = end == std::string_view::npos ? text_.size() : end + 1;
    raw += text_.substr(at_, end - at_);
    if (&raw == &item_.raw) item_.phrase += text_.substr(at_, end - at_);
    at_ = end;
  }

  void comment() {
    if (!item_.comment.empty()) item_.comment.push_back(' ');
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '\r' || c == '\n') continue;
      if (c == '\\' && at_ + 1 < text_.size()) {
        c = text_[++at_];
        if (c != '\r' && c != '\n') item_.comment.push_back(c);
        continue;
      }
      if (c == '(' && depth++ == 0) continue;
      if (c == ')' && --depth == 0) break;
      item_.comment.push_back(c);
    }
    if (at_ < text_.size()) ++at_;
    item_.space = true;
  }

  void angle() {
    ++at_;
    item_.has_angle = true;
    item_.space = true;
    item_.angle.clear();
    while (at_ < text_.size() && text_[at_] != '>') {
      char c = text_[at_];
      if (c == '(') {
        comment();
      } else if (c == '"') {
        quoted_string(item_.angle, nullptr);
      } else if (c == '[') {
        literal(item_.angle);
      } else {
        if (c != '\r' && c != '\n') item_.angle.push_back(c);
        ++at_;
      }
    }
    if (at_ < text_.size()) ++at_;
  }

  void start_group() {
    if (in_group_) end_group();
    MailboxGroup group;
    group.has_name = true;
    group.name = std::move(item_.phrase);
    group.comment = std::move(item_.comment);
    groups_.push_back(std::move(group));
    in_group_ = true;
    item_ = {};
  }

  void end_group() { in_group_ = false; }

  void end_item() {
    if (!item_.empty() && !full()) add(make_mailbox());
    item_ = {};
  }

  void add(Mailbox mailbox) {
    if (!in_group_ && (groups_.empty() || groups_.back().has_name)) groups_.emplace_back();
    groups_.back().mailboxes.push_back(std::move(mailbox));
    ++mailboxes_;
  }

  Mailbox make_mailbox() {
    Mailbox mailbox;
    mailbox.comment = std::string(ascii::trim(item_.comment));
    std::string_view spec = item_.raw;
    if (item_.has_angle) {
      mailbox.display_name = std::move(item_.phrase);
      spec = ascii::trim(item_.angle);
      if (!spec.empty() && spec.front() == '@') take_route(spec, mailbox.route);
    }
    if (Result<Address> address = parse_addr_spec(spec, true)) {
      mailbox.local_part = std::move(address->local_part);
      mailbox.host = std::move(address->domain);
      return mailbox;
    }
    mailbox.valid = false;
    std::size_t at = spec.rfind('@');
    mailbox.local_part = spec.substr(0, at);
    if (at != std::string_view::npos) mailbox.host = spec.substr(at + 1);
    return mailbox;
  }

  // obs-route ":": the colon is the first one outside of domain literals.
  static void take_route(std::string_view& spec, std::string& route) {
    bool in_literal = false;
    for (std::size_t i = 0; i < spec.size(); ++i) {
      if (spec[i] == '[') in_literal = true;
      if (spec[i] == ']') in_literal = false;
      if (spec[i] != ':' || in_literal) continue;
      for (char c : spec.substr(0, i)) {
        if (!is_white(c)) route.push_back(c);
      }
      spec.remove_prefix(i + 1);
      return;
    }
  }

  std::string_view text_;
  MailboxLimits limits_;
  std::size_t at_ = 0;
  std::size_t mailboxes_ = 0;
  bool in_group_ = false;
  Item item_;
  std::vector<MailboxGroup> groups_;
};

}  // namespace

std::string Mailbox::name() const {
  return decode_encoded_words(display_name.empty() ? comment : display_name);
}

std::vector<MailboxGroup> parse_address_list(std::string_view text, const MailboxLimits& limits) {
  return ListParser(text, limits).parse();
}

std::vector<Mailbox> parse_mailboxes(std::string_view text, const MailboxLimits& limits) {
  std::vector<Mailbox> mailboxes;
  for (MailboxGroup& group : parse_address_list(text, limits)) {
    for (Mailbox& mailbox : group.mailboxes) mailboxes.push_back(std::move(mailbox));
  }
  return mailboxes;
}

std::string format_mailbox(std::string_view name_utf8, const Address& address) {
  if (name_utf8.empty()) return address.to_string();
  return encode_phrase(name_utf8) + " <" + address.to_string() + '>';
}

}  // namespace mailcosm::mail
