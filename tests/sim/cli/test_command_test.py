#!/usr/bin/env python3
"""Uses `mailcosm test` as a person and as a CI job would, and reads its outputs with programs of others.

usage: test_command_test.py MAILCOSM REPOSITORY

JUnit is read by python3-junitparser and xmllint, TAP by Perl's TAP::Parser and node-tap-parser; where one of them is
missing its tests are skipped. MAILCOSM_JUNIT_XSD may name the schema junit-10.xsd of Jenkins' xUnit plug-in.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree

MAILCOSM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
CI_VARIABLES = ("CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE")

HEAD = """mailcosm: 1
title: {title}
organisations:
  red.com:
    users:
      alice: {{devices: {{laptop: imap}}}}
      bob: {{devices: {{phone: imap}}}}
story:
  - at: {at}
    alice writes: {{to: bob@red.com, subject: Hello, body: Hi}}
expect:
"""
HOLDS = """  - says: Bob has the mail.
    mailbox: bob
    has: {count: 1}
"""
FAILS = """  - says: Bob has two mails.
    mailbox: bob
    has:
      count: 2
"""


def scenario(expect=HOLDS, title="A small scenario", at="0 s"):
    return HEAD.format(title=title, at=at) + expect


class TestCommand(unittest.TestCase):
    """A folder of its own as the current one."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name).resolve()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def environment(self, changes=None):
        environment = {name: value for name, value in os.environ.items() if name not in CI_VARIABLES}
        return {**environment, **(changes or {})}

    def run_test(self, *words, environment=None, cwd=None):
        return subprocess.run([MAILCOSM, "test", *words], capture_output=True, text=True, check=False, timeout=300,
                              cwd=cwd or self.folder, env=self.environment(environment))

    def status(self, *words, **more):
        return self.run_test(*words, **more).returncode


