#!/usr/bin/env python3
"""Compiles each header alone, so that every one includes what it uses.

usage: check_headers.py [--compiler g++] [ROOT]
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys


def compile_alone(compiler, root, header):
    command = [compiler, "-std=c++20", "-fsyntax-only", "-x", "c++", f"-I{root}", "-DFMT_SHARED", str(header)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # "#pragma once in main file" is the one warning that comes from being compiled as a main file.
    return header, done.returncode, done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("root", nargs="?", default=pathlib.Path(__file__).resolve().parents[2], type=pathlib.Path)
    arguments = parser.parse_args()
    headers = sorted(path for folder in ("protocols", "sim") for path in (arguments.root / folder).glob("**/*.h"))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for header, status, text in pool.map(lambda h: compile_alone(arguments.compiler, arguments.root, h), headers):
            if status != 0:
                failed += 1
                print(f"{header.relative_to(arguments.root)} does not compile alone:\n{text[:2000]}")
    print(f"{len(headers) - failed} of {len(headers)} headers compile alone")
    return 1 if failed or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
