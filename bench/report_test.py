#!/usr/bin/env python3
"""Whether the report notices a row whose ratio and times disagree."""
import sys
import unittest

sys.dont_write_bytecode = True
import report  # noqa: E402


def row(subject, ns, floor_ns, ratio):
    return report.Row("lines", "mix", "cold", subject, "floor", ns, floor_ns, ratio, 100, "")


class Disagreements(unittest.TestCase):
    def test_agreeing_rows(self):
        self.assertEqual([], report.disagreements([row("memchr", 33.7, 33.7, 1), row("sipstatus", 57, 33.7, 1.69)]))

    def test_ratio_against_own_times(self):
        self.assertEqual(2, len(report.disagreements([row("memchr", 33.7, 33.7, 1), row("sipstatus", 57, 33.7, 0.7)])))

    def test_floor_that_always_went_first(self):
        said = report.disagreements([row("memchr", 33.7, 33.7, 1), row("sipstatus", 57, 81.4, 0.7)])
        self.assertEqual(["lines/mix/cold/sipstatus: the ratio is 0.70, but 57.0 ns and 33.7 ns of the floor's row give "
                          "1.69"], said)


if __name__ == "__main__":
    unittest.main()
