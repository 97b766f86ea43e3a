#!/usr/bin/env python3
"""What Wireshark makes of the captures of scenarios with bad lines.

    capture_test.py MAILCOSM ROOT

The retransmissions that the trace names are those that Wireshark finds by itself, and they repair
losses that the trace tells of. Exit code 77: tshark is not there."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

LOSSY = ["network/loss.yaml", "network/flapping.yaml"]


def run(mailcosm, scenario, folder):
    trace, capture = folder / "trace.jsonl", folder / "capture.pcapng"
    subprocess.run(
        [mailcosm, "run", "--quiet", "--trace", trace, "--pcap", capture, scenario], check=True
    )
    with open(trace, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [r for r in records if "kind" in r], capture


def frames(capture, display_filter):
    shown = subprocess.run(
        ["tshark", "-r", capture, "-Y", display_filter, "-T", "fields", "-e", "frame.number"],
        check=True,
        capture_output=True,
        text=True,
    )
    return len(shown.stdout.split())


def check(mailcosm, scenario):
    with tempfile.TemporaryDirectory() as name:
        records, capture = run(mailcosm, scenario, pathlib.Path(name))
        resent = sum(
            r["kind"] == "packet.sent" and r["fields"]["summary"].endswith(" retransmission")
            for r in records
        )
        dropped = sum(r["kind"] == "packet.dropped" for r in records)
        found = frames(capture, "tcp.analysis.retransmission")
        print(f"{scenario}: {dropped} dropped, {resent} sent again, Wireshark finds {found}")
        assert dropped >= 2, "the line is too good"
        assert resent >= 2, "nothing was sent again"
        assert found == resent, "Wireshark sees it differently"
        assert frames(capture, "_ws.malformed") == 0


def main():
    mailcosm, root = sys.argv[1], pathlib.Path(sys.argv[2])
    if shutil.which("tshark") is None:
        print("tshark is not installed: skipped")
        return 77
    for name in LOSSY:
        check(mailcosm, root / "scenarios" / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
