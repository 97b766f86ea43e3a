"""A capture as Wireshark sees it: frames with remarks, and connections with their octets.

One run of tshark for each capture, because its start takes longer than its work."""

import dataclasses
import subprocess

# LMTP has a port that Wireshark does not know; base64 in AUTH is no error.
PREFERENCES = [
    "-o", "smtp.decryption:TRUE",
    "-d", "tcp.port==24,smtp",
    "-o", "ip.check_checksum:TRUE",
    "-o", "tcp.check_checksum:TRUE",
    "-o", "udp.check_checksum:TRUE",
]  # fmt: skip

FIELDS = [
    "frame.protocols",
    "frame.comment",
    "tcp.stream",
    "tcp.analysis.retransmission",
    "_ws.expert.severity",
    "_ws.expert.message",
]

WARNING = 0x600000
MALFORMED = "_ws.malformed"
BETWEEN = "\x1f"


@dataclasses.dataclass
class Frame:
    number: int
    record: str  # id of the record of the trace, from the comment in the capture
    stream: int  # Wireshark's number of the TCP connection; -1: another protocol
    retransmission: bool
    warnings: list  # messages of warnings and errors


def run(arguments):
    done = subprocess.run(["tshark", *arguments], capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"tshark: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


def frame(number, line):
    protocols, comment, stream, retransmission, severities, messages = line.split("\t")
    pairs = zip(severities.split(BETWEEN), messages.split(BETWEEN), strict=True)
    warnings = [text for level, text in pairs if level and int(level) >= WARNING]
    if "malformed" in protocols:
        warnings.append("Malformed packet")
    number_of_stream = int(stream) if stream else -1
    record = comment.split(" ")[0]
    return Frame(number, record, number_of_stream, retransmission != "", warnings)


def followed(lines):
    """What `follow` prints of one connection: its two ends and what each has sent."""
    ends, octets = {}, {False: bytearray(), True: bytearray()}
    for line in lines:
        if line.startswith("Node "):
            name, end = line.split(": ")
            ends[name == "Node 1"] = end
        elif ends and not line.startswith("="):
            octets[line.startswith("\t")] += bytes.fromhex(line.strip())
    return {ends[side]: bytes(octets[side]) for side in ends}


def read(capture, streams):
    """All frames, and for each TCP connection in `streams` {"address:port": octets it sent}."""
    arguments = ["-n", "-r", str(capture), *PREFERENCES]
    arguments += ["-T", "fields", "-E", f"aggregator={BETWEEN}"]
    for field in FIELDS:
        arguments += ["-e", field]
    for stream in streams:
        arguments += ["-z", f"follow,tcp,raw,{stream}"]
    rows, *chapters = run(arguments).split("Follow: tcp,raw\n")
    lines = [line for line in rows.split("\n") if "\t" in line]
    frames = [frame(number, line) for number, line in enumerate(lines, 1)]
    octets = {}
    for chapter in chapters:
        head, *rest = chapter.split("\n")
        octets[int(head.rsplit(" ", 1)[1])] = followed(rest)
    return frames, octets
