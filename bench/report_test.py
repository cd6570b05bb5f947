#!/usr/bin/env python3
"""Whether the report notices a row whose ratio and times disagree, and can be written of every suite.

    report_test.py SIPSTATUS_BENCH
"""
import pathlib
import subprocess
import sys
import tempfile
from types import SimpleNamespace

sys.dont_write_bytecode = True
import report  # noqa: E402


def said(ns, floor_ns, ratio):
    row = SimpleNamespace(suite="lines", input="mix", layout="cold")
    return report.disagreements([SimpleNamespace(**vars(row), subject="memchr", ns=33.7, floor_ns=33.7, ratio=1),
                                 SimpleNamespace(**vars(row), subject="x", ns=ns, floor_ns=floor_ns, ratio=ratio)])


assert said(57, 33.7, 1.69) == []
assert len(said(57, 33.7, 0.7)) == 2  # against its own times
assert said(57, 81.4, 0.7) == [  # a floor that always went first over cold memory
    "lines/mix/cold/x: the ratio is 0.70, but 57.0 ns and 33.7 ns of the floor's row give 1.69"]

with tempfile.TemporaryDirectory() as folder:
    figures = pathlib.Path(folder, "benchmark.json")
    subprocess.run([sys.argv[1], "--smoke", f"--benchmark_out={figures}"], stdout=subprocess.DEVNULL, check=True)
    report.write(figures, figures.parent)
    written = figures.with_name("report.md").read_text(encoding="utf-8")
    missing = [suite for suite in report.SUITES
               if f"\n## {suite}\n" not in written]
    assert not missing, missing
    assert figures.with_name("overview.svg").read_text(encoding="utf-8").count("<rect") > 20
