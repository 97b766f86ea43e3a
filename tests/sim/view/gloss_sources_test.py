#!/usr/bin/env python3
"""What the engines say but have no table of has a gloss as well: it is taken from their sources.

usage: gloss_sources_test.py REPOSITORY
"""
import json
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv[1]).resolve()
GLOSS = ROOT / "viz/src/gloss"


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cc", ".h"):
                yield path, path.read_text(encoding="utf-8")


def found(pattern, *folders):
    return {match for _, text in sources(*folders) for match in re.findall(pattern, text)}


def table(name, *keys):
    data = json.loads((GLOSS / f"{name}.json").read_text(encoding="utf-8"))
    for key in keys:
        data = data[key]
    return data


class Glosses(unittest.TestCase):
    def check(self, words, glosses, at_least):
        self.assertGreaterEqual(len(words), at_least, "the pattern no longer finds what the sources say")
        self.assertEqual(sorted(word for word in words if word not in glosses), [])

    def test_every_reply_code_of_the_smtp_server_and_its_agents(self):
        # Reply{550, {5, 1, 1}, "..."}, and codes compared or written elsewhere.
        codes = found(r"\b([2-5]\d\d), *\{(?:[245], *\d+, *\d+)?\}", "protocols/smtp", "sim/agents", "sim/faults")
        self.check(codes, table("replies", "smtp"), 20)

    def test_every_enhanced_status_code(self):
        codes = {".".join(code) for code in found(r"\{([245]), *(\d{1,3}), *(\d{1,3})\}", "protocols/smtp", "protocols/dsn", "sim/agents", "sim/faults")}
        self.check(codes, table("status"), 30)

    def test_every_untagged_response_of_the_imap_server(self):
        words = found(r'"\* ([A-Z]{3,})', "protocols/imap") | found(r'"?(?: |\* )(EXISTS|RECENT|EXPUNGE|FETCH)[ "\\]', "protocols/imap")
        self.check(words, table("imap", "responses"), 7)

    def test_every_capability_of_the_imap_server(self):
        lists = found(r'"(IMAP4rev1 [A-Z0-9 +=-]+)"', "protocols/imap")
        words = {word.upper() for line in lists for word in line.split()}
        self.check(words, table("extensions", "imap"), 8)

    def test_every_capability_of_pop3(self):
        text = (ROOT / "protocols/pop3/capabilities.cc").read_text(encoding="utf-8")
        self.check(set(re.findall(r'is\("([A-Z-]+)"\)', text)), table("extensions", "pop3"), 10)

    def test_every_header_field_that_is_written(self):
        names = found(r'field\("([A-Z][A-Za-z-]+)"', "protocols", "sim/agents")
        names |= found(r'"((?:[A-Z][A-Za-z]+-)*[A-Z][A-Za-z]+): ', "protocols/mail", "protocols/dsn", "protocols/smtp", "sim/agents")
        names = {name.lower() for name in names} - {"re", "reason", "reply", "syntax"}  # words of sentences
        self.check(names, {name.lower() for name in table("headers")}, 8)

    def test_every_gloss_is_one_sentence_or_more_and_names_its_source(self):
        def walk(data, path):
            if "says" not in data:
                for key, value in data.items():
                    yield from walk(value, f"{path} {key}")
            else:
                yield path, data

        for file in sorted(GLOSS.glob("*.json")):
            for path, gloss in walk(json.loads(file.read_text(encoding="utf-8")), file.name):
                self.assertRegex(gloss["says"], r"^[A-Z].*[.?]$", path)
                self.assertRegex(gloss["rfc"], r"^(RFC \d+( section [\d.]+)?|draft-[a-z-]+|)$", path)
                self.assertTrue(gloss["rfc"] or file.name == "kinds.json", path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
