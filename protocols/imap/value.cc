#include "protocols/imap/value.h"

#include "protocols/base/ascii.h"
#include "protocols/imap/lexer.h"

namespace mailcosm::imap {
namespace {

class ValueParser {
 public:
  ValueParser(Lexer& lexer, const ValueLimits& limits) : lexer_(lexer), limits_(limits) {}

  // nstring / atom / "(" [value *(SP value)] ")"; the space between two lists may be missing
  // (address lists).
  bool parse(Value& value, std::size_t depth) {
    if (++values_ > limits_.values_max) return fail("too many values");
    const char c = lexer_.peek();
    if (c == '(') return parse_list(value, depth);
    if (c == '"' || c == '{') {
      value.kind = Value::Kind::kString;
      return lexer_.take_string(value.text) || fail("unfinished string");
    }
    std::string_view atom;
    const std::size_t begin = lexer_.position();
    if (lexer_.peek() == '\\') lexer_.skip(1);
    if (!lexer_.take_atom(atom)) return fail("not a value");
    atom = lexer_.text().substr(begin, lexer_.position() - begin);
    value.kind = ascii::equal_ignoring_case(atom, "NIL") ? Value::Kind::kNil : Value::Kind::kAtom;
    if (value.kind == Value::Kind::kAtom) value.text.assign(atom);
    return true;
  }

  const char* error() const { return error_; }

 private:
  bool parse_list(Value& value, std::size_t depth) {
    if (depth == limits_.depth_max) return fail("nested too deeply");
    value.kind = Value::Kind::kList;
    lexer_.take('(');
    while (!lexer_.take(')')) {
      if (!value.values.empty()) lexer_.take_space();
      if (!parse(value.values.emplace_back(), depth + 1)) return false;
    }
    return true;
  }
  bool fail(const char* what) {
    error_ = what;
    return false;
  }

  Lexer& lexer_;
  const ValueLimits& limits_;
  std::size_t values_ = 0;
  const char* error_ = "";
};

}  // namespace

Result<Value> parse_value(std::string_view text, const ValueLimits& limits) {
  Lexer lexer(text, Lexer::Strings::kLenient);
  ValueParser parser(lexer, limits);
  Value value;
  if (!parser.parse(value, 0)) return Error{parser.error(), lexer.position()};
  if (!lexer.at_end()) return Error{"something follows the value", lexer.position()};
  return value;
}

}  // namespace mailcosm::imap
