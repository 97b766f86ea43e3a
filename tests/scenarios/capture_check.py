"""Compares what Wireshark finds in a capture with what the trace of the same run tells."""

import struct

import wireshark
import written

# Of scenarios with more connections, this many are compared, evenly spread.
STREAMS_MAX = 150

# The lines are bad here: something must be lost and sent again.
LOSSY = ["scenarios/network/loss", "scenarios/network/flapping"]


def is_caused(trace, packet, warning):
    """Whether the trace explains what Wireshark says about a packet."""
    sender, connection = packet["host"], packet.get("connection")
    if warning == "Connection reset (RST)":
        # A host that comes back knows nothing of its connections (RFC 9293 section 3.5.1).
        return trace.crashed.get(sender, packet["t"]) < packet["t"]
    if warning == "D-SACK Sequence":
        # What came twice was sent twice (RFC 2883).
        return any(
            at < packet["t"] and of == connection and host != sender
            for (of, host), at in trace.resent.items()
        )
    return False


def dns_messages(stream):
    """Id and direction of each message (RFC 1035 section 4.2.2)."""
    found = []
    while stream:
        length, number, flags = struct.unpack(">HHH", stream[:6])
        assert len(stream) >= 2 + length, "half a message"
        found.append((number, "response" if flags & 0x8000 else "query"))
        stream = stream[2 + length :]
    return found


def compare_frames(trace, frames):
    """Complaints about frames, and which connection each of Wireshark's streams is."""
    complaints, names = [], {}
    if [f.record for f in frames] != list(trace.packets):
        complaints.append("the capture has other packets than the trace")
    for frame in frames:
        packet = trace.packets.get(frame.record)
        if packet is None:
            continue
        for warning in frame.warnings:
            if not is_caused(trace, packet, warning):
                complaints.append(f"frame {frame.number}: {warning}")
        if frame.retransmission != trace.is_resent(packet):
            complaints.append(f"frame {frame.number}: Wireshark sees another retransmission")
        if frame.stream >= 0:
            connection = packet.get("connection")
            if names.setdefault(frame.stream, connection) != connection:
                complaints.append(f"frame {frame.number}: counted to another connection")
    if len(set(names.values())) != len(names):
        complaints.append("Wireshark sees one connection as several")
    return complaints, names


def compare_stream(trace, connection, sides):
    """Complaints about the octets of a connection."""
    if set(sides) != set(trace.connections[connection]):
        return [f"{connection}: between {' and '.join(sides)}"]
    hosts = {end: trace.hosts.get((connection, end)) for end in sides}
    if len(set(hosts.values())) == 1:
        pieces = trace.written[connection, hosts.popitem()[1]]
        return [] if is_merged(pieces, list(sides.values())) else [f"{connection}: other octets"]
    complaints = []
    for end, found in sides.items():
        key = connection, hosts[end]
        if key in trace.dns:
            same = dns_messages(found) == trace.dns[key]
        else:
            same = is_written(trace, key, found)
        if not same:
            complaints.append(f"{connection}: {end} wrote something else")
    return complaints


def is_written(trace, key, found):
    """Whether an end wrote this. When nothing gets through any more, what is behind the segment
    that is sent again and again never leaves."""
    wrote = b"".join(trace.written[key])
    if trace.last.get(key) in trace.dropped:
        return wrote.startswith(found)
    return found == wrote


def is_merged(pieces, streams):
    """Whether a host that talks to itself wrote this: the trace does not tell which end it was,
    but the order is known."""
    for piece in pieces:
        at = next((i for i, rest in enumerate(streams) if rest.startswith(piece)), None)
        if at is None:
            return False
        streams[at] = streams[at][len(piece) :]
    return not any(streams)


def spread(count):
    if count <= STREAMS_MAX:
        return range(count)
    return [i * count // STREAMS_MAX for i in range(STREAMS_MAX)]


def check(name, trace_file, capture):
    trace = written.Trace(trace_file)
    frames, streams = wireshark.read(capture, spread(len(trace.connections)))
    complaints, names = compare_frames(trace, frames)
    if len(streams) != min(len(trace.connections), STREAMS_MAX):
        complaints.append("Wireshark sees another number of connections")
    total = 0
    for stream, sides in streams.items():
        complaints += compare_stream(trace, names[stream], sides)
        total += sum(len(octets) for octets in sides.values())
    resent = sum(f.retransmission for f in frames)
    if name in LOSSY and resent < 2:
        complaints.append("the line is too good")
    remark = f"{len(frames)} frames, {resent} sent again"
    return complaints, f"{remark}; {len(streams)} connections compared, {total} octets"
