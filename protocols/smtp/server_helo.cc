// HELO, EHLO and LHLO (RFC 5321 section 4.1.1.1, RFC 2033 section 4.1).
#include <fmt/format.h>

#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {

ServerEvent ServerSession::helo(Command command, std::string_view arguments) {
  helo_command_ = command;
  return ask(Question::kHelo, HeloAsked{arguments, command != Command::kHelo});
}

void ServerSession::answer_helo(const Reply& given, std::string& output) {
  if (given.code >= 300) {
    write_reply({given.code, {}, given.text.empty() ? "Refused" : given.text}, false, output);
    return;
  }
  // RFC 5321 section 4.1.4: a new EHLO resets the session as RSET does.
  end_transaction();
  extended_ = helo_command_ != Command::kHelo;
  state_ = transition_of(state_, helo_command_).next;
  // RFC 2034 section 4: no enhanced status in the reply to HELO or EHLO.
  const std::string_view greeting =
      given.text.empty() ? std::string_view(config_->host_name) : given.text;
  if (extended_) {
    write_reply({250, {}, fmt::format("{}{}", greeting, extension_lines())}, false, output);
  } else {
    write_reply({250, {}, greeting}, false, output);
  }
}

ExtensionSet ServerSession::offered() const {
  ExtensionSet set;
  if (!extended_) return set;
  set.add(Extension::kPipelining);
  set.add(Extension::kSize);
  set.add(Extension::kEightBitMime);
  set.add(Extension::kEnhancedStatusCodes);
  if (!config_->mechanisms.empty()) set.add(Extension::kAuth);
  set.add(Extension::kHelp);
  return set;
}

std::string ServerSession::extension_lines() const {
  std::string lines;
  const ExtensionSet set = offered();
  for (const ExtensionInfo& info : extensions()) {
    if (!set.has(info.extension)) continue;
    lines += '\n';
    lines += info.keyword;
    if (info.extension == Extension::kSize) {
      lines += fmt::format(" {}", config_->limits.message_size_max);
    }
    if (info.extension == Extension::kAuth) {
      for (const sasl::Mechanism mechanism : config_->mechanisms) {
        lines += ' ';
        lines += sasl::name_of(mechanism);
      }
    }
  }
  return lines;
}

}  // namespace mailcosm::smtp