class ExitCodes(TestCommand):
    def test_all_pass_is_0(self):
        self.write("s/a.yaml", scenario())
        done = self.run_test("s")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "ok    s/a.yaml (1 expectation)\n1 scenario run: 1 passed.\n")

    def test_a_failed_expectation_is_1(self):
        self.write("a.yaml", scenario(FAILS))
        self.assertEqual(self.status("a.yaml"), 1)

    def test_only_malformed_scenarios_are_3_and_others_run_all_the_same(self):
        self.write("s/a.yaml", scenario())
        self.write("s/b.yaml", "mailcosm: 1\nfrobnicate: true\n")
        done = self.run_test("s")
        self.assertEqual(done.returncode, 3)
        self.assertIn("ok    s/a.yaml", done.stdout)
        self.assertIn("ERROR s/b.yaml (malformed)", done.stdout)
        self.assertIn("s/b.yaml:2:1: unknown key 'frobnicate'", done.stdout)
        self.write("s/c.yaml", scenario(FAILS))
        self.assertEqual(self.status("s"), 1)

    def test_two_runs_that_differ_are_5(self):
        self.write("a.yaml", scenario() + "canary: true\n")
        for words in (["--verify"], ["--repeat", "3"]):
            done = self.run_test(*words, "a.yaml")
            self.assertEqual(done.returncode, 5, done.stdout)
            self.assertIn("ERROR a.yaml (two runs differ)", done.stdout)
            self.assertIn("clock", done.stdout)

    def test_a_golden_that_cannot_be_read_is_4(self):
        self.write("a.yaml", scenario())
        (self.folder / "a.golden").mkdir()
        done = self.run_test("a.yaml")
        self.assertEqual(done.returncode, 4, done.stdout)

    def test_nothing_to_run_is_2_and_never_green(self):
        self.write("s/values.yaml", "a: 1\n")
        self.write("t/a.yaml", scenario())
        for words in (["s"], ["nowhere"], [], ["--filter", "zzz", "t"], ["--shard", "3/2", "t"], ["--seeds", "5..1", "t"],
                      ["--tie-break", "1", "t"], ["--repeat", "0", "t"], ["--repeat", "1000001", "t"], ["--frobnicate", "t"]):
            done = self.run_test(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertNotEqual(done.stderr, "", words)

    def test_an_interrupt_reports_what_has_finished_and_is_130(self):
        for number in range(400):
            self.write(f"s/{number:03}.yaml", scenario())
        # Unbuffered: communicate() would not see what readline() had read ahead.
        running = subprocess.Popen([MAILCOSM, "test", "-j1", "--junit", "j.xml", "s"], stdout=subprocess.PIPE, bufsize=0,
                                   cwd=self.folder, env=self.environment())
        first = running.stdout.readline().decode()
        running.send_signal(signal.SIGINT)
        rest = running.communicate(timeout=60)[0].decode()
        self.assertEqual(running.returncode, 130)
        self.assertTrue(first.startswith("ok    s/000.yaml"))
        self.assertIn("Stopped: interrupted.", rest)
        count = (first + rest).count("\nok ") + 1
        self.assertIn(f"{count} scenario runs: {count} passed, {400 - count} stopped.", rest)
        self.assertEqual(len(ElementTree.parse(self.folder / "j.xml").findall("testsuite")), count)


class Report(TestCommand):
    def test_a_failure_shows_line_caret_finding_conversation_and_command(self):
        self.write("a.yaml", scenario(HOLDS + FAILS))
        shown = self.run_test("a.yaml").stdout
        for part in ("FAIL  a.yaml (1 of 2 expectations failed)", "a.yaml:15: Bob has two mails.",
                     "      15 |   - says: Bob has two mails.\n         |     ^\n",
                     "      18 |       count: 2\n         |              ^ found: count is 1\n",
                     "(lmtp)", "  -> RCPT TO:<bob@red.com>", "  <- 250 2.1.5 Delivered",
                     "Reproduce it with: mailcosm test a.yaml"):
            self.assertIn(part, shown)
        self.assertNotIn("\x1b", shown)
        self.assertLessEqual(max(map(len, shown.splitlines())), 104)

    def test_quiet_prints_failures_only(self):
        self.write("s/a.yaml", scenario())
        self.assertEqual(self.run_test("--quiet", "s").stdout, "")
        self.write("s/b.yaml", scenario(FAILS))
        shown = self.run_test("--quiet", "s").stdout
        self.assertNotIn("s/a.yaml", shown)
        self.assertIn("s/b.yaml", shown)

    def test_the_output_is_the_same_with_any_number_of_threads(self):
        for number in range(30):
            self.write(f"s/{number:02}.yaml", scenario(FAILS if number % 7 == 3 else HOLDS, at=f"{number} s"))
        outputs = {self.run_test("--jobs", str(jobs), "s").stdout for jobs in (1, 2, 3, 8, 64)}
        self.assertEqual(len(outputs), 1)
        self.assertEqual(len(re.findall(r"^(ok|FAIL) ", outputs.pop(), flags=re.M)), 30)

    def test_progress_is_for_terminals_only(self):
        self.write("a.yaml", scenario())
        self.assertEqual(self.run_test("--seeds", "1..100", "a.yaml").stderr, "")

    def test_a_full_disk_is_4(self):
        self.write("a.yaml", scenario())
        self.assertEqual(self.status("--junit", "/dev/full", "a.yaml"), 4)
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([MAILCOSM, "test", "a.yaml"], stdout=full, stderr=subprocess.PIPE, check=False,
                                  cwd=self.folder, env=self.environment())
        self.assertEqual(done.returncode, 4)


class Selection(TestCommand):
    def setUp(self):
        super().setUp()
        for name in ("mx/one", "mx/two", "dns/one", "dns/three", "five"):
            self.write(f"s/{name}.yaml", scenario(title=f"About {name}"))

    def ran(self, *words):
        done = self.run_test(*words)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        return re.findall(r"^ok    (\S+)", done.stdout, flags=re.M)

    def test_files_come_in_the_order_of_the_arguments_and_once(self):
        self.assertEqual(self.ran("s/mx", "s"), ["s/mx/one.yaml", "s/mx/two.yaml", "s/dns/one.yaml",
                                                 "s/dns/three.yaml", "s/five.yaml"])

    def test_filters_take_paths_and_titles(self):
        self.assertEqual(self.ran("--filter", "mx/", "s"), ["s/mx/one.yaml", "s/mx/two.yaml"])
        self.assertEqual(self.ran("--filter", "about FIVE", "s"), ["s/five.yaml"])
        self.assertEqual(self.ran("--filter", "*/one.yaml", "s"), ["s/dns/one.yaml", "s/mx/one.yaml"])
        self.assertEqual(self.ran("--filter", "five", "--filter", "two", "s"), ["s/five.yaml", "s/mx/two.yaml"])

    def test_shards_together_are_everything(self):
        everything = self.ran("s")
        for count in (1, 2, 3, 5):
            parts = [self.ran("--shard", f"{index}/{count}", "s") for index in range(1, count + 1)]
            self.assertEqual(sorted(sum(parts, [])), sorted(everything))
        self.assertEqual(self.ran("--shard", "9/9", "s"), [], "an empty shard is nothing to complain about")

    def test_fail_fast_stops_after_the_first_failure_in_order(self):
        self.write("s/dns/two.yaml", scenario(FAILS))
        self.write("s/mx/three.yaml", scenario(FAILS))
        for jobs in ("1", "4"):
            done = self.run_test("--fail-fast", "--jobs", jobs, "s")
            self.assertEqual(done.returncode, 1)
            self.assertEqual(re.findall(r"^(ok|FAIL)  +(\S+)", done.stdout, flags=re.M),
                             [("ok", "s/dns/one.yaml"), ("ok", "s/dns/three.yaml"), ("FAIL", "s/dns/two.yaml")])
            self.assertIn("Stopped: --fail-fast", done.stdout)

    def test_rerun_failed_runs_what_failed_until_it_passes(self):
        self.write("s/mx/two.yaml", scenario(FAILS))
        self.assertEqual(self.status("s"), 1)
        self.assertEqual((self.folder / ".mailcosm/.gitignore").read_text(encoding="utf-8"), "*\n")
        for words in (["s"], []):
            done = self.run_test("--rerun-failed", *words)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(re.findall(r"^FAIL  (\S+)", done.stdout, flags=re.M), ["s/mx/two.yaml"])
            self.assertIn("1 scenario run", done.stdout)
        self.assertEqual(self.ran("s/dns"), ["s/dns/one.yaml", "s/dns/three.yaml"])
        self.write("s/mx/two.yaml", scenario())
        self.assertEqual(self.ran("--rerun-failed", "s"), ["s/mx/two.yaml"])
        self.assertEqual(len(self.ran("--rerun-failed", "s")), 5, "nothing failed last time: all run")
        self.assertEqual(self.status("--rerun-failed"), 2)

    def test_nothing_is_remembered_of_what_always_passed(self):
        self.ran("s")
        self.assertFalse((self.folder / ".mailcosm").exists())

    def test_where_nothing_can_be_remembered_all_is_as_ever(self):
        self.write("s/mx/two.yaml", scenario(FAILS))
        self.write(".mailcosm", "a file where the folder should be")
        self.assertEqual(self.status("s"), 1)


class Variants(TestCommand):
    def test_seeds_and_ties_multiply(self):
        self.write("a.yaml", scenario())
        done = self.run_test("--seeds", "3..4", "--tie-break", "shuffle:1..2", "a.yaml")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(re.findall(r"\[.*?\]", done.stdout), ["[seed 3, ties 1]", "[seed 3, ties 2]",
                                                              "[seed 4, ties 1]", "[seed 4, ties 2]"])

    def test_the_seed_reaches_the_run_and_the_command(self):
        self.write("a.yaml", scenario(FAILS))
        done = self.run_test("--seeds", "7", "--junit", "j.xml", "a.yaml")
        self.assertIn("Reproduce it with: mailcosm test --seeds 7 a.yaml", done.stdout)
        self.assertIn('name="seed" value="7"', self.read("j.xml"))

    def test_a_file_that_fails_with_one_seed_has_failed(self):
        self.write("a.yaml", scenario("  - says: Never.\n    line: {text: {contains: 'localhost'}}\n    never: true\n"))
        self.write("b.yaml", scenario(FAILS))
        self.run_test("--seeds", "1..3", "a.yaml", "b.yaml")
        self.assertEqual(self.read(".mailcosm/last-failed"), "mailcosm last-failed 1\nb.yaml\n")


class Goldens(TestCommand):
    def test_update_writes_what_is_then_compared(self):
        self.write("a.yaml", scenario())
        done = self.run_test("--update", "a.yaml")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("Written: a.golden", done.stdout)
        self.assertIn("ok    a.yaml (1 expectation, golden)", self.run_test("a.yaml").stdout)
        self.assertNotIn("Written", self.run_test("--update", "a.yaml").stdout)

    def test_a_difference_fails_with_its_layer_and_update_shows_it_before_it_writes(self):
        self.write("a.yaml", scenario())
        self.run_test("--update", "a.yaml")
        old = self.read("a.golden")
        self.write("a.yaml", scenario(at="2 s"))
        done = self.run_test("a.yaml")
        self.assertEqual(done.returncode, 1)
        self.assertIn("FAIL  a.yaml (golden: times only: nothing else changed)", done.stdout)
        self.assertIn("first divergence", done.stdout)
        done = self.run_test("--update", "a.yaml")
        self.assertEqual(done.returncode, 0)
        self.assertLess(done.stdout.index("first divergence"), done.stdout.index("Written: a.golden"))
        self.assertNotEqual(self.read("a.golden"), old)
        self.assertEqual(self.status("a.yaml"), 0)

    def test_all_differences_are_shown_only_where_the_expectations_hold(self):
        self.write("a.yaml", scenario())
        self.run_test("--update", "a.yaml")
        self.write("a.yaml", scenario(at="2 s"))
        self.assertIn("All differences (", self.run_test("a.yaml").stdout)
        self.write("a.yaml", scenario(FAILS, at="2 s"))
        shown = self.run_test("a.yaml").stdout
        self.assertIn("first divergence", shown)
        self.assertNotIn("All differences (", shown)

    def test_update_is_refused_in_ci(self):
        self.write("a.yaml", scenario())
        for value in ("1", "true", "yes"):
            done = self.run_test("--update", "a.yaml", environment={"CI": value})
            self.assertEqual(done.returncode, 2)
            self.assertIn("CI", done.stderr)
            self.assertFalse((self.folder / "a.golden").exists())
        for value in ("", "0", "false"):
            self.assertEqual(self.status("--update", "a.yaml", environment={"CI": value}), 0)

    def test_update_does_not_go_with_other_runs_than_the_scenarios_own(self):
        self.write("a.yaml", scenario())
        self.assertEqual(self.status("--update", "--seeds", "2", "a.yaml"), 2)
        self.assertEqual(self.status("--update", "--tie-break", "shuffle:2", "a.yaml"), 2)

    def test_a_scenario_that_fails_gets_no_golden(self):
        self.write("a.yaml", scenario(FAILS))
        self.assertEqual(self.status("--update", "a.yaml"), 1)
        self.assertFalse((self.folder / "a.golden").exists())

    def test_a_golden_of_nonsense_is_3_and_can_be_replaced(self):
        self.write("a.yaml", scenario())
        self.write("a.golden", "nonsense\n")
        done = self.run_test("a.yaml")
        self.assertEqual(done.returncode, 3, done.stdout)
        self.assertIn("a.yaml:1: a.golden: line 1: ", done.stdout)
        self.assertEqual(self.status("--update", "a.yaml"), 0)
        self.assertEqual(self.status("a.yaml"), 0)

    def test_a_golden_that_cannot_be_written_is_4(self):
        self.write("a.yaml", scenario())
        (self.folder / "a.golden").symlink_to("nowhere/a.golden")
        self.assertEqual(self.status("--update", "a.yaml"), 4)


class Artifacts(TestCommand):
    FILES = ["failure.txt", "narrative.txt", "packets.pcapng", "replay.html", "reproduce.sh", "run.trace", "scenario.yaml"]

    def test_each_failure_gets_a_folder_with_everything(self):
        self.write("s/good.yaml", scenario())
        self.write("s/bad.yaml", scenario(FAILS))
        done = self.run_test("--artifacts", "out", "s")
        files = sorted(path.relative_to(self.folder / "out").as_posix() for path in (self.folder / "out").rglob("*.*"))
        self.assertEqual(files, [f"s/bad/{name}" for name in self.FILES])
        self.assertIn("All about it is in: out/s/bad\n", done.stdout)
        self.assertIn("Bob has two mails.", self.read("out/s/bad/failure.txt"))
        self.assertIn("Alice", self.read("out/s/bad/narrative.txt"))
        command = self.read("out/s/bad/reproduce.sh").splitlines()[-1].replace("exec mailcosm", str(MAILCOSM))
        self.assertEqual(subprocess.run(command, shell=True, cwd=self.folder, check=False,
                                        capture_output=True, env=self.environment()).returncode, 1)
        same = subprocess.run([MAILCOSM, "diff", "out/s/bad/run.trace", "out/s/bad/run.trace"], check=False,
                              cwd=self.folder, capture_output=True)
        self.assertEqual(same.returncode, 0)

    def test_folders_stay_below_the_one_given_and_variants_apart(self):
        path = self.write("s/bad.yaml", scenario(FAILS))
        self.run_test("--artifacts", "out", "--seeds", "1..2", "--jobs", "2", "s/../s/bad.yaml")
        self.run_test("--artifacts", "out", str(path))
        self.run_test("--artifacts", "deep/out", "../s/bad.yaml", cwd=self.write("work/x", "").parent)
        self.assertTrue((self.folder / "out/s/bad.seed-1/run.trace").exists())
        self.assertTrue((self.folder / "out/s/bad.seed-2/run.trace").exists())
        self.assertTrue((self.folder / "out" / str(path.with_suffix(""))[1:] / "run.trace").exists())
        self.assertTrue((self.folder / "work/deep/out/s/bad/run.trace").exists())

    def test_a_malformed_scenario_leaves_its_message(self):
        self.write("bad.yaml", "mailcosm: 1\nfrobnicate: 2\n")
        self.run_test("--artifacts", "out", "bad.yaml")
        self.assertIn("frobnicate", self.read("out/bad/failure.txt"))
        self.assertFalse((self.folder / "out/bad/run.trace").exists())

    def test_what_cannot_be_written_is_told(self):
        self.write("bad.yaml", scenario(FAILS))
        self.write("out", "a file")
        done = self.run_test("--artifacts", "out", "bad.yaml")
        self.assertEqual(done.returncode, 1)
        self.assertIn("out/bad", done.stderr)


class Hostile(TestCommand):
    """Texts that try to break out of every format."""
    SAYS = "]]></failure><x> \\x01 \\xff \\\"quoted\\\" &amp; # %0A ::error:: `rm` $(rm) | not ok 1 \\u202e \\U0001f600"

    def setUp(self):
        super().setUp()
        self.write("s/a b'c.yaml", scenario(f'  - says: "{self.SAYS}"\n    mailbox: bob\n    has: {{count: 7}}\n',
                                            title='"<&]]> title"'))
        self.write("s/b.yaml", scenario('  - says: |\n      two\n      not ok 2 - lines\n    mailbox: bob\n    has: {count: 7}\n'))
        self.write("s/c.yaml", "mailcosm: 1\n]]><&\x01 \n")
        self.write("s/d.yaml", scenario())


class Junit(Hostile):
    def document(self):
        done = self.run_test("--junit", "j.xml", "s")
        self.assertEqual(done.returncode, 1)
        return ElementTree.parse(self.folder / "j.xml").getroot()

    def test_it_says_what_the_report_says(self):
        root = self.document()
        self.assertEqual([suite.get("file") for suite in root], ["s/a b'c.yaml", "s/b.yaml", "s/c.yaml", "s/d.yaml"])
        self.assertEqual([suite.get("failures") for suite in root], ["1", "1", "0", "0"])
        self.assertEqual([suite.get("errors") for suite in root], ["0", "0", "1", "0"])
        for suite in root:
            names = {item.get("name") for item in suite.find("properties")}
            self.assertIn("reproduction", names)
            for case in suite.findall("testcase"):
                self.assertEqual(case.get("file"), suite.get("file"))
                self.assertGreater(int(case.get("line")), 0)
                for bad in [*case.findall("failure"), *case.findall("error")]:
                    self.assertTrue(bad.text.startswith(f"{case.get('file')}:{case.get('line')}: "), bad.text[:80])
        self.assertIn("]]></failure><x>", root[0].find("testcase/failure").text)

    def test_the_same_with_any_number_of_threads_but_for_the_times(self):
        documents = set()
        for jobs in ("1", "2", "8"):
            self.run_test("--jobs", jobs, "--junit", "j.xml", "s")
            documents.add(re.sub(r' time="[0-9.]+"', "", self.read("j.xml")))
        self.assertEqual(len(documents), 1)

    def test_junitparser_reads_it(self):
        program = """import junitparser
parsed = junitparser.JUnitXml.fromfile("j.xml")
parsed.update_statistics()
suite = next(iter(parsed))
print(parsed.tests, parsed.failures, parsed.errors, sorted(item.name for item in suite.properties()),
      sorted({type(result).__name__ for case in suite for result in case.result}))
"""
        # Debian's package belongs to Debian's Python, which need not be the one that runs this.
        for python in (sys.executable, "/usr/bin/python3"):
            if subprocess.run([python, "-c", "import junitparser"], capture_output=True, check=False).returncode == 0:
                break
        else:
            self.skipTest("python3-junitparser is not installed")
        root = self.document()
        done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True, cwd=self.folder)
        self.assertEqual(done.stdout.strip(), f"{root.get('tests')} {root.get('failures')} {root.get('errors')} "
                         "['digest', 'events', 'reproduction', 'seed', 'title'] ['Failure', 'Skipped']")

    def test_xmllint_finds_it_well_formed_and_valid(self):
        if shutil.which("xmllint") is None:
            self.skipTest("xmllint is not installed")
        root = self.document()
        subprocess.run(["xmllint", "--noout", "j.xml"], check=True, cwd=self.folder)
        schema = os.environ.get("MAILCOSM_JUNIT_XSD")
        if not schema:
            self.skipTest("MAILCOSM_JUNIT_XSD names no schema")
        # `file` and `line` of cases are what GitLab, pytest and others have added to it.
        for case in root.iter("testcase"):
            del case.attrib["file"], case.attrib["line"]
        ElementTree.ElementTree(root).write(self.folder / "plain.xml", encoding="utf-8")
        subprocess.run(["xmllint", "--noout", "--schema", schema, "plain.xml"], check=True, cwd=self.folder,
                       capture_output=True)


