#include "sim/scenario/keys.h"

#include <array>

#include "protocols/base/check.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr const Shape* kAllShapes[] = {&kScenarioShape,
                                       &kInternetShape,
                                       &kOrganisationShape,
                                       &kOrganisationMailShape,
                                       &kOrganisationDnsShape,
                                       &kUserShape,
                                       &kDeviceShape,
                                       &kPopulationShape,
                                       &kPopulationDomainsShape,
                                       &kPopulationUsersShape,
                                       &kPopulationProvidersShape,
                                       &kPopulationServersShape,
                                       &kPopulationMailsShape,
                                       &kReadersShape,
                                       &kTrafficShape,
                                       &kUserGroupShape,
                                       &kTrafficMailsShape,
                                       &kTrafficSourceShape,
                                       &kArrivalsShape,
                                       &kRecipientsShape,
                                       &kUniformCountShape,
                                       &kGeometricShape,
                                       &kZipfShape,
                                       &kSizesShape,
                                       &kSizePartShape,
                                       &kUniformSizeShape,
                                       &kExponentialShape,
                                       &kLognormalShape,
                                       &kParetoShape,
                                       &kSizeTableShape,
                                       &kLinkSettingsShape,
                                       &kHostShape,
                                       &kRouterShape,
                                       &kLinkShape,
                                       &kZoneShape,
                                       &kAgentsShape,
                                       &kResolverShape,
                                       &kMtaShape,
                                       &kListenerShape,
                                       &kRouteShape,
                                       &kAccountShape,
                                       &kMailboxServerShape,
                                       &kMailboxAccountShape,
                                       &kClientShape,
                                       &kStepShape,
                                       &kWritesShape,
                                       &kRepliesShape,
                                       &kChecksMailShape,
                                       &kReadsShape,
                                       &kMarksShape,
                                       &kMovesShape,
                                       &kDeletesShape,
                                       &kMessageChoiceShape,
                                       &kLooksUpShape,
                                       &kLosesShape,
                                       &kFaultShape,
                                       &kFaultConditionShape,
                                       &kLinkFaultShape,
                                       &kFlapsShape,
                                       &kPartitionFaultShape,
                                       &kHostFaultShape,
                                       &kDiskFaultShape,
                                       &kDnsFaultShape,
                                       &kReplyFaultShape,
                                       &kLessonShape,
                                       &kLessonPointShape,
                                       &kMomentShape,
                                       &kExpectationShape,
                                       &kMailboxTopicShape,
                                       &kMessageTopicShape,
                                       &kReceivedTopicShape,
                                       &kCopyTopicShape,
                                       &kQueueTopicShape,
                                       &kBounceTopicShape,
                                       &kLookupTopicShape,
                                       &kLineTopicShape,
                                       &kEventTopicShape,
                                       &kDelayTopicShape,
                                       &kPropertiesShape};

constexpr std::string_view kTextComparisons[] = {
    "is", "is_not", "contains", "contains_not", "starts_with", "ends_with", "matches"};
constexpr std::string_view kNumberComparisons[] = {"is",      "is_not",    "at_least",
                                                   "at_most", "more_than", "less_than"};

// Belongs to every mapping; sim/lint reads it, and nothing else does.
constexpr Key kIgnoreKey = {.name = "x-ignore",
                            .type = Type::kText,
                            .arity = Arity::kOneOrList,
                            .about =
                                "Rules of `mailcosm lint` that do not count here "
                                "(docs/lint.md).",
                            .example = "[ttl-zero]"};

bool fits(const Key& key, std::string_view name) {
  const std::size_t star = key.name.find('*');
  if (star == std::string_view::npos) return key.name == name;
  const std::string_view before = key.name.substr(0, star), after = key.name.substr(star + 1);
  return name.size() > before.size() + after.size() && name.starts_with(before) &&
         name.ends_with(after) && starred(key, name).find(' ') == std::string_view::npos;
}

}  // namespace

std::string_view starred(const Key& key, std::string_view name) {
  const std::size_t star = key.name.find('*');
  CHECK(star != std::string_view::npos && name.size() >= key.name.size() - 1);
  return name.substr(star, name.size() - (key.name.size() - 1));
}

const Key* find_key(const Shape& shape, std::string_view name) {
  for (const std::span<const Key> keys : {shape.keys, shape.one_of}) {
    for (const Key& key : keys) {
      if (fits(key, name)) return &key;
    }
  }
  return name == kIgnoreKey.name ? &kIgnoreKey : nullptr;
}

std::span<const Shape* const> all_shapes() { return kAllShapes; }
std::span<const std::string_view> text_comparisons() { return kTextComparisons; }
std::span<const std::string_view> number_comparisons() { return kNumberComparisons; }

std::string_view about_type(Type type) {
  switch (type) {
    case Type::kText:
      return "a text";
    case Type::kScalar:
      return "a text or a whole number";
    case Type::kInteger:
      return "a whole number";
    case Type::kDecimal:
      return "a number, such as 1.5";
    case Type::kFlag:
      return "true or false";
    case Type::kDuration:
      return "a duration with its unit, such as 20 ms";
    case Type::kBandwidth:
      return "a bandwidth with its unit, such as 10 Mbit/s";
    case Type::kFraction:
      return "a fraction with its unit, such as 1 %";
    case Type::kSize:
      return "a size with its unit, such as 25 MiB";
    case Type::kWallTime:
      return "a date and time, such as 2026-01-05 09:00:00 UTC";
    case Type::kName:
      return "the name of a machine, such as mx1.blue.com";
    case Type::kLabel:
      return "one part of a domain name, such as mx1";
    case Type::kDomain:
      return "a domain name, such as blue.com";
    case Type::kMailAddress:
      return "a mail address, such as bob@blue.com";
    case Type::kLocalPart:
      return "the part of a mail address in front of the @, such as bob";
    case Type::kUser:
      return "a user, such as bob@blue.com";
    case Type::kIpAddress:
      return "an IP address, such as 192.0.2.1";
    case Type::kAddressRange:
      return "a range of IP addresses, such as 192.0.2.0/24";
    case Type::kChoice:
      return "a word";
    case Type::kObject:
      return "a mapping";
  }
  return {};
}

}  // namespace mailcosm::sim::scenario
