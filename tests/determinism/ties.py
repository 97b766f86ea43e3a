#!/usr/bin/env python3
"""Demands that no scenario depends on the order of things that happen at the same instant.

usage: ties.py MAILCOSM SCENARIOS CANARY

The goldens of a plain run are made in a copy of the folder. Then each scenario runs twice with the same digest, and again
with simultaneous events in five other orders: the expectations must hold, and outcomes and protocol lines must be those
of the golden. A scenario that says why they may differ (the key x-ties) must hold its expectations all the same, and it
must need the key. The canary is a scenario that leans on ties, and must be caught.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SHUFFLES = "shuffle:1..5"


def run(mailcosm, *words):
    """(exit code, report) of `mailcosm test`; goldens may be written although this may run in CI."""
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([mailcosm, "test", "--quiet", *words], capture_output=True, text=True, check=False,
                              env=environment, cwd=folder)
    return done.returncode, done.stdout + done.stderr


def main():
    mailcosm, scenarios = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        strict, free = pathlib.Path(folder) / "scenarios", pathlib.Path(folder) / "x-ties"
        shutil.copytree(scenarios, strict, ignore=shutil.ignore_patterns("*.golden"))
        code, report = run(mailcosm, "--update", strict)
        if code != 0:
            failures.append(f"plain runs: exit code {code}; those that fail are left out of the rest")
            print("\n".join(line for line in report.splitlines() if line.startswith("FAIL")).replace(folder + "/", ""))
            for path in strict.rglob("*.yaml"):
                if not path.with_suffix(".golden").exists():
                    path.unlink()
        for path in sorted(strict.rglob("*.yaml")):
            if not re.search(r"^x-ties:", path.read_text(encoding="utf-8"), re.MULTILINE):
                continue
            if run(mailcosm, "--tie-break", SHUFFLES, path)[0] == 0:
                failures.append(f"{path.relative_to(strict)}: needs no x-ties")
            target = free / path.relative_to(strict)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        for kind, where in (("verify", strict), ("ties", strict), ("ties, expectations only", free)):
            if not where.exists():
                continue
            words = ["--verify"] if kind == "verify" else ["--tie-break", SHUFFLES]
            code, report = run(mailcosm, *words, where)
            print(f"{kind}: exit code {code}\n{report.replace(folder + '/', '')}")
            failures += [f"{kind}: exit code {code}"] if code != 0 else []
    code, _ = run(mailcosm, "--tie-break", SHUFFLES, pathlib.Path(sys.argv[3]).resolve())
    print(f"canary {pathlib.Path(sys.argv[3]).name}: exit code {code} (1 means caught)")
    failures += [] if code == 1 else ["the canary was not caught"]
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