class Tap(Hostile):
    def setUp(self):
        super().setUp()
        self.tap = self.run_test("--tap", "s").stdout

    def test_it_has_version_plan_and_a_point_for_each_scenario(self):
        lines = self.tap.splitlines()
        self.assertEqual(lines[:2], ["TAP version 14", "1..4"])
        self.assertEqual([line.split(" - ")[0] for line in lines if re.match(r"(not )?ok ", line)],
                         ["not ok 1", "not ok 2", "not ok 3", "ok 4"])

    def test_perl_reads_it(self):
        program = """use TAP::Parser; my $parser = TAP::Parser->new({tap => join('', <STDIN>)});
                     while ($parser->next) {} print join(',', $parser->passed), ' ', join(',', $parser->failed), ' ',
                     join('|', $parser->parse_errors), ' ', $parser->tests_planned;"""
        if shutil.which("perl") is None:
            self.skipTest("perl is not installed")
        # That of Debian 12 knows version 13 only, of which 14 is an extension.
        done = subprocess.run(["perl", "-e", program], input=self.tap.replace("version 14", "version 13", 1),
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.stdout, done.stderr), ("4 1,2,3  4", ""))

    def test_node_tap_parser_reads_it_with_subtests(self):
        if shutil.which("tap-parser") is None:
            self.skipTest("node-tap-parser is not installed")
        done = subprocess.run(["tap-parser", "-t", "-f"], input=self.tap, capture_output=True, text=True, check=False,
                              env={**os.environ, "NODE_PATH": "/usr/share/nodejs"})
        if "Cannot find module" in done.stderr:
            self.skipTest("node-tap-parser does not run with this node")
        self.assertIn("# failed 3 of 4 tests", done.stdout + done.stderr)

    def test_a_run_that_stops_bails_out(self):
        done = self.run_test("--tap", "--fail-fast", "s")
        self.assertIn("\nBail out! --fail-fast", done.stdout)
        self.assertEqual(done.returncode, 1)


