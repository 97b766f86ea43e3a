// The definition of the language: every key with its type, default, unit, meaning and example.
//
// This one table drives validation (check_shape.h), reading (fields.h), the JSON Schema and
// docs/scenario-format.md. Static data; a key is added by adding a row and reading it.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace mailcosm::sim::scenario {

enum class Type : std::uint8_t {
  kText,
  kScalar,  // a text or a whole number
  kInteger,
  kDecimal,  // a number with up to six decimal places
  kFlag,
  kDuration,
  kBandwidth,
  kFraction,
  kSize,
  kWallTime,
  kName,    // of a machine: a domain name
  kLabel,   // one part of a domain name
  kDomain,  // a domain name; the root is "."
  kMailAddress,
  kLocalPart,  // of a mail address
  kUser,       // a mail address of a user, or its local part where that is enough to tell
  kIpAddress,
  kAddressRange,
  kChoice,  // one of `choices`
  kObject,  // as `shape` says
};

enum class Arity : std::uint8_t {
  kOne,
  kList,
  kOneOrList,
  kMap,       // names of `map_type` to values
  kCompared,  // a value, or a mapping of comparisons to values
};

struct Shape;

struct Key {
  // A '*' in the name stands for any word: "* writes".
  std::string_view name;
  Type type = Type::kText;
  Arity arity = Arity::kOne;
  bool required = false;
  std::string_view fallback = {};  // as it would be written; empty if there is none
  std::string_view about = {};
  std::string_view example = {};  // the value as it would be written
  const Shape* shape = nullptr;   // for kObject
  Type map_type = Type::kText;    // of the names of a kMap
  std::span<const std::string_view> choices = {};
  std::string_view zero = {};  // a word that stands for 0: "unlimited", "never"
  std::int64_t min = 0;        // of a kInteger; of a kDecimal in millionths
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  // Names of the map, or elements of the list, may have a range of numbers (repeat.h).
  bool repeats = false;
};

struct Shape {
  std::string_view name;   // "organisation"
  std::string_view about;  // a sentence or two for the reference
  std::span<const Key> keys;
  std::string_view short_for = {};  // a plain value instead of the mapping is the value of this key
  bool may_be_empty = false;        // nothing at all means a mapping without keys
  std::span<const Key> one_of = {};  // besides `keys`, exactly one of these
};

// The row that a key of the text belongs to, in `keys` or `one_of`; null if there is none.
const Key* find_key(const Shape& shape, std::string_view name);
// The part that stands for '*' in the row's name.
std::string_view starred(const Key& key, std::string_view name);

extern const Shape kScenarioShape;
extern const Shape kInternetShape;
extern const Shape kOrganisationShape;
extern const Shape kOrganisationMailShape;
extern const Shape kOrganisationDnsShape;
extern const Shape kUserShape;
extern const Shape kDeviceShape;
extern const Shape kPopulationShape;
extern const Shape kPopulationDomainsShape;
extern const Shape kPopulationUsersShape;
extern const Shape kPopulationProvidersShape;
extern const Shape kPopulationServersShape;
extern const Shape kPopulationMailsShape;
extern const Shape kReadersShape;
extern const Shape kTrafficShape;
extern const Shape kUserGroupShape;
extern const Shape kTrafficMailsShape;
extern const Shape kTrafficSourceShape;
extern const Shape kArrivalsShape;
extern const Shape kRecipientsShape;
extern const Shape kUniformCountShape;
extern const Shape kGeometricShape;
extern const Shape kZipfShape;
extern const Shape kSizesShape;
extern const Shape kSizePartShape;
extern const Shape kUniformSizeShape;
extern const Shape kExponentialShape;
extern const Shape kLognormalShape;
extern const Shape kParetoShape;
extern const Shape kSizeTableShape;
extern const Shape kLinkSettingsShape;
extern const Shape kLinkShape;
extern const Shape kHostShape;
extern const Shape kRouterShape;
extern const Shape kZoneShape;
extern const Shape kAgentsShape;
extern const Shape kResolverShape;
extern const Shape kMtaShape;
extern const Shape kListenerShape;
extern const Shape kRouteShape;
extern const Shape kAccountShape;
extern const Shape kMailboxServerShape;
extern const Shape kMailboxAccountShape;
extern const Shape kClientShape;
extern const Shape kStepShape;
extern const Shape kMessageChoiceShape;
extern const Shape kWritesShape;
extern const Shape kRepliesShape;
extern const Shape kReadsShape;
extern const Shape kChecksMailShape;
extern const Shape kMarksShape;
extern const Shape kMovesShape;
extern const Shape kDeletesShape;
extern const Shape kLooksUpShape;
extern const Shape kLosesShape;
extern const Shape kFaultShape;
extern const Shape kFaultConditionShape;
extern const Shape kLinkFaultShape;
extern const Shape kFlapsShape;
extern const Shape kPartitionFaultShape;
extern const Shape kHostFaultShape;
extern const Shape kDiskFaultShape;
extern const Shape kDnsFaultShape;
extern const Shape kReplyFaultShape;
extern const Shape kLessonShape;
extern const Shape kLessonPointShape;
extern const Shape kMomentShape;
extern const Shape kExpectationShape;
extern const Shape kMailboxTopicShape;
extern const Shape kMessageTopicShape;
extern const Shape kReceivedTopicShape;
extern const Shape kCopyTopicShape;
extern const Shape kQueueTopicShape;
extern const Shape kBounceTopicShape;
extern const Shape kLookupTopicShape;
extern const Shape kLineTopicShape;
extern const Shape kEventTopicShape;
extern const Shape kDelayTopicShape;
extern const Shape kPropertiesShape;

// All shapes, in the order of the reference.
std::span<const Shape* const> all_shapes();

// Words of comparisons, in the order of the Comparison enumerators.
std::span<const std::string_view> text_comparisons();    // kIs to kMatches
std::span<const std::string_view> number_comparisons();  // kIs, kIsNot, kAtLeast to kLessThan

// What a type is called in messages and in the reference: "a duration with unit, such as 20 ms".
std::string_view about_type(Type type);

}  // namespace mailcosm::sim::scenario
