#!/usr/bin/env python3
"""Every file here is refused, by exit code and with exactly the message that stands beside it.

usage: malformed_test.py MAILCOSM [--update]

NAME.yaml is a scenario with something wrong; NAME.expected is what `mailcosm check NAME.yaml` prints. What should not lie
in a repository (huge, binary, unreadable) is made here and has its NAME.expected all the same. With --update the expected
messages are written anew: read them as a beginner would before you commit them.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
SECONDS_MAX = 60

HEAD = b"mailcosm: 1\ntitle: A test\n"

# Files that are made here, by name.
MADE = {
    "bomb_brackets_in_lines": HEAD + b"about:\n" + b"".join(b" " * i + b"-\n" for i in range(1, 2000)),
    "bomb_deep_flow": HEAD + b"about: " + b"[" * 40 + b"]" * 40 + b"\n",
    "bomb_many_brackets": HEAD + b"about: " + b"[" * 30000 + b"\n",
    "bomb_many_keys": HEAD + b"organisations:\n" + b"".join(b"  d%d.com: {}\n" % i for i in range(40000)),
    "bomb_many_problems": HEAD + b"".join(b"key%d: 1\n" % i for i in range(5000)),
    "bomb_many_values": HEAD + b"about: [" + b"x, " * 20000 + b"\n" + (b"x, " * 20000 + b"\n") * 25 + b"x]\n",
    "bomb_nul": HEAD + b"about: a\0b\n",
    "bomb_only_nul": b"\0" * 1000,
    "bomb_quotes": HEAD + b'about: "' + b"\\" * 60001 + b"\n",
    "bomb_too_large": HEAD + b"about: |\n" + b"  0123456789012345678901234567890123456789012345678901234567\n" * 70000,
    "bomb_very_long_line": HEAD + b"about: " + b"x" * 70000 + b"\n",
    "bomb_very_long_key": HEAD + b"x" * 600 + b": 1\n",
    "utf8_cut_at_the_end": HEAD + b"about: caf\xc3",
    "utf8_overlong": HEAD + b"about: caf\xc0\xae\n",
    "utf8_surrogate": HEAD + b"about: caf\xed\xa0\x80\n",
    "yaml_carriage_return_alone": HEAD + b"about: a\rb\n",
}
# The whole file is meant, so that there is no line to show.
WITHOUT_PLACE = {"bomb_many_values", "bomb_too_large", "file_is_a_folder", "file_is_missing", "file_is_unreadable"}
# There is a place, but nothing stands there.
WITHOUT_LINE = {"empty"}
# A file that cannot be read is no fault of the scenario.
EXIT_CODES = {"file_is_a_folder": 4, "file_is_missing": 4, "file_is_unreadable": 4}


def make_files(folder):
    for name, content in MADE.items():
        (folder / f"{name}.yaml").write_bytes(content)
    (folder / "file_is_a_folder.yaml").mkdir()
    unreadable = folder / "file_is_unreadable.yaml"
    unreadable.write_bytes(HEAD)
    unreadable.chmod(0)
    names = [*MADE, "file_is_a_folder", "file_is_missing"]
    # Root reads everything.
    return names if os.access(unreadable, os.R_OK) else [*names, "file_is_unreadable"]


def check(mailcosm, name, folder):
    """(exit code, standard error) of one check; no exit code if it takes too long."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([mailcosm, "check", f"{name}.yaml"], cwd=folder, stdout=subprocess.DEVNULL,
                                   stderr=errors)
        try:
            process.wait(timeout=SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return None, ""
        errors.seek(0)
        return process.returncode, errors.read().decode("utf-8", "backslashreplace")


def faults_of(name, code, text):
    """What is wrong with an answer, whatever the expected text says."""
    if code is None:
        yield f"no answer within {SECONDS_MAX} s"
        return
    wanted = EXIT_CODES.get(name, 3)
    if code != wanted:
        yield f"exit code {code}, not {wanted}"
    if name in WITHOUT_PLACE:
        return
    if not re.match(rf"{re.escape(name)}\.yaml:[0-9]+:[0-9]+: ", text):
        yield "no file:line:column in front"
    if name not in WITHOUT_LINE and not re.search(r"^    .*\n    *\^$", text, re.MULTILINE):
        yield "no caret"
    if any(len(line) > 400 for line in text.splitlines()):
        yield "a line of more than 400 characters"


def main():
    mailcosm = str(pathlib.Path(sys.argv[1]).resolve())
    update = "--update" in sys.argv
    failures = []
    with tempfile.TemporaryDirectory() as made:
        cases = [(path.stem, FOLDER) for path in sorted(FOLDER.glob("*.yaml"))]
        cases += [(name, pathlib.Path(made)) for name in make_files(pathlib.Path(made))]
        for name, folder in cases:
            code, text = check(mailcosm, name, folder)
            wrong = list(faults_of(name, code, text))
            expected = FOLDER / f"{name}.expected"
            if update:
                expected.write_text(text, encoding="utf-8")
            elif not expected.exists():
                wrong.append(f"there is no {expected.name}")
            elif expected.read_text(encoding="utf-8") != text:
                wrong.append(f"expected:\n{expected.read_text(encoding='utf-8')}but got:\n{text}")
            failures += [f"{name}: {fault}" for fault in wrong]
    names = {name for name, _ in cases} | {"file_is_unreadable"}
    failures += [f"{path.name}: belongs to no file" for path in FOLDER.glob("*.expected") if path.stem not in names]
    print("\n".join(failures))
    print(f"{len(cases)} malformed scenarios, {len(failures)} failures")
    return 0 if not failures and len(cases) >= 80 else 1


if __name__ == "__main__":
    sys.exit(main())
