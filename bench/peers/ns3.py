"""ns-3, the network simulator: small programs of ours, compiled here against the installed library."""

import os
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
LIBRARIES = {
    "ns3_hold": ["-lns3-core"],
    "ns3_dialogues": ["-lns3-core", "-lns3-network", "-lns3-internet", "-lns3-point-to-point", "-lns3-traffic-control"],
}


def missing():
    """Why this peer cannot be measured here, or nothing."""
    try:
        done = subprocess.run(["g++", "-E", "-x", "c++", "-"], input="#include <ns3/core-module.h>\n", capture_output=True,
                              text=True, check=False)
    except FileNotFoundError:
        return "there is no g++ to compile the programs for ns-3 (apt-get install g++)"
    return "" if done.returncode == 0 else "ns-3 is not installed (apt-get install libns3-dev)"


def program(name, folder):
    """The compiled program `name` in `folder`, made anew when its source is newer."""
    source, binary = FOLDER / f"{name}.cc", pathlib.Path(folder) / name
    if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
        os.makedirs(folder, exist_ok=True)
        print(f"compiling {source.name} ...", file=sys.stderr, flush=True)
        # Under another name until it is complete: an interrupt may come.
        partial = binary.with_suffix(".part")
        subprocess.run(["g++", "-std=c++17", "-O2", "-o", partial, source, *LIBRARIES[name]], check=True, capture_output=True)
        partial.replace(binary)
    return str(binary)


def measure(name, folder, *arguments):
    """The number that the program prints."""
    done = subprocess.run([program(name, folder), *map(str, arguments)], check=True, capture_output=True, text=True, timeout=900)
    return float(done.stdout)
