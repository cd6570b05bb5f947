#!/usr/bin/env python3
"""Prints the version of the library from version.hpp, or with `abi` the number of its binary interface."""
import pathlib
import re
import sys

HEADER = pathlib.Path(__file__).resolve().parent.parent / "include/sipstatus/version.hpp"
text = HEADER.read_text(encoding="utf-8")
if sys.argv[1:] == ["abi"]:
    print(re.search(r"^#define SIPSTATUS_ABI v(\d+)$", text, re.MULTILINE)[1])
else:
    print(".".join(re.findall(r"^#define SIPSTATUS_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$", text, re.MULTILINE)))
