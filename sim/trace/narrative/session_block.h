// SessionBlock: one session as its client sees it, with the message it was opened for and the
// look-ups before it.
//
// A session that fetches mail is two steps: logging in and asking, then fetching.
#pragma once

#include "sim/trace/narrative/block.h"
#include "sim/trace/narrative/excerpt.h"

namespace mailcosm::sim::narrative {

class SessionBlock final : public Block {
 public:
  SessionBlock(HostIndex host, Instant begin, const NarrativeOptions& options);

  // What comes before the session.
  void composed(const Record& record);
  void lookup_started(const Record& record);
  // Any record of the DNS that belongs to a look-up of this block.
  void dns(const Record& record, const Names& names);
  void lookup_answered(const Record& record, const Names& names);

  void opened(const Record& record, const Names& names);
  // Lines, data and the end of the client's side. `lines_shown`: of a message that passes.
  void dialogue(const Record& record, std::size_t lines_shown);
  void note(const Record& record);
  // The client has asked for mail: the fetching is a step of its own.
  void checked(const Record& record);

  void add(const Record& record, Outcome outcome) override;
  std::vector<Step> tell(const Names& names, const Memory& memory) override;

  bool is_composed() const { return composed_; }
  bool is_open() const { return opened_; }
  ConnectionId connection() const { return connection_; }
  // The message was submitted in another session, which was open already. Ends the wait for one of
  // its own.
  void submitted_along() {
    submitted_along_ = true;
    close();
  }
  // Becomes the follow-up of a submission, by the same person about the same message.
  void follow(SessionBlock& submission);
  // The rest of a session of which a part was told already.
  // The dialogue rests for so long that it is told now; what follows is told as a continuation.
  void pause() { paused_ = true; }
  bool paused() const { return paused_; }
  // Whose device it probably is, as long as the session itself has not told.
  void assume_user(std::string_view user, std::string_view device);
  void continue_session(ConnectionId connection, std::string_view protocol, std::string_view peer,
                        std::string_view user, std::string_view device);
  const std::string& protocol() const { return protocol_; }
  const std::string& peer() const { return peer_; }
  const std::string& user() const { return user_; }
  const std::string& device() const { return device_; }

 private:
  Step& current() { return steps_.back(); }
  void line(Mark mark, std::string_view text);
  void take_excerpt();
  void touch_step(Instant now);
  void learn_mailbox(std::string_view line);
  bool is_other_side(const Record& record) const;
  void learn_user(const Record& record);
  bool retrieves() const { return protocol_ == "pop3" || protocol_ == "imap"; }
  std::string heading(const Names& names, const Memory& memory) const;
  std::string submission_heading(const Names& names) const;
  std::string delivery_heading(const Names& names, const Memory& memory) const;
  std::string retrieval_heading(const Names& names) const;
  std::string fetch_heading(const Names& names) const;
  std::string continued_heading(const Names& names) const;
  std::string client_name(const Names& names) const;

  const NarrativeOptions& options_;
  std::vector<Step> steps_;
  Excerpt excerpt_;
  std::size_t excerpt_lines_ = 0;
  std::vector<std::string> servers_asked_;  // for the look-up under way

  ConnectionId connection_;
  std::string protocol_, peer_;
  std::string user_, device_, recipients_, subject_, looked_up_;
  bool composed_ = false;
  bool opened_ = false;
  bool continued_ = false;
  bool authenticates_ = false;
  bool deletes_ = false;
  bool submitted_along_ = false;
  bool paused_ = false;
  bool delivers_ = false;  // somebody's mail was taken
  bool fails_ = false;     // somebody's was not
  bool loopback_ = false;
  bool other_side_closed_ = false;
  bool asks_ = false;     // for new mail
  bool changes_ = false;  // flags, or where messages lie
  std::string filed_in_;  // mailbox that the client appended to
  std::int64_t fetched_ = 0;
};

}  // namespace mailcosm::sim::narrative
