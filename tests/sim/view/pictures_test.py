#!/usr/bin/env python3
"""Pictures of a whole run, read by programs that nobody here wrote: an XML parser, Graphviz, protoc, PlantUML.

usage: pictures_test.py MAILCOSM REPOSITORY
A program that is not installed is skipped, and said so.
"""
import base64
import gzip
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

MAILCOSM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
SCENARIO = str(ROOT / "scenarios/first/alice_to_bob.yaml")
HOSTILE = "</script><script>alert(1)</script> ]]> & \" ` %%{init: {}}%% ; # \\\\ \u202e right to left @enduml [[http://x]]"
SVG = "{http://www.w3.org/2000/svg}"
# The field numbers of github.com/google/perfetto, protos/perfetto/trace, as far as they are used.
PROTO = """
syntax = "proto2";
message Trace { repeated TracePacket packet = 1; }
message TracePacket {
  optional uint64 timestamp = 8; optional uint32 trusted_packet_sequence_id = 10;
  optional TrackEvent track_event = 11; optional TrackDescriptor track_descriptor = 60;
}
message TrackDescriptor { optional uint64 uuid = 1; optional string name = 2; optional uint64 parent_uuid = 5; }
message DebugAnnotation { optional string name = 10; optional int64 int_value = 4; optional string string_value = 6; }
message TrackEvent {
  enum Type { TYPE_UNSPECIFIED = 0; TYPE_SLICE_BEGIN = 1; TYPE_SLICE_END = 2; TYPE_INSTANT = 3; TYPE_COUNTER = 4; }
  repeated DebugAnnotation debug_annotations = 4; optional Type type = 9; optional uint64 track_uuid = 11;
  repeated string categories = 22; optional string name = 23; repeated fixed64 flow_ids = 47;
}
"""


def run(*words, check=True, **more):
    return subprocess.run(words, capture_output=True, check=check, timeout=300, **more)


class Pictures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.trace = str(cls.path / "run.trace")
        cls.hostile = str(cls.path / "hostile.trace")
        run(MAILCOSM, "run", "--quiet", "--trace", cls.trace, SCENARIO)
        run(MAILCOSM, "run", "--quiet", "--trace", cls.hostile, "--set", "title=" + json.dumps(HOSTILE),
            "--set", "story.1.alice writes.subject=" + json.dumps(HOSTILE),
            "--set", "story.1.alice writes.body=" + json.dumps(HOSTILE + "x" * 10_000), SCENARIO, check=False)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def picture(self, trace, *words):
        return run(MAILCOSM, "view", trace, "-o", "-", *words).stdout

    def program(self, name):
        if shutil.which(name) is None:
            self.skipTest(f"{name} is not installed")
        return name

    def test_svg_is_xml_with_text_and_no_scripts(self):
        for trace in (self.trace, self.hostile):
            for words in ([], ["--depth", "story"], ["--depth", "packet"], ["--picture", "topology"]):
                root = xml.etree.ElementTree.fromstring(self.picture(trace, "--format", "svg", *words))
                names = {element.tag for element in root.iter()}
                self.assertIn(SVG + "text", names)
                self.assertNotIn(SVG + "script", names)
                self.assertEqual([root[0].tag, root[1].tag], [SVG + "title", SVG + "desc"])

    def test_graphviz_takes_the_network(self):
        dot = self.program("dot")
        for trace in (self.trace, self.hostile):
            plain = run(dot, "-Tplain", input=self.picture(trace, "--format", "dot")).stdout.decode()
            self.assertEqual(len(re.findall(r"(?m)^node ", plain)), 20)
            self.assertEqual(len(re.findall(r"(?m)^edge ", plain)), 19)

    def test_protoc_reads_the_perfetto_trace(self):
        protoc = self.program("protoc")
        (self.path / "trace.proto").write_text(PROTO, encoding="utf-8")
        text = run(protoc, "--decode=Trace", f"-I{self.path}", str(self.path / "trace.proto"),
                   input=self.picture(self.trace, "--format", "perfetto")).stdout.decode()
        self.assertNotRegex(text, r"(?m)^\s*\d+:", "a field that Perfetto does not have")
        self.assertEqual(text.count("TYPE_SLICE_BEGIN"), text.count("TYPE_SLICE_END"))
        self.assertIn('name: "alice-laptop.red.com"', text)
        self.assertGreater(text.count("flow_ids"), 5)
        self.assertEqual(len(set(re.findall(r"flow_ids: (\d+)", text))), 1, "one message, one flow")

    def test_plantuml_takes_the_sequence(self):
        plantuml = self.program("plantuml")
        for trace in (self.trace, self.hostile):
            text = self.picture(trace, "--format", "plantuml")
            self.assertEqual(text.count(b"@enduml"), 1)
            done = run(plantuml, "-syntax", input=text, check=False)
            self.assertEqual(done.stdout.split()[0], b"SEQUENCE", done.stdout)

    def test_mermaid_is_short_and_has_no_raw_markup(self):
        for trace in (self.trace, self.hostile):
            for picture in ("sequence", "topology"):
                text = self.picture(trace, "--format", "mermaid", "--picture", picture)
                self.assertLess(len(text), 50_000)
                for mark in (b"<", b"`", b"%", b"{"):
                    self.assertNotIn(mark, text)

    def test_the_page_holds_the_trace_and_nothing_that_runs_from_it(self):
        page = self.picture(self.hostile).decode()
        self.assertNotIn("alert(1)</script>", page)
        packed = re.search(r'id="mailcosm-trace">([^<]*)</script>', page).group(1)
        columns = json.loads(gzip.decompress(base64.b64decode(packed)))
        self.assertIn("alert(1)", columns["title"])
        self.assertEqual(columns["left_out"], "")

    def test_pictures_are_the_same_each_time(self):
        for name in ("html", "svg", "mermaid", "plantuml", "dot", "perfetto"):
            self.assertEqual(self.picture(self.trace, "--format", name), self.picture(self.trace, "--format", name), name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
