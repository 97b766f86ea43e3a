// FullAccounts: since when accounts have had no room for the mail that came, so that a short
// fullness is answered with 452 and a lasting one with 552 (RFC 5321 section 4.2.3).
//
// Remembered in memory only: after a restart the patience begins anew.
#pragma once

#include <map>
#include <string>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

class FullAccounts {
 public:
  explicit FullAccounts(Duration grace) : grace_(grace) {}

  // The account had no room at `now`. True once that has been so for the grace, without mail taken
  // in between; at once if the grace is zero.
  bool refused(const std::string& login, Instant now) {
    const Instant since = since_.emplace(login, now).first->second;
    return now - since >= grace_;
  }
  // The account took mail.
  void took(const std::string& login) { since_.erase(login); }

 private:
  Duration grace_;
  std::map<std::string, Instant> since_;  // by login
};

}  // namespace mailcosm::sim
