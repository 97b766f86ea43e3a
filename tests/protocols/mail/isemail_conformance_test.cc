// The isemail test set (Dominic Sayers): addresses with a category. The RFC 5322 parser accepts all
// but ERR, the RFC 5321 parser accepts VALID and RFC5321, and what only a DNS look-up would reject.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/mail/address.h"
#include "protocols/mail/charset.h"
#include "tests/protocols/mail/conformance_files.h"

namespace mailcosm::mail {
namespace {

struct Case {
  std::string id;
  std::string address;
  std::string category;
  std::string diagnosis;
};

// Ids whose expectation we do not meet, with the reason.
const std::map<std::string, std::string> kExpectedFailures5322 = {};
const std::map<std::string, std::string> kExpectedFailures5321 = {};

std::string between(std::string_view text, const std::string& tag) {
  std::size_t begin = text.find("<" + tag + ">");
  if (begin == std::string_view::npos) return {};
  begin += tag.size() + 2;
  std::size_t end = text.find("</" + tag + ">", begin);
  return std::string(text.substr(begin, end - begin));
}

// Character references and the control pictures U+2400 to U+241F, which stand for control
// characters.
std::string decode(const std::string& text) {
  std::string output;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '&') {
      std::size_t end = text.find(';', i);
      std::string name = text.substr(i + 1, end - i - 1);
      char32_t code_point = 0;
      if (name.rfind("#x", 0) == 0) {
        code_point = static_cast<char32_t>(std::stoul(name.substr(2), nullptr, 16));
      } else if (name.rfind('#', 0) == 0) {
        code_point = static_cast<char32_t>(std::stoul(name.substr(1)));
      } else {
        code_point = name == "amp" ? U'&' : name == "lt" ? U'<' : name == "gt" ? U'>' : U'"';
      }
      if (code_point >= 0x2400 && code_point <= 0x241F) code_point -= 0x2400;
      append_code_point(code_point, output);
      i = end;
    } else if (text.compare(i, 2, "\xE2\x90") == 0 && i + 2 < text.size()) {
      output.push_back(static_cast<char>(static_cast<unsigned char>(text[i + 2]) - 0x80));
      i += 2;
    } else {
      output.push_back(text[i]);
    }
  }
  return output;
}

std::vector<Case> read_cases(const std::string& text) {
  std::vector<Case> cases;
  std::size_t at = 0;
  while ((at = text.find("<test id=\"", at)) != std::string::npos) {
    std::size_t end = text.find("</test>", at);
    std::string test = text.substr(at, end - at);
    std::size_t id_begin = test.find('"') + 1;
    cases.push_back({test.substr(id_begin, test.find('"', id_begin) - id_begin),
                     decode(between(test, "address")), between(test, "category"),
                     between(test, "diagnosis")});
    at = end;
  }
  return cases;
}

class IsemailConformanceTest : public testing::Test {
 protected:
  void SetUp() override {
    auto path = conformance_path("address/isemail-tests.xml");
    SKIP_WITHOUT_CONFORMANCE_DATA(path);
    cases_ = read_cases(read_file(*path));
    ASSERT_GT(cases_.size(), 100u);
  }

  std::vector<Case> cases_;
};

// RFC 5322 section 3.4.1: addr-spec with CFWS and the obsolete forms of section 4.4.
TEST_F(IsemailConformanceTest, Rfc5322ParserAcceptsAllButErrors) {
  for (const Case& test : cases_) {
    bool expected = test.category != "ISEMAIL_ERR";
    bool failure_expected = kExpectedFailures5322.contains(test.id);
    EXPECT_EQ(parse_addr_spec(test.address).has_value() == expected, !failure_expected)
        << "test " << test.id << " " << test.diagnosis << " '" << test.address << "'";
  }
}

// RFC 5321 section 4.1.2: Mailbox.
TEST_F(IsemailConformanceTest, Rfc5321ParserAcceptsValidMailboxesOnly) {
  for (const Case& test : cases_) {
    bool expected = test.category == "ISEMAIL_VALID_CATEGORY" ||
                    test.category == "ISEMAIL_RFC5321" || test.category == "ISEMAIL_DNSWARN";
    bool failure_expected = kExpectedFailures5321.contains(test.id);
    EXPECT_EQ(parse_mailbox(test.address).has_value() == expected, !failure_expected)
        << "test " << test.id << " " << test.diagnosis << " '" << test.address << "'";
  }
}

}  // namespace
}  // namespace mailcosm::mail
