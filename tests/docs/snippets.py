#!/usr/bin/env python3
"""Compiles the C++ of the README and of docs/: snippets.py COMPILER ROOT WORK

A block with main() is a program of its own. Any other one is a part of a file, or of a function if nothing in it begins a
function or a type. Names that it leaves to the reader are declared in a comment before it: <!-- snippet: DECLARATIONS -->
Exit status: 0 all compile, 1 not. `--self-test` instead of ROOT shows that it can fail.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"(?:^<!-- snippet: (.*?) -->\n)?^```cpp\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRELUDE = "#include <sipstatus/sipstatus.hpp>\n\n#include <string>\n#include <string_view>\n\n"


def programs_of(text, name):
    """A file for each block: its name, and what is in it."""
    for number, (declarations, block) in enumerate(BLOCK.findall(text)):
        if re.search(r"^int main\(", block, re.MULTILINE):
            body = block
        else:
            is_file = re.search(r"^(?!if|for|while|switch)[\w:].*\) ?(?:noexcept )?\{$|^(?:struct|class|enum) ", block, re.MULTILINE)
            inner = block if is_file else f"void snippet() {{\n{block}}}\n"
            body = f"{PRELUDE}namespace snippet {{\n{declarations}\n{inner}}}\n"
        yield f"{re.sub(r'[^a-z0-9]', '_', name.lower())}_{number}", body


def compiles(compiler, include, work, name, body):
    file = work / f"{name}.cpp"
    file.write_text(body, encoding="utf-8")
    done = subprocess.run([compiler, "-std=c++20", "-Wall", "-Wextra", "-Wno-unused", "-Werror", "-fsyntax-only", f"-I{include}",
                           file], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}:\n{body}\n{done.stderr}")
    return done.returncode == 0


def main():
    compiler, root, work = sys.argv[1:]
    here = pathlib.Path(__file__).resolve().parents[2]
    if root == "--self-test":
        with tempfile.TemporaryDirectory() as folder:
            bad = "```cpp\nconst auto read = sipstatus::pars(\"\");\n```\n"
            good = "<!-- snippet: int given; -->\n```cpp\nconst int twice = 2 * given;\n```\n"
            said = [compiles(compiler, here / "include", pathlib.Path(folder), *next(programs_of(text, "it"))) for text in (bad, good)]
        return 0 if said == [False, True] else 1
    root, work = pathlib.Path(root), pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    count = failed = 0
    for page in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        for name, body in programs_of(page.read_text(encoding="utf-8"), page.relative_to(root).as_posix()):
            count += 1
            failed += not compiles(compiler, root / "include", work, name, body)
    print(f"{count - failed} of {count} snippets compile")
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
