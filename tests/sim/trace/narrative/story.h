// Story: emits the records that agents would emit, so that the narrative can be tested without
// them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/trace/narrative/narrative.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

class Story {
 public:
  explicit Story(const std::vector<std::pair<std::string, std::string>>& hosts,
                 const NarrativeOptions& options = {})
      : header_(header_of(hosts)), recorder_(hosts.size()), narrative_(sink_, header_, options) {
    recorder_.set_depth(Layer::kProtocol);
    recorder_.add_sink(narrative_);
  }

  HostIndex host(std::string_view name) const {
    for (std::size_t i = 0; i < header_.hosts.size(); ++i) {
      if (header_.hosts[i].name == name) return static_cast<HostIndex>(i);
    }
    return kWorld;
  }
  std::string address(std::string_view name) const {
    return header_.hosts[host(name)].addresses[0].to_string();
  }

  void at(Duration time) { recorder_.set_time(Instant{} + time); }
  void wait(Duration time) { at(Duration(now_ += time.count())); }

  RecordId emit(std::string_view host_name, Kind kind, std::initializer_list<Value> values,
                const Subject& subject = {}) {
    const std::span<const RecordId> causes(&cause_, cause_.is_none() ? 0 : 1);
    return recorder_.emit(host(host_name), kind, causes, subject, values);
  }
  void set_cause(RecordId cause) { cause_ = cause; }

  // A dialogue between two hosts: ">" by the client, "<" by the server, "=" content by the client,
  // "#" by the server.
  void open(ConnectionId id, std::string_view protocol, std::string_view client,
            std::string_view server, int port) {
    session_ = {id, std::string(protocol), std::string(client), std::string(server)};
    const std::string local = address(client) + ":49152";
    const std::string remote = address(server) + ":" + std::to_string(port);
    emit(client, Kind::kSessionOpened, {protocol, "client", local, remote, server}, subject());
    emit(server, Kind::kSessionOpened, {protocol, "server", remote, local, client}, subject());
  }
  void say(std::string_view line) {
    wait(std::chrono::milliseconds(5));
    const bool by_client = line[0] == '>' || line[0] == '=';
    const std::string& from = by_client ? session_.client : session_.server;
    const std::string& to = by_client ? session_.server : session_.client;
    const std::string_view text = line.substr(1);
    if (line[0] == '=' || line[0] == '#') {
      emit(from, Kind::kDataSent, {session_.protocol, "message", text}, subject());
      set_cause(emit(to, Kind::kDataReceived, {session_.protocol, "message", text}, subject()));
    } else {
      emit(from, Kind::kLineSent, {session_.protocol, text}, subject());
      set_cause(emit(to, Kind::kLineReceived, {session_.protocol, text}, subject()));
    }
  }
  void close() {
    emit(session_.client, Kind::kSessionClosed, {session_.protocol, ""}, subject());
    emit(session_.server, Kind::kSessionClosed, {session_.protocol, ""}, subject());
  }
  Subject subject() const { return {session_.id, message_}; }
  void set_message(std::string_view message) { message_ = message; }

  // One question over UDP and its answer.
  void ask(std::string_view asker, std::string_view server, std::string_view question,
           std::string_view answer) {
    query(asker, server, question);
    wait(std::chrono::milliseconds(10));
    reply(asker, server, answer);
  }
  void query(std::string_view asker, std::string_view server, std::string_view question) {
    const std::string to = address(server) + ":53", from = address(asker) + ":50000";
    set_cause(emit(asker, Kind::kDnsSent, {to, "udp", "query", 7, question}));
    set_cause(emit(server, Kind::kDnsReceived, {from, "udp", "query", 7, question}));
  }
  void reply(std::string_view asker, std::string_view server, std::string_view answer) {
    const std::string to = address(server) + ":53", from = address(asker) + ":50000";
    set_cause(emit(server, Kind::kDnsSent, {from, "udp", "response", 7, answer}));
    set_cause(emit(asker, Kind::kDnsReceived, {to, "udp", "response", 7, answer}));
  }

  // Ends the run and gives the narrative.
  std::string text() {
    EXPECT_TRUE(narrative_.finish());
    return sink_.bytes();
  }
  const std::string& so_far() const { return sink_.bytes(); }

 private:
  struct Session {
    ConnectionId id;
    std::string protocol, client, server;
  };
  static TraceHeader header_of(const std::vector<std::pair<std::string, std::string>>& hosts) {
    TraceHeader header;
    header.epoch = WallTime{1'767'603'600'000'000'000};
    for (const auto& [name, address] : hosts)
      header.hosts.push_back({name, {*IpAddress::parse(address)}});
    return header;
  }

  TraceHeader header_;
  Recorder recorder_;
  StringSink sink_;
  Narrative narrative_;
  Session session_;
  std::string message_;
  RecordId cause_;
  std::int64_t now_ = 0;
};

}  // namespace mailcosm::sim
