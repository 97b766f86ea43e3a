#!/usr/bin/env python3
"""Plants a fault in every scenario and demands that its expectations see it.

usage: mutants_test.py MAILCOSM SCENARIOS [NAME ...]

For SCENARIOS/GROUP/NAME.yaml the plants stand in GROUP/NAME.txt beside this file. Each is a line that says what is wrong,
and indented lines that do it, separated from the next by an empty line:

    the wrong MX order
      set organisations.blue.com.mail.mx={mx1: 20, mx2: 10}     as --set of the command
      replace OLD => NEW                                        every OLD outside of the expectations; in NEW
                                                                \\n is a line end
      fault {replies: {...}}                                    one more element of `faults`

The expectations stay as they are. A scenario without plants, a plant that changes nothing of the text, one that makes the
scenario malformed, and one that stays green are failures.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
SECONDS_MAX = 120


class Plant:
    def __init__(self, paragraph):
        self.title, *changes = paragraph.splitlines()
        self.overrides, self.replacements, self.faults = [], [], []
        for change in changes:
            verb, _, rest = change.strip().partition(" ")
            if not change.startswith("  ") or verb not in ("set", "replace", "fault"):
                raise ValueError(f"not a change: '{change}'")
            if verb == "set":
                self.overrides.append(rest)
            elif verb == "fault":
                self.faults.append(rest)
            else:
                old, arrow, new = rest.partition(" =>")
                if not arrow:
                    raise ValueError(f"no ' =>' in '{change}'")
                self.replacements.append((old, new.removeprefix(" ").replace("\\n", "\n")))
        if not (self.overrides or self.replacements or self.faults):
            raise ValueError(f"no change under '{self.title}'")

    def apply(self, text):
        """The changed text of the scenario."""
        begin = re.search(r"^expect:", text, re.MULTILINE).start()
        rest = re.compile(r"^[a-z]", re.MULTILINE).search(text, begin + 1)
        end = rest.start() if rest else len(text)
        before, expectations, after = text[:begin], text[begin:end], text[end:]
        for old, new in self.replacements:
            if old not in before and old not in after:
                raise ValueError(f"'{old}' does not occur")
            before, after = before.replace(old, new), after.replace(old, new)
        text = before + expectations + after
        for fault in self.faults:
            text = re.sub(r"^faults:\n", lambda key: f"{key[0]}  - {fault}\n", text, count=1, flags=re.MULTILINE) \
                if re.search(r"^faults:\n", text, re.MULTILINE) else f"{text}\nfaults:\n  - {fault}\n"
        return text


def plants_of(path):
    paragraphs = [part.strip("\n") for part in re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))]
    return [Plant(part) for part in paragraphs if part]


def run(mailcosm, text, overrides, name):
    """(exit code, what was printed) of a run."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        words = [word for override in overrides for word in ("--set", override)]
        try:
            done = subprocess.run([mailcosm, "run", "--quiet", *words, file], capture_output=True, text=True, check=False,
                                  timeout=SECONDS_MAX)
        except subprocess.TimeoutExpired:
            return None, f"no end within {SECONDS_MAX} s"
        return done.returncode, done.stdout + done.stderr


def judge(mailcosm, scenario, plant):
    """What is wrong with a plant, or nothing; without a plant with the scenario itself."""
    text = scenario.read_text(encoding="utf-8")
    try:
        code, output = run(mailcosm, plant.apply(text) if plant else text, plant.overrides if plant else [], scenario.stem)
    except ValueError as error:
        return f"{plant.title}: {error}"
    if plant is None:
        return None if code == 0 else f"red without any plant (exit code {code}):\n{output}"
    if code == 0:
        return f"stays green: {plant.title}"
    return None if code == 1 else f"{plant.title}: exit code {code}, not 1:\n{output}"


def tasks_of(scenario, root):
    """(plant or None, problem or None) for everything to do with a scenario."""
    path = FOLDER / scenario.relative_to(root).with_suffix(".txt")
    if not path.exists():
        return [], f"there is no {path.relative_to(FOLDER)}"
    try:
        return [None, *plants_of(path)], None
    except ValueError as error:
        return [], f"{path.relative_to(FOLDER)}: {error}"


def main():
    mailcosm, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    scenarios = sorted(root.glob("*/*.yaml"))
    if sys.argv[3:]:
        scenarios = [path for path in scenarios if any(word in str(path) for word in sys.argv[3:])]
    failures, work = [], []
    for scenario in scenarios:
        plants, problem = tasks_of(scenario, root)
        failures += [f"{scenario.relative_to(root)}: {problem}"] if problem else []
        work += [(scenario, plant) for plant in plants]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (scenario, _), fault in zip(work, pool.map(lambda task: judge(mailcosm, *task), work)):
            failures += [f"{scenario.relative_to(root)}: {fault}"] if fault else []
    for path in sorted(FOLDER.glob("*/*.txt")):
        if not (root / path.relative_to(FOLDER).with_suffix(".yaml")).exists():
            failures.append(f"{path.relative_to(FOLDER)}: belongs to no scenario")
    print("\n".join(failures))
    print(f"{len(scenarios)} scenarios, {sum(plant is not None for _, plant in work)} plants, {len(failures)} failures")
    return 0 if not failures and scenarios else 1


if __name__ == "__main__":
    sys.exit(main())
