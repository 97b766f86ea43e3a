#!/usr/bin/env python3
"""The list of stories in scenarios/README.md, made from the heads of the scenario files.

    story_list.py --check ROOT    the list is up to date, and every file has a whole head
    story_list.py --write ROOT    writes the list
    story_list.py --self-test

The head of a scenario is the comment in front of it: what it is in one sentence, then `Teaches:`,
`For:` and `Shows:` with the sections of the standards."""

import pathlib
import re
import sys
import tempfile

BEGIN = "<!-- stories: begin -->\n"
END = "<!-- stories: end -->\n"

# In the order of a course.
GROUPS = {
    "first": ("The whole way", "One mail from one person to another; begin here."),
    "local": ("Before networks", "Mail on one machine: all parts are there, and no network."),
    "pop3": ("Reading mail: POP3", "The mail is fetched, and lives on the device."),
    "imap": ("Reading mail: IMAP", "The mail lives on the server, and devices show it."),
    "relay": ("Through many servers", "Gateways, smart hosts, relays, and who may use them."),
    "mx": ("Which server takes the mail?", "MX records: preference, failure, absence."),
    "dns": ("Finding names", "What the DNS does for every mail, and what it remembers."),
    "failure": ("When mail cannot be delivered", "Refusals, waiting, notifications, loops."),
    "network": ("Bad lines", "Lost packets, broken links, and what mail notices of them."),
    "crash": ("Power failures", "What a server has promised, it keeps."),
    "bulk": ("Programs and newsletters", "Mail that no person writes, and mail to many."),
    "research": ("Populations", "Many people and many mails, for experiments (docs/population.md)."),
}


class Bad(Exception):
    pass


def head_of(path):
    """The sentence and the three paragraphs of a scenario's head, and its title."""
    text = path.read_text(encoding="utf-8")
    head = re.match(r"(?:#[^\n]*\n)+", text)
    if not head:
        raise Bad(f"{path}: it does not begin with a comment that says what it is")
    lines = [line[1:].strip() for line in head.group().splitlines()]
    parts = {"": ""}
    part = ""
    for line in lines:
        found = re.match(r"(Teaches|For|Shows):\s*(.*)", line)
        if found:
            part, line = found.groups()
            parts[part] = ""
        parts[part] = (parts[part] + " " + line).strip()
    for wanted in ("", "Teaches", "For", "Shows"):
        if not parts.get(wanted):
            raise Bad(f"{path}: the head has no {wanted or 'first sentence'}")
    if "RFC" not in parts["Shows"]:
        raise Bad(f"{path}: 'Shows' names no RFC")
    for key in ("title", "about", "lesson"):
        if not re.search(rf"^{key}:", text, re.M):
            raise Bad(f"{path}: the key '{key}' is missing")
    title = re.search(r"^title:\s*(.*)$", text, re.M).group(1).strip("\"'")
    return title, parts


def standards_in(text):
    """Numbers of the RFCs that 'Shows' names, each once, in its order."""
    numbers = []
    for run in re.findall(r"RFCs?\s+((?:\d+(?:\s+to\s+|\s+and\s+|,\s*)?)+)", text):
        for number in re.findall(r"\d+", run):
            if number not in numbers:
                numbers.append(number)
    return numbers


def sentence_of(text):
    return text[0].upper() + text[1:].replace("|", "\\|")


def list_of(root):
    folder = root / "scenarios"
    groups = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    unknown = [group for group in groups if group not in GROUPS]
    if unknown:
        raise Bad(f"scenarios/{unknown[0]}: add the group to GROUPS in {__file__}")
    text = ""
    for group, (title, about) in GROUPS.items():
        files = sorted((folder / group).glob("*.yaml"))
        if not files:
            continue
        text += f"\n### {title}\n\n{about}\n\n| story | what it is about | for | RFCs |\n|---|---|---|---|\n"
        for path in files:
            name, parts = head_of(path)
            text += "| [{}]({}/{}) | {} | {} | {} |\n".format(
                name.replace("|", "\\|"), group, path.name, sentence_of(parts[""]),
                sentence_of(parts["For"]), ", ".join(standards_in(parts["Shows"])))
    return text + "\n"


def page_with(page, text):
    begin, end = page.find(BEGIN), page.find(END)
    if begin < 0 or end < begin:
        raise Bad("scenarios/README.md: the marks of the list are missing")
    return page[: begin + len(BEGIN)] + text + page[end:]


def self_test():
    good = ("# A mail.\n#\n# Teaches: much,\n# and more.\n# For: all.\n# Shows: RFC 5321 section 3, RFCs 3461 to "
            "3464 and RFC 5321.\nmailcosm: 1\ntitle: A mail\nabout: it\nlesson: that\n")
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name) / "a.yaml"
        path.write_text(good, encoding="utf-8")
        title, parts = head_of(path)
        assert title == "A mail" and parts["Teaches"] == "much, and more.", parts
        assert standards_in(parts["Shows"]) == ["5321", "3461", "3464"], standards_in(parts["Shows"])
        for wrong in (good[2:], good.replace("# For: all.\n", ""), good.replace("lesson", "lession"),
                      good.replace("RFC", "BCP"), "mailcosm: 1\n" + good):
            path.write_text(wrong, encoding="utf-8")
            try:
                head_of(path)
            except Bad:
                continue
            raise AssertionError(wrong)
    assert page_with("a\n" + BEGIN + "old\n" + END + "b\n", "new\n") == "a\n" + BEGIN + "new\n" + END + "b\n"


def main(arguments):
    if arguments == ["--self-test"]:
        self_test()
        return 0
    if len(arguments) != 2 or arguments[0] not in ("--check", "--write"):
        print(__doc__)
        return 2
    root = pathlib.Path(arguments[1])
    readme = root / "scenarios" / "README.md"
    try:
        page = readme.read_text(encoding="utf-8")
        wanted = page_with(page, list_of(root))
    except Bad as bad:
        print(bad)
        return 1
    if arguments[0] == "--write":
        readme.write_text(wanted, encoding="utf-8")
    elif page != wanted:
        print("scenarios/README.md does not list the scenarios as they are; "
              "run: python3 tests/scenarios/story_list.py --write .")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
