#include "protocols/dns/master_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "protocols/base/ascii.h"
#include "protocols/dns/rdata_text.h"

namespace mailcosm::dns {
namespace {

constexpr std::size_t kWordsMax =
    65'536;  // in one entry: more than a TXT record of 64 KiB can have

// One entry: a logical line, cut into words.
struct Entry {
  std::vector<Word> words;
  bool blank_owner = false;
};

// Cuts the text into entries (RFC 1035 section 5.1).
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // False at the end of the text, and after an error.
  bool next(Entry& entry);
  const std::optional<Error>& error() const { return error_; }

 private:
  bool fail(const char* what, std::size_t offset) {
    error_ = Error{what, offset};
    return false;
  }
  bool take_quoted(Entry& entry);
  void take_word(Entry& entry);

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<Error> error_;
};

bool Scanner::take_quoted(Entry& entry) {
  const std::size_t begin = ++at_;
  while (at_ < text_.size() && text_[at_] != '"') {
    if (text_[at_] == '\n') break;
    at_ += text_[at_] == '\\' ? 2 : 1;
  }
  if (at_ >= text_.size() || text_[at_] != '"')
    return fail("quoted string does not end", begin - 1);
  entry.words.push_back({text_.substr(begin, at_ - begin), begin, true});
  ++at_;
  return true;
}

void Scanner::take_word(Entry& entry) {
  const std::size_t begin = at_;
  constexpr std::string_view kEnds = " \t\r\n;()\"";
  while (at_ < text_.size() && kEnds.find(text_[at_]) == std::string_view::npos) {
    // An escape takes the next character along, except over the end of a line.
    at_ += text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2 : 1;
  }
  entry.words.push_back({text_.substr(begin, at_ - begin), begin, false});
}

bool Scanner::next(Entry& entry) {
  entry.words.clear();
  if (error_ || at_ >= text_.size()) return false;
  entry.blank_owner = ascii::is_blank(text_[at_]);
  std::size_t opened_at = 0;
  bool open = false;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (entry.words.size() > kWordsMax) return fail("entry has too many words", at_);
    if (c == '\n') {
      ++at_;
      if (!open) return true;
    } else if (ascii::is_blank(c) || c == '\r') {
      ++at_;
    } else if (c == ';') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '(') {
      if (open) return fail("parentheses do not nest", at_);
      open = true;
      opened_at = at_++;
    } else if (c == ')') {
      if (!open) return fail("')' without '('", at_);
      open = false;
      ++at_;
    } else if (c == '"') {
      if (!take_quoted(entry)) return false;
    } else {
      take_word(entry);
    }
  }
  if (open) return fail("'(' is not closed", opened_at);
  return true;
}

// Seconds, or numbers with units as in 1w2d3h4m5s.
std::optional<std::uint32_t> parse_ttl(std::string_view text) {
  std::uint64_t total = 0;
  std::size_t at = 0;
  if (text.empty()) return std::nullopt;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    const auto number = ascii::parse_unsigned(text.substr(at, end - at), kTtlMax);
    if (!number) return std::nullopt;
    std::uint64_t unit = 1;
    if (end < text.size()) {
      constexpr std::string_view kUnits = "smhdw";
      constexpr std::uint64_t kSeconds[] = {1, 60, 3600, 86'400, 604'800};
      const std::size_t which = kUnits.find(ascii::to_lower(text[end]));
      if (which == std::string_view::npos) return std::nullopt;
      unit = kSeconds[which];
    } else if (at > 0) {
      return std::nullopt;  // a number without unit behind others
    }
    total += *number * unit;
    if (total > kTtlMax) return std::nullopt;
    at = end + 1;
  }
  return static_cast<std::uint32_t>(total);
}

class Parser {
 public:
  Parser(std::string_view text, const MasterFileOptions& options)
      : scanner_(text),
        options_(options),
        origin_(options.origin),
        default_ttl_(options.default_ttl) {}

  Result<std::vector<Record>> run();

 private:
  Result<void> take_directive(const std::vector<Word>& words);
  Result<void> take_record(const Entry& entry);
  // TTL, class and type in front of the data; moves `at` behind them.
  Result<void> take_head(std::span<const Word> words, std::size_t& at, Record& record);
  Result<void> settle_ttl(Record& record, std::size_t offset);
  const NameView* origin() {
    if (!origin_) return nullptr;
    origin_view_ = origin_->view();
    return &origin_view_;
  }

  Scanner scanner_;
  const MasterFileOptions& options_;
  std::optional<Name> origin_;
  NameView origin_view_;
  std::optional<std::uint32_t> default_ttl_;
  std::optional<std::uint32_t> last_ttl_;
  std::optional<std::uint32_t> stated_ttl_;  // of the record in work
  std::optional<Name> last_owner_;
  std::optional<Class> last_class_;
  std::vector<Record> records_;
};

