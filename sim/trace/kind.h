// Kind: the vocabulary of the trace. Each kind has a name, a layer and typed fields; writers,
// readers, documentation and expectations all follow the one table in kind.cc.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sim/trace/record_id.h"

namespace mailcosm::sim {

enum class Kind : std::uint8_t {
  // The world (story)
  kRunStarted,
  kRunEnded,
  kHostDeclared,
  kLinkDeclared,
  kStoryStep,
  kStorySkipped,
  kLinkChanged,
  kFaultBegan,
  kFaultEnded,
  kFaultApplied,
  kExpectationChecked,
  kLessonPoint,
  kHostCrashed,
  kHostRestarted,
  // Mail clients (story)
  kMessageComposed,
  kMessageSubmitted,
  kSubmissionFailed,
  kMailChecked,
  kMailCheckFailed,
  kMessageFetched,
  kMessageDeleted,
  kMessageRead,
  kMessageMissed,
  kCopyChanged,
  kCopyMoved,
  kCopyNumbered,
  kCopyRemoved,
  kDeviceLost,
  // MTAs (story)
  kMessageAccepted,
  kMessageRejected,
  kQueueMoved,
  kRecipientExpanded,
  kMxSelected,
  kRecipientDelivered,
  kRecipientDeferred,
  kRecipientBounced,
  kBounceCreated,
  kLoopDetected,
  kMessageRemoved,
  // Mailbox servers (story)
  kMailboxCreated,
  kMailboxDeleted,
  kMailboxRenamed,
  kMessageStored,
  kFlagsChanged,
  kMessageExpunged,
  // Name look-ups (story)
  kLookupStarted,
  kLookupAnswered,
  kCacheStored,
  kCacheHit,
  // Dialogues (protocol)
  kSessionOpened,
  kSessionClosed,
  kLineSent,
  kLineReceived,
  kDataSent,
  kDataReceived,
  kDnsSent,
  kDnsReceived,
  kNote,
  // The network (packet)
  kPacketSent,
  kPacketReceived,
  kPacketForwarded,
  kPacketDropped,
  kConnectionState,
};
inline constexpr int kKinds = static_cast<int>(Kind::kConnectionState) + 1;

enum class FieldType : std::uint8_t {
  kText,      // UTF-8 where the source is text; octets of a peer may be anything
  kBytes,     // octets: message contents, frames
  kNumber,    // int64
  kDuration,  // int64 nanoseconds
  kInstant,   // int64 nanoseconds since the start of the run; never = 2^63-1
  kFlag,      // 0 or 1
};

struct FieldInfo {
  std::string_view name;
  FieldType type;
  std::string_view about;  // one phrase for docs/trace-format.md
};

struct KindInfo {
  Kind kind;
  std::string_view name;  // "message.queued"
  Layer layer;
  std::string_view about;  // one sentence
  std::span<const FieldInfo> fields;
};

// In the order of Kind.
extern const std::array<KindInfo, kKinds> kKindTable;
inline const KindInfo& info_of(Kind kind) { return kKindTable[static_cast<std::size_t>(kind)]; }
std::optional<Kind> kind_of(std::string_view name);

}  // namespace mailcosm::sim
