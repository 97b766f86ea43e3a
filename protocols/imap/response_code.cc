#include "protocols/imap/response_code.h"

#include <iterator>

#include "protocols/base/ascii.h"

namespace mailcosm::imap {
namespace {

constexpr std::string_view kNames[] = {"",
                                       "ALERT",
                                       "TRYCREATE",
                                       "READ-ONLY",
                                       "READ-WRITE",
                                       "AUTHENTICATIONFAILED",
                                       "UNAVAILABLE",
                                       "NONEXISTENT",
                                       "ALREADYEXISTS",
                                       "CANNOT",
                                       "INUSE",
                                       "OVERQUOTA",
                                       "EXPUNGEISSUED",
                                       "SERVERBUG",
                                       "LIMIT",
                                       "TOOBIG",
                                       "CLIENTBUG",
                                       "UIDVALIDITY",
                                       "UIDNEXT",
                                       "UNSEEN",
                                       "PERMANENTFLAGS",
                                       "APPENDUID",
                                       "COPYUID",
                                       "UIDNOTSTICKY",
                                       "CAPABILITY",
                                       "BADCHARSET"};
static_assert(std::size(kNames) == static_cast<std::size_t>(ResponseCode::kUnknown));

}  // namespace

std::string_view to_string(ResponseCode code) {
  return code == ResponseCode::kUnknown ? std::string_view()
                                        : kNames[static_cast<std::size_t>(code)];
}

ResponseCode response_code_of(std::string_view atom) {
  for (std::size_t i = 1; i < std::size(kNames); ++i) {
    if (ascii::equal_ignoring_case(kNames[i], atom)) return static_cast<ResponseCode>(i);
  }
  return ResponseCode::kUnknown;
}

std::string_view to_string(Condition condition) {
  constexpr std::string_view names[] = {"OK", "NO", "BAD", "BYE", "PREAUTH"};
  return names[static_cast<std::size_t>(condition)];
}

}  // namespace mailcosm::imap
