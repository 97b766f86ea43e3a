#!/usr/bin/env python3
"""Fails on any include that breaks the layers of layers.txt.

usage: check_layers.py [ROOT]        checks the tree
       check_layers.py --self-test   plants violations in a temporary tree and demands that each is caught
"""
import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
GUARDED = ("boost", "yaml-cpp", "CLI", "nlohmann", "gtest", "benchmark", "openssl", "regex", "iostream", "random")


def read_table(text):
    """{folder: (allowed folders, allowed outside headers)} from the text of layers.txt."""
    table = {}
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        folder, _, rest = line.partition(":")
        inside, _, outside = rest.partition("|")
        table[folder.strip()] = (inside.split(), outside.split())
    return table


def layer_of(path, table):
    """The longest folder of the table that holds `path`, or None."""
    parts = path.split("/")[:-1]
    for length in range(len(parts), 0, -1):
        folder = "/".join(parts[:length])
        if folder in table:
            return folder
    return None


def may_include(source, target, table):
    allowed = table[source][0]
    return source == target or any(
        target == one or target.startswith(one + "/") or (one.endswith("/*") and target.startswith(one[:-1]))
        for one in allowed)


def violations(root, table):
    found = []
    for path in sorted(root.glob("**/*")):
        name = path.relative_to(root).as_posix()
        if path.suffix not in (".h", ".cc") or name.startswith(("build/", ".")):
            continue
        source = layer_of(name, table)
        if source is None:
            found.append(f"{name}: its folder has no line in layers.txt")
            continue
        for match in INCLUDE.finditer(path.read_text(encoding="utf-8")):
            bracket, included = match.groups()
            line = path.read_text(encoding="utf-8")[:match.start()].count("\n") + 1
            if bracket == '"':
                target = layer_of(included, table)
                if target is None or not (root / included).exists():
                    found.append(f"{name}:{line}: includes \"{included}\", which is no file of the tree: write it from the root")
                elif not may_include(source, target, table):
                    found.append(f"{name}:{line}: {source} may not include {target} (\"{included}\")")
            else:
                head = included.split("/")[0]
                allowed = table[source][1]
                if head in GUARDED and not any(included.startswith(one) for one in allowed):
                    found.append(f"{name}:{line}: {source} may not include <{included}>")
    return found


def self_test(table):
    planted = {
        "protocols/base/a.h": '#include "sim/core/event.h"\n',
        "protocols/smtp/b.cc": '#include "protocols/imap/c.h"\n',
        "sim/agents/mta/d.cc": '#include "sim/net/e.h"\n',
        "sim/world/f.cc": "#include <yaml-cpp/yaml.h>\n",
        "sim/core/g.cc": "#include <random>\n",
        "elsewhere/h.cc": "\n",
        "protocols/mail/i.cc": '#include "i.h"\n',
    }
    legal = {"sim/core/event.h": "", "protocols/imap/c.h": '#include "protocols/base/a.h"\n', "sim/net/e.h": ""}
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**planted, **legal}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        caught = {violation.split(":")[0] for violation in violations(root, table)}
    if caught != set(planted):
        print("not caught:", sorted(set(planted) - caught), "wrongly caught:", sorted(caught - set(planted)))
        return 1
    print(f"all {len(planted)} planted violations are caught")
    return 0


def main():
    here = pathlib.Path(__file__).resolve()
    table = read_table((here.parent / "layers.txt").read_text(encoding="utf-8"))
    if "--self-test" in sys.argv:
        return self_test(table)
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parents[2]
    found = violations(root, table)
    print("\n".join(found) if found else "every include follows the layers")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
