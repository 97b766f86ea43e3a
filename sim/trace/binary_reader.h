// BinaryReader: reads the binary form of the trace. The file brings its own table of kinds; what is
// not known here is skipped, and fields are matched by name.
#pragma once

#include <optional>

#include "protocols/base/bytes.h"
#include "sim/trace/binary_format.h"
#include "sim/trace/digest_check.h"
#include "sim/trace/input_buffer.h"
#include "sim/trace/trace_reader.h"

namespace mailcosm::sim {

class BinaryReader final : public TraceReader {
 public:
  BinaryReader(InputBuffer&& input, const TraceLimits& limits)
      : input_(std::move(input)), limits_(limits), remembered_(binary::kRemembered) {}

  // Call once, first.
  [[nodiscard]] Result<void> read_header();

  TraceFormat format() const override { return TraceFormat::kBinary; }
  const TraceHeader& header() const override { return header_; }
  Result<bool> next(OwnedRecord& record) override;
  std::uint64_t skipped() const override { return skipped_; }
  std::uint64_t digest() const override { return digest_; }

 private:
  struct FileField {
    FieldType type = FieldType::kText;
    int place = -1;  // in our table; -1: not known here
  };
  struct FileKind {
    std::optional<Kind> kind;
    Layer layer = Layer::kStory;
    std::vector<FileField> fields;
  };

  // The body of the next item, in the input.
  bool take_item(std::string_view& body);
  bool fail(std::string_view what);
  bool parse_header(ByteReader& body, std::uint32_t version);
  bool parse_kind(ByteReader& body, bool& comparable, std::size_t number);
  bool parse_field(ByteReader& body, FileKind& kind);
  bool parse_hosts(ByteReader& body);
  bool parse_host(ByteReader& body);
  bool parse_record(ByteReader& body, const FileKind& kind, OwnedRecord& record);
  bool parse_id(ByteReader& body, Layer layer, OwnedRecord& record);
  bool parse_causes(ByteReader& body, OwnedRecord& record);
  bool parse_subject(ByteReader& body, OwnedRecord& record);
  bool parse_values(ByteReader& body, const FileKind& kind, OwnedRecord& record);
  bool parse_string(ByteReader& body, std::string& output);
  bool parse_digests(ByteReader& body, bool end);

  InputBuffer input_;
  TraceLimits limits_;
  TraceHeader header_;
  std::vector<FileKind> kinds_;
  std::optional<DigestCheck> check_;
  std::optional<binary::Counts> counts_;
  std::vector<std::string> remembered_;
  std::size_t next_place_ = 0;
  Instant last_time_;
  std::optional<Error> error_;
  std::string ignored_;  // scratch space
  std::uint64_t item_offset_ = 0;
  std::uint64_t skipped_ = 0;
  std::uint64_t digest_ = 0;
  bool ended_ = false;
};

}  // namespace mailcosm::sim
