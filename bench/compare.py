#!/usr/bin/env python3
"""Mailcosm beside other programs under the same work, measured alternately in one run.

    compare.py [--program MAILCOSM] [--rounds 3] [--only WORD] [--json FILE]
    compare.py --self-test

Machines differ, and the same one is faster at one moment than at another: ratios of what was measured in the same run are
all that may be compared. ns-3 (apt-get install libns3-dev) and Postfix (apt-get install postfix) are measured where they
are installed; for what is not, the figure of another machine is shown, and marked as such. Takes some minutes."""

import argparse
import collections
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "bench"))
from peers import ns3, postfix  # noqa: E402  (found through the line above)

BUILT = ROOT / "build/peers"
COMMITTED = json.loads((ROOT / "bench/peers/figures.json").read_text(encoding="utf-8"))

# One row of the comparison: our figure `ours` (its name in `mailcosm bench`) beside that of a peer.
#   less: the smaller figure is the better one (times). goal: the least ratio. note: what is compared with what.
Row = collections.namedtuple("Row", "subject ours unit peer package measure less goal note")


def rows():
    """All comparisons. `measure` gives the peer's figure."""
    found = []
    for pending, events in ((1_000, 1_000_000), (100_000, 1_000_000), (1_000_000, 1_000_000)):
        for scheduler, title, goal in (("Map", "its default scheduler", 15), ("PriorityQueue", "its fastest scheduler", 5)):
            found.append(Row("engine", f"engine, {pending:,} pending", "ns/event", f"ns-3 3.37, {title}, {pending:,} pending",
                             ns3, lambda s=scheduler, p=pending, e=events: ns3.measure("ns3_hold", BUILT, s, p, e), True,
                             goal if pending == 1_000_000 else None, "the hold model"))
    for clients, servers, ours in ((100, 10, "dialogues"), (1_000, 100, "dialogues, 1,000 clients")):
        found.append(Row("dialogues", ours, "connections/s", f"ns-3 3.37, {clients:,} clients", ns3,
                         lambda k=clients, m=servers: ns3.measure("ns3_dialogues", BUILT, 2_000, k, m, 0.1), False, 20,
                         "ns-3 carries no octets, speaks no protocol, and forgets closed connections after 0.1 s"))
    found.append(Row("dialogues", "dialogues", "connections/s", "smtp-source to smtp-sink", postfix,
                     lambda: postfix.through_sockets(3_000), False, None, "real sockets, all cores"))
    found.append(Row("mails", "mails", "mails/s", "Postfix 3.7 into a Maildir", postfix,
                     lambda: postfix.delivered(1_000), False, 10, "real mail, all cores"))
    return found


def ours(program, subjects):
    """{name: value} of our own figures."""
    done = subprocess.run([program, "bench", *subjects, "--alone", "--json", "--connections", "2000"], capture_output=True, text=True,
                          check=True)
    return {figure["name"]: figure["value"] for figure in json.loads(done.stdout)["figures"]}


def measure(program, wanted, rounds):
    """([{name: value} for each round], [{peer: value} for each round], {peer: why it is not measured})."""
    why = {package: package.missing() for package in {row.package for row in wanted}}
    absent = {row.peer: why[row.package] for row in wanted if why[row.package]}
    own, other = [], []
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}: mailcosm ...", file=sys.stderr, flush=True)
        own.append(ours(program, list(dict.fromkeys(row.subject for row in wanted))))
        other.append({})
        for row in wanted:
            if row.peer in absent:
                continue
            print(f"round {number + 1} of {rounds}: {row.peer} ...", file=sys.stderr, flush=True)
            other[-1][row.peer] = row.measure()
    return own, other, absent


def results(wanted, own, other, absent):
    """One object for each row."""
    found = []
    for row in wanted:
        mine = statistics.median(each[row.ours] for each in own)
        here = row.peer not in absent
        theirs = statistics.median(each[row.peer] for each in other) if here else COMMITTED["figures"][row.peer]
        found.append({"what": row.ours, "unit": row.unit, "ours": mine, "peer": row.peer, "theirs": theirs,
                      "ratio": theirs / mine if row.less else mine / theirs, "goal": row.goal, "note": row.note,
                      "same_run": here})
    return found


