// The text of each picture: nothing of a trace is taken for syntax.
#include <gtest/gtest.h>

#include "sim/view/dot.h"
#include "sim/view/link_text.h"
#include "sim/view/markup_text.h"
#include "sim/view/mermaid.h"
#include "sim/view/plantuml.h"
#include "sim/view/svg.h"
#include "tests/sim/view/run_sample.h"

namespace mailcosm::sim::view {
namespace {

Sequence sequence_with(std::string_view line) {
  SmallRun run;
  run.declare();
  run.emit(kWorld, Kind::kStoryStep, {1, "Alice writes"});
  run.dialogue(line, "250 OK");
  return sequence_of(run.header(), run.records());
}

NetworkMap map_with(std::string_view name) {
  NetworkMap map;
  map.hosts = {{std::string(name), "mta", "red.com"}, {"internet", "router", ""}};
  map.links = {{0, 1, std::chrono::milliseconds(10), 1'500'000, 12'500}};
  map.areas = {{std::string(name), 0, 0, 10, 10}};
  return map;
}

TEST(MermaidTest, DrawsAnExchange) {
  EXPECT_EQ(mermaid_sequence(sequence_with("MAIL FROM:<a@red.com>")),
            "sequenceDiagram\n"
            "  participant p0 as laptop.red.com\n"
            "  participant p1 as mx.blue.com\n"
            "  Note over p0,p1: Alice writes\n"
            "  p0->>p1: MAIL FROM:#60;a@red.com#62;\n"
            "  p1-->>p0: 250 OK\n");
}

TEST(MermaidTest, TextStaysText) {
  EXPECT_EQ(mermaid_escaped("a;b#c%%{d}`<"), "a#59;b#35;c#37;#37;#123;d#125;#96;#60;");
  const std::string text = mermaid_sequence(sequence_with("wrap:x"));
  EXPECT_NE(text.find("p0->>p1: #119;rap:x\n"), std::string::npos) << text;
  EXPECT_NE(mermaid_sequence(sequence_with("")).find("p0->>p1: (empty)\n"), std::string::npos);
}

TEST(MermaidTest, StopsBeforeItsLimit) {
  Sequence sequence = sequence_with("NOOP");
  for (int i = 0; i < 1000; ++i) {
    sequence.items.push_back(sequence.items[1]);
    sequence.items.back().text = std::string(100, '#');
  }
  const std::string text = mermaid_sequence(sequence);
  EXPECT_LE(text.size(), kMermaidOctetsMax);
  EXPECT_NE(text.find(" more\n"), std::string::npos);
}

TEST(MermaidTest, DrawsNobodyAsADiagramThatParses) {
  EXPECT_EQ(mermaid_sequence({}), "sequenceDiagram\n  participant p0 as nobody\n");
}

TEST(PlantumlTest, DrawsAnExchange) {
  EXPECT_EQ(plantuml_sequence(sequence_with("MAIL FROM:<a@red.com>")),
            "@startuml\n"
            "title A <U+003C>small<U+003E> run\n"
            "participant \"laptop.red.com\" as p0\n"
            "participant \"mx.blue.com\" as p1\n"
            "note over p0, p1 : Alice writes\n"
            "p0 -> p1 : MAIL FROM:<U+003C>a<U+0040>red.com<U+003E>\n"
            "p1 --> p0 : 250 OK\n"
            "@enduml\n");
}

TEST(DotTest, QuotesNames) {
  EXPECT_EQ(dot_quoted("a\"b\\c&d"), "\"a\\\"b\\\\c&amp;d\"");
  const std::string text = dot_network(map_with("x\"];evil[label=\""));
  EXPECT_NE(text.find("label=\"x\\\"];evil[label=\\\"\";\n"), std::string::npos) << text;
  EXPECT_NE(text.find("h0 -- h1 [label=\"10 ms, 1500 kbit/s, 1.25 % loss\"]"), std::string::npos)
      << text;
}

TEST(SvgTest, HasATitleADescriptionAndBothColourModes) {
  const std::string text = svg_sequence(sequence_with("NOOP"));
  EXPECT_NE(text.find("role=\"img\" aria-labelledby=\"picture-title picture-description\""),
            std::string::npos);
  EXPECT_NE(text.find("<title id=\"picture-title\">&quot;A &lt;small&gt; run&quot;"),
            std::string::npos);
  EXPECT_NE(text.find("<desc id=\"picture-description\">"), std::string::npos);
  EXPECT_NE(text.find("prefers-color-scheme: dark"), std::string::npos);
  EXPECT_NE(text.find(">NOOP</text>"), std::string::npos);
}

TEST(SvgTest, TextStaysText) {
  for (const std::string& text :
       {svg_sequence(sequence_with(kHostile)), svg_network(map_with(kHostile), kHostile)}) {
    EXPECT_EQ(text.find("<script"), std::string::npos);
    EXPECT_NE(text.find("&lt;/script&gt;"), std::string::npos);
    EXPECT_EQ(text.find('\x01'), std::string::npos);
  }
}

TEST(MarkupTextTest, EscapesWhatHasAMeaning) {
  EXPECT_EQ(markup_escaped("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(markup_escaped("a\xef\xbf\xbf"), "a\xef\xbf\xbd");  // U+FFFF is no character of XML
}

TEST(LinkTextTest, NamesWhatALinkDoes) {
  EXPECT_EQ(link_text({0, 1, std::chrono::milliseconds(20), 100'000'000, 0}), "20 ms, 100 Mbit/s");
  EXPECT_EQ(link_text({0, 1, std::chrono::microseconds(200), 0, 0}), "200 us");
  EXPECT_EQ(link_text({0, 1, std::chrono::seconds(1), 9600, 1}), "1 s, 9600 bit/s, 0.0001 % loss");
}

}  // namespace
}  // namespace mailcosm::sim::view
