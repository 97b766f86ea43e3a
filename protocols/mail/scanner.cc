#include "protocols/mail/scanner.h"

namespace mailcosm::mail {

void Scanner::skip_fws() {
  for (;;) {
    if (ascii::is_blank(peek())) {
      ++at_;
    } else if (at_ + 2 < text_.size() && text_[at_] == '\r' && text_[at_ + 1] == '\n' &&
               ascii::is_blank(text_[at_ + 2])) {
      at_ += 3;
    } else {
      return;
    }
  }
}

bool Scanner::skip_cfws(std::string* comments) {
  for (;;) {
    skip_fws();
    if (!next_is('(')) return true;
    if (comments && !comments->empty()) comments->push_back(' ');
    if (!comment(comments)) return false;
  }
}

bool Scanner::comment(std::string* output) {
  ++at_;
  int depth = 1;
  while (!at_end()) {
    std::size_t before = at_;
    skip_fws();
    if (at_ != before) {
      if (output) output->push_back(' ');
      continue;
    }
    char c = text_[at_];
    if (c == '\\') {
      if (!quoted_pair(output)) return false;
      continue;
    }
    if (!is_text(c)) return false;
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) {
      ++at_;
      return true;
    }
    if (output) output->push_back(c);
    ++at_;
  }
  return false;
}

std::string_view Scanner::atom() {
  std::size_t begin = at_;
  while (!at_end() && (is_atext(text_[at_]) || (utf8_ && ascii::is_eight_bit(text_[at_])))) ++at_;
  return text_.substr(begin, at_ - begin);
}

bool Scanner::quoted_string(std::string& output) {
  ++at_;
  while (!at_end()) {
    char c = text_[at_];
    if (c == '"') {
      ++at_;
      return true;
    }
    if (c == '\\') {
      if (!quoted_pair(&output)) return false;
    } else if (c == '\r' && at_ + 2 < text_.size() && text_[at_ + 1] == '\n' &&
               ascii::is_blank(text_[at_ + 2])) {
      at_ += 2;
    } else if (is_text(c)) {
      output.push_back(c);
      ++at_;
    } else {
      return false;
    }
  }
  return false;
}

bool Scanner::domain_literal(std::string& output) {
  output.push_back('[');
  ++at_;
  while (!at_end()) {
    skip_fws();
    char c = peek();
    if (at_end() || c == '[') return false;
    if (c == ']') {
      ++at_;
      output.push_back(']');
      return true;
    }
    if (c == '\\') {
      if (!quoted_pair(&output)) return false;
    } else if (is_text(c)) {
      output.push_back(c);
      ++at_;
    } else {
      return false;
    }
  }
  return false;
}

int Scanner::number(int digits_max) {
  int value = 0;
  int digits = 0;
  while (!at_end() && ascii::is_digit(text_[at_]) && digits <= digits_max) {
    value = value * 10 + (text_[at_++] - '0');
    ++digits;
  }
  return digits == 0 || digits > digits_max ? -1 : value;
}

// quoted-pair = "\" (VCHAR / WSP) and obs-qp, which allows every ASCII octet (RFC 5322
// section 4.1).
bool Scanner::quoted_pair(std::string* output) {
  if (at_ + 1 >= text_.size()) return false;
  char c = text_[at_ + 1];
  if (ascii::is_eight_bit(c) && !utf8_) return false;
  if (output) output->push_back(c);
  at_ += 2;
  return true;
}

}  // namespace mailcosm::mail
