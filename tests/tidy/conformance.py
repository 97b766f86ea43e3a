#!/usr/bin/env python3
"""Which sections of which RFCs have tests: docs/conformance.md, made from the tags in the tests.

A tag is a comment such as "// RFC 5321 section 4.1.4: ..." above a test.

usage: conformance.py           writes docs/conformance.md
       conformance.py --check   fails if that file is not what the tags give
"""
import collections
import pathlib
import re
import sys

TAG = re.compile(r"//\s*RFC (\d+) section ([0-9A-Z.]+\d|[A-Z])\b")
TEST = re.compile(r"^(?:TEST|TEST_F|TEST_P)\((\w+),\s*(\w+)\)", re.M)

TITLES = {
    "768": "UDP", "1035": "Domain names", "1122": "Internet hosts", "1337": "TIME-WAIT assassination",
    "1870": "SMTP SIZE", "1939": "POP3", "2018": "TCP selective acknowledgment", "2033": "LMTP",
    "2034": "SMTP enhanced error codes", "2045": "MIME bodies", "2046": "MIME media types", "2047": "MIME encoded words",
    "2177": "IMAP IDLE", "2181": "DNS clarifications", "2231": "MIME parameters", "2308": "DNS negative caching",
    "2449": "POP3 extensions", "2883": "D-SACK", "2920": "SMTP pipelining", "3168": "ECN", "3461": "SMTP DSN",
    "3463": "Enhanced status codes", "3464": "Delivery status notifications", "3501": "IMAP4rev1", "3596": "DNS AAAA",
    "3597": "Unknown DNS types", "4315": "IMAP UIDPLUS", "4592": "DNS wildcards", "4616": "SASL PLAIN", "4648": "Base64",
    "4954": "SMTP AUTH", "5321": "SMTP", "5322": "Internet message format", "5681": "TCP congestion control",
    "5952": "IPv6 text", "5961": "TCP against blind attacks", "6152": "8BITMIME", "6191": "TIME-WAIT and timestamps",
    "6298": "TCP retransmission timer", "6409": "Message submission", "6522": "multipart/report",
    "6675": "TCP loss recovery", "6851": "IMAP MOVE", "6891": "EDNS0", "6928": "TCP initial window",
    "6937": "TCP proportional rate reduction", "7323": "TCP timestamps and window scale", "7505": "Null MX",
    "7888": "IMAP literals", "8985": "TCP RACK-TLP", "9293": "TCP", "9438": "CUBIC",
}


def sort_key(section):
    return [int(part) if part.isdigit() else 10**6 for part in section.split(".")], section


def collect(root):
    """{rfc: {section: [(file, test), ...]}}; a tag belongs to the next test of its file."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for path in sorted((root / "tests").glob("**/*_test.cc")):
        text = path.read_text(encoding="utf-8")
        tests = [(match.start(), f"{match.group(1)}.{match.group(2)}") for match in TEST.finditer(text)]
        for match in TAG.finditer(text):
            following = [name for start, name in tests if start > match.start()]
            before = [name for start, name in tests if start < match.start()]
            # Inside a body the tag explains the test it stands in: that body ends before the next test's own comment.
            inside = bool(before) and text[text.rfind("\n", 0, match.start()) + 1] in " \t"
            name = before[-1] if inside or not following else following[0]
            entry = (path.relative_to(root).as_posix(), name)
            section = match.group(2).rstrip(".")
            if entry not in found[match.group(1)][section]:
                found[match.group(1)][section].append(entry)
    return found


def page(found):
    lines = ["# Conformance", "",
             "Sections of RFCs that have tests, and the tests. Made by `tests/tidy/conformance.py` from the tags in the tests;",
             "what the engines leave out is listed in [limitations.md](limitations.md).", ""]
    for rfc in sorted(found, key=int):
        lines += [f"## RFC {rfc}: {TITLES[rfc]}" if rfc in TITLES else f"## RFC {rfc}", "", "| section | tests |", "|---|---|"]
        for section in sorted(found[rfc], key=sort_key):
            tests = ", ".join(f"`{name}`" for _, name in found[rfc][section])
            lines.append(f"| {section} | {tests} |")
        lines.append("")
    return "\n".join(lines)


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    target = root / "docs" / "conformance.md"
    text = page(collect(root))
    if "--check" not in sys.argv:
        target.write_text(text, encoding="utf-8")
        return 0
    if target.exists() and target.read_text(encoding="utf-8") == text:
        print("docs/conformance.md is what the tags give")
        return 0
    print("docs/conformance.md is out of date: run tests/tidy/conformance.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
