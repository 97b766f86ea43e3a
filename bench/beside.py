#!/usr/bin/env python3
"""What `mailcosm bench` prints beside its own figures: other programs under the same work, and instructions counted.

    beside.py SUBJECT --program MAILCOSM --figure NAME ...   for one subject of `mailcosm bench` and these of its figures
    beside.py --self-test

Prints lines of words separated by tabs:

    peer, figure of ours, name of the peer, value, unit, "less" if the smaller value is better, else "more", remark
    instructions, unit of work, number, what one is
    missing, a sentence: what is not measured, why, and what helps

A request to end (SIGINT, SIGTERM) stops what was started, and nothing stays behind. bench/compare.py measures the same
programs several times, in turns with Mailcosm; that is the better comparison, and takes longer."""

import argparse
import pathlib
import shutil
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "bench"))
import compare  # noqa: E402  (found through the line above)
import instructions  # noqa: E402

# The subject that each unit of work belongs to, by the first word of its name.
SUBJECTS = {"event": "engine", "connection": "dialogues", "mail": "mails", "dns": "parsers", "mime": "parsers",
            "base64": "parsers", "dot": "parsers"}


def say(*words):
    """One line, at once."""
    print(*words, sep="\t", flush=True)


def progress(what):
    """What takes its time now, for those who watch."""
    if sys.stderr.isatty():
        sys.stderr.write(f"measuring {what} ...\n")  # in one piece, as others write there, too


def reason(error):
    """Why something failed, in one line."""
    said = getattr(error, "stderr", None) or str(error)
    said = said.decode(errors="replace") if isinstance(said, bytes) else said
    lines = said.strip().splitlines()
    return lines[-1][:200] if lines else type(error).__name__


def peers(wanted):
    """Measures the peers of the rows."""
    why = {package: package.missing() for package in {row.package for row in wanted}}
    for sentence in sorted(set(why.values()) - {""}):
        say("missing", sentence)
    for row in wanted:
        if why[row.package]:
            continue
        progress(row.peer)
        try:
            say("peer", row.ours, row.peer, row.measure(), row.unit, "less" if row.less else "more", row.note)
        except (subprocess.SubprocessError, OSError, RuntimeError, ValueError) as error:
            say("missing", f"{row.peer} failed: {reason(error)}")


def count(subject, program):
    """Counts the instructions of the subject's units of work."""
    if subject not in SUBJECTS.values():
        return
    units = pathlib.Path(program).resolve().parents[2] / "bench/bench_units"
    if not shutil.which("valgrind"):
        return say("missing", "no instructions are counted, for valgrind is not installed (apt-get install valgrind)")
    if not units.exists():
        return say("missing", f"no instructions are counted, for there is no {units} (ninja -C {units.parents[1]} bench_units)")
    for name, few, many, about in instructions.units(str(units)):
        if SUBJECTS[name.split("-")[0]] != subject:
            continue
        progress(f"instructions, {name}")
        try:
            one = instructions.per_unit(str(units), name, few, many)
            say("instructions", name, one, about)
        except (instructions.Trouble, OSError) as error:
            say("missing", reason(error))


def end(signal_number, _frame):
    """Once: what comes later shall not disturb the cleaning up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(128 + signal_number)


def self_test():
    """Every unit has a subject, and every row's subject is one of `mailcosm bench`."""
    _, figures = instructions.read(instructions.FIGURES.read_text(encoding="utf-8"))
    assert all(name.split("-")[0] in SUBJECTS for name in figures)
    assert {row.subject for row in compare.rows()} <= set(SUBJECTS.values())
    assert reason(subprocess.CalledProcessError(1, ["x"], stderr=b"one\ntwo\n")) == "two"
    assert reason(RuntimeError("nobody listens")) == "nobody listens" and reason(ValueError()) == "ValueError"
    print("what stands beside our figures has its place")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subject", nargs="?", default="", help="of `mailcosm bench`")
    parser.add_argument("--program", default=str(instructions.ROOT / "build/release/sim/cli/mailcosm"))
    parser.add_argument("--figure", action="append", default=[], help="a figure of ours, beside which to measure")
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    peers([row for row in compare.rows() if row.subject == arguments.subject and row.ours in arguments.figure])
    count(arguments.subject, arguments.program)
    return 0


if __name__ == "__main__":
    sys.exit(main())
