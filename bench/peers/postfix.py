"""Real mail on this machine: Postfix's smtp-source and smtp-sink, and a private Postfix on loopback that delivers into a Maildir.

It listens on a port of its own, has a configuration and a queue of its own in a temporary folder, and disturbs no Postfix
that runs already. Nothing leaves the machine."""

import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

SOURCE, SINK = "/usr/sbin/smtp-source", "/usr/sbin/smtp-sink"
DAEMONS = "/usr/lib/postfix/sbin"
SESSIONS = 10
OCTETS = 10_000

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mx.bench.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
maillog_file =
smtpd_recipient_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = blue.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:bob/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
smtp_tls_security_level = none
smtpd_tls_security_level = none
smtpd_client_connection_count_limit = 0
disable_dns_lookups = yes
"""

MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""


def missing():
    """Why this peer cannot be measured here, or nothing."""
    if not (os.path.exists(SOURCE) and os.path.exists(SINK)):
        return "Postfix is not installed (apt-get install postfix)"
    if os.geteuid() != 0:
        return "Postfix can be started by root only"
    return ""


def free_port():
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    """Until somebody accepts connections there."""
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens on port {port}")


def send(port, recipient, messages):
    """Messages of 10 kB, each over a connection of its own, ten at a time."""
    subprocess.run([SOURCE, "-s", str(SESSIONS), "-m", str(messages), "-l", str(OCTETS), "-f", "alice@red.example",
                    "-t", recipient, f"127.0.0.1:{port}"], check=True, capture_output=True, timeout=600)


def through_sockets(messages):
    """Messages a second from smtp-source to smtp-sink, which throws them away: what sockets of this machine can do."""
    port = free_port()
    with subprocess.Popen([SINK, "-u", "nobody", "-c", f"127.0.0.1:{port}", "1000"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as sink:
        try:
            wait_for(port)
            started = time.monotonic()
            send(port, "bob@blue.example", messages)
            return messages / (time.monotonic() - started)
        finally:
            sink.terminate()


@contextlib.contextmanager
def running():
    """A private Postfix; gives its port and its folder."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mailcosm-postfix-"))
    folder.chmod(0o755)
    port = free_port()
    nobody = pwd.getpwnam("nobody").pw_uid
    for name in ("etc", "spool", "data", "mail"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    shutil.chown(folder / "mail", "nobody")
    (folder / "etc/main.cf").write_text(MAIN.format(folder=folder, daemons=DAEMONS, uid=nobody), encoding="ascii")
    (folder / "etc/master.cf").write_text(MASTER.format(port=port), encoding="ascii")
    control = ["postfix", "-c", str(folder / "etc")]
    try:
        subprocess.run([*control, "start"], check=True, capture_output=True, timeout=60)
        wait_for(port)
        yield port, folder
    finally:
        # In a session of its own, which Ctrl-C on the terminal does not reach.
        subprocess.run([*control, "stop"], check=False, capture_output=True, timeout=60, start_new_session=True)
        shutil.rmtree(folder, ignore_errors=True)


def delivered(messages):
    """Messages a second into the Maildir, until the last one is there."""
    with running() as (port, folder):
        arrived = folder / "mail/bob/new"
        started = time.monotonic()
        send(port, "bob@blue.example", messages)
        for _ in range(6000):
            if arrived.is_dir() and len(os.listdir(arrived)) == messages:
                return messages / (time.monotonic() - started)
            time.sleep(0.02)
    raise RuntimeError("Postfix did not deliver all messages")
