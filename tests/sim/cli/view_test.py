#!/usr/bin/env python3
"""Uses mailcosm view and run --html as a person would: names of files, selections, bad input, terminals.

usage: view_test.py MAILCOSM REPOSITORY
"""
import base64
import gzip
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
import unittest

MAILCOSM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
SCENARIO = str(ROOT / "scenarios/first/alice_to_bob.yaml")


def run(*words, environment=None, **more):
    return subprocess.run([MAILCOSM, *words], capture_output=True, text=True, check=False, timeout=300,
                          env={**os.environ, **(environment or {})}, **more)


def columns(page):
    packed = re.search(r'id="mailcosm-trace">([^<]*)</script>', pathlib.Path(page).read_text(encoding="utf-8")).group(1)
    return json.loads(gzip.decompress(base64.b64decode(packed)))


class View(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.trace = str(cls.path / "run.jsonl")
        cls.page = str(cls.path / "direct.html")
        cls.done = run("run", "--quiet", "--trace", cls.trace, "--html", cls.page, SCENARIO)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_run_writes_the_page_with_the_scenario_in_it(self):
        self.assertEqual((self.done.returncode, self.done.stdout, self.done.stderr), (0, "", ""))
        data = columns(self.page)
        self.assertEqual(data["scenario"], pathlib.Path(SCENARIO).read_text(encoding="utf-8"))
        self.assertEqual(data["title"], "Alice writes to Bob")
        self.assertTrue(data["about"] and data["lesson"]["text"])

    def test_the_page_has_every_record_of_the_trace(self):
        lines = [json.loads(line) for line in pathlib.Path(self.trace).read_text(encoding="utf-8").splitlines()]
        self.assertEqual(columns(self.page)["count"], sum("id" in line for line in lines))

    def test_the_page_is_called_like_the_trace(self):
        done = run("view", self.trace)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(columns(self.path / "run.html")["count"], columns(self.page)["count"])

    def test_pictures_go_to_standard_output(self):
        self.assertTrue(run("view", self.trace, "--format", "mermaid").stdout.startswith("sequenceDiagram\n"))
        self.assertTrue(run("view", self.trace, "--format", "dot").stdout.startswith("graph mailcosm {\n"))

    def test_a_failed_run_still_writes_its_page(self):
        page = str(self.path / "failed.html")
        done = run("run", "--quiet", "--html", page, "--set", "story.2.at=3 min", SCENARIO)
        self.assertEqual(done.returncode, 1)
        data = columns(page)
        kind = [entry["name"] for entry in data["kinds"]].index("expectation.checked")
        self.assertIn(0, data["fields"][kind][1], "one expectation did not hold")

    def test_selections_say_what_they_leave_out(self):
        out = str(self.path / "part.html")
        done = run("view", self.trace, "-o", out, "--focus", "message=1", "--window", "..1 min")
        self.assertEqual(done.returncode, 0)
        self.assertIn("are left out: what does not concern 1 and what came after 1 min.", done.stderr)
        self.assertEqual("mailcosm: " + columns(out)["left_out"] + "\n", done.stderr)
        self.assertLess(columns(out)["count"], columns(self.page)["count"])

    def test_bad_input_is_said_in_one_line(self):
        for words, code in ((["view"], 2), (["view", self.trace, "--format", "gif"], 2),
                            (["view", self.trace, "--focus", "message="], 2), (["view", self.trace, "--focus", "mood=good"], 2),
                            (["view", self.trace, "--window", "5 s"], 2), (["view", self.trace, "--window", "5 s..1 s"], 2),
                            (["view", self.trace, "--window", "x..y"], 2),
                            (["view", str(self.path / "missing.trace")], 4), (["view", SCENARIO, "-o", "-"], 4),
                            (["view", self.trace, "--focus", "message=99", "-o", "-"], 4),
                            (["view", self.trace, "--why", "h99s1"], 4), (["view", self.trace, "--why", "nonsense"], 4),
                            (["view", self.trace, "-o", "/nonexistent/x.html"], 4)):
            done = run(*words)
            self.assertEqual(done.returncode, code, (words, done.stderr))
            self.assertTrue(done.stderr.strip(), words)
            self.assertNotIn("Traceback", done.stderr)

    def test_a_cut_trace_is_shown_with_a_note(self):
        cut = self.path / "cut.jsonl"
        cut.write_bytes(pathlib.Path(self.trace).read_bytes()[:50_000])
        done = run("view", str(cut))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("The trace is incomplete", columns(self.path / "cut.html")["left_out"])

    def test_why_tells_causes_back_to_the_story(self):
        records = [json.loads(line) for line in pathlib.Path(self.trace).read_text(encoding="utf-8").splitlines()]
        stored = next(r["id"] for r in records if r.get("kind") == "message.fetched")
        done = run("view", self.trace, "--why", stored)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("because", done.stdout)
        self.assertIn("Bob Blue checks mail on the phone", done.stdout.splitlines()[-1])

    def test_text_without_a_terminal_tells_the_story(self):
        told = run("view", self.trace, "--format", "text")
        direct = run("run", SCENARIO)
        self.assertEqual(told.returncode, 0)
        self.assertNotIn("\x1b", told.stdout)
        self.assertTrue(direct.stdout.startswith(told.stdout[:2000]))

    def play(self, keys, environment):
        """Steps through the run on a terminal of its own; gives all that was shown."""
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update(environment)
            os.execv(MAILCOSM, [str(MAILCOSM), "view", self.trace, "--format", "text"])
        shown = b""
        deadline = time.monotonic() + 60
        for key in (*keys, None):
            part = b""
            while b"q quit" not in part and time.monotonic() < deadline:
                if select.select([terminal], [], [], 1)[0]:
                    try:
                        part += os.read(terminal, 65536)
                    except OSError:
                        break
            shown += part
            if key:
                os.write(terminal, key.encode())
        os.write(terminal, b"q")
        while True:
            try:
                if not os.read(terminal, 65536):
                    break
            except OSError:
                break
        os.close(terminal)
        _, status = os.waitpid(child, 0)
        self.assertEqual(os.waitstatus_to_exitcode(status), 0)
        return shown.decode(errors="replace")

    def test_on_a_terminal_keys_step_through_the_run(self):
        shown = self.play(["N", "n", "c"], {"TERM": "xterm", "NO_COLOR": ""})
        self.assertIn("Alice writes to Bob - 1 of ", shown)
        self.assertIn("Alice Red writes to bob@blue.com", shown)
        self.assertIn("\x1b[1m", shown)

    def test_no_color_is_honoured_on_a_terminal(self):
        self.assertNotIn("\x1b[1m", self.play(["N"], {"TERM": "xterm", "NO_COLOR": "1"}))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
