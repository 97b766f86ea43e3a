// TrafficSummary: what became of all mails of a run, in a few numbers: how many there were, how
// long they took, and how long queues have been.
//
// Keeps some tens of octets for each mail and each delivery, and nothing of their contents.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"
#include "sim/world/expectations/delay_numbers.h"
#include "sim/world/expectations/deliveries.h"

namespace mailcosm::sim {

class TrafficSummary final : public RecordSink {
 public:
  // The header must outlive it.
  explicit TrafficSummary(const TraceHeader& header)
      : header_(header), queued_(header.hosts.size()) {}

  void accept(const Record& record) override;

  struct Numbers {
    std::uint64_t mails = 0;           // that somebody has written
    std::uint64_t recipients = 0;      // of them, together
    std::uint64_t delivered = 0;       // into mailboxes, for a recipient each
    std::uint64_t bounced = 0;         // recipients given up by an MTA
    std::uint64_t refused = 0;         // mails that a submission server did not take
    std::uint64_t deferred = 0;        // deliveries that had to wait
    std::uint64_t queued = 0;          // messages that lie in queues at the end
    std::uint64_t queue_peak = 0;      // messages in all queues at the same time, at most
    expectations::DelayNumbers delay;  // from writing to the mailbox; zero if nothing is there
  };
  Numbers numbers() const;
  // For people; lines that end with LF.
  std::string text() const;

 private:
  void move_queue(HostIndex host, bool in);

  const TraceHeader& header_;
  Numbers counts_;
  expectations::Deliveries deliveries_{{}};  // all of them
  std::vector<std::uint64_t> queued_;        // by host
  std::uint64_t host_peak_ = 0;
  HostIndex host_of_peak_ = kWorld;
};

}  // namespace mailcosm::sim
