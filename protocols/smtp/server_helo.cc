// HELO, EHLO and LHLO (RFC 5321 section 4.1.1.1, RFC 2033 section 4.1).
#include <fmt/format.h>

#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {
namespace {

// A line for each extension that is offered.
void append_extensions(ExtensionSet offered, const ServerConfig& config, fmt::memory_buffer& text) {
  for (const ExtensionInfo& info : extensions()) {
    if (!offered.has(info.extension)) continue;
    text.push_back('\n');
    text.append(info.keyword);
    if (info.extension == Extension::kSize) {
      fmt::format_to(fmt::appender(text), " {}", config.limits.message_size_max);
    }
    if (info.extension != Extension::kAuth) continue;
    for (const sasl::Mechanism mechanism : config.mechanisms) {
      text.push_back(' ');
      text.append(sasl::name_of(mechanism));
    }
  }
}

}  // namespace

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
  fmt::memory_buffer text;
  text.append(greeting);
  if (extended_) append_extensions(offered(), *config_, text);
  write_reply({250, {}, {text.data(), text.size()}}, false, output);
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

}  // namespace mailcosm::smtp
