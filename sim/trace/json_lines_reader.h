// JsonLinesReader: reads the JSON Lines form of the trace. Keys come in the order in which the
// writer puts them; unknown keys and lines are skipped.
#pragma once

#include <optional>

#include "sim/trace/digest_check.h"
#include "sim/trace/input_buffer.h"
#include "sim/trace/json_cursor.h"
#include "sim/trace/trace_reader.h"

namespace mailcosm::sim {

class JsonLinesReader final : public TraceReader {
 public:
  JsonLinesReader(InputBuffer&& input, const TraceLimits& limits)
      : input_(std::move(input)), limits_(limits) {}

  // Call once, first.
  [[nodiscard]] Result<void> read_header();

  TraceFormat format() const override { return TraceFormat::kJsonLines; }
  const TraceHeader& header() const override { return header_; }
  Result<bool> next(OwnedRecord& record) override;
  std::uint64_t skipped() const override { return skipped_; }
  std::uint64_t digest() const override { return digest_; }

 private:
  enum class Found : std::uint8_t { kRecord, kNothing, kEnd };

  // False at the end of the file; errors stand in error_.
  bool take_line(std::string_view& line);
  bool fail(std::string_view what, std::size_t offset_in_line);
  bool parse_header(JsonCursor& cursor);
  bool parse_hosts(JsonCursor& cursor);
  bool parse_host_entry(JsonCursor& cursor);
  bool parse_line(JsonCursor& cursor, OwnedRecord& record, Found& found);
  bool parse_record(JsonCursor& cursor, OwnedRecord& record, Found& found);
  bool parse_member(JsonCursor& cursor, OwnedRecord& record);
  bool parse_kind(JsonCursor& cursor, OwnedRecord& record);
  bool parse_causes(JsonCursor& cursor, OwnedRecord& record);
  bool parse_fields(JsonCursor& cursor, OwnedRecord& record);
  bool parse_digests(JsonCursor& cursor, bool end);
  bool parse_host_digests(JsonCursor& cursor);
  bool read_octets(JsonCursor& cursor, std::string& output);
  bool read_value(JsonCursor& cursor, FieldType type, OwnedValue& value);
  bool read_digest(JsonCursor& cursor, std::uint64_t& digest);

  InputBuffer input_;
  TraceLimits limits_;
  TraceHeader header_;
  std::optional<DigestCheck> check_;
  std::optional<Error> error_;
  std::string key_;   // scratch space
  std::string text_;  // scratch space
  std::uint64_t line_number_ = 0;
  std::uint64_t line_offset_ = 0;
  std::uint64_t skipped_ = 0;
  std::uint64_t digest_ = 0;
  bool kind_known_ = false;
  bool ended_ = false;
};

}  // namespace mailcosm::sim
