#include <algorithm>

#include "protocols/base/check.h"
#include "protocols/imap/server_session.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {

using namespace server;

// SP sequence-set. `found` is false if it names a message that is not there.
bool ServerSession::read_targets(Lexer& lexer, bool& found) {
  positions_.clear();
  uids_.clear();
  at_ = 0;
  missing_ = false;
  if (!lexer.take_space() || !lexer.take_sequence_set(set_, config_->limits.sequence_ranges_max))
    return false;
  found = mailbox_.find(set_, by_uid_, positions_);
  return true;
}

// store = "STORE" SP sequence-set SP ["+" / "-"] "FLAGS" [".SILENT"] SP (flag-list / (flag *(SP
// flag)))
ServerSession::Step ServerSession::store(Lexer& lexer, std::string& output) {
  const auto wrong = [&] { return bad("STORE takes a set of messages and flags", output); };
  bool found = false;
  if (!read_targets(lexer, found) || !lexer.take_space()) return wrong();
  store_mode_ = lexer.take('+')   ? StoreMode::kAdd
                : lexer.take('-') ? StoreMode::kRemove
                                  : StoreMode::kReplace;
  if (!lexer.take_word("FLAGS")) return wrong();
  silent_ = lexer.take_word(".SILENT");
  if (!lexer.take_space()) return wrong();
  if (!(lexer.peek() == '(' ? lexer.take_flag_list(flags_) : lexer.take_flags(flags_)))
    return wrong();
  if (!lexer.at_end()) return wrong();
  if (!found) return bad("No such message", output);
  if (read_only_)
    return finish(Condition::kNo, ResponseCode::kCannot, "The mailbox is read-only", output);
  for (std::uint32_t position : positions_) {
    const SelectedMailbox::Entry& entry = mailbox_.at(position);
    if (entry.gone) {
      missing_ = true;
    } else {
      uids_.push_back(entry.info.uid);
    }
    // A silent STORE hides what it does, and nothing that others do meanwhile.
    if (silent_ && !entry.flags_changed) {
      expected_.push_back(apply(store_mode_, entry.info.flags, flags_));
    } else if (silent_) {
      expected_.emplace_back(SystemFlag::kRecent).keywords.emplace_back();  // equals no flags
    }
  }
  if (uids_.empty()) return finish_run(output);
  return ask(Question::kStore);
}

void ServerSession::answer_store(const Verdict& verdict, std::string& output) {
  if (verdict.condition != Condition::kOk) {
    finish(verdict, output);
    return;
  }
  if (silent_) {
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      if (mailbox_.at(positions_[i]).info.flags == expected_[i]) mailbox_.flags_told(positions_[i]);
    }
    finish_run(output);
    return;
  }
  // The new flags are told as FETCH would.
  std::erase_if(positions_, [this](std::uint32_t position) { return mailbox_.at(position).gone; });
  items_.clear();
  if (by_uid_) items_.emplace_back().kind = FetchItem::Kind::kUid;
  items_.emplace_back().kind = FetchItem::Kind::kFlags;
  phase_ = Phase::kFetch;
}

// copy = "COPY" SP sequence-set SP mailbox; MOVE is the same (RFC 6851 section 3).
ServerSession::Step ServerSession::copy(Lexer& lexer, std::string& output) {
  bool found = false;
  if (!read_targets(lexer, found) || !lexer.take_space() || !lexer.take_mailbox(name_) ||
      !lexer.at_end()) {
    return bad("Takes a set of messages and a mailbox name", output);
  }
  if (!found) return bad("No such message", output);
  if (verb_ == Command::kMove && read_only_) {
    return finish(Condition::kNo, ResponseCode::kCannot, "The mailbox is read-only", output);
  }
  for (std::uint32_t position : positions_) {
    const SelectedMailbox::Entry& entry = mailbox_.at(position);
    if (!entry.gone) uids_.push_back(entry.info.uid);
  }
  // All or nothing (RFC 3501 section 6.4.7).
  missing_ = uids_.size() < positions_.size();
  if (uids_.empty() || (missing_ && !by_uid_)) return finish_run(output);
  return ask(Question::kCopy);
}

// [COPYUID ...] comes with the tagged OK of COPY, and before the EXPUNGEs of MOVE (RFC 6851
// section 4.3).
void ServerSession::answer(const Copied& copied, Instant now, std::string& output) {
  if (phase_ == Phase::kClosed) return;
  CHECK(question_ == Question::kCopy);
  CHECK(copied.source_uids.size() == copied.target_uids.size());
  now_ = now;
  question_ = Question::kNone;
  if (copied.source_uids.empty()) {
    done(output);
    return;
  }
  std::string code = "COPYUID ";
  append_number(copied.uid_validity, code);
  code.push_back(' ');
  compressed({copied.source_uids.begin(), copied.source_uids.end()}).append_to(code);
  code.push_back(' ');
  compressed({copied.target_uids.begin(), copied.target_uids.end()}).append_to(code);
  if (verb_ == Command::kCopy) {
    done_with(code, output);
    return;
  }
  output.append("* OK [").append(code).append("] Moved\r\n");
  done(output);
}

// EXPUNGE, and "UID EXPUNGE" SP sequence-set (RFC 4315 section 2.1)
ServerSession::Step ServerSession::expunge(Lexer& lexer, std::string& output) {
  uids_.clear();
  positions_.clear();
  if (by_uid_) {
    bool found = false;
    if (!read_targets(lexer, found) || !lexer.at_end()) return bad("Takes a set of UIDs", output);
  } else {
    if (!lexer.at_end()) return bad("Takes no arguments", output);
    for (std::uint32_t i = 0; i < mailbox_.exists(); ++i) positions_.push_back(i);
  }
  if (read_only_)
    return finish(Condition::kNo, ResponseCode::kCannot, "The mailbox is read-only", output);
  for (std::uint32_t position : positions_) {
    const SelectedMailbox::Entry& entry = mailbox_.at(position);
    if (!entry.gone && entry.info.flags.has(SystemFlag::kDeleted)) uids_.push_back(entry.info.uid);
  }
  if (uids_.empty()) return done(output);
  return ask(Question::kExpunge);
}

}  // namespace mailcosm::imap
