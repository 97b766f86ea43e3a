// Makes records of a small made-up run, for the tests of this folder.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/owned_record.h"
#include "sim/trace/recorder.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim::view {

// Hosts 0 laptop.red.com, 1 mx.blue.com, 2 internet.
inline TraceHeader small_header() {
  TraceHeader header;
  header.epoch = WallTime{1'767'603'600'000'000'000};
  header.hosts = {{"laptop.red.com", {*IpAddress::parse("192.0.2.1")}},
                  {"mx.blue.com", {*IpAddress::parse("198.51.100.7")}},
                  {"internet", {}}};
  return header;
}

// Keeps what is emitted.
class SmallRun final : private RecordSink {
 public:
  explicit SmallRun(const TraceHeader& header = small_header())
      : recorder(header.hosts.size()), header_(header) {
    recorder.set_depth(Layer::kPacket);
    recorder.add_sink(*this);
  }

  RecordId emit(HostIndex host, Kind kind, std::initializer_list<Value> values,
                std::vector<RecordId> causes = {}, const Subject& subject = {}) {
    return recorder.emit(host, kind, causes, subject, values);
  }
  void at(Duration time) { recorder.set_time(Instant{} + time); }

  void declare() {
    emit(kWorld, Kind::kRunStarted, {"A <small> run", 7, 1'767'603'600, "about it", "the lesson"});
    emit(kWorld, Kind::kHostDeclared, {"laptop.red.com", "client", "red.com", "192.0.2.1"});
    emit(kWorld, Kind::kHostDeclared, {"mx.blue.com", "mta", "blue.com", "198.51.100.7"});
    emit(kWorld, Kind::kHostDeclared, {"internet", "router", "", ""});
    emit(kWorld, Kind::kLinkDeclared,
         {"laptop.red.com", "internet", 10'000'000, 1'000'000, 10'000});
    emit(kWorld, Kind::kLinkDeclared, {"internet", "mx.blue.com", 20'000'000, 0, 0});
  }

  // A session that the laptop opens to the MX, with one line and its reply.
  void dialogue(std::string_view line, std::string_view reply) {
    const Subject subject{ConnectionId::of(0, 1), "<1@red.com>"};
    emit(0, Kind::kSessionOpened,
         {"smtp", "client", "192.0.2.1:50000", "198.51.100.7:25", "mx.blue.com"}, {}, subject);
    emit(1, Kind::kSessionOpened,
         {"smtp", "server", "198.51.100.7:25", "192.0.2.1:50000", "192.0.2.1"}, {}, subject);
    at(std::chrono::milliseconds(1));
    const RecordId sent = emit(0, Kind::kLineSent, {"smtp", line}, {}, subject);
    at(std::chrono::milliseconds(31));
    const RecordId got = emit(1, Kind::kLineReceived, {"smtp", line}, {sent}, subject);
    emit(1, Kind::kLineSent, {"smtp", reply}, {got}, subject);
    at(std::chrono::milliseconds(61));
    emit(0, Kind::kLineReceived, {"smtp", reply}, {got}, subject);
    emit(0, Kind::kSessionClosed, {"smtp", "QUIT"}, {}, subject);
  }

  const std::vector<OwnedRecord>& records() const { return records_; }
  const TraceHeader& header() const { return header_; }
  void hand_to(RecordSink& sink) const {
    for (const OwnedRecord& record : records_) sink.accept(RecordView(record).record());
  }

  Recorder recorder;

 private:
  void accept(const Record& record) override { records_.push_back(OwnedRecord::copy_of(record)); }

  TraceHeader header_;
  std::vector<OwnedRecord> records_;
};

// Text that would do harm if a format took it for its own.
inline constexpr std::string_view kHostile =
    "</script><script>alert(1)</script><!-- ]]> & \" ' ` ``` %%{init: {}}%% ; # \\ "
    "\xe2\x80\xae right to left \x01 \xff @enduml !include /etc/passwd [[http://x]] **b** $$x$$ "
    "\r\nend\r\n";

}  // namespace mailcosm::sim::view
