// Messages to parse, of the kinds that mail systems see; the same ones in every run.
#pragma once

#include <string>
#include <vector>

namespace mailcosm::bench {

// 4,000 DNS responses with compressed names, 207 octets in the mean: MX with servers and addresses,
// long TXT, A, PTR with a referral's servers, NXDOMAIN with SOA; each with OPT.
std::vector<std::string> dns_corpus();

// About 1 MB of messages: plain text, alternatives, attachments in base64, messages within
// messages; long headers, some octets that are not ASCII.
std::vector<std::string> mime_corpus();

std::size_t octets_of(const std::vector<std::string>& messages);

}  // namespace mailcosm::bench