def number(value):
    """Three digits or more."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(found):
    """The Markdown table."""
    text = "| what | Mailcosm | the other | figure | ratio | goal | remark |\n|---|---|---|---|---|---|---|\n"
    for row in found:
        remark = row["note"] + ("" if row["same_run"] else "; not measured in this run")
        goal = f"{row['goal']}" if row["goal"] else ""
        text += (f"| {row['what']} | {number(row['ours'])} {row['unit']} | {row['peer']} | {number(row['theirs'])} {row['unit']} "
                 f"| {number(row['ratio'])} | {goal} | {remark} |\n")
    return text


def remarks(found, absent):
    """What to know about the table, below it."""
    lines = [f"Not measured in this run: {why}." for why in sorted(set(absent.values()))]
    if absent:
        lines.append(f"Their figures are from another machine ({COMMITTED['measured']}); ratios with them say little.")
    missed = [row for row in found if row["goal"] and row["ratio"] < row["goal"]]
    lines += [f"Missed: {row['what']} beside {row['peer']}: {number(row['ratio'])} times, the goal is {row['goal']}."
              for row in missed]
    return lines


def self_test():
    """Rows have committed figures; ratios point the right way; what is absent is said."""
    all_rows = rows()
    assert all(row.peer in COMMITTED["figures"] for row in all_rows)
    assert len({(row.ours, row.peer) for row in all_rows}) == len(all_rows)
    time = all_rows[0]._replace(goal=5)
    rate = all_rows[-1]
    own = [{time.ours: value, rate.ours: 6000} for value in (90, 100, 500)]
    other = [{time.peer: 400, rate.peer: 600}]
    found = results([time, rate], own, other, {})
    assert [row["ratio"] for row in found] == [4, 10], found
    assert remarks(found, {}) == [f"Missed: {time.ours} beside {time.peer}: 4 times, the goal is 5."]
    assert "| 100 ns/event |" in table(found) and "not measured" not in table(found)
    absent = {time.peer: "ns-3 is not installed"}
    found = results([time], own, [{}], absent)
    assert found[0]["theirs"] == COMMITTED["figures"][time.peer] and "not measured in this run" in table(found)
    assert "ns-3 is not installed" in remarks(found, absent)[0]
    print("the comparison says what it should")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/sim/cli/mailcosm"), help="a release build")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the medians count")
    parser.add_argument("--only", action="append", metavar="WORD", help="rows whose subject or peer contains WORD, e.g. engine")
    parser.add_argument("--json", metavar="FILE", help="write the results there, too")
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    if not pathlib.Path(arguments.program).exists():
        sys.exit(f"compare.py: there is no {arguments.program}; build it with: ./mailcosm --version, or name another with --program")
    if arguments.rounds < 1:
        sys.exit("compare.py: --rounds takes a number from 1")
    wanted = [row for row in rows()
              if not arguments.only or any(word in f"{row.subject} {row.peer}" for word in arguments.only)]
    if not wanted:
        sys.exit(f"compare.py: no row has a subject or peer with {' or '.join(arguments.only)}; subjects are engine, dialogues "
                 "and mails")
    own, other, absent = measure(arguments.program, wanted, arguments.rounds)
    found = results(wanted, own, other, absent)
    print(table(found), end="")
    for line in remarks(found, absent):
        print(line)
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps({"rows": found, "absent": absent, "rounds": arguments.rounds}, indent=1),
                                                encoding="utf-8")
    return 0



def exit_with(main_function):
    """Ends the program with what `main_function` gives, or with what a command that failed has said."""
    try:
        sys.exit(main_function())
    except subprocess.CalledProcessError as error:
        said = error.stderr or ""
        said = said.decode(errors="replace") if isinstance(said, bytes) else said
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: this failed: {' '.join(map(str, error.cmd))}\n{said.strip()}")


if __name__ == "__main__":
    exit_with(main)
