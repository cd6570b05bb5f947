#!/usr/bin/env python3
"""Holds what the library costs against recorded budgets, in figures that noise cannot move.

    budget.py BUILD check instructions KERNEL   instructions per line, counted by valgrind's callgrind
    budget.py BUILD check size                  octets of the library's objects
    budget.py BUILD check stack                 stack of its functions, as the compiler states it
    budget.py BUILD record                      measures all of it and writes it down in budgets.json

BUILD is the description that CMake leaves in the build folder (tests/gates/budget/build.json). Exit status: 0 within the
budget, 1 not, 77 skipped.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

BUDGETS = pathlib.Path(__file__).resolve().parent / "budgets.json"
KERNELS = ("scalar", "ssse3", "avx2", "neon")
SKIPPED = 77

# How far above what was recorded a figure may lie: another patch release of a compiler or of Boost moves a little.
INSTRUCTIONS_SLACK = 1.02
SIZE_SLACK, SIZE_SLACK_OCTETS = 1.05, 64
STACK_SLACK_OCTETS = 64


class skipped(Exception):
    pass


# ---- Instructions

def instructions(build, kernel):
    """Instructions per line, by input."""
    if not build["valgrind"]:
        raise skipped("valgrind was not found (Debian: valgrind)")
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind"
        run = subprocess.run(
            [build["valgrind"], "--tool=callgrind", f"--callgrind-out-file={out}", "--collect-atstart=no",
             "--toggle-collect=sipstatus::v?::parse(*", "--dump-after=budget_of_*", build["lines"], kernel],
            capture_output=True, text=True, check=False)
        if run.returncode == SKIPPED:
            raise skipped(f"valgrind or this machine has no {kernel} kernel")
        if run.returncode != 0:
            sys.exit(f"budget: callgrind failed:\n{run.stderr}")
        counted = dict(dump_of(path) for path in pathlib.Path(folder).glob("callgrind.*"))
    figures = {}
    for input_name, lines, _ in (line.split() for line in run.stdout.splitlines()):
        figures[input_name] = round(counted[input_name] / int(lines), 1)
    if len(figures) != 5 or any(figure < 5 for figure in figures.values()):
        sys.exit(f"budget: this is not the cost of a parse: {figures}")
    return figures


def dump_of(path):
    """The input that a dump of callgrind is about, and its instructions."""
    text = path.read_text(encoding="utf-8")
    trigger = re.search(r"^desc: Trigger: .*budget_of_(\w+)", text, re.MULTILINE)
    return (trigger.group(1) if trigger else ""), int(re.search(r"^totals: (\d+)", text, re.MULTILINE).group(1))


# ---- Octets of the objects

def size(build):
    """Octets that each object of the library puts into a program, as the program `size` counts them."""
    rows = subprocess.run(["size", *build["objects"]], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    return {pathlib.Path(row.split()[5]).name: int(row.split()[3]) for row in rows}


# ---- Stack

def stack(build):
    """The functions of the library and the octets of stack that each uses; one of unknown stack is an error."""
    found = {}
    for path in build["objects"]:
        notes = pathlib.Path(path).with_suffix(".su") # none, where an object has no function
        for line in notes.read_text(encoding="utf-8").splitlines() if notes.exists() else ():
            where, octets, kind = line.split("\t")
            function = where.split(":", 3)[-1] if where.count(":") > 2 else where.rsplit(":", 1)[-1]
            found[function] = max(found.get(function, 0), int(octets))
            if kind != "static":
                sys.exit(f"budget: the stack of {function} is not static ({kind})")
    if not found:
        sys.exit("budget: the compiler left no notes on stack")
    return found


def deepest(found):
    function = max(found, key=found.get)
    return {"octets": found[function], "function": function}


# ---- Figures and budgets

def hold(what, figure, recorded, limit):
    """Whether a figure is within its limit."""
    if recorded is None:
        print(f"OVER {what}: no budget is recorded")
        return False
    print(f"{'OVER' if figure > limit(recorded) else 'ok  '} {what}: {figure}, budget {limit(recorded):g} "
          f"(recorded {recorded}){'; cheaper: record it' if figure < 0.95 * recorded else ''}")
    return figure <= limit(recorded)


def check(build, what, kernel):
    budgets = recorded_for(build)
    if what == "instructions":
        recorded = budgets["instructions"].get(kernel, {})
        within = [hold(f"instructions per line, {kernel}, {name}", figure, recorded.get(name),
                       lambda figure: round(figure * INSTRUCTIONS_SLACK, 1))
                  for name, figure in instructions(build, kernel).items()]
    elif what == "size":
        within = [hold(f"octets of {name}", figure, budgets["size"].get(name),
                       lambda figure: int(figure * SIZE_SLACK) + SIZE_SLACK_OCTETS)
                  for name, figure in size(build).items()]
    else:
        found = stack(build)
        within = [hold(f"octets of stack of {function}", octets, budgets["stack"]["octets"],
                       lambda figure: figure + STACK_SLACK_OCTETS)
                  for function, octets in found.items() if octets > budgets["stack"]["octets"]]
        print(f"the deepest of {len(found)} functions, all static: {deepest(found)}")
    if not all(within):
        print(f"\nIf the cost is worth it, record it and say why in the commit:\n  {build['record']}")
    return 0 if all(within) else 1


def recorded_for(build):
    if not build["measurable"]:
        raise skipped("only a Release build without sanitizers is held to a budget")
    budgets = json.loads(BUDGETS.read_text(encoding="utf-8")) if BUDGETS.exists() else {}
    if build["compiler"] not in budgets:
        raise skipped(f"no budgets are recorded for {build['compiler']}; to record them: {build['record']}")
    return budgets[build["compiler"]]


def record(build):
    if not build["measurable"]:
        sys.exit("budget: only a Release build without sanitizers can be recorded")
    counted = {}
    for kernel in KERNELS:
        try:
            counted[kernel] = instructions(build, kernel)
        except skipped as why:
            print(f"budget: {kernel} is left out: {why}")
    budgets = json.loads(BUDGETS.read_text(encoding="utf-8")) if BUDGETS.exists() else {}
    budgets[build["compiler"]] = {"instructions": counted, "size": size(build), "stack": deepest(stack(build))}
    BUDGETS.write_text(json.dumps(budgets, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(budgets[build["compiler"]], indent=1))
    print(f"budget: recorded for {build['compiler']} in {BUDGETS.name}")
    return 0


def main():
    if len(sys.argv) < 3 or sys.argv[2] not in ("check", "record"):
        sys.exit(__doc__)
    build = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    try:
        if sys.argv[2] == "record":
            return record(build)
        return check(build, sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else "")
    except skipped as why:
        print(f"skipped: {why}")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main())