class Github(Hostile):
    def annotations(self, *words, **environment):
        done = self.run_test(*words, environment={"GITHUB_ACTIONS": "true", **environment})
        return [line for line in done.stdout.splitlines() if line.startswith("::error")], done

    def test_without_github_there_are_none(self):
        self.assertNotIn("\n::error", self.run_test("s").stdout)

    def test_each_failure_is_annotated_at_its_line(self):
        found, _ = self.annotations("s")
        self.assertEqual(len(found), 3)
        self.assertTrue(found[0].startswith("::error file=s/a b'c.yaml,line=12,col=5,title="), found[0])
        for line in found:
            properties = line.split("::")[1]
            self.assertRegex(properties, r"^error file=[^,:]*,line=\d+,col=\d+,title=[^,:]*$")

    def test_files_are_named_from_the_root_of_the_repository(self):
        found, _ = self.annotations(".", GITHUB_WORKSPACE=str(self.folder.parent))
        self.assertTrue(found[1].startswith(f"::error file={self.folder.name}/s/b.yaml,"), found[1])

    def test_at_most_nine_and_one_that_counts_the_rest(self):
        for count in (9, 10, 30):
            for number in range(count):
                self.write(f"many/{number:02}.yaml", scenario(FAILS))
            found, _ = self.annotations("many")
            self.assertEqual(len(found), min(count, 10))
            self.assertEqual(f"{count - 9} more failures" in found[-1], count > 9)

    def test_the_summary_is_appended_with_a_diagram(self):
        self.write("summary.md", "before\n")
        self.annotations("s", GITHUB_STEP_SUMMARY=str(self.folder / "summary.md"))
        summary = self.read("summary.md")
        self.assertTrue(summary.startswith("before\n"))
        self.assertIn("```mermaid\nsequenceDiagram\n", summary)
        self.assertIn("4 scenario runs: 1 passed, 2 failed, 1 malformed.", summary)
        self.assertNotIn("<x>", re.sub(r"```.*?```", "", summary, flags=re.S))

    def test_a_green_run_has_a_summary_and_no_annotation(self):
        found, _ = self.annotations("s/d.yaml", GITHUB_STEP_SUMMARY=str(self.folder / "summary.md"))
        self.assertEqual(found, [])
        self.assertIn("1 scenario run: 1 passed.", self.read("summary.md"))

    def test_with_tap_annotations_leave_standard_output_alone(self):
        found, done = self.annotations("--tap", "s")
        self.assertEqual(found, [])
        self.assertEqual(done.stderr.count("::error "), 3)


class Speed(TestCommand):
    def test_a_hundred_small_scenarios_take_no_time_to_speak_of(self):
        text = (ROOT / "scenarios/first/alice_to_bob.yaml").read_text(encoding="utf-8")
        for number in range(100):
            self.write(f"s/{number:02}.yaml", text.replace("Lunch on Friday", f"Lunch {number}"))
        begin = time.monotonic()
        self.assertEqual(self.status("s"), 0)
        # One second is the aim for a release build on two idle cores; this also runs in sanitizer builds on busy ones.
        self.assertLess(time.monotonic() - begin, 120)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
