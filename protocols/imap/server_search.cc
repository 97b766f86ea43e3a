#include <numeric>

#include "protocols/base/ascii.h"
#include "protocols/imap/server_session.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {

using namespace server;

// search = "SEARCH" [SP "CHARSET" SP astring] 1*(SP search-key)
ServerSession::Step ServerSession::search(Lexer& lexer, std::string& output) {
  if (!lexer.take_space()) return bad("SEARCH takes keys", output);
  if (lexer.take_word("CHARSET ")) {
    std::string charset;
    if (!lexer.take_astring(charset) || !lexer.take_space())
      return bad("CHARSET takes a name", output);
    if (!ascii::equal_ignoring_case(charset, "UTF-8") &&
        !ascii::equal_ignoring_case(charset, "US-ASCII")) {
      write_tagged(Condition::kNo, "BADCHARSET (US-ASCII UTF-8)", "Charset is not known", output);
      end_command();
      return {};
    }
  }
  const ServerLimits& limits = config_->limits;
  if (!program_.take_keys(
          lexer, {limits.search_depth_max, limits.search_keys_max, limits.sequence_ranges_max})) {
    return bad("SEARCH keys are not as they should be", output);
  }
  const std::size_t exists = mailbox_.exists();
  program_.resolve(static_cast<SequenceNumber>(exists), mailbox_.largest_uid());
  positions_.resize(exists);
  std::iota(positions_.begin(), positions_.end(), 0u);
  at_ = 0;
  phase_ = Phase::kSearch;
  return {};
}

ServerSession::Step ServerSession::search_step(std::string& output) {
  for (; at_ < positions_.size(); ++at_) {
    const std::uint32_t position = positions_[at_];
    const SelectedMailbox::Entry& entry = mailbox_.at(position);
    if (entry.gone) continue;
    const auto outcome = program_.match({&entry.info, position + 1, nullptr});
    if (outcome == SearchProgram::Outcome::kNeedsContent) return ask(Question::kContent);
    if (outcome == SearchProgram::Outcome::kYes)
      found_.push_back(by_uid_ ? entry.info.uid : position + 1);
  }
  output.append("* SEARCH");
  for (std::uint32_t number : found_) {
    output.push_back(' ');
    append_number(number, output);
  }
  output.append("\r\n");
  return done(output);
}

}  // namespace mailcosm::imap