Result<void> Parser::take_directive(const std::vector<Word>& words) {
  const std::string_view name = words[0].text;
  const bool is_origin = ascii::equal_ignoring_case(name, "$ORIGIN");
  const bool is_ttl = ascii::equal_ignoring_case(name, "$TTL");
  if (ascii::equal_ignoring_case(name, "$INCLUDE"))
    return Error{"$INCLUDE is not allowed here", words[0].offset};
  if (!is_origin && !is_ttl)
    return Error{fmt::format("unknown directive '{}'", name), words[0].offset};
  if (words.size() != 2) return Error{fmt::format("{} takes one value", name), words[0].offset};
  if (is_ttl) {
    default_ttl_ = parse_ttl(words[1].text);
    if (!default_ttl_)
      return Error{fmt::format("'{}' is not a TTL", words[1].text), words[1].offset};
    return {};
  }
  auto new_origin = parse_word_name(words[1], origin());
  if (!new_origin) return new_origin.error();
  origin_ = std::move(*new_origin);
  return {};
}

Result<void> Parser::take_head(std::span<const Word> words, std::size_t& at, Record& record) {
  stated_ttl_.reset();
  std::optional<Class> stated_class;
  for (; at < words.size(); ++at) {
    const Word& word = words[at];
    if (!stated_ttl_ && !word.text.empty() && ascii::is_digit(word.text[0])) {
      stated_ttl_ = parse_ttl(word.text);
      if (!stated_ttl_) return Error{fmt::format("'{}' is not a TTL", word.text), word.offset};
      continue;
    }
    const auto rclass = class_of(word.text);
    if (!stated_class && rclass && *rclass != Class::kAny && *rclass != Class::kNone) {
      stated_class = rclass;
      continue;
    }
    const auto type = type_of(word.text);
    if (!type) return Error{fmt::format("unknown record type '{}'", word.text), word.offset};
    if (is_meta(*type))
      return Error{fmt::format("{} cannot stand in a zone", to_string(*type)), word.offset};
    record.type = *type;
    record.rclass = stated_class.value_or(last_class_.value_or(Class::kIn));
    last_class_ = record.rclass;
    ++at;
    return {};
  }
  return Error{"record type is missing", words.back().offset};
}

Result<void> Parser::settle_ttl(Record& record, std::size_t offset) {
  if (stated_ttl_) last_ttl_ = stated_ttl_;
  // RFC 2308 section 4: $TTL counts; without it the last explicitly stated TTL (RFC 1035
  // section 5.1).
  std::optional<std::uint32_t> ttl = stated_ttl_    ? stated_ttl_
                                     : default_ttl_ ? default_ttl_
                                                    : last_ttl_;
  if (!ttl && record.type == Type::kSoa) {
    const auto soa = soa_of(record.rdata);
    ttl = last_ttl_ = std::min(soa->minimum, kTtlMax);
  }
  if (!ttl) return Error{"TTL is missing and there is no $TTL", offset};
  record.ttl = *ttl;
  return {};
}

Result<void> Parser::take_record(const Entry& entry) {
  Record record;
  std::size_t at = 0;
  if (entry.blank_owner) {
    if (!last_owner_) return Error{"the first record has no owner", entry.words[0].offset};
    record.owner = *last_owner_;
  } else {
    auto owner = parse_word_name(entry.words[0], origin());
    if (!owner) return owner.error();
    record.owner = std::move(*owner);
    last_owner_ = record.owner;
    at = 1;
    if (entry.words.size() == 1) return Error{"record type is missing", entry.words[0].offset};
  }
  if (auto head = take_head(entry.words, at, record); !head) return head;
  const std::span<const Word> words = std::span<const Word>(entry.words).subspan(at);
  if (words.empty()) {
    return Error{fmt::format("data of {} is missing", to_string(record.type)),
                 entry.words.back().offset};
  }
  auto rdata = parse_rdata(record.type, words, origin());
  if (!rdata) return rdata.error();
  record.rdata = std::move(*rdata);
  if (auto ttl = settle_ttl(record, entry.words[0].offset); !ttl) return ttl;
  if (records_.size() >= options_.records_max)
    return Error{"too many records", entry.words[0].offset};
  records_.push_back(std::move(record));
  return {};
}

Result<std::vector<Record>> Parser::run() {
  Entry entry;
  while (scanner_.next(entry)) {
    if (entry.words.empty()) continue;
    const Word& first = entry.words[0];
    const bool directive = !entry.blank_owner && !first.quoted && first.text.substr(0, 1) == "$";
    auto done = directive ? take_directive(entry.words) : take_record(entry);
    if (!done) return done.error();
  }
  if (scanner_.error()) return *scanner_.error();
  return std::move(records_);
}

Error with_line(Error error, std::string_view text) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.offset, text.size()));
  const auto line = 1 + std::count(text.begin(), end, '\n');
  return {fmt::format("line {}: {}", line, error.what), error.offset};
}

}  // namespace

Result<std::vector<Record>> parse_master_file(std::string_view text,
                                              const MasterFileOptions& options) {
  auto records = Parser(text, options).run();
  if (!records) return with_line(records.error(), text);
  return records;
}

Result<Record> parse_record(std::string_view line, const MasterFileOptions& options) {
  auto records = Parser(line, options).run();
  if (!records) return records.error();
  if (records->size() != 1) return Error{"exactly one record is expected", 0};
  return std::move((*records)[0]);
}

}  // namespace mailcosm::dns
