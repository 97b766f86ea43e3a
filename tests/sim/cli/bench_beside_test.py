#!/usr/bin/env python3
"""`mailcosm bench` beside other programs: what bench/beside.py says is printed, and nothing it has started stays behind.

usage: bench_beside_test.py MAILCOSM

The program is copied into a source tree of its own, whose bench/beside.py is the test's."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

MAILCOSM = sys.argv[1]

SPEAKS = r'''
import sys
open("asked", "a").write(" ".join(sys.argv[1:]) + "\n")
print("peer\ttrees, 20 members\tanother program\t1\tdeliveries/s\tmore\tthe same work")
print("instructions\tevent\t123\tone event")
print("missing\tns-3 is not installed (apt-get install libns3-dev)")
'''
# Says that it runs, and when it was asked to end, and cleans up for a moment.
HANGS = r'''
import pathlib, signal, sys, time
def end(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(0.3)
    pathlib.Path("ended").touch()
    sys.exit(1)
signal.signal(signal.SIGTERM, end)
pathlib.Path("running").touch()
while True:
    time.sleep(1)
'''
TREES = ("bench", "trees", "--members", "20")


def until(path):
    """Whether the file comes to be."""
    for _ in range(600):
        if path.exists():
            return True
        time.sleep(0.05)
    return False


class Beside(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.copy = shutil.copy2(MAILCOSM, cls.folder.name)

    def setUp(self):
        self.tree = pathlib.Path(tempfile.mkdtemp(dir=self.folder.name))
        self.program = self.tree / "build/release/sim/cli/mailcosm"
        self.program.parent.mkdir(parents=True)
        os.link(self.copy, self.program)

    def script(self, text):
        (self.tree / "bench").mkdir()
        (self.tree / "bench/beside.py").write_text(text, encoding="utf-8")

    def run_bench(self, *words):
        return subprocess.run([self.program, *TREES, *words], cwd=self.tree, capture_output=True, text=True, check=False)

    def begin(self):
        """A bench whose script hangs."""
        self.script(HANGS)
        process = subprocess.Popen([self.program, *TREES], cwd=self.tree, stdout=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.assertTrue(until(self.tree / "running"))
        return process

    def test_what_stands_beside_comes_after_our_own_figures(self):
        self.script(SPEAKS)
        done = self.run_bench()
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        self.assertTrue(lines[0].startswith("trees, 20 members: "), lines)
        self.assertRegex(lines[-2], r"another program: 1\.0 deliveries/s \(beside trees, 20 members: Mailcosm is [\d.,]+ times as "
                                    r"fast; the same work\)")
        self.assertEqual(lines[-1], "instructions, event: 123 instructions (one event)")
        self.assertIn("Not measured: ns-3 is not installed (apt-get install libns3-dev).", done.stderr)

    def test_the_script_gets_subject_program_and_figures(self):
        self.script(SPEAKS)
        self.run_bench()
        asked = (self.tree / "asked").read_text(encoding="utf-8")
        self.assertTrue(asked.startswith(f"trees --program {self.program.resolve()} --figure trees, 20 members"), asked)

    def test_json_has_all_in_one_list(self):
        self.script(SPEAKS)
        figures = {figure["name"]: figure for figure in json.loads(self.run_bench("--json").stdout)["figures"]}
        self.assertEqual(figures["another program"]["value"], 1)
        self.assertFalse(figures["instructions, event"]["machine"])

    def test_alone_asks_nobody(self):
        self.script(SPEAKS)
        done = self.run_bench("--alone")
        self.assertNotIn("another program", done.stdout)
        self.assertEqual(done.stderr, "")
        self.assertFalse((self.tree / "asked").exists())

    def test_outside_of_a_source_tree_that_is_said(self):
        done = self.run_bench()
        self.assertEqual(done.returncode, 0)
        self.assertIn("Not measured: other programs and instructions", done.stderr)

    def test_a_script_that_fails_is_named_and_does_no_harm(self):
        self.script("import sys\nsys.exit(3)\n")
        done = self.run_bench()
        self.assertEqual(done.returncode, 0)
        self.assertIn("bench/beside.py failed", done.stderr)
        self.assertIn("trees, 20 members: ", done.stdout)

    def test_an_interrupt_waits_until_the_script_has_cleaned_up(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                self.setUp()
                process = self.begin()
                process.send_signal(number)
                self.assertEqual(process.wait(), 128 + number)
                self.assertTrue((self.tree / "ended").exists())

    def test_the_script_ends_when_the_program_is_killed(self):
        process = self.begin()
        process.kill()
        self.assertTrue(until(self.tree / "ended"))


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    unittest.main(argv=sys.argv[:1])
