#!/usr/bin/env python3
"""Uses the mailcosm command as a person would: exit codes, output, files, bad input.

usage: cli_test.py MAILCOSM REPOSITORY
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

MAILCOSM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
SCENARIO = str(ROOT / "scenarios/first/alice_to_bob.yaml")


def run(*words, stdin="", environment=None):
    return subprocess.run([MAILCOSM, *words], input=stdin, capture_output=True, text=True, check=False, timeout=300,
                          env={**os.environ, **(environment or {})})


class Help(unittest.TestCase):
    def test_without_arguments_it_prints_help_with_examples(self):
        done = run()
        self.assertEqual(done.returncode, 0)
        self.assertIn("Examples:", done.stdout)
        for command in ("run", "check", "expand", "schema", "hash", "diff"):
            self.assertIn(command, done.stdout)

    def test_each_command_has_help(self):
        for command in ("run", "check", "expand", "schema", "hash", "diff"):
            self.assertEqual(run(command, "--help").returncode, 0)

    def test_wrong_usage_is_2(self):
        for words in (["nonsense"], ["run"], ["run", "--frobnicate", SCENARIO], ["run", "--tie-break", "x", SCENARIO],
                      ["run", "--set", "novalue", SCENARIO], ["diff", "one"]):
            self.assertEqual(run(*words).returncode, 2, words)


class Run(unittest.TestCase):
    def test_it_tells_the_story_in_eight_steps(self):
        done = run("run", SCENARIO)
        self.assertEqual(done.returncode, 0, done.stderr)
        for step in range(1, 9):
            self.assertIn(f"\n{step}.  ", done.stdout)
        self.assertNotIn("\n9.  ", done.stdout)
        self.assertNotIn("\x1b", done.stdout, "no colour where there is no terminal")

    def test_quiet_says_nothing_when_all_holds(self):
        done = run("run", "--quiet", SCENARIO)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_a_failed_expectation_is_1_and_names_its_place(self):
        done = run("run", "--quiet", "--set", "story.2.at=3 min", SCENARIO)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, r"alice_to_bob\.yaml:\d+:\d+: expectation failed: ")
        self.assertIn("Reproduce it with: mailcosm run", done.stderr)

    def test_a_scenario_comes_from_standard_input(self):
        text = pathlib.Path(SCENARIO).read_text(encoding="utf-8")
        self.assertEqual(run("run", "--quiet", "-", stdin=text).returncode, 0)

    def test_a_missing_file_is_4(self):
        done = run("run", "/nonexistent.yaml")
        self.assertEqual(done.returncode, 4)
        self.assertIn("/nonexistent.yaml", done.stderr)

    def test_a_full_disk_is_4(self):
        self.assertEqual(run("run", "--quiet", "--trace", "/dev/full", SCENARIO).returncode, 4)
        self.assertEqual(run("run", "--quiet", "--pcap", "/dev/full", SCENARIO).returncode, 4)

    def test_until_ends_the_run(self):
        self.assertEqual(run("run", "--quiet", "--until", "3 min", SCENARIO).returncode, 0)
        done = run("run", "--quiet", "--until", "30 s", SCENARIO)
        self.assertEqual(done.returncode, 3, "the story goes on after the end")
        self.assertIn("30 s", done.stderr)

    def test_another_seed_gives_another_digest_and_the_same_outcome(self):
        self.assertNotEqual(run("hash", SCENARIO).stdout, run("hash", "--seed", "2", SCENARIO).stdout)
        self.assertEqual(run("run", "--quiet", "--seed", "2", SCENARIO).returncode, 0)

    def test_outcomes_do_not_depend_on_ties(self):
        for seed in range(1, 6):
            done = run("run", "--quiet", "--tie-break", f"shuffle:{seed}", SCENARIO)
            self.assertEqual(done.returncode, 0, done.stderr)


class Usage(unittest.TestCase):
    def test_a_value_that_is_missing_or_there_twice_is_said_in_words(self):
        self.assertIn("mailcosm: --trace: its value is missing\n", run("run", "--trace").stderr)
        self.assertIn("mailcosm: --threads: it is given more than once\n",
                      run("run", "--threads", "1", "--threads", "2", SCENARIO).stderr)


class Output(unittest.TestCase):
    def test_what_cannot_be_printed_is_4_whatever_the_command(self):
        for words in (["help"], ["schema"], ["hash", SCENARIO], ["expand", SCENARIO], ["run", SCENARIO], ["lint", SCENARIO],
                      ["lint", "--rules"], ["completion", "bash"], ["diff", SCENARIO, SCENARIO], ["bench", "engine", "--alone", "--pending", "1000"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([MAILCOSM, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual(done.returncode, 4, words)
            self.assertIn("mailcosm: ", done.stderr, words)


    def test_a_file_that_cannot_be_written_is_named_and_ends_the_run(self):
        for option in ("--trace", "--pcap"):
            for threads in ("1", "2"):
                # Some thousand times as long as it takes to fill a buffer.
                done = run("run", "--quiet", option, "/dev/full", "--threads", threads, "--set", "population.mails.count=1000000",
                           str(ROOT / "scenarios/research/twenty_domains.yaml"))
                self.assertEqual(done.returncode, 4)
                self.assertEqual(done.stderr, "mailcosm: /dev/full could not be written completely (disk full?)\n")


class Bench(unittest.TestCase):
    def test_figures_have_names_values_and_units(self):
        done = run("bench", "engine", "dialogues", "trees", "mails", "memory", "--pending", "1000", "--members", "20",
                   "--connections", "1", "--mails", "1", "--alone", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        figures = {figure["name"]: figure for figure in json.loads(done.stdout)["figures"]}
        expected = [("engine, 1,000 pending", "ns/event"), ("dialogues", "connections/s"),
                    ("trees, 20 members", "deliveries/s"), ("mails", "mails/s")]
        if "this build cannot measure memory" not in done.stderr:  # The allocator of the sanitizers keeps no count.
            expected.append(("memory, idle host", "octets"))
        for name, unit in expected:
            self.assertEqual(figures[name]["unit"], unit)
            self.assertGreater(figures[name]["value"], 0)

    def test_numbers_out_of_range_are_2(self):
        for option, value in (("--pending", "999"), ("--pending", "100000001"), ("--connections", "0"),
                              ("--connections", "10000001"), ("--members", "19"), ("--members", "20001"), ("--mails", "0"),
                              ("--mails", "1000001")):
            done = run("bench", "engine", option, value)
            self.assertEqual(done.returncode, 2, (option, value))
            self.assertIn(f"{option} takes a number from", done.stderr)


    def test_forms_that_exclude_each_other_are_2(self):
        for words in (("--json", "--table", "memory"), ("tcp", "--json"), ("memory", "tcp", "--table")):
            done = run("bench", *words)
            self.assertEqual(done.returncode, 2, words)
            self.assertEqual(done.stdout, "")

    def test_a_subject_that_is_named_twice_is_measured_once(self):
        lines = run("bench", "trees", "trees", "--members", "20", "--alone").stdout.splitlines()
        self.assertEqual(len(lines), 1, lines)


class Verify(unittest.TestCase):
    def test_a_good_scenario_passes(self):
        self.assertEqual(run("run", "--quiet", "--verify", SCENARIO).returncode, 0)

    def test_a_scenario_that_reads_a_real_clock_is_5(self):
        done = run("run", "--quiet", "--verify", str(ROOT / "tests/determinism/real_clock.yaml"))
        self.assertEqual(done.returncode, 5)
        self.assertIn("clock", done.stderr)


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return str(pathlib.Path(self.folder.name) / name)

    def test_traces_of_both_forms_hold_the_same(self):
        self.assertEqual(run("run", "--quiet", "--trace", self.path("a.jsonl"), SCENARIO).returncode, 0)
        self.assertEqual(run("run", "--quiet", "--trace", self.path("a.bin"), SCENARIO).returncode, 0)
        with open(self.path("a.jsonl"), encoding="utf-8") as lines:
            for line in lines:
                json.loads(line)
        self.assertEqual(run("diff", self.path("a.jsonl"), self.path("a.bin")).returncode, 0)

    def test_diff_shows_where_two_runs_part(self):
        run("run", "--quiet", "--trace", self.path("a.jsonl"), SCENARIO)
        run("run", "--quiet", "--trace", self.path("b.jsonl"), "--seed", "2", SCENARIO)
        done = run("diff", self.path("a.jsonl"), self.path("b.jsonl"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("first difference", done.stdout)

    def test_diff_of_what_is_no_trace_is_4(self):
        pathlib.Path(self.path("x")).write_text("no trace", encoding="utf-8")
        self.assertEqual(run("diff", self.path("x"), self.path("x")).returncode, 4)

    def test_the_expanded_scenario_gives_the_same_run(self):
        expanded = run("expand", SCENARIO)
        self.assertEqual(expanded.returncode, 0, expanded.stderr)
        pathlib.Path(self.path("full.yaml")).write_text(expanded.stdout, encoding="utf-8")
        self.assertEqual(run("hash", self.path("full.yaml")).stdout.split()[0], run("hash", SCENARIO).stdout.split()[0])


class Check(unittest.TestCase):
    def test_a_good_scenario_is_ok(self):
        done = run("check", SCENARIO)
        self.assertEqual((done.returncode, done.stdout), (0, f"{SCENARIO}: ok\n"))

    def test_a_bad_one_is_3_with_place_caret_and_suggestion(self):
        text = pathlib.Path(SCENARIO).read_text(encoding="utf-8").replace("subject:", "subjct:", 1)
        done = run("check", "-", stdin=text)
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, r"-:\d+:\d+: ")
        self.assertIn("^", done.stderr)
        self.assertIn("subject", done.stderr)

    def test_hostile_input_is_refused_quickly(self):
        for text in ("", "\x00", "[" * 10000, "a: &a [*a]\n", "a: " + "b" * 70_000_000):
            done = run("check", "-", stdin=text)
            self.assertEqual(done.returncode, 3, done.stderr[:200])


class Lint(unittest.TestCase):
    RULES = str(ROOT / "tests/sim/lint/rules")

    def test_a_good_scenario_has_no_findings(self):
        done = run("lint", SCENARIO)
        self.assertEqual((done.returncode, done.stdout), (0, "1 scenario: 0 warnings, 0 notes\n"))

    def test_a_warning_fails_and_a_note_does_not(self):
        done = run("lint", f"{self.RULES}/mx-is-alias.yaml")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"mx-is-alias\.yaml:\d+:\d+: warning: .* \[mx-is-alias\]\n    .*\n    +\^\n")
        done = run("lint", f"{self.RULES}/quota-below-message-size.yaml")
        self.assertEqual(done.returncode, 0)
        self.assertIn(": note: ", done.stdout)

    def test_a_folder_stands_for_its_scenarios(self):
        done = run("lint", self.RULES)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"\n\d\d scenarios: \d+ warnings, \d+ notes\n$")

    def test_json_is_one_object_on_a_line(self):
        lines = run("lint", "--json", self.RULES).stdout.splitlines()
        rules = {json.loads(line)["rule"] for line in lines}
        self.assertIn("ttl-zero", rules)

    def test_the_rules_are_those_of_the_page(self):
        names = [line.split()[0] for line in run("lint", "--rules").stdout.splitlines()]
        page = (ROOT / "docs/lint.md").read_text(encoding="utf-8")
        self.assertEqual(names, [line[3:] for line in page.splitlines() if line.startswith("## ")])

    def test_bad_input_has_its_own_exit_codes(self):
        self.assertEqual(run("lint", "-", stdin="title: x\n").returncode, 3)
        self.assertEqual(run("lint", "-", stdin="mailcosm: 1\ntitle: x\n").returncode, 1)
        self.assertEqual(run("lint").returncode, 2)
        self.assertEqual(run("lint", "/nonexistent").returncode, 4)


class Schema(unittest.TestCase):
    def test_it_is_json(self):
        self.assertIn("$schema", json.loads(run("schema").stdout))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
