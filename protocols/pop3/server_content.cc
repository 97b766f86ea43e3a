// What is long: listings, and messages in pieces.
#include "protocols/base/ascii.h"
#include "protocols/pop3/decimal.h"
#include "protocols/pop3/server_session.h"

namespace mailcosm::pop3 {

void ServerSession::list(std::string_view argument, bool has_argument, std::string& output) {
  if (has_argument) {
    const MessageNumber number = message_of(argument, output);
    if (number == 0) return;
    output.append("+OK ");
    write_item(number, output);
    return;
  }
  output.append("+OK ");
  write_totals(output);
  at_ = 1;
  task_ = Task::kContinueListing;
}

void ServerSession::write_item(MessageNumber number, std::string& output) const {
  const MaildropEntry& entry = maildrop_[number - 1];
  append_decimal(number, output);
  output.push_back(' ');
  if (command_ == Command::kUidl) {
    output.append(entry.unique_id);
  } else {
    append_decimal(entry.size, output);
  }
  output.append("\r\n");
}

void ServerSession::continue_listing(std::string& output) {
  const std::size_t full = output.size() + config_->limits.output_chunk_length;
  for (; at_ <= maildrop_.size(); ++at_) {
    if (output.size() >= full) return;
    if (!deleted_[at_ - 1]) write_item(at_, output);
  }
  output.append(".\r\n");
  task_ = Task::kReadLine;
}

void ServerSession::retrieve(std::string_view argument, std::string& output) {
  cutter_ = TopCutter();
  const std::string_view number_text =
      command_ == Command::kTop ? ascii::take_until(argument, ' ') : argument;
  if (command_ == Command::kTop) {
    const std::optional<std::uint64_t> lines = ascii::parse_unsigned(argument);
    if (!lines)
      return error(ResponseCode::kNone, "message number and number of lines expected", output);
    cutter_ = TopCutter(*lines);
  }
  const MessageNumber number = message_of(number_text, output);
  if (number == 0) return;
  at_ = number;
  content_offset_ = 0;
  content_announced_ = false;
  encoder_ = ContentEncoder();
  task_ = Task::kAskContent;
}

// Three calls: the status line, the content alone, and then what follows.
std::optional<server::Event> ServerSession::send_content(std::string& output) {
  if (!content_announced_) {
    content_announced_ = true;
    output.append("+OK ");
    if (command_ == Command::kTop) {
      output.append("top of message follows\r\n");
    } else {
      append_decimal(maildrop_[at_ - 1].size, output);
      output.append(" octets\r\n");
    }
    return server::MoreOutput{};
  }
  const std::string_view bytes = content_.bytes.substr(0, cutter_.keep(content_.bytes));
  task_ = content_.last || cutter_.done() ? Task::kEndContent : Task::kAskContent;
  content_offset_ += content_.bytes.size();
  content_ = {};
  if (bytes.empty()) return std::nullopt;
  encoder_.append(bytes, output);
  return server::ContentSent{at_, bytes};
}

void ServerSession::end_content(std::string& output) {
  encoder_.finish(output);
  task_ = Task::kReadLine;
}

}  // namespace mailcosm::pop3
