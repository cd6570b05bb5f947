#!/usr/bin/env python3
"""Does what the README tells a stranger, in a copy of the project's sources: five_minutes.py ROOT WORK

It runs the README's commands, with its files, and compares what the program prints with what the README says.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time


def main():
    root, work = map(pathlib.Path, sys.argv[1:])
    readme = (root / "README.md").read_text(encoding="utf-8")
    part = re.search(r"<!-- five-minutes:begin -->\n(.*)<!-- five-minutes:end -->", readme, re.DOTALL)[1]
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)
    if [kind for kind, _ in blocks] != ["sh", "cmake", "cpp", "sh", "text"]:
        sys.exit(f"the README's blocks are {[kind for kind, _ in blocks]}")
    (_, first), (_, cmake), (_, program), (_, second), (_, expected) = blocks

    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(root, work / "sipstatus", ignore=shutil.ignore_patterns("build", ".git"))
    (work / "app").mkdir()
    (work / "app/CMakeLists.txt").write_text(cmake, encoding="utf-8")
    (work / "app/main.cpp").write_text(program, encoding="utf-8")
    began = time.monotonic()
    for commands in (first, second):
        done = subprocess.run(["sh", "-ec", commands], cwd=work, capture_output=True, text=True, check=False,
                              env={**os.environ, "CMAKE_BUILD_PARALLEL_LEVEL": "2"})
        if done.returncode:
            sys.exit(f"{commands}\n{done.stdout}{done.stderr}")
    took = time.monotonic() - began
    if not done.stdout.replace("\r\n", "\n").endswith(expected):
        sys.exit(f"the README says\n{expected}and the program printed\n{done.stdout}")
    print(f"from the clone to the program: {took:.0f} s")
    if took > 300:
        sys.exit("that is more than five minutes")
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
