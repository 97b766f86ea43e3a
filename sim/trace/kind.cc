#include "sim/trace/kind.h"

namespace mailcosm::sim {
namespace {

using enum FieldType;

// The world
constexpr FieldInfo kRunStartedFields[] = {
    {"title", kText, "title of the scenario"},
    {"seed", kNumber, "seed of all random streams"},
    {"epoch", kNumber, "wall time at the start, seconds since 1970-01-01 00:00:00 UTC"},
    {"about", kText, "what the scenario shows"},
    {"lesson", kText, "what to say about it in a lecture"}};
constexpr FieldInfo kRunEndedFields[] = {{"reason", kText, "idle, until or stopped"}};
constexpr FieldInfo kHostDeclaredFields[] = {
    {"name", kText, "host name"},
    {"roles", kText,
     "roles of its agents, separated by spaces: client, mta, mailbox, dns, resolver, router"},
    {"organisation", kText, "domain it belongs to, or empty"},
    {"addresses", kText, "IP addresses, separated by spaces"}};
constexpr FieldInfo kLinkDeclaredFields[] = {{"a", kText, "host at one end"},
                                             {"b", kText, "host at the other"},
                                             {"latency", kDuration, "one way"},
                                             {"bandwidth", kNumber, "bit/s; 0 is unlimited"},
                                             {"loss", kNumber, "packets lost in a million"}};
constexpr FieldInfo kStoryStepFields[] = {{"step", kNumber, "place in the story, from 1"},
                                          {"text", kText, "the step as a sentence"}};
constexpr FieldInfo kLinkChangedFields[] = {{"a", kText, "host at one end"},
                                            {"b", kText, "host at the other"},
                                            {"change", kText, "up, down, or the changed setting"}};
constexpr FieldInfo kStorySkippedFields[] = {{"step", kNumber, "place in the story, from 1"},
                                             {"reason", kText, "why it cannot happen"}};
constexpr FieldInfo kFaultFields[] = {{"fault", kNumber, "place in the list of faults, from 1"},
                                      {"text", kText, "the fault as a sentence"}};
constexpr FieldInfo kFaultAppliedFields[] = {{"fault", kText, "the fault as a sentence"},
                                             {"target", kText, "what it hits"},
                                             {"detail", kText, "what it does"}};
constexpr FieldInfo kExpectationCheckedFields[] = {
    {"expectation", kNumber, "place in the list, from 1"},
    {"held", kFlag, "whether it held"},
    {"text", kText, "the expectation as a sentence"},
    {"found", kText, "what was found instead"},
    {"decided", kInstant, "when it could no longer come out otherwise"}};
constexpr FieldInfo kLessonPointFields[] = {
    {"point", kNumber, "place in the lesson, from 1"},
    {"caption", kText, "what to say at the moment of the first cause, or empty"},
    {"question", kText, "what to ask just before that moment, or empty"},
    {"answers", kText, "answers to choose from, one a line, or empty"},
    {"answer", kText, "the right one, or empty"},
    {"note", kText, "what to say once it is answered; without question, more about that moment"}};
constexpr FieldInfo kHostNameFields[] = {{"host", kText, "host name"}};

// Mail clients
constexpr FieldInfo kMessageComposedFields[] = {
    {"user", kText, "address of the author"},
    {"device", kText, "device it was written on"},
    {"recipients", kText, "addresses, separated by spaces"},
    {"subject", kText, "subject, decoded"},
    {"content", kBytes, "the whole message"}};
constexpr FieldInfo kMessageSubmittedFields[] = {{"user", kText, "address of the author"},
                                                 {"server", kText, "submission server"},
                                                 {"reply", kText, "its last reply"}};
constexpr FieldInfo kMailCheckedFields[] = {{"user", kText, "login name"},
                                            {"device", kText, "device"},
                                            {"protocol", kText, "pop3 or imap"},
                                            {"server", kText, "mailbox server"},
                                            {"messages", kNumber, "messages there"},
                                            {"new", kNumber, "messages this device did not have"},
                                            {"mailbox", kText, "folder; empty for POP3"}};
constexpr FieldInfo kMailCheckFailedFields[] = {{"user", kText, "login name"},
                                                {"device", kText, "device"},
                                                {"protocol", kText, "pop3 or imap"},
                                                {"server", kText, "mailbox server"},
                                                {"reason", kText, "reply or network error"}};
constexpr FieldInfo kMessageFetchedFields[] = {{"user", kText, "login name"},
                                               {"device", kText, "device"},
                                               {"protocol", kText, "pop3 or imap"},
                                               {"mailbox", kText, "folder"},
                                               {"uid", kText, "UID or unique-id"},
                                               {"content", kBytes, "the whole message as read"},
                                               {"flags", kText, "IMAP flags it has on the server"}};
constexpr FieldInfo kMessageDeletedFields[] = {{"user", kText, "login name"},
                                               {"device", kText, "device"},
                                               {"protocol", kText, "pop3 or imap"},
                                               {"uid", kText, "UID or unique-id"}};
constexpr FieldInfo kMessageReadFields[] = {{"user", kText, "who reads"},
                                            {"device", kText, "device"},
                                            {"mailbox", kText, "folder"},
                                            {"uid", kText, "UID or unique-id"},
                                            {"subject", kText, "subject, decoded"}};
constexpr FieldInfo kMessageMissedFields[] = {{"user", kText, "who looks"},
                                              {"device", kText, "device"},
                                              {"mailbox", kText, "folder"},
                                              {"wanted", kText, "what was looked for"}};
constexpr FieldInfo kCopyChangedFields[] = {{"user", kText, "owner"},
                                            {"device", kText, "device"},
                                            {"mailbox", kText, "folder"},
                                            {"uid", kText, "UID or unique-id"},
                                            {"flags", kText, "all IMAP flags after the change"},
                                            {"by", kText, "user or server"}};
constexpr FieldInfo kCopyMovedFields[] = {{"user", kText, "owner"},
                                          {"device", kText, "device"},
                                          {"mailbox", kText, "old folder"},
                                          {"uid", kText, "UID there"},
                                          {"to", kText, "new folder"}};
constexpr FieldInfo kCopyNumberedFields[] = {{"user", kText, "owner"},
                                             {"device", kText, "device"},
                                             {"mailbox", kText, "folder"},
                                             {"uid", kText, "UID that the server gave it"}};
constexpr FieldInfo kCopyRemovedFields[] = {
    {"user", kText, "owner"},
    {"device", kText, "device"},
    {"mailbox", kText, "folder"},
    {"uid", kText, "UID or unique-id, or empty if it had none yet"},
    {"by", kText, "user or server"}};
constexpr FieldInfo kDeviceLostFields[] = {{"user", kText, "owner"}, {"device", kText, "device"}};

// MTAs
constexpr FieldInfo kMessageAcceptedFields[] = {
    {"queue_id", kText, "name in this host's queue"},
    {"reverse_path", kText, "without brackets; empty for <>"},
    {"recipients", kText, "forward-paths, separated by spaces"},
    {"size", kNumber, "octets"},
    {"client", kText, "who handed it over"},
    {"protocol", kText, "ESMTPA, ESMTP, SMTP, LMTP, local"}};
constexpr FieldInfo kMessageRejectedFields[] = {{"reverse_path", kText, "reverse-path"},
                                                {"recipient", kText, "forward-path, or empty"},
                                                {"client", kText, "who wanted to hand it over"},
                                                {"reply", kText, "the refusing reply"}};
constexpr FieldInfo kQueueMovedFields[] = {{"queue_id", kText, "name in this host's queue"},
                                           {"queue", kText, "incoming, active, deferred"},
                                           {"next_attempt", kInstant, "for deferred; else never"}};
constexpr FieldInfo kRecipientExpandedFields[] = {
    {"queue_id", kText, "name in this host's queue"},
    {"recipient", kText, "alias"},
    {"targets", kText, "addresses, separated by spaces"}};
constexpr FieldInfo kMxSelectedFields[] = {
    {"queue_id", kText, "name in this host's queue"},
    {"domain", kText, "domain of the recipients"},
    {"host", kText, "the server chosen"},
    {"preference", kNumber, "MX preference, or -1 if there was no MX"},
    {"address", kText, "its IP address"},
    {"candidates", kText, "preference and host of all, in order"}};
constexpr FieldInfo kRecipientDeliveredFields[] = {{"queue_id", kText, "name in this host's queue"},
                                                   {"recipient", kText, "forward-path"},
                                                   {"server", kText, "who took responsibility"},
                                                   {"reply", kText, "its reply"}};
constexpr FieldInfo kRecipientDeferredFields[] = {
    {"queue_id", kText, "name in this host's queue"},
    {"recipient", kText, "forward-path"},
    {"server", kText, "server tried, or empty"},
    {"reply", kText, "reply or reason"},
    {"attempt", kNumber, "attempts made"},
    {"next_attempt", kInstant, "when it will be tried again"}};
constexpr FieldInfo kRecipientBouncedFields[] = {{"queue_id", kText, "name in this host's queue"},
                                                 {"recipient", kText, "forward-path"},
                                                 {"status", kText, "enhanced status code"},
                                                 {"reply", kText, "reply or reason"}};
constexpr FieldInfo kBounceCreatedFields[] = {
    {"queue_id", kText, "the message that failed"},
    {"bounce_queue_id", kText, "the notification, or empty if none is due"},
    {"recipient", kText, "who is told: the reverse-path"},
    {"action", kText, "failed, delayed"}};
constexpr FieldInfo kLoopDetectedFields[] = {{"queue_id", kText, "name in this host's queue"},
                                             {"recipient", kText, "forward-path, or empty"},
                                             {"reason", kText, "what showed the loop"}};
constexpr FieldInfo kMessageRemovedFields[] = {{"queue_id", kText, "name in this host's queue"}};

// Mailbox servers
constexpr FieldInfo kMailboxFields[] = {{"user", kText, "owner"}, {"mailbox", kText, "name"}};
constexpr FieldInfo kMailboxRenamedFields[] = {
    {"user", kText, "owner"}, {"mailbox", kText, "old name"}, {"to", kText, "new name"}};
constexpr FieldInfo kMessageStoredFields[] = {{"user", kText, "owner"},
                                              {"mailbox", kText, "name"},
                                              {"uid", kNumber, "UID"},
                                              {"flags", kText, "IMAP flags"},
                                              {"content", kBytes, "the whole message"}};
constexpr FieldInfo kFlagsChangedFields[] = {{"user", kText, "owner"},
                                             {"mailbox", kText, "name"},
                                             {"uid", kNumber, "UID"},
                                             {"flags", kText, "all IMAP flags after the change"}};
constexpr FieldInfo kMessageExpungedFields[] = {
    {"user", kText, "owner"}, {"mailbox", kText, "name"}, {"uid", kNumber, "UID"}};

// Name look-ups
constexpr FieldInfo kLookupStartedFields[] = {{"name", kText, "domain name"},
                                              {"type", kText, "record type"}};
constexpr FieldInfo kLookupAnsweredFields[] = {
    {"name", kText, "domain name"},
    {"type", kText, "record type"},
    {"result", kText, "NOERROR, NXDOMAIN, NODATA, SERVFAIL, TIMEOUT"},
    {"answers", kText, "record data, separated by semicolons"},
    {"ttl", kDuration, "shortest TTL of the answer"}};
constexpr FieldInfo kCacheFields[] = {
    {"name", kText, "domain name"},
    {"type", kText, "record type"},
    {"data", kText, "record data, separated by semicolons, or NXDOMAIN, NODATA"},
    {"ttl", kDuration, "remaining"}};

// Dialogues
constexpr FieldInfo kSessionOpenedFields[] = {
    {"protocol", kText, "submission, smtp, lmtp, pop3, imap, dns-tcp"},
    {"side", kText, "client or server"},
    {"local", kText, "address and port"},
    {"remote", kText, "address and port"},
    {"peer", kText, "host name of the other side as far as known"}};
constexpr FieldInfo kSessionClosedFields[] = {{"protocol", kText, "as opened"},
                                              {"reason", kText, "how it ended"}};
constexpr FieldInfo kLineFields[] = {{"protocol", kText, "as opened"},
                                     {"text", kText, "the line without CRLF"}};
constexpr FieldInfo kDataFields[] = {{"protocol", kText, "as opened"},
                                     {"what", kText, "message or literal"},
                                     {"bytes", kBytes, "the octets, before dot-stuffing"}};
constexpr FieldInfo kDnsFields[] = {
    {"peer", kText, "address and port"},
    {"transport", kText, "udp or tcp"},
    {"direction", kText, "query or response"},
    {"id", kNumber, "message id"},
    {"summary", kText, "question, rcode, flags and records in short"}};
constexpr FieldInfo kNoteFields[] = {{"text", kText, "an explanation for the reader"}};

// The network
constexpr FieldInfo kPacketFields[] = {
    {"summary", kText, "addresses, ports, flags, sequence numbers, length"},
    {"frame", kBytes, "the IP packet as on the wire"}};
constexpr FieldInfo kPacketReceivedFields[] = {
    {"summary", kText, "addresses, ports, flags, length"}};
constexpr FieldInfo kPacketDroppedFields[] = {
    {"summary", kText, "addresses, ports, flags, length"},
    {"reason", kText, "loss, queue full, link down, no route, no listener"}};
constexpr FieldInfo kConnectionStateFields[] = {
    {"from", kText, "TCP state (RFC 9293 section 3.3.2)"}, {"to", kText, "TCP state"}};

using enum Kind;
constexpr auto kStoryLayer = Layer::kStory;
constexpr auto kProtocolLayer = Layer::kProtocol;
constexpr auto kPacketLayer = Layer::kPacket;

}  // namespace

constexpr std::array<KindInfo, kKinds> kKindTable = {{
    {kRunStarted, "run.started", kStoryLayer, "The run begins.", kRunStartedFields},
    {kRunEnded, "run.ended", kStoryLayer, "The run is over.", kRunEndedFields},
    {kHostDeclared, "host.declared", kStoryLayer, "A host exists.", kHostDeclaredFields},
    {kLinkDeclared, "link.declared", kStoryLayer, "A link exists.", kLinkDeclaredFields},
    {kStoryStep, "story.step", kStoryLayer, "The scenario lets something happen.",
     kStoryStepFields},
    {kStorySkipped, "story.skipped", kStoryLayer,
     "A step of the story cannot happen: its device is down or destroyed.", kStorySkippedFields},
    {kLinkChanged, "link.changed", kStoryLayer, "A link goes up or down or changes.",
     kLinkChangedFields},
    {kFaultBegan, "fault.began", kStoryLayer, "A fault begins.", kFaultFields},
    {kFaultEnded, "fault.ended", kStoryLayer, "A fault is over.", kFaultFields},
    {kFaultApplied, "fault.applied", kStoryLayer, "A fault changes what a program or host does.",
     kFaultAppliedFields},
    {kExpectationChecked, "expectation.checked", kStoryLayer, "An expectation was decided.",
     kExpectationCheckedFields},
    {kLessonPoint, "lesson.point", kStoryLayer, "The lesson has something to say about a record.",
     kLessonPointFields},
    {kHostCrashed, "host.crashed", kStoryLayer, "A host loses power.", kHostNameFields},
    {kHostRestarted, "host.restarted", kStoryLayer, "A host comes back.", kHostNameFields},
    {kMessageComposed, "message.composed", kStoryLayer, "A client writes a message.",
     kMessageComposedFields},
    {kMessageSubmitted, "message.submitted", kStoryLayer, "The submission server takes it.",
     kMessageSubmittedFields},
    {kSubmissionFailed, "message.submission_failed", kStoryLayer,
     "The submission server does not take it.", kMessageSubmittedFields},
    {kMailChecked, "mail.checked", kStoryLayer, "A client has asked for new mail.",
     kMailCheckedFields},
    {kMailCheckFailed, "mail.check_failed", kStoryLayer, "A client could not ask for new mail.",
     kMailCheckFailedFields},
    {kMessageFetched, "message.fetched", kStoryLayer,
     "A client has read a message from the server.", kMessageFetchedFields},
    {kMessageDeleted, "message.deleted", kStoryLayer,
     "A client has deleted a message on the server.", kMessageDeletedFields},
    {kMessageRead, "message.read", kStoryLayer, "Somebody reads a message that lies on the device.",
     kMessageReadFields},
    {kMessageMissed, "message.missed", kStoryLayer,
     "Somebody looks for a message that the device does not have.", kMessageMissedFields},
    {kCopyChanged, "copy.changed", kStoryLayer, "A device's copy of a message gets other flags.",
     kCopyChangedFields},
    {kCopyMoved, "copy.moved", kStoryLayer,
     "A device moves its copy to another folder, where it has no UID yet.", kCopyMovedFields},
    {kCopyNumbered, "copy.numbered", kStoryLayer,
     "A device learns the UID of a copy that it moved.", kCopyNumberedFields},
    {kCopyRemoved, "copy.removed", kStoryLayer, "A device drops its copy of a message.",
     kCopyRemovedFields},
    {kDeviceLost, "device.lost", kStoryLayer, "A device is gone with all that was stored on it.",
     kDeviceLostFields},
    {kMessageAccepted, "message.accepted", kStoryLayer,
     "An MTA takes responsibility for a message.", kMessageAcceptedFields},
    {kMessageRejected, "message.rejected", kStoryLayer, "An MTA refuses a message or a recipient.",
     kMessageRejectedFields},
    {kQueueMoved, "queue.moved", kStoryLayer, "A message enters a queue.", kQueueMovedFields},
    {kRecipientExpanded, "recipient.expanded", kStoryLayer, "An alias is replaced by its targets.",
     kRecipientExpandedFields},
    {kMxSelected, "mx.selected", kStoryLayer, "An MTA has chosen the server to deliver to.",
     kMxSelectedFields},
    {kRecipientDelivered, "recipient.delivered", kStoryLayer,
     "The next server takes responsibility.", kRecipientDeliveredFields},
    {kRecipientDeferred, "recipient.deferred", kStoryLayer, "A delivery has to wait.",
     kRecipientDeferredFields},
    {kRecipientBounced, "recipient.bounced", kStoryLayer, "A delivery has failed for good.",
     kRecipientBouncedFields},
    {kBounceCreated, "bounce.created", kStoryLayer, "A delivery status notification is written.",
     kBounceCreatedFields},
    {kLoopDetected, "loop.detected", kStoryLayer, "A mail loop is cut.", kLoopDetectedFields},
    {kMessageRemoved, "message.removed", kStoryLayer, "A message leaves the queue for good.",
     kMessageRemovedFields},
    {kMailboxCreated, "mailbox.created", kStoryLayer, "A mailbox is made.", kMailboxFields},
    {kMailboxDeleted, "mailbox.deleted", kStoryLayer, "A mailbox is deleted.", kMailboxFields},
    {kMailboxRenamed, "mailbox.renamed", kStoryLayer, "A mailbox is renamed.",
     kMailboxRenamedFields},
    {kMessageStored, "message.stored", kStoryLayer, "A message is in a mailbox.",
     kMessageStoredFields},
    {kFlagsChanged, "flags.changed", kStoryLayer, "Flags of a message have changed.",
     kFlagsChangedFields},
    {kMessageExpunged, "message.expunged", kStoryLayer, "A message is gone from a mailbox.",
     kMessageExpungedFields},
    {kLookupStarted, "lookup.started", kStoryLayer, "A host asks for a name.",
     kLookupStartedFields},
    {kLookupAnswered, "lookup.answered", kStoryLayer, "The answer has come.",
     kLookupAnsweredFields},
    {kCacheStored, "cache.stored", kStoryLayer, "A resolver remembers an answer.", kCacheFields},
    {kCacheHit, "cache.hit", kStoryLayer, "A resolver answers from memory.", kCacheFields},
    {kSessionOpened, "session.opened", kProtocolLayer, "A dialogue begins.", kSessionOpenedFields},
    {kSessionClosed, "session.closed", kProtocolLayer, "A dialogue is over.", kSessionClosedFields},
    {kLineSent, "line.sent", kProtocolLayer, "A protocol line is sent.", kLineFields},
    {kLineReceived, "line.received", kProtocolLayer, "A protocol line has come.", kLineFields},
    {kDataSent, "data.sent", kProtocolLayer, "Message content is sent.", kDataFields},
    {kDataReceived, "data.received", kProtocolLayer, "Message content has come.", kDataFields},
    {kDnsSent, "dns.sent", kProtocolLayer, "A DNS message is sent.", kDnsFields},
    {kDnsReceived, "dns.received", kProtocolLayer, "A DNS message has come.", kDnsFields},
    {kNote, "note", kProtocolLayer, "A remark of an agent.", kNoteFields},
    {kPacketSent, "packet.sent", kPacketLayer, "A host sends a packet.", kPacketFields},
    {kPacketReceived, "packet.received", kPacketLayer, "A packet reaches its destination.",
     kPacketReceivedFields},
    {kPacketForwarded, "packet.forwarded", kPacketLayer, "A router passes a packet on.",
     kPacketReceivedFields},
    {kPacketDropped, "packet.dropped", kPacketLayer, "A packet is lost.", kPacketDroppedFields},
    {kConnectionState, "connection.state", kPacketLayer, "A TCP connection changes its state.",
     kConnectionStateFields},
}};

namespace {

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kKindTable.size(); ++i) {
    if (kKindTable[i].kind != static_cast<Kind>(i)) return false;
  }
  return true;
}
static_assert(is_in_order());

}  // namespace

std::optional<Kind> kind_of(std::string_view name) {
  for (const KindInfo& info : kKindTable) {
    if (info.name == name) return info.kind;
  }
  return std::nullopt;
}

}  // namespace mailcosm::sim
