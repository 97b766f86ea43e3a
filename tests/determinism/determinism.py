#!/usr/bin/env python3
"""Runs every scenario in several ways and demands one digest; prints the table.

usage: determinism.py [--canary SCENARIO] NAME=BINARY ... -- SCENARIO ...

Each binary (one a build) hashes each scenario. The first binary does it in more ways: twice, in another locale and time
zone, in another working directory, with and without address space randomisation, on several threads, and as
`mailcosm expand` spells it out.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def digest(binary, scenario, *, environment=None, directory=None, prefix=(), options=()):
    """What `mailcosm hash` prints for the scenario, or the error."""
    variables = {**os.environ, "CCACHE_DISABLE": "1", **(environment or {})}
    done = subprocess.run([*prefix, binary, "hash", *options, scenario], capture_output=True, text=True, check=False,
                          env=variables, cwd=directory)
    if done.returncode != 0:
        return f"exit {done.returncode}: {done.stderr.strip()[:200]}"
    return done.stdout.split()[0]


def variants(binary, scenario):
    """(name of the way, digest) for one binary run in every way that this machine offers."""
    yield "again", digest(binary, scenario)
    yield "other locale", digest(binary, scenario, environment={"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"})
    yield "other time zone", digest(binary, scenario, environment={"TZ": "Pacific/Chatham"})
    with tempfile.TemporaryDirectory() as folder:
        yield "other directory", digest(binary, scenario, directory=folder)
        expanded = pathlib.Path(folder) / "expanded.yaml"
        done = subprocess.run([binary, "expand", scenario], capture_output=True, check=False)
        expanded.write_bytes(done.stdout)
        yield "spelled out by expand", digest(binary, str(expanded))
    if shutil.which("setarch"):
        yield "fixed addresses", digest(binary, scenario, prefix=("setarch", "-R"))
    for threads in (2, 4):
        yield f"{threads} threads", digest(binary, scenario, options=("--threads", str(threads)))
    yield "small stack, other environment", digest(binary, scenario, environment={"PADDING": "x" * 10000, "HOME": "/"})


def check_canary(binary, scenario):
    """The scenario that reads a real clock must be caught."""
    done = subprocess.run([binary, "run", "--quiet", "--verify", scenario], capture_output=True, text=True, check=False)
    print(f"canary {pathlib.Path(scenario).name}: exit {done.returncode} (5 means caught)")
    return done.returncode == 5


def main():
    words = sys.argv[1:]
    canary = None
    if words and words[0] == "--canary":
        canary, words = str(pathlib.Path(words[1]).resolve()), words[2:]
    split = words.index("--")
    binaries = [word.split("=", 1) for word in words[:split]]
    binaries = [(name, str(pathlib.Path(path).resolve())) for name, path in binaries]
    good = True
    for scenario in words[split + 1:]:
        scenario = str(pathlib.Path(scenario).resolve())
        rows = [(name, digest(path, scenario)) for name, path in binaries]
        rows += [(f"{binaries[0][0]}, {way}", value) for way, value in variants(binaries[0][1], scenario)]
        same = len({value for _, value in rows}) == 1 and not rows[0][1].startswith("exit")
        good = good and same
        print(f"{pathlib.Path(scenario).name}: {'one digest' if same else 'DIGESTS DIFFER'}")
        for name, value in rows:
            print(f"  {value:<18} {name}")
    if canary:
        good = check_canary(binaries[0][1], canary) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
