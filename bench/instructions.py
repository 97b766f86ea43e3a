#!/usr/bin/env python3
"""How many instructions a unit of work takes, beside the committed figures.

    instructions.py                measures all units and compares them with bench/instructions.txt
    instructions.py --update       measures and writes that file
    instructions.py --unit NAME    only this one; may be given several times
    instructions.py --self-test

Each unit is run twice under valgrind's callgrind, with few and with many repetitions; the difference, divided, is what one
costs. That is repeatable to about a tenth of a percent and does not depend on how busy the machine is, but on the compiler
and the C library: with others than the recorded ones nothing is compared (exit code 77). A unit that is more than 3 % off,
in either direction, is exit code 1: more is a loss, and less is a gain that nobody would notice losing again."""

import argparse
import concurrent.futures
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIGURES = ROOT / "bench/instructions.txt"
PROGRAM = ROOT / "build/release/bench/bench_units"
TOLERANCE = 3  # per cent
SKIPPED = 77
UPDATE = "python3 bench/instructions.py --update"
HEAD = f"""\
# Instructions for each unit of work, counted with valgrind. Made by: {UPDATE}
# ./test compares them with what it counts and allows {TOLERANCE} %.
"""


class Trouble(Exception):
    """Nothing can be measured; the message says why."""


def toolchain(program):
    """The compiler that built the program, as it wrote itself into it, the C library and the processor."""
    comment = subprocess.run(["readelf", "-p", ".comment", program], capture_output=True, text=True, check=False).stdout
    found = re.search(r"GCC: \((.*?)\) ([\d.]+)", comment)
    compiler = f"g++ {found.group(2)} ({found.group(1)})" if found else "another compiler"
    # Some parsers, and the C library, choose their code by what the processor can do.
    flags = re.findall(r"^flags\s*:.*", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    avx2 = "with" if flags and re.search(r"\bavx2\b", flags[0]) else "without"
    return f"{compiler}, {' '.join(platform.libc_ver())}, {platform.machine()} {avx2} AVX2"


def units(program):
    """(name, few, many, about) of all units."""
    done = subprocess.run([program, "--list"], capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [(name, int(few), int(many), about) for name, few, many, about in rows]


def started(program, name, count):
    """The program under valgrind, with `count` repetitions."""
    # An empty environment: its size moves the stack, and with it what memcpy does.
    return subprocess.Popen(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, name, str(count)],
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={"PATH": os.environ["PATH"]})


def collected(name, process):
    """Instructions of the whole program, when it has come to its end."""
    _, said = process.communicate()
    found = re.search(r"Collected : (\d+)", said)
    if process.returncode != 0 or not found:
        raise Trouble(f"{name}: the program failed under valgrind:\n{said[-2000:]}")
    return int(found.group(1))


def per_unit(program, name, few, many):
    """Instructions of one repetition, from two runs at the same time, which end with this function."""
    with started(program, name, few) as small, started(program, name, many) as large:
        try:
            return round((collected(name, large) - collected(name, small)) / (many - few))
        finally:
            small.kill()
            large.kill()


def measure(program, wanted):
    """{name: instructions} of all units in `wanted`; a line for each as soon as it is there."""
    measured = {}
    with concurrent.futures.ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        runs = [(name, pool.submit(per_unit, program, name, few, many)) for name, few, many, _ in wanted]
        for name, run in runs:
            measured[name] = run.result()
            print(f"{name}: {measured[name]:,} instructions", flush=True)
    return measured


def write(measured, tools, abouts):
    """The text of the file of committed figures."""
    lines = [f"{name:<20} {value:>12}  # {abouts[name]}\n" for name, value in measured.items()]
    return HEAD + f"toolchain: {tools}\n" + "".join(lines)


def read(text):
    """Toolchain and {name: instructions} of the file of committed figures."""
    tools = re.search(r"^toolchain: (.*)$", text, re.M)
    rows = re.findall(r"^([\w-]+) +(\d+)", text, re.M)
    return (tools.group(1) if tools else ""), {name: int(value) for name, value in rows}


def differences(committed, measured, complete=True):
    """What is wrong, one line each."""
    found = []
    for name, value in measured.items():
        if name not in committed:
            found.append(f"{name}: {value:,} instructions, and no committed figure")
            continue
        off = value - committed[name]
        if abs(off) * 100 > TOLERANCE * committed[name]:
            found.append(f"{name}: {value:,} instructions, {abs(off) / committed[name]:.1%} "
                         f"{'more' if off > 0 else 'fewer'} than the committed {committed[name]:,}")
    if complete:
        found += [f"{name}: it is committed, but there is no such unit" for name in committed if name not in measured]
    return found


def self_test():
    """Files survive being written and read, and differences are found on both sides of the limit."""
    figures = {"a-b": 1000, "c": 123456}
    assert read(write(figures, "g++ 1 (x), glibc 2", {"a-b": "one", "c": "two"})) == ("g++ 1 (x), glibc 2", figures)
    assert not differences({"a": 1000}, {"a": 1030}) and not differences({"a": 1000}, {"a": 970})
    assert "3.1% more" in differences({"a": 1000}, {"a": 1031})[0]
    assert "3.1% fewer" in differences({"a": 1000}, {"a": 969})[0]
    assert "no committed" in differences({}, {"a": 1})[0]
    assert "no such unit" in differences({"a": 1}, {})[0] and not differences({"a": 1}, {}, complete=False)
    print("the checks find what they should")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write bench/instructions.txt")
    parser.add_argument("--unit", action="append", metavar="NAME", help="measure only this unit")
    parser.add_argument("--program", default=str(PROGRAM), help="the bench_units of a release build")
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    if not shutil.which("valgrind"):
        print("valgrind is not installed: no instructions are counted (apt-get install valgrind)")
        return SKIPPED
    if not pathlib.Path(arguments.program).exists():
        raise Trouble(f"there is no {arguments.program}; build it with: ./test, or: cmake --preset release && "
                      "ninja -C build/release bench_units")
    all_units = units(arguments.program)
    names = [row[0] for row in all_units]
    for name in arguments.unit or []:
        if name not in names:
            raise Trouble(f"there is no unit {name}; there are {', '.join(names)}")
    wanted = [row for row in all_units if not arguments.unit or row[0] in arguments.unit]
    tools = toolchain(arguments.program)
    old_tools, committed = read(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else ("", {})
    if not arguments.update and tools != old_tools:
        print(f"the figures were counted with {old_tools}, this is {tools}: nothing is compared")
        return SKIPPED
    measured = measure(arguments.program, wanted)
    if arguments.update:
        kept = {name: value for name, value in committed.items() if arguments.unit and name in names} | measured
        abouts = {row[0]: row[3] for row in all_units}
        FIGURES.write_text(write({name: kept[name] for name in names if name in kept}, tools, abouts), encoding="utf-8")
        return 0
    wrong = differences(committed, measured, complete=not arguments.unit)
    for line in wrong:
        print(line)
    if wrong:
        print(f"If that is meant, commit the new figures, and say why: {UPDATE}")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        sys.exit(f"instructions.py: {trouble}")
