#!/usr/bin/env python3
"""Checks that includes go one way between folders: include_arrows.py [--self-test] [ROOT]

ALLOWED is the one place that says which folder may include what. Exit status: 0 no back arrow, 1 there is one.
"""
import pathlib
import re
import sys
import tempfile

# What is said of octets in one place for the whole tree, and includes nothing of it.
LEAVES = ["src/octets.hpp", "src/utf8.hpp"]
# A folder, and what its files may include beside each other: other folders, or single files of them. The folders inside
# one of the tool's rooms belong to that room.
ALLOWED = {
    "include/sipstatus": [],
    "src": ["include/sipstatus", "src/kernels/kernel.hpp", "src/kernels/known_phrases.hpp"],
    "src/kernels": ["include/sipstatus", *LEAVES, "src/x3.hpp", "src/tolerant_reader.hpp"],
    # The tool: octets -> packets or lines -> segments -> responses and findings -> report. Its own folder has what every
    # room may use, and main.cpp.
    "src/tool": ["include/sipstatus", *LEAVES],
    "src/tool/input": ["include/sipstatus", "src/tool"],
    "src/tool/net": ["include/sipstatus", "src/tool", "src/tool/input"],
    "src/tool/log": ["include/sipstatus", *LEAVES, "src/tool", "src/tool/input", "src/tool/net"],
    "src/tool/sip": ["include/sipstatus", *LEAVES, "src/tool", "src/tool/input", "src/tool/net", "src/tool/log"],
    "src/tool/tally": ["include/sipstatus", "src/tool", "src/tool/input", "src/tool/net", "src/tool/sip",
                       "src/tool/report/spelling.hpp"],
    "src/tool/report": ["include/sipstatus", "src/tool", "src/tool/input", "src/tool/net", "src/tool/sip",
                        "src/tool/tally"],
    "src/tool/commands": ["include/sipstatus", "src/tool", "src/tool/input", "src/tool/net", "src/tool/log",
                          "src/tool/sip", "src/tool/tally", "src/tool/report"],
    "src/tool/main.cpp": ["include/sipstatus", "src/tool/commands"],
    "src/tool/completions.cpp": ["src/tool/commands"],
}
# The folders that quoted and bracketed names are looked up in, beside the file's own.
ROOTS = ("include", "src", "src/tool")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def included(root, file):
    """The files of the project that a file includes, and what else it includes of no standard library."""
    for bracket, name in INCLUDE.findall(file.read_text(encoding="utf-8")):
        places = [root / place for place in ROOTS] + ([file.parent] if bracket == '"' else [])
        there = next((place / name for place in reversed(places) if (place / name).exists()), None)
        if there:
            yield there.resolve().relative_to(root.resolve()).as_posix()
        elif bracket == '"' or not re.fullmatch(r"[a-z_]+", name):
            yield f"<{name}>"


def home(folder):
    """The folder of the table that a folder belongs to."""
    return re.sub(r"^(src/tool/[^/]+)/.*", r"\1", folder)


def faults(root):
    """One line for each back arrow."""
    files = [file for top in ("include", "src") for file in sorted((root / top).rglob("*.*"))
             if file.suffix in (".hpp", ".cpp", ".def")]
    for file in files:
        name, folder = file.relative_to(root).as_posix(), home(file.parent.relative_to(root).as_posix())
        if folder not in ALLOWED:
            yield f"{name}: {folder} is not in the table of tests/gates/include_arrows.py"
            continue
        allowed = ALLOWED.get(name, ALLOWED[folder])
        for target in included(root, file):
            if target.startswith("<"):
                if folder == "include/sipstatus":
                    yield f"{name} includes {target}: a public header includes only the standard library"
            elif (place := home(target.rpartition("/")[0])) != folder and not {target, place} & set(allowed):
                yield f"{name} includes {target}: {folder} may not include that"


# A file, its line, and what must be said of it; nothing, where the arrow is right.
EXAMPLES = (
    ("src/status_line.cpp", '#include "kernels/kernel.hpp"', ""),
    ("src/status_line.cpp", '#include "kernels/grammar.hpp"', "src may not include that"),
    ("src/status_line.cpp", '#include "tool/main.hpp"', "src may not include that"),
    ("src/kernels/grammar.hpp", '#include "octets.hpp"', ""),
    ("src/kernels/grammar.hpp", '#include "../status_line.hpp"', "src/kernels may not include that"),
    ("include/sipstatus/status.hpp", "#include <string_view>", ""),
    ("include/sipstatus/status.hpp", "#include <boost/version.hpp>", "only the standard library"),
    ("include/sipstatus/status.hpp", '#include "../../src/octets.hpp"', "may not include that"),
    ("src/tool/net/frame.hpp", '#include "tool/input/source.hpp"', ""),
    ("src/tool/net/layers/udp.hpp", '#include "tool/net/frame.hpp"', ""),
    ("src/tool/input/source.hpp", '#include "tool/net/frame.hpp"', "src/tool/input may not include that"),
    ("src/tool/report/text.hpp", '#include "net/frame.hpp"', ""),
    ("src/tool/report/text.hpp", '#include "commands/run.hpp"', "src/tool/report may not include that"),
    ("src/tool/net/frame.hpp", '#include "stage.hpp"', ""),
    ("src/tool/stage.hpp", '#include "net/frame.hpp"', "src/tool may not include that"),
    ("src/tool/main.cpp", '#include "commands/run.hpp"', ""),
    ("src/tool/report/text.hpp", "#include <sipstatus/status.hpp>", ""),
    ("src/tool/sip/message.hpp", '#include "tool/report/text.hpp"', "src/tool/sip may not include that"),
    ("src/other/new.hpp", "", "src/other is not in the table"),
)


def self_test():
    wrong = []
    names = [name for name, _, _ in EXAMPLES] + ["src/kernels/kernel.hpp", "src/octets.hpp", "src/status_line.hpp",
                                                 "src/tool/main.hpp", "src/tool/commands/run.hpp"]
    for name, line, expected in EXAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for other in names:
                if other.startswith("src/other") and other != name:
                    continue
                (root / other).parent.mkdir(parents=True, exist_ok=True)
                (root / other).write_text(line + "\n" if other == name else "", encoding="utf-8")
            said = list(faults(root))
            if len(said) != bool(expected) or not all(expected in one for one in said):
                wrong.append(f"{name}: {line}: expected {expected or 'nothing'!r}, got {said}")
    return wrong


def main():
    if "--self-test" in sys.argv[1:]:
        wrong = self_test()
        print(*wrong, f"{len(EXAMPLES) - len(wrong)} of {len(EXAMPLES)} examples as expected", sep="\n")
    else:
        root = pathlib.Path(sys.argv[1]) if sys.argv[1:] else pathlib.Path(__file__).parents[2]
        wrong = list(faults(root.resolve()))
        print(*wrong, f"{len(wrong)} back arrows", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
