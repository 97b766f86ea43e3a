#!/usr/bin/env python3
"""Compares traces, goldens and scenarios with mailcosm diff.

usage: diff_test.py MAILCOSM REPOSITORY
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

MAILCOSM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
SCENARIO = ROOT / "scenarios/first/alice_to_bob.yaml"


def run(*words):
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
    return subprocess.run([MAILCOSM, *map(str, words)], capture_output=True, text=True, check=False, timeout=300,
                          env=environment)


class Diff(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.scenario = self.folder / "one.yaml"
        self.scenario.write_text(SCENARIO.read_text(encoding="utf-8"), encoding="utf-8")

    def trace(self, name, *words):
        path = self.folder / name
        run("run", "--quiet", "--depth", "protocol", "--trace", path, *words, self.scenario)
        return path

    def changed(self, what, instead):
        text = self.scenario.read_text(encoding="utf-8")
        self.assertIn(what, text)
        path = self.folder / "other.yaml"
        path.write_text(text.replace(what, instead), encoding="utf-8")
        return path

    def test_traces_say_which_layer_moved_and_count_by_kind_and_host(self):
        one = self.trace("a.jsonl")
        two = self.trace("b.jsonl", "--set", "internet.latency=22 ms")
        done = run("diff", one, two)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("  times only: nothing else changed.\n", done.stdout)
        for part in ("The first difference:", "By kind:", "By host:", "later.\n"):
            self.assertIn(part, done.stdout)
        self.assertEqual(run("diff", one, one).returncode, 0)

    def test_scenarios_are_run(self):
        done = run("diff", self.scenario, self.scenario)
        self.assertEqual((done.returncode, done.stdout), (0, "The two are the same.\n"))
        done = run("diff", self.scenario, self.changed("mx1: 10", "mx1: 30"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("The first divergence", done.stdout)
        self.assertIn("What led to it, the nearest first:", done.stdout)

    def test_a_golden_is_compared_with_its_scenario(self):
        self.assertEqual(run("test", "--update", self.scenario).returncode, 0)
        golden = self.folder / "one.golden"
        self.assertTrue(golden.exists())
        self.assertEqual(run("diff", golden, self.scenario).returncode, 0)
        golden.write_text(golden.read_text(encoding="utf-8").replace("EHLO", "HELO", 1), encoding="utf-8")
        done = run("diff", golden, self.scenario)
        self.assertEqual(done.returncode, 1)
        self.assertIn("wording only", done.stdout)
        golden.write_text(golden.read_text(encoding="utf-8").replace("seed", "sead", 1), encoding="utf-8")
        done = run("diff", golden, self.scenario)
        self.assertEqual(done.returncode, 4)
        self.assertIn("one.golden: line 3: ", done.stderr)

    def test_a_trace_and_a_scenario_are_wrong_usage(self):
        self.assertEqual(run("diff", self.trace("a.jsonl"), self.scenario).returncode, 2)

    def test_what_cannot_be_read_is_4_or_3(self):
        self.assertEqual(run("diff", self.folder / "missing", self.folder / "missing").returncode, 4)
        self.assertEqual(run("diff", self.folder / "missing.yaml", self.scenario).returncode, 4)
        bad = self.folder / "bad.yaml"
        bad.write_text("mailcosm: 1\nstory: 5\n", encoding="utf-8")
        self.assertEqual(run("diff", self.scenario, bad).returncode, 3)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
