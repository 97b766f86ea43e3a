#!/usr/bin/env python3
"""Reads the help, the man page and the completions of mailcosm as shells and man do, and starts from its templates.

usage: help_test.py MAILCOSM REPOSITORY
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

MAILCOSM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()


def run(*words, folder=None, stdin=""):
    return subprocess.run([MAILCOSM, *words], input=stdin, capture_output=True, text=True, check=False, timeout=300,
                          cwd=folder)


def commands():
    listed = run().stdout.split("Commands:\n")[1].split("\n\n")[0]
    return [line.split()[0] for line in listed.splitlines() if re.match(r"  \w", line)]


def options_of(command):
    return re.findall(r"^ {2,6}(?:-\w, )?(--[a-z-]+)", run(command, "--help").stdout, re.MULTILINE)


class Help(unittest.TestCase):
    def test_every_command_has_details_and_an_example(self):
        self.assertGreater(len(commands()), 10)
        for command in commands():
            text = run(command, "--help").stdout
            self.assertIn(f"Usage: mailcosm {command} ", text)
            self.assertIn("\nExamples:\n", text)
            self.assertEqual(run("help", command).stdout, text)

    def test_no_line_is_wider_than_100_columns_but_those_to_be_copied(self):
        for command in commands():
            explanations = run(command, "--help").stdout.split("\nExamples:\n")[0]
            for line in explanations.splitlines():
                self.assertLessEqual(len(line), 100, line)

    def test_help_of_an_unknown_command_is_wrong_usage(self):
        done = run("help", "nonsense")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("nonsense", done.stderr)

    def test_an_error_names_the_command_to_ask(self):
        done = run("run", "--frobnicate", "x.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("Try 'mailcosm run --help'", done.stderr)


class ManPage(unittest.TestCase):
    def setUp(self):
        self.page = run("help", "--man").stdout

    def test_it_names_every_command_and_option(self):
        plain = self.page.replace("\\-", "-")
        for command in commands():
            self.assertIn(f".SS mailcosm {command} ", plain)
            for option in options_of(command):
                self.assertIn(option, plain)

    def check_silent(self, *words):
        if not shutil.which(words[0]):
            self.skipTest(f"{words[0]} is not installed")
        with tempfile.NamedTemporaryFile("w", suffix=".1", encoding="utf-8") as file:
            file.write(self.page)
            file.flush()
            done = subprocess.run([*words, file.name], capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_groff_has_no_warning(self):
        self.check_silent("groff", "-ww", "-man", "-Tutf8", "-z")

    def test_man_shows_it_without_warning(self):
        self.assertIn("mailcosm run", self.check_silent("man", "-l", "--warnings"))

    def test_mandoc_has_no_warning(self):
        self.assertEqual(self.check_silent("mandoc", "-T", "lint", "-W", "warning"), "")


class Completion(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name in ("a.yaml", "b.yml", "c.txt", "d e.yaml", "t.jsonl"):
            (self.folder / name).touch()
        (self.folder / "sub").mkdir()

    def script(self, shell):
        path = self.folder / f"completion.{shell}"
        path.write_text(run("completion", shell).stdout, encoding="utf-8")
        return str(path)

    def bash(self, *words):
        """What bash proposes for the last of the words."""
        quoted = " ".join("'" + word + "'" for word in ("mailcosm", *words))
        script = (f"source '{self.script('bash')}'; rm '{self.folder}/completion.bash'; COMP_WORDS=({quoted}); "
                  f"COMP_CWORD={len(words)}; _mailcosm; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, check=True, timeout=60,
                              cwd=self.folder)
        self.assertEqual(done.stderr, "")
        return sorted(done.stdout.split("\n")[:-1])

    def test_bash_completes_commands(self):
        self.assertEqual(self.bash(""), sorted([*commands(), "--help", "--version"]))
        self.assertEqual(self.bash("sch"), ["schema"])
        self.assertEqual(self.bash("nonsense", ""), [""])

    def test_bash_completes_options_and_their_values(self):
        for command in commands():
            self.assertLessEqual(set(options_of(command)), set(self.bash(command, "-")), command)
        self.assertEqual(self.bash("run", "--dep"), ["--depth"])
        self.assertEqual(self.bash("run", "--depth", ""), ["packet", "protocol", "story"])
        self.assertEqual(self.bash("run", "--seed", ""), [""])
        self.assertEqual(self.bash("new", "--template", "fai"), ["failure"])
        self.assertEqual(self.bash("completion", "z"), ["zsh"])
        self.assertEqual(self.bash("help", "di"), ["diff"])

    def test_bash_completes_the_files_that_fit(self):
        self.assertEqual(self.bash("run", ""), ["a.yaml", "b.yml", "d e.yaml", "sub"])
        self.assertEqual(self.bash("run", "--pcap", "c"), ["c.txt"])
        self.assertEqual(self.bash("diff", ""), ["a.yaml", "b.yml", "d e.yaml", "sub", "t.jsonl"])
        self.assertEqual(self.bash("run", "d"), ["d e.yaml"])

    def test_bash_keeps_the_options_of_the_shell(self):
        script = f"source '{self.script('bash')}'; before=$(shopt); COMP_WORDS=(mailcosm ''); COMP_CWORD=1; _mailcosm; " \
                 "[[ $before == $(shopt) ]]"
        self.assertEqual(subprocess.run(["bash", "--norc", "-c", script], check=False, timeout=60).returncode, 0)

    def check_syntax(self, shell, option):
        if not shutil.which(shell):
            self.skipTest(f"{shell} is not installed")
        done = subprocess.run([shell, option, self.script(shell)], capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_zsh_reads_its_script(self):
        self.check_syntax("zsh", "-n")

    def test_fish_reads_its_script_and_completes(self):
        self.check_syntax("fish", "--no-execute")
        done = subprocess.run(["fish", "--no-config", "-c",
                               f"source {self.script('fish')}; complete -C 'mailcosm '; complete -C 'mailcosm run --de'"],
                              capture_output=True, text=True, check=False, timeout=60, cwd=self.folder)
        proposed = [line.split("\t")[0] for line in done.stdout.splitlines()]
        self.assertLessEqual(set(commands()), set(proposed), done.stderr)
        self.assertIn("--depth", proposed)


class New(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def templates(self):
        text = run("new", "--help").stdout.split("The templates are:\n\n")[1].split("\n\n")[0]
        return [line.split()[0] for line in text.splitlines()]

    def test_every_template_passes_check_lint_and_test(self):
        self.assertGreaterEqual(len(self.templates()), 4)
        for template in self.templates():
            file = f"my_{template}.yaml"
            self.assertEqual(run("new", "--template", template, f"my_{template}", folder=self.folder).returncode, 0)
            for command in ("check", "lint", "test"):
                done = run(command, file, folder=self.folder)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertNotIn("note:", done.stdout + done.stderr)
            text = (pathlib.Path(self.folder) / file).read_text(encoding="utf-8")
            self.assertIn(f"title: My {template}\n", text)
            self.assertLessEqual(max(len(line) for line in text.splitlines()), 120)

    def test_it_overwrites_nothing(self):
        path = pathlib.Path(self.folder) / "x.yaml"
        path.write_text("mine", encoding="utf-8")
        for name in ("x", "x.yaml"):
            done = run("new", name, folder=self.folder)
            self.assertEqual(done.returncode, 2)
            self.assertIn("exists", done.stderr)
        self.assertEqual(path.read_text(encoding="utf-8"), "mine")

    def test_a_bad_name_is_wrong_usage(self):
        for name in ("", "/", "a b", "a:b", ".hidden", "-", "x" * 101, "\u00e4", "sub/.yaml"):
            self.assertEqual(run("new", "--", name, folder=self.folder).returncode, 2, name)
        self.assertEqual(run("new", "-t", "nonsense", "x", folder=self.folder).returncode, 2)
        self.assertEqual(list(pathlib.Path(self.folder).iterdir()), [])

    def test_a_folder_that_is_missing_is_4(self):
        done = run("new", "missing/x", folder=self.folder)
        self.assertEqual(done.returncode, 4)
        self.assertIn("missing/x.yaml", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
