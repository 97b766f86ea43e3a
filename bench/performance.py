#!/usr/bin/env python3
"""docs/performance.md, made from measurements on this machine.

    performance.py --write [MAILCOSM]    measures everything (about ten minutes) and writes the page
    performance.py --check MAILCOSM      the page has a line for all that `mailcosm bench` prints now, and no other
    performance.py --self-test

Measure on a machine that does nothing else. --check compares names only, never figures."""

import argparse
import json
import os
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "bench"))
import compare  # noqa: E402  (found through the line above)
import instructions  # noqa: E402

PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"

# Subjects of `mailcosm bench`: heading, what stands below it, and the arguments with which the page is made. The small
# arguments are for --check. A subject that is not here gets its name as heading.
SUBJECTS = {
    "engine": ("Events", "The hold model: the earliest event is popped and handed to its agent, which schedules another one, a "
               "random delay later. The figure is flat in the number of pending events up to what the caches of the machine "
               "hold, and hardly depends on how the delays are distributed.",
               ["--pending", "10000000"], ["--pending", "1000"]),
    "dialogues": ("Dialogues", "Clients and servers speak SMTP over TCP through two routers; each connection carries one mail of "
                  "10 kB. Connections linger in TIME_WAIT for their real 240 s.", [], ["--connections", "1"]),
    "trees": ("Fan-out", "One mail to a list is sent on to all its members.", [], ["--members", "20"]),
    "mails": ("Whole worlds", "Mails from submission over DNS and SMTP into mailboxes, packet by packet.", [], ["--mails", "1"]),
    "memory": ("Memory", "Counted by the allocator.", [], []),
    "parsers": ("Parsers", "", [], []),
}
# What is measured only on some machines: with an optional library, or with several cores.
OPTIONAL = re.compile(r"gmime|glibc|thread", re.I)

# What was aimed for: the figure's name, whether it may be at most or at least so much, the unit.
LIMITS = [
    ("engine, 100,000 pending", "at most", 115),
    ("engine, 1,000,000 pending", "at most", 115),
    ("memory, idle host", "at most", 4_000),
    ("memory, live connection", "at most", 8_000),
    ("memory, lingering connection", "at most", 256),
    ("memory, mailbox", "at most", 200),
    ("mails, set-up", "at most", 20),
]
# The first figure as a part of the second: at least so much. Of figures that took turns the best rounds count.
SHARES = [
    ("dialogues, 1,000 clients in turn", "dialogues", 0.9),
    ("dialogues, 10,000 clients", "dialogues", 0.9),
    ("dialogues, with capture", "dialogues", 0.65),
    ("dialogues, with full trace", "dialogues", 0.5),
    ("trees, 10,000 members", "trees, 1,000 members", 0.9),
    ("dns messages", "dns messages, glibc", 1.5),
    ("mime trees", "mime trees, GMime", 2),
]


def bench(program, arguments):
    """What `mailcosm bench` prints, as a list of figures."""
    done = subprocess.run([program, "bench", *arguments, "--alone", "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["figures"]


def number(figure):
    """The value with its unit, as the program prints it."""
    value = figure["value"]
    return f"{value:,} {figure['unit']}"


def subjects_of(program):
    """The subjects that the program measures when none is named."""
    text = subprocess.run([program, "help", "bench"], capture_output=True, text=True, check=True).stdout
    listed = re.search(r"What to measure: (.*?)\n\n", text, re.S).group(1)
    return [subject for subject in re.findall(r"\w+", listed) if subject not in ("or", "tcp")]


def about_of(subject):
    """Heading, text, arguments for the page, small arguments."""
    return SUBJECTS.get(subject, (subject.capitalize(), "", [], []))


def section(subject, figures):
    """Heading, table and command of one subject."""
    heading, about, arguments, _ = about_of(subject)
    text = f"### {heading}\n\n" + (about + "\n\n" if about else "")
    text += "```\nmailcosm bench " + " ".join([subject, *arguments]) + "\n```\n\n"
    text += "| what | figure | remark |\n|---|---|---|\n"
    return text + "".join(f"| {figure['name']} | {number(figure)} | {figure['remark']} |\n" for figure in figures) + "\n"


def goals(figures):
    """The table of goals within one program; those without a figure are left out."""
    values = {figure["name"]: figure for figure in figures}
    text = "| what | figure | goal | |\n|---|---|---|---|\n"
    for name, word, limit in LIMITS:
        if name in values:
            good = values[name]["value"] <= limit
            text += f"| {name} | {number(values[name])} | {word} {limit:,} | {'met' if good else 'missed'} |\n"
    for name, whole, share in SHARES:
        if name in values and whole in values:
            best = "best" if "best" in values[name] and "best" in values[whole] else "value"
            part = values[name][best] / values[whole][best]
            text += f"| {name} | {part:.2f} of {whole} | at least {share} | {'met' if part >= share else 'missed'} |\n"
    return text + "\n"


def machine():
    """The machine in a sentence, without its name."""
    info = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"^model name\s*: (.*)$", info, re.M)
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text(encoding="utf-8"))
    system = re.search(r'^PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text(encoding="utf-8"), re.M)
    return (f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} cores, "
            f"{int(memory.group(1)) / 1_048_576:.0f} GiB of memory, {system.group(1) if system else platform.system()}")


def counted():
    """The table of instructions, from the file that ./test compares with."""
    text = instructions.FIGURES.read_text(encoding="utf-8")
    tools, figures = instructions.read(text)
    abouts = dict(re.findall(r"^([\w-]+) +\d+ +# (.*)$", text, re.M))
    rows = "".join(f"| {name} | {value:,} | {abouts.get(name, '')} |\n" for name, value in figures.items())
    return (f"Built with {tools}. `./test` fails when one of them is more than {instructions.TOLERANCE} % off.\n\n"
            "```\npython3 bench/instructions.py\n```\n\n| unit | instructions | what one is |\n|---|---|---|\n" + rows + "\n")


