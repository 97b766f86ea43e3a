// Response codes: the bracketed words before the text of a status response that carry no argument
// here (RFC 3501 section 7.1, RFC 5530).
#pragma once

#include <cstdint>
#include <string_view>

namespace mailcosm::imap {

enum class ResponseCode : std::uint8_t {
  kNone,
  kAlert,
  kTryCreate,
  kReadOnly,
  kReadWrite,
  kAuthenticationFailed,
  kUnavailable,
  kNonExistent,
  kAlreadyExists,
  kCannot,
  kInUse,
  kOverQuota,
  kExpungeIssued,
  kServerBug,
  kLimit,
  kTooBig,  // RFC 4469
  kClientBug,
  kUidValidity,  // those with arguments; a client finds them in its events
  kUidNext,
  kUnseen,
  kPermanentFlags,
  kAppendUid,
  kCopyUid,
  kUidNotSticky,
  kCapability,
  kBadCharset,
  kUnknown,  // some other code
};

// "TRYCREATE"; empty for kNone and kUnknown.
std::string_view to_string(ResponseCode code);
// From the atom after the bracket, in any case.
ResponseCode response_code_of(std::string_view atom);

enum class Condition : std::uint8_t { kOk, kNo, kBad, kBye, kPreauth };
std::string_view to_string(Condition condition);

}  // namespace mailcosm::imap
