// Every word that the engines know has a gloss for the page. The lists come from the engines' own
// tables, so that a new command or type without a gloss fails here.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "protocols/base/ascii.h"
#include "protocols/dns/type.h"
#include "protocols/dsn/status_code.h"
#include "protocols/imap/automaton.h"
#include "protocols/imap/flags.h"
#include "protocols/imap/response_code.h"
#include "protocols/pop3/automaton.h"
#include "protocols/pop3/response.h"
#include "protocols/sasl/mechanism.h"
#include "protocols/smtp/command.h"
#include "protocols/smtp/extension.h"
#include "sim/net/tcp_state.h"
#include "sim/trace/kind.h"

namespace mailcosm::sim::view {
namespace {

using Json = nlohmann::json;

// The tests run in the root of the sources.
Json read(const std::string& name) {
  std::ifstream file("viz/src/gloss/" + name + ".json");
  EXPECT_TRUE(file) << name;
  return Json::parse(file, nullptr, false);
}

// A sentence of plain English, and where it is defined unless `free`.
void expect_gloss(const Json& table, const std::string& word, bool free = false) {
  ASSERT_TRUE(table.is_object());
  ASSERT_TRUE(table.contains(word)) << "no gloss for " << word;
  const Json& gloss = table[word];
  const std::string says = gloss.value("says", "");
  EXPECT_GE(says.size(), 4u) << word;
  EXPECT_TRUE(says.ends_with('.') || says.ends_with('?')) << word << ": " << says;
  const std::string rfc = gloss.value("rfc", "");
  if (!free) {
    EXPECT_TRUE(rfc.starts_with("RFC ") || rfc.starts_with("draft-")) << word << ": " << rfc;
  }
}

TEST(GlossTest, EveryCommandOfSmtpHasOne) {
  const Json table = read("commands")["smtp"];
  const Json replies = read("replies")["smtp"];
  for (int number = 0; number < smtp::kCommands; ++number) {
    const std::string name(smtp::name_of(static_cast<smtp::Command>(number)));
    expect_gloss(table, name);
    ASSERT_FALSE(table[name]["replies"].empty()) << name << ": the quiz needs its legal replies";
    for (const Json& reply : table[name]["replies"]) {
      expect_gloss(replies, reply.get<std::string>());
    }
  }
  expect_gloss(table, ".");
}

TEST(GlossTest, EveryCommandOfPop3HasOne) {
  const Json table = read("commands")["pop3"];
  for (int number = 0; number < pop3::kCommands; ++number) {
    const auto command = static_cast<pop3::Command>(number);
    if (command == pop3::Command::kUnknown || command == pop3::Command::kSaslResponse) continue;
    expect_gloss(table, std::string(pop3::to_string(command)));
  }
}

TEST(GlossTest, EveryCommandOfImapHasOne) {
  const Json table = read("commands")["imap"];
  for (int number = 0; number < imap::kCommands; ++number) {
    const auto command = static_cast<imap::Command>(number);
    if (command == imap::Command::kUnknown) continue;
    const std::string name(imap::to_string(command));
    expect_gloss(table, name);
    if (imap::has_uid_form(command)) expect_gloss(table, "UID " + name);
  }
  expect_gloss(table, "DONE");
}

TEST(GlossTest, EveryExtensionAndMechanismHasOne) {
  const Json table = read("extensions");
  for (const smtp::ExtensionInfo& info : smtp::extensions()) {
    expect_gloss(table["smtp"], std::string(info.keyword));
  }
  for (const sasl::MechanismInfo& info : sasl::mechanisms()) {
    expect_gloss(table["smtp"], std::string(info.name));
    expect_gloss(table["imap"], "AUTH=" + std::string(info.name));
  }
}

TEST(GlossTest, EveryEnhancedStatusCodeOfTheRfcHasOne) {
  const Json table = read("status");
  int described = 0;
  for (std::uint16_t subject = 0; subject <= 7; ++subject) {
    for (std::uint16_t detail = 0; detail <= 99; ++detail) {
      for (const std::uint8_t status_class : std::array<std::uint8_t, 3>{2, 4, 5}) {
        const dsn::StatusCode code{status_class, subject, detail};
        if (dsn::describe(code).empty()) continue;
        ++described;
        // RFC 3463 section 3.2: 1.5 is only useful for positive delivery reports.
        if (subject == 1 && detail == 5 && status_class != 2) continue;
        expect_gloss(table, code.to_string());
      }
    }
  }
  EXPECT_GT(described, 50);
}

TEST(GlossTest, EveryResponseOfPop3HasOne) {
  const Json table = read("replies")["pop3"];
  for (int number = 1; number < static_cast<int>(pop3::ResponseCode::kUnknown); ++number) {
    expect_gloss(table, std::string(pop3::to_string(static_cast<pop3::ResponseCode>(number))));
  }
  for (const char* status : {"+OK", "-ERR", "+"}) expect_gloss(table, status);
}

TEST(GlossTest, EveryConditionAndCodeOfImapHasOne) {
  const Json replies = read("replies")["imap"];
  for (int number = 0; number <= static_cast<int>(imap::Condition::kPreauth); ++number) {
    expect_gloss(replies, std::string(imap::to_string(static_cast<imap::Condition>(number))));
  }
  const Json imap = read("imap");
  for (int number = 1; number < static_cast<int>(imap::ResponseCode::kUnknown); ++number) {
    expect_gloss(imap["codes"],
                 std::string(imap::to_string(static_cast<imap::ResponseCode>(number))));
  }
  for (int bit = 1; bit <= static_cast<int>(imap::SystemFlag::kRecent); bit *= 2) {
    expect_gloss(imap["flags"], imap::Flags(static_cast<imap::SystemFlag>(bit)).to_string());
  }
}

TEST(GlossTest, EveryTypeAndResponseCodeOfTheDnsHasOne) {
  const Json dns = read("dns");
  int types = 0;
  for (unsigned number = 0; number <= 0xffff; ++number) {
    const std::string name = dns::to_string(static_cast<dns::Type>(number));
    if (name.starts_with("TYPE")) continue;  // without a name
    ++types;
    expect_gloss(dns["types"], name);
  }
  EXPECT_GT(types, 15);
  for (unsigned number = 0; number <= 0xfff; ++number) {
    const std::string name = dns::to_string(static_cast<dns::Rcode>(number));
    if (!name.starts_with("RCODE")) expect_gloss(dns["rcodes"], name);
  }
}

TEST(GlossTest, EveryTcpStateHasOne) {
  const Json states = read("tcp")["states"];
  for (int number = 0; number <= static_cast<int>(TcpState::kTimeWait); ++number) {
    expect_gloss(states, std::string(to_string(static_cast<TcpState>(number))));
  }
}

TEST(GlossTest, EveryKindOfRecordHasOne) {
  const Json kinds = read("kinds");
  for (int number = 0; number < kKinds; ++number) {
    expect_gloss(kinds, std::string(info_of(static_cast<Kind>(number)).name), true);
  }
}

}  // namespace
}  // namespace mailcosm::sim::view
