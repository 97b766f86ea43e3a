#!/usr/bin/env python3
"""The replay page that is committed must have been built from the sources beside it. Needs no node: the page names the
digest of what it was built from (viz/sources.mjs computes it), and this compares.

usage: check_page.py [ROOT]        checks the tree
       check_page.py --self-test   changes a source and demands that it is noticed
"""
import hashlib
import pathlib
import re
import shutil
import sys
import tempfile

ROOT_FILES = ["pack.mjs", "package-lock.json", "page.html", "sources.mjs", "svelte.config.js", "tsconfig.json", "vite.config.ts"]
SIZE_MAX = 160_000  # octets of the page without a trace


def digest_of_sources(viz):
    """SHA-256 over "name NUL length NUL octets" of each file in the order of names."""
    names = ROOT_FILES + [path.relative_to(viz).as_posix() for path in (viz / "src").rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for name in sorted(names):
        octets = (viz / name).read_bytes()
        digest.update(f"{name}\0{len(octets)}\0".encode())
        digest.update(octets)
    return digest.hexdigest()


def problems(root):
    viz = root / "viz"
    page = (viz / "dist" / "page.html").read_text(encoding="utf-8")
    found = []
    named = re.search(r'name="mailcosm-sources" content="([0-9a-f]{64})"', page)
    if not named or named.group(1) != digest_of_sources(viz):
        found.append("viz/dist/page.html is not built from the sources in viz: run `npm ci && npm run build` there")
    if page.count('id="mailcosm-trace"></script>') != 1:
        found.append("viz/dist/page.html has not exactly one place for the trace")
    if len(page.encode()) > SIZE_MAX:
        found.append(f"viz/dist/page.html is larger than {SIZE_MAX} octets")
    return found


def self_test(root):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        shutil.copytree(root / "viz", copy / "viz", ignore=shutil.ignore_patterns("node_modules"))
        if problems(copy):
            return ["the tree itself has problems"]
        (copy / "viz" / "src" / "planted.ts").write_text("export {};\n", encoding="utf-8")
        return [] if problems(copy) else ["a new source was not noticed"]


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    if sys.argv[1:] == ["--self-test"]:
        found = self_test(root)
    else:
        found = problems(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root)
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