def measured(program, rounds):
    """The generated part of the page."""
    figures, sections = [], ""
    for subject in subjects_of(program):
        print(f"mailcosm bench {subject} ...", file=sys.stderr, flush=True)
        own = bench(program, [subject, *about_of(subject)[2]])
        figures += own
        sections += section(subject, own)
    rows = compare.rows()
    own, other, absent = compare.measure(program, rows, rounds)
    found = compare.results(rows, own, other, absent)
    beside = compare.table(found) + "".join(f"\n{line}" for line in compare.remarks(found, absent)) + "\n"
    return (f"Measured on: {machine()}.\n\n## Beside other programs\n\nMeasured alternately in one run; the medians of {rounds} "
            f"{'round' if rounds == 1 else 'rounds'}.\n\n```\npython3 bench/compare.py\n```\n\n{beside}\n## Goals\n\n"
            f"Where figures took turns, the best rounds are compared: what else the machine does only slows down, and large worlds more.\n\n"
            f"{goals(figures)}"
            f"## Instructions\n\n{counted()}## All figures\n\n{sections}")


def replace(page, text):
    """The page with a new generated part."""
    before, rest = page.split(BEGIN, 1)
    return before + BEGIN + "\n" + text + rest[rest.index(END):]


def names_of(page):
    """First cells of all rows of tables in the part `All figures`."""
    part = page.split("## All figures", 1)[-1]
    return set(re.findall(r"^\| (?!what \||-)(.*?) \| ", part, re.M))


def stale(page, figures, units, rows):
    """What is wrong with the names on the page, one line each. Larger sizes may stand there."""
    wanted = {figure["name"] for figure in figures}
    sized = re.compile(r"(engine|trees), [\d,]+ (pending|members)")
    there = {name for name in names_of(page) if not sized.match(name) or name in wanted}
    missing = [f"'{name}' is measured, but not on the page" for name in sorted(wanted - there)
               if not re.match(r"engine, 1,000 pending, |trees, 20 ", name)]
    found = missing + [f"'{name}' is on the page, but not measured" for name in sorted(there - wanted)]
    found = [line for line in found if not OPTIONAL.search(line)]
    found += [f"the unit '{name}' is not on the page" for name in units if f"| {name} |" not in page]
    found += [f"the comparison with '{row.peer}' is not on the page" for row in rows if f"| {row.peer} |" not in page]
    return found


def check(program):
    """Exit code 1 and the reasons if the page is not of this program."""
    figures = []
    for subject in subjects_of(program):
        figures += bench(program, [subject, *about_of(subject)[3]])
    page = PAGE.read_text(encoding="utf-8")
    if not any(figure["name"].startswith("memory") for figure in figures):  # The allocator of sanitizers keeps no count.
        page = re.sub(r"^\| memory,.*\n", "", page, flags=re.M)
    _, units = instructions.read(instructions.FIGURES.read_text(encoding="utf-8"))
    wrong = stale(page, figures, units, compare.rows())
    for line in wrong:
        print(f"docs/performance.md: {line}")
    if wrong:
        print("Write it anew, on a quiet machine: python3 bench/performance.py --write")
    return 1 if wrong else 0


def self_test():
    """What is missing and what is too much is found; goals are judged on the right side."""
    page = "# P\n" + BEGIN + "old\n" + END + "rest\n"
    figures = [{"name": "a", "value": 1, "unit": "x", "remark": ""}, {"name": "engine, 1,000 pending", "value": 7, "unit": "ns", "remark": ""}]
    text = "## All figures\n\n" + section("parsers", figures) + "| engine, 1,000,000 pending | 9 ns | |\n"
    page = replace(page, text)
    assert page.startswith("# P\n") and page.endswith(END + "rest\n") and "old" not in page
    assert names_of(page) == {"a", "engine, 1,000 pending", "engine, 1,000,000 pending"}, names_of(page)
    assert not stale(page, figures, [], [])
    assert stale(page, figures[:1] + [{"name": "b"}], [], []) == ["'b' is measured, but not on the page"]
    assert stale(page, figures[1:], [], []) == ["'a' is on the page, but not measured"]
    assert stale(page, figures, ["mail"], []) == ["the unit 'mail' is not on the page"]
    limits = [{"name": "memory, mailbox", "value": value, "unit": "octets"} for value in (200, 201)]
    assert "| met |" in goals(limits[:1]) and "| missed |" in goals(limits[1:])
    shares = [{"name": "dialogues", "value": 100, "unit": "x"}, {"name": "dialogues, with capture", "value": 65, "unit": "x"}]
    assert "0.65 of dialogues | at least 0.65 | met" in goals(shares)
    for figure, best in zip(shares, (130, 78)):
        figure["best"] = best
    assert "0.60 of dialogues | at least 0.65 | missed" in goals(shares)
    print("the page's checks find what they should")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", nargs="?", const=str(ROOT / "build/release/sim/cli/mailcosm"), metavar="MAILCOSM")
    what.add_argument("--check", metavar="MAILCOSM")
    what.add_argument("--self-test", action="store_true")
    parser.add_argument("--rounds", type=int, default=3, help="how often the other programs are measured")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    if arguments.check:
        return check(arguments.check)
    if not pathlib.Path(arguments.write).exists():
        sys.exit(f"performance.py: there is no {arguments.write}; build it with: ./mailcosm --version")
    PAGE.write_text(replace(PAGE.read_text(encoding="utf-8"), measured(arguments.write, arguments.rounds)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    compare.exit_with(main)
