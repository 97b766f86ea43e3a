"""What the programs of a run wrote into their TCP connections, and what became of the packets, by
the trace."""

import base64
import collections
import json


def octets(value):
    return value.encode() if isinstance(value, str) else base64.b64decode(value["base64"])


def stuffed(content):
    """RFC 5321 section 4.5.2 and RFC 1939 section 3: a line that begins with a dot gets another."""
    return (b"\r\n" + content).replace(b"\r\n.", b"\r\n..")[2:]


class Trace:
    """Reads the records of a trace file that the comparison needs."""

    def __init__(self, path):
        self.packets = {}  # id: record of packet.sent
        self.connections = {}  # id: (opener, opposite end), in the order of their first packets
        self.written = collections.defaultdict(list)  # (connection, host): lines and contents
        self.dns = collections.defaultdict(list)  # the same: ids of DNS messages over TCP
        self.last = {}  # (connection, host): id of its last packet
        self.dropped = set()  # ids of packets that were lost
        self.crashed = {}  # host: time of its first crash
        self.resent = {}  # (connection, host): time of its first retransmission
        self.hosts = {}  # (connection, address:port): host
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if '"kind":"packet.forwarded"' not in line and '"kind":"packet.rec' not in line:
                    self.take(json.loads(line))

    def take(self, record):
        kind = record.get("kind")
        if kind == "packet.sent":
            self.take_packet(record)
        elif kind in ("line.sent", "data.sent", "dns.sent"):
            self.take_written(kind, record)
        elif kind == "packet.dropped":
            self.dropped.update(record["causes"])
        elif kind == "host.crashed":
            self.crashed.setdefault(record["host"], record["t"])

    def take_packet(self, record):
        record["summary"] = record["fields"].pop("summary")
        del record["fields"]
        self.packets[record["id"]] = record
        if "connection" not in record:
            return
        connection, host = record["connection"], record["host"]
        source, _, destination = record["summary"].split(" ")[:3]
        self.connections.setdefault(connection, (source, destination))
        self.hosts.setdefault((connection, source), host)
        self.last[connection, host] = record["id"]
        if self.is_resent(record):
            self.resent.setdefault((connection, host), record["t"])

    def take_written(self, kind, record):
        fields = record["fields"]
        if kind == "dns.sent" and fields["transport"] == "udp":
            return
        key = record["connection"], record["host"]
        if kind == "dns.sent":
            self.dns[key].append((fields["id"], fields["direction"]))
        elif kind == "line.sent":
            self.written[key].append(octets(fields["text"]) + b"\r\n")
        elif fields["protocol"] != "imap":
            self.written[key].append(stuffed(octets(fields["bytes"])))
        else:
            # The CRLF that ends a command behind its literal is no line.
            end = b"\r\n" if fields["what"] == "literal" else b""
            self.written[key].append(octets(fields["bytes"]) + end)

    @staticmethod
    def is_resent(record):
        return record["summary"].endswith(" retransmission")
