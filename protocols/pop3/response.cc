#include "protocols/pop3/response.h"

#include "protocols/base/ascii.h"

namespace mailcosm::pop3 {
namespace {

// "LOGIN-DELAY" of "LOGIN-DELAY/900": levels of detail that are unknown are ignored (RFC 2449
// section 8).
ResponseCode code_of(std::string_view inside) {
  const auto is = [inside](std::string_view code) {
    return ascii::starts_with_ignoring_case(inside, code) &&
           (inside.size() == code.size() || inside[code.size()] == '/');
  };
  if (is("IN-USE")) return ResponseCode::kInUse;
  if (is("LOGIN-DELAY")) return ResponseCode::kLoginDelay;
  if (is("AUTH")) return ResponseCode::kAuth;
  if (is("SYS/TEMP")) return ResponseCode::kSysTemp;
  if (is("SYS/PERM")) return ResponseCode::kSysPerm;
  return ResponseCode::kUnknown;
}

}  // namespace

std::string_view to_string(ResponseCode code) {
  switch (code) {
    case ResponseCode::kInUse:
      return "[IN-USE]";
    case ResponseCode::kLoginDelay:
      return "[LOGIN-DELAY]";
    case ResponseCode::kAuth:
      return "[AUTH]";
    case ResponseCode::kSysTemp:
      return "[SYS/TEMP]";
    case ResponseCode::kSysPerm:
      return "[SYS/PERM]";
    case ResponseCode::kNone:
    case ResponseCode::kUnknown:
      break;
  }
  return {};
}

std::optional<Response> parse_response(std::string_view line) {
  Response response;
  if (line.starts_with("+OK")) {
    response.ok = true;
    line.remove_prefix(3);
  } else if (line.starts_with("-ERR")) {
    line.remove_prefix(4);
  } else {
    return std::nullopt;
  }
  if (line.empty()) return response;
  if (line[0] != ' ') return std::nullopt;
  line.remove_prefix(1);
  if (line.starts_with('[')) {
    const std::size_t end = line.find(']');
    if (end != std::string_view::npos) {
      response.code = code_of(line.substr(1, end - 1));
      line.remove_prefix(end + 1);
      if (line.starts_with(' ')) line.remove_prefix(1);
    }
  }
  response.text = line;
  return response;
}

}  // namespace mailcosm::pop3
