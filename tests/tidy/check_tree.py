#!/usr/bin/env python3
"""House rules that a program can check: file length, leftovers, ambient inputs, every source built, one class for
each name, one H1 a page.

usage: check_tree.py [ROOT]        checks the tree
       check_tree.py --self-test   plants one offence of each kind and demands that each is caught
"""
import pathlib
import re
import subprocess
import sys
import tempfile

LENGTH_MAX = 600  # lines of a source file
SOURCES = (".h", ".cc", ".py", ".sh", ".cmake")
LEFTOVERS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
# Inputs of the machine that would let two runs differ, and what to use instead.
AMBIENT = [
    (re.compile(r"\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime)\b"), "Runtime::now()"),
    (re.compile(r"\brandom_device\b|\bstd::shuffle\b|\bstd::\w+_distribution\b|\bs?rand\("), "protocols/base/random.h"),
    (re.compile(r"\b(getenv|setlocale)\b"), "an argument"),
    (re.compile(r"\bco_(await|yield|return)\b"), "an explicit state machine"),
    (re.compile(r"\b(float|double)\b"), "integers"),
]
# Where the machine may be read: the canary that must be caught, and the command line.
AMBIENT_ALLOWED = ("sim/world/canary.cc", "sim/cli/")
# What begins or ends a namespace, and classes that are defined in one; all stand at the beginning of a line.
SCOPE = re.compile(r"^(?:(?P<begin>(?:inline )?namespace(?: (?P<space>[\w:]+))? \{$)|(?P<end>\}  // namespace\b.*$)|"
                   r"(?:struct|class) (?:alignas\([^)]*\) )?(?P<name>\w+)(?: final)?(?:\s*:(?!:)[^;{]*)? \{)", re.M)


def files_of(root):
    """Tracked files, or all below `root` where there is no repository."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard"],
                            capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.splitlines()
    else:
        names = [path.relative_to(root).as_posix() for path in root.glob("**/*") if path.is_file()]
    return sorted(name for name in names if (root / name).is_file())


def code_of(text):
    """The text without comments and string literals."""
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"//[^\n]*", "", text)


def classes_of(text):
    """(namespace, name) of all classes in named namespaces; those in anonymous ones are their file's own."""
    found, spaces = [], []
    for match in SCOPE.finditer(text):
        if match["begin"]:
            spaces.append(match["space"])
        elif match["end"]:
            spaces = spaces[:-1]
        elif None not in spaces:
            found.append(("::".join(spaces), match["name"]))
    return found


def twins(root, names):
    """Two classes of one name in one namespace: a program that links both takes either for both, and says nothing.

    Programs of tests link what lies in one folder, and the product."""
    found, files = [], {}
    for name in names:
        if not name.startswith(("protocols/", "sim/", "bench/", "tests/")) or not name.endswith((".h", ".cc")):
            continue
        folder = name.rpartition("/")[0] if name.startswith("tests/") else ""
        for key in sorted(set(classes_of((root / name).read_text(encoding="utf-8")))):
            for other, other_folder in files.get(key, []):
                if not folder or not other_folder or folder == other_folder:
                    found.append(f"{name}: the class {'::'.join(key)} is defined in {other}, too; rename one of them")
            files.setdefault(key, []).append((name, folder))
    return found


def offences(root):
    names = files_of(root)
    found = twins(root, names)
    lists = "\n".join((root / name).read_text(encoding="utf-8") for name in names
                      if name.endswith("CMakeLists.txt") or name.endswith(".cmake"))
    for name in names:
        path = root / name
        if path.suffix == ".md":
            text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
            if len(re.findall(r"^# ", text, flags=re.M)) != 1:
                found.append(f"{name}: a page has exactly one top heading")
        if path.suffix not in SOURCES:
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > LENGTH_MAX:
            found.append(f"{name}: {lines} lines; split it by command or state (at most {LENGTH_MAX})")
        for number, line in enumerate(text.splitlines(), 1):
            if LEFTOVERS.search(line):
                found.append(f"{name}:{number}: leftover: {line.strip()[:60]}")
        if path.suffix == ".cc" and path.name not in lists:
            found.append(f"{name}: no CMakeLists.txt builds it")
        if path.suffix == ".h" and "#pragma once" not in text:
            found.append(f"{name}: a header starts with #pragma once")
        if name.startswith(("protocols/", "sim/")) and path.suffix in (".h", ".cc"):
            if not name.startswith(AMBIENT_ALLOWED):
                for pattern, instead in AMBIENT:
                    match = pattern.search(code_of(text))
                    if match:
                        found.append(f"{name}: '{match.group(0)}' lets runs differ; use {instead}")
    return found


def self_test():
    twin = "namespace mailcosm::sim {\nstruct Twin {};\n}  // namespace mailcosm::sim\n"
    nested = "namespace mailcosm::sim::detail {\nclass alignas(64) Inner {};\n}  // namespace mailcosm::sim::detail\n"
    anonymous = ("namespace mailcosm::sim {\nnamespace {\nstruct Twin {};\n}  // namespace\n"
                 "}  // namespace mailcosm::sim\n")
    planted = {
        "sim/core/long.h": "#pragma once\n" + "\n" * LENGTH_MAX,
        "sim/core/left.h": "#pragma once\n// TO" + "DO: later\n",
        "sim/core/clock.h": "#pragma once\nauto t = std::chrono::system_clock::now();\n",
        "sim/core/real.h": "#pragma once\ndouble x;\n",
        "sim/core/bare.h": "\n",
        "sim/core/forgotten.cc": "\n",
        "sim/net/b_twin.h": "#pragma once\n" + twin.replace("struct", "class").replace(" {}", " final\n    : public Base {}"),
        "sim/net/c_nested.h": "#pragma once\n" + nested,
        "tests/sim/net/twin.h": "#pragma once\n" + twin,
        "docs/page.md": "# One\n\n# Two\n",
    }
    legal = {
        "sim/core/good.h": "#pragma once\n// a double comment\n",
        "sim/core/a_twin.h": "#pragma once\n" + twin,
        "sim/core/a_nested.h": "#pragma once\n" + nested.replace("::sim::detail {", "::sim {\nnamespace detail {"),
        "sim/core/declared.h": "#pragma once\n" + twin.replace(" {}", ""),
        "sim/core/elsewhere.h": "#pragma once\n" + twin.replace("mailcosm::sim", "mailcosm::dns"),
        "sim/core/own.h": "#pragma once\n" + anonymous,
        "sim/net/own.h": "#pragma once\n" + anonymous,
        "tests/sim/core/probe.h": "#pragma once\n" + twin.replace("Twin", "Probe"),
        "tests/sim/net/probe.h": "#pragma once\n" + twin.replace("Twin", "Probe"),
        "docs/good.md": "# One\n```\n# not a heading\n```\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**planted, **legal}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        caught = {offence.split(":")[0] for offence in offences(root)}
    if caught != set(planted):
        print("not caught:", sorted(set(planted) - caught), "wrongly caught:", sorted(caught - set(planted)))
        return 1
    print(f"all {len(planted)} planted offences are caught")
    return 0


def main():
    if "--self-test" in sys.argv:
        return self_test()
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    found = offences(root)
    print("\n".join(found) if found else "the tree is tidy")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
