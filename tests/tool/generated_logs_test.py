#!/usr/bin/env python3
"""Generated logs: every format with every wrapping, and all that is in them is found, with its line and what the log tells.

GENERATED_LOGS_SEED chooses other logs.
"""
import collections
import os
import tempfile
import unittest

from logs import formats, generator, wrapping
from tool import run

SEED = os.environ.get("GENERATED_LOGS_SEED", "1")


class GeneratedLogs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.truths = {}
        for name in formats.FORMATS:
            for number, one in enumerate(wrapping.all_wrappings()):
                lines, truth = generator.log(name, "%s %d" % (SEED, number))
                path = os.path.join(cls.folder.name, "_".join((name, *one)))
                with open(path, "wb") as file:
                    file.write(wrapping.wrap(lines, one))
                cls.truths[path] = truth

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_all_is_found(self):
        result = run("list", "-q", "-o", "ndjson", *self.truths)
        self.assertEqual((result.status, result.err), (0, ""))
        found = collections.defaultdict(list)
        for row in result.rows():
            found[row["file"]].append(row)
        wrong = collections.Counter()
        for path, truth in self.truths.items():
            name = os.path.basename(path)
            rows = [{key: row[key] for key in truth[0]} for row in found[path]]
            if rows != truth:
                wrong[name] += 1
                if len(wrong) <= 12:
                    with self.subTest(name):
                        self.assertEqual(rows, truth)
        self.assertEqual(sum(wrong.values()), 0, "of %d logs: %s" % (len(self.truths), list(wrong)[:40]))

    def test_nothing_to_complain_of(self):
        result = run("check", "-q", *self.truths)
        self.assertEqual((result.status, result.out, result.err), (0, b"", ""))

    def test_lines_are_accounted_for(self):
        for row in run("list", "-q", "-o", "ndjson", *self.truths).summaries():
            ignored = sum(kind["count"] for kind in row["left_out"] if kind["unit"] == "frame")
            self.assertEqual(row["frames"], row["frames_read"] + ignored)
            self.assertEqual(row["frames_read"], len(self.truths[row["file"]]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
