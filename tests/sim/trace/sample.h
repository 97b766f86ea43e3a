// A small trace with every kind, every sort of value and several hosts, for the tests of this
// folder.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/trace/recorder.h"
#include "sim/trace/trace_reader.h"
#include "sim/trace/trace_writer.h"

namespace mailcosm::sim {

inline TraceHeader sample_header() {
  TraceHeader header;
  header.epoch = WallTime{1'767'603'600'000'000'000};  // 2026-01-05 09:00:00 UTC
  header.hosts = {
      {"laptop.red.com", {*IpAddress::parse("192.0.2.1")}},
      {"mx.blue.com", {*IpAddress::parse("198.51.100.7"), *IpAddress::parse("2001:db8::7")}},
      {"router", {}}};
  return header;
}

// Values of the n-th record of a kind, of the right types.
inline OwnedRecord sample_record(Kind kind, int n) {
  constexpr std::string_view kTexts[] = {"", "MAIL FROM:<alice@red.com>",
                                         "caf\xc3\xa9 \"quoted\" \\ \x01", "\xff\xfe not UTF-8",
                                         "<1@red.com>"};
  OwnedRecord record;
  record.kind = kind;
  record.values.resize(info_of(kind).fields.size());
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const std::size_t pick = (i + static_cast<std::size_t>(n)) % std::size(kTexts);
    OwnedValue& value = record.values[i];
    switch (info_of(kind).fields[i].type) {
      case FieldType::kText:
        value.text = kTexts[pick];
        break;
      case FieldType::kBytes:
        value.text = std::string(kTexts[pick]) + std::string(1, '\0');
        break;
      case FieldType::kNumber:
        value.number = n % 2 == 0 ? -7 : INT64_MAX;
        break;
      case FieldType::kDuration:
        value.number = 20'000'000;
        break;
      case FieldType::kInstant:
        value.number = n % 2 == 0 ? INT64_MAX : 5;
        break;
      case FieldType::kFlag:
        value.number = n % 2;
        break;
    }
  }
  return record;
}

// All kinds, `rounds` times, from all hosts and the world, numbered and linked as a run would do
// it.
inline std::vector<OwnedRecord> sample_records(int rounds) {
  std::vector<OwnedRecord> records;
  std::uint64_t counts[4][kLayers] = {};
  std::int64_t time = 0;
  for (int round = 0; round < rounds; ++round) {
    for (int number = 0; number < kKinds; ++number) {
      OwnedRecord record = sample_record(static_cast<Kind>(number), round + number);
      const auto slot = static_cast<std::uint32_t>((round + number) % 4);
      record.host = slot == 3 ? kWorld : slot;
      const Layer layer = info_of(record.kind).layer;
      record.id = RecordId(record.host, layer, ++counts[slot][static_cast<int>(layer)]);
      record.time = Instant{time += number * 1000};
      if (number % 3 == 0 && !records.empty()) record.causes.push_back(records.back().id);
      if (number % 9 == 0 && !records.empty()) record.causes.push_back(records.front().id);
      if (number % 2 == 0) record.connection = ConnectionId::of(1, 7);
      if (number % 5 == 0) record.message = "<1@red.com>";
      records.push_back(std::move(record));
    }
  }
  return records;
}

inline std::string written(TraceFormat format, const std::vector<OwnedRecord>& records,
                           const TraceWriterOptions& options = {},
                           const TraceHeader& header = sample_header()) {
  StringSink sink;
  const auto writer = make_trace_writer(format, sink, header, options);
  for (const OwnedRecord& record : records) writer->accept(RecordView(record).record());
  if (!writer->finish()) return "the writer failed";
  return sink.bytes();
}

struct ReadBack {
  std::vector<OwnedRecord> records;
  TraceHeader header;
  std::uint64_t skipped = 0;
  std::uint64_t digest = 0;
  Error error;  // empty if all went well
};

inline ReadBack read_back(std::string_view bytes, std::size_t step = 65'536,
                          const TraceLimits& limits = {}) {
  ReadBack back;
  StringSource source(bytes, step);
  auto reader = open_trace(source, limits);
  if (!reader) {
    back.error = reader.error();
    return back;
  }
  back.header = (*reader)->header();
  OwnedRecord record;
  while (true) {
    const Result<bool> more = (*reader)->next(record);
    if (!more) back.error = more.error();
    if (!more || !*more) break;
    back.records.push_back(record);
  }
  back.skipped = (*reader)->skipped();
  back.digest = (*reader)->digest();
  return back;
}

}  // namespace mailcosm::sim
