#include "sim/trace/narrative/facts.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "sim/trace/owned_record.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::narrative {
namespace {

// Fields of one record by name, for format strings.
class Fields {
 public:
  explicit Fields(const Record& record) : record_(record) {}
  std::string_view operator[](std::string_view name) const { return field_of(record_, name).text; }
  std::int64_t number(std::string_view name) const { return field_of(record_, name).number; }

 private:
  const Record& record_;
};

std::string reply_text(std::string_view reply) {
  return reply.empty() ? std::string() : fmt::format(": {}", reply);
}

Outcome accepted(std::string_view host, const Fields& fields) {
  return {fmt::format("{} takes responsibility for the message and queues it as {} ({} octets).",
                      host, fields["queue_id"],
                      grouped(static_cast<std::uint64_t>(fields.number("size"))))};
}

Outcome rejected(std::string_view host, const Fields& fields) {
  const std::string what =
      fields["recipient"].empty() ? "the message" : std::string(fields["recipient"]);
  return {fmt::format("{} refuses {}{}", host, what, reply_text(fields["reply"])), true};
}

Outcome selected(std::string_view host, const Fields& fields) {
  if (fields.number("preference") < 0) {
    return {fmt::format("{} has no MX, so {} chooses the host {} itself, at {}.", fields["domain"],
                        host, fields["host"], fields["address"])};
  }
  return {fmt::format("{} chooses {} (preference {}), at {}.", host, fields["host"],
                      fields.number("preference"), fields["address"])};
}

Outcome deferred(const Record& record, std::string_view host, const Fields& fields) {
  const Instant next{fields.number("next_attempt")};
  const std::string when = next.is_never()
                               ? std::string()
                               : fmt::format("; the next follows in {}, at {}",
                                             duration_text(next - record.time), time_text(next));
  return {
      fmt::format("{} keeps the message for {} in its queue after attempt {}{}{}", host,
                  fields["recipient"], fields.number("attempt"), when, reply_text(fields["reply"])),
      true};
}

Outcome bounce(std::string_view host, const Fields& fields) {
  if (fields["bounce_queue_id"].empty()) {
    return {
        fmt::format("{} tells nobody: a notification must not be answered by another one.", host)};
  }
  return {fmt::format("{} writes a delivery status notification ({}) to {} and queues it as {}.",
                      host, fields["action"], fields["recipient"], fields["bounce_queue_id"])};
}

Outcome checked(const Fields& fields) {
  const std::int64_t count = fields.number("messages");
  const std::int64_t fresh = fields.number("new");
  const std::string_view mailbox = fields["mailbox"];
  const bool other = !mailbox.empty() && mailbox != "INBOX";
  const std::string there =
      fmt::format("{} {} {}", counted(count, "message"), count == 1 ? "is" : "are",
                  other ? fmt::format("in {}", mailbox) : "there");
  const std::string device = device_of(fields["user"], fields["device"]);
  if (count == 0)
    return {fmt::format("No message is {}.", other ? fmt::format("in {}", mailbox) : "there")};
  if (fresh == 0) return {fmt::format("{}; nothing is new to {}.", there, device)};
  return {fmt::format("{}; {} new to {}.", there,
                      fresh == count && count == 1
                          ? "it is"
                          : fmt::format("{} of them {}", fresh, fresh == 1 ? "is" : "are"),
                      device)};
}

std::string flags_text(std::string_view flags) {
  return flags.empty() ? "no flags" : fmt::format("the flags {}", flags);
}

// What happens to the copies that a device keeps.
std::optional<Outcome> copy_outcome(const Record& record) {
  const Fields fields(record);
  const auto device = [&] { return device_of(fields["user"], fields["device"]); };
  const auto copy = [&] {
    return fields["uid"].empty()
               ? fmt::format("its copy in {}", fields["mailbox"])
               : fmt::format("its copy of message {} in {}", fields["uid"], fields["mailbox"]);
  };
  const auto by_server = [&] { return fields["by"] == "server"; };
  switch (record.kind) {
    case Kind::kMessageRead:
      return Outcome{fmt::format("{} shows {}; no server is asked for that.", device(), copy())};
    case Kind::kMessageMissed:
      return Outcome{fmt::format("{} looks in {} for {}, and it is not there.", device(),
                                 fields["mailbox"], fields["wanted"]),
                     true};
    case Kind::kCopyChanged:
      return Outcome{fmt::format(
          "{} {} {} {}.", device(), by_server() ? "now shows" : "gives", copy(),
          by_server() ? "with " + flags_text(fields["flags"]) : flags_text(fields["flags"]))};
    case Kind::kCopyMoved:
      return Outcome{fmt::format("{} moves {} to {}.", device(), copy(), fields["to"])};
    case Kind::kCopyNumbered:
      return Outcome{fmt::format("{} learns that its copy in {} has UID {} there.", device(),
                                 fields["mailbox"], fields["uid"])};
    case Kind::kCopyRemoved:
      return Outcome{fmt::format("{} drops {}{}.", device(), copy(),
                                 by_server() ? ", because the server has it no more" : "")};
    case Kind::kDeviceLost:
      return Outcome{fmt::format("{} is gone, with all that was stored on it.", device()), true};
    default:
      return std::nullopt;
  }
}

std::optional<Outcome> client_outcome(const Record& record) {
  const Fields fields(record);
  switch (record.kind) {
    case Kind::kMessageSubmitted:
      return Outcome{fmt::format("For {} the message is sent.", person(fields["user"]))};
    case Kind::kSubmissionFailed:
      return Outcome{fmt::format("{} does not take the message{}", fields["server"],
                                 reply_text(fields["reply"])),
                     true};
    case Kind::kMailChecked:
      return checked(fields);
    case Kind::kMailCheckFailed:
      return Outcome{
          fmt::format("{} cannot ask {} for mail{}", device_of(fields["user"], fields["device"]),
                      fields["server"], reply_text(fields["reason"])),
          true};
    case Kind::kMessageFetched:
      return Outcome{fmt::format("{} has the message: {} octets.",
                                 device_of(fields["user"], fields["device"]),
                                 grouped(fields["content"].size()))};
    case Kind::kMessageDeleted:
      return Outcome{
          fmt::format("{} deletes it on the server.", device_of(fields["user"], fields["device"]))};
    default:
      return copy_outcome(record);
  }
}

std::optional<Outcome> mta_outcome(const Record& record, std::string_view host) {
  const Fields fields(record);
  switch (record.kind) {
    case Kind::kMessageAccepted:
      // That it queues its own notification was said when it wrote it.
      if (fields["protocol"] == "local" && fields["reverse_path"].empty()) return std::nullopt;
      return accepted(host, fields);
    case Kind::kMessageRejected:
      return rejected(host, fields);
    case Kind::kRecipientExpanded:
      return Outcome{fmt::format("On {}, {} is an alias for {}.", host, fields["recipient"],
                                 fields["targets"])};
    case Kind::kMxSelected:
      return selected(host, fields);
    case Kind::kRecipientDelivered:
      return Outcome{fmt::format("{} has done its part for {}.", host, fields["recipient"])};
    case Kind::kRecipientDeferred:
      return deferred(record, host, fields);
    case Kind::kRecipientBounced:
      return Outcome{fmt::format("{} gives up on {}{}", host, fields["recipient"],
                                 reply_text(fields["reply"])),
                     true};
    case Kind::kBounceCreated:
      return bounce(host, fields);
    case Kind::kFaultApplied:
      return Outcome{fmt::format("{}: {}", host, fields["detail"]), true};
    case Kind::kLoopDetected:
      return Outcome{fmt::format("{} cuts a mail loop: {}", host, fields["reason"]), true};
    default:
      return std::nullopt;
  }
}

std::optional<Outcome> mailbox_outcome(const Record& record, std::string_view host) {
  const Fields fields(record);
  const auto place = [&] {
    return fmt::format("{}'s {} on {}", person(fields["user"]), fields["mailbox"], host);
  };
  switch (record.kind) {
    case Kind::kMessageStored:
      return Outcome{
          fmt::format("The message lies in {} with UID {}.", place(), fields.number("uid"))};
    case Kind::kFlagsChanged:
      return Outcome{fmt::format("Message {} in {} has the flags {}.", fields.number("uid"),
                                 place(), fields["flags"].empty() ? "(none)" : fields["flags"])};
    case Kind::kMessageExpunged:
      return Outcome{fmt::format("Message {} is gone from {}.", fields.number("uid"), place())};
    case Kind::kMailboxCreated:
      return Outcome{fmt::format("{} is made.", place())};
    case Kind::kMailboxDeleted:
      return Outcome{fmt::format("{} is deleted.", place())};
    case Kind::kMailboxRenamed:
      return Outcome{fmt::format("{} is renamed to {}.", place(), fields["to"])};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string device_of(std::string_view user, std::string_view device) {
  return fmt::format("{}'s {}", person(user), device.empty() ? "client" : device);
}

std::optional<Outcome> outcome_of(const Record& record, const Names& names) {
  const std::string_view host = names.host(record.host);
  if (auto outcome = client_outcome(record)) return outcome;
  if (auto outcome = mta_outcome(record, host)) return outcome;
  return mailbox_outcome(record, host);
}

std::optional<Outcome> event_of(const Record& record) {
  const Fields fields(record);
  switch (record.kind) {
    case Kind::kStoryStep:
      return Outcome{std::string(fields["text"])};
    case Kind::kLinkChanged:
      return Outcome{
          fmt::format("the link between {} and {}: {}", fields["a"], fields["b"], fields["change"]),
          fields["change"] == "down"};
    case Kind::kStorySkipped:
      return Outcome{fmt::format("That cannot happen: {}.", fields["reason"]), true};
    case Kind::kFaultBegan:
      return Outcome{std::string(fields["text"])};
    case Kind::kFaultEnded:
      return Outcome{fmt::format("No longer: {}", fields["text"])};
    case Kind::kHostCrashed:
      return Outcome{fmt::format("{} loses power", fields["host"]), true};
    case Kind::kHostRestarted:
      return Outcome{fmt::format("{} comes back", fields["host"])};
    case Kind::kMessageRead:
    case Kind::kMessageMissed:
    case Kind::kCopyMoved:
    case Kind::kDeviceLost:
      return copy_outcome(record);
    case Kind::kCopyChanged:
    case Kind::kCopyRemoved:
      if (fields["by"] == "server") return std::nullopt;
      return copy_outcome(record);
    default:
      return std::nullopt;
  }
}

std::string date_text(WallTime time) {
  constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                     "Thursday", "Friday", "Saturday"};
  constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::chrono::sys_seconds point{std::chrono::seconds(time.seconds())};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(point - day);
  return fmt::format(
      "{}, {} {} {}, {:02}:{:02}:{:02} UTC", kDays[std::chrono::weekday(day).c_encoding()],
      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
      clock.seconds().count());
}

}  // namespace mailcosm::sim::narrative
