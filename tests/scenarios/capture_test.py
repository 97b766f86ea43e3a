#!/usr/bin/env python3
"""What Wireshark makes of the captures of all scenarios.

    capture_test.py MAILCOSM ROOT
    capture_test.py --self-test MAILCOSM ROOT    planted errors are found

Wireshark finds no packet malformed and no checksum wrong, and warns of nothing that the scenario
does not cause. The retransmissions it finds are those that the trace names. The octets of each
connection, put together by Wireshark, are what the programs wrote according to the trace. Exit
code 77: tshark is not there."""

import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

import capture_check


def run(mailcosm, root, name, folder):
    trace, capture = folder / "trace.jsonl", folder / "capture.pcapng"
    scenario = root / f"{name}.yaml"
    subprocess.run(
        [mailcosm, "run", "--quiet", "--trace", trace, "--pcap", capture, scenario],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return trace, capture


def capture_alone(mailcosm, root, name, folder):
    capture = folder / "alone.pcapng"
    command = [mailcosm, "run", "--quiet", "--pcap", capture, root / f"{name}.yaml"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return capture


def test(mailcosm, root, name):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        trace, capture = run(mailcosm, root, name, folder)
        complaints, remark = capture_check.check(name, trace, capture)
        alone = capture_alone(mailcosm, root, name, folder)
        if alone.read_bytes() != capture.read_bytes():
            complaints = [*complaints, "the capture is another one if no trace is written"]
        return complaints, remark


def test_all(mailcosm, root):
    files = [*root.glob("scenarios/*/*.yaml"), *root.glob("tests/scenarios/*.yaml")]
    names = sorted(str(file.relative_to(root).with_suffix("")) for file in files)
    bad = not names
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        jobs = [pool.submit(test, mailcosm, root, name) for name in names]
        for name, job in zip(names, jobs, strict=True):
            complaints, remark = job.result()
            bad = bad or bool(complaints)
            print(f"{'not ok' if complaints else 'ok'} {name}: {remark}")
            for complaint in complaints[:10]:
                print(f"    {complaint}")
    return 1 if bad else 0


def alter(file, before, after, times=-1):
    octets = file.read_bytes()
    assert before in octets
    file.write_bytes(octets.replace(before, after, times))


def wire(before, after):
    assert len(before) == len(after)
    return lambda trace, capture: alter(capture, before, after, 1)


def told(before, after):
    return lambda trace, capture: alter(trace, before, after)


# Scenario, what is changed in the capture or the trace, and what has to be found.
ALICE = "scenarios/first/alice_to_bob"
PLANTS = [
    (ALICE, wire(b"EHLO ", b"EHLP "), ["Bad checksum", "wrote something else"]),
    (ALICE, wire(b"\x40\x00\x40\x11", b"\x40\x00\x3f\x11"), ["Bad checksum"]),
    (ALICE, wire(b"\x03com\x00\x00", b"\x33com\x00\x00"), ["Bad checksum", "Malformed"]),
    (ALICE, told(b'"text":"QUIT"', b'"text":"QUIZ"'), ["wrote something else"]),
    (ALICE, told(b"Lunch on Friday", b"Lunch on Sunday"), ["wrote something else"]),
    (ALICE, told(b'"id":"h5n1"', b'"id":"h5n0"'), ["other packets"]),
    ("tests/scenarios/large_with_dots", told(b"\\r\\n.line", b"\\r\\nline"), ["wrote something"]),
    ("scenarios/local/one_host", told(b'"text":"QUIT"', b'"text":"QUIZ"'), ["other octets"]),
    ("scenarios/network/loss", told(b" retransmission", b""), ["another retransmission"]),
    ("scenarios/network/lost_reply", told(b"packet.dropped", b"packet.hidden"), ["wrote something"]),
    ("scenarios/crash/mta_during_data", told(b"host.crashed", b"host.shaken"), ["reset (RST)"]),
]


def self_test(mailcosm, root):
    bad = False
    for name, plant, wanted in PLANTS:
        with tempfile.TemporaryDirectory() as folder:
            trace, capture = run(mailcosm, root, name, pathlib.Path(folder))
            plant(trace, capture)
            found = "; ".join(capture_check.check(name, trace, capture)[0])
        right = found and all(text in found for text in wanted)
        bad = bad or not right
        print(f"{'ok' if right else 'not ok'} {name}: {found or 'nothing found'}")
    return 1 if bad else 0


def main():
    if shutil.which("tshark") is None:
        print("tshark is not installed: skipped")
        return 77
    if sys.argv[1] == "--self-test":
        return self_test(sys.argv[2], pathlib.Path(sys.argv[3]))
    return test_all(sys.argv[1], pathlib.Path(sys.argv[2]))


if __name__ == "__main__":
    sys.exit(main())
