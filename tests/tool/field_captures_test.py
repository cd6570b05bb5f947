"""Captures made after public reports of people who work with SIP: each row of captures.tsv as its `expected` says.

The table here says what `expected` means in rows; a row of captures.tsv that it has not fails until somebody has looked.
"""

import csv
import os
import pathlib
import unittest

from tool import run, skip

DATA = pathlib.Path(os.environ.get("SIPSTATUS_TEST_DATA") or pathlib.Path(__file__).resolve().parents[3] / "shared/data")
FIELD = DATA / "field"

BUSY = (486, "Busy Here")

# id -> the rows of `list`: (frame, code, reason, transport, source).
ROWS = {
    "c02": [(1, *BUSY, "tcp", "192.0.2.10:5060"), (1, 200, "OK", "tcp", "192.0.2.10:5060")],
    "c03": [(1, *BUSY, "udp", "192.0.2.10:5060")],
    "c04": [(1, *BUSY, "udp", "192.0.2.10:5060")],
    "c07": [(1, *BUSY, "udp", "192.0.2.10:5060")],
    "c08": [(1, *BUSY, "udp", "192.0.2.10:5060")],
    "c10": [(1, 486, "Bu", "udp", "192.0.2.10:5060")],
    "c11": [(1, 200, "OK", "udp", "192.0.2.10:5060")],
    "c12": [(1, *BUSY, "udp", "192.0.2.10:5060")],
    "c13": [(2, *BUSY, "ws", "192.0.2.10:5060")],
    "c14": [(1, *BUSY, "udp", "0.0.0.0:5060")],
}

# id -> the rules of `check`; none for the others.
RULES = {"c10": ["cut-by-capture"]}


def captures():
    with open(FIELD / "captures.tsv", encoding="utf-8", newline="") as file:
        return {row["id"]: FIELD / row["input"].split()[1] for row in csv.DictReader(file, delimiter="\t")}


class FieldCaptures(unittest.TestCase):
    def test_each_has_its_rows_here(self):
        self.assertEqual(sorted(captures()), sorted(ROWS))

    def test_rows(self):
        for name, path in captures().items():
            with self.subTest(name):
                result = run("list", "-o", "ndjson", path)
                self.assertEqual(result.status, 0, result.err)
                self.assertEqual([(row["frame"], row["code"], row["reason"], row["transport"], row["src"])
                                  for row in result.rows()], ROWS[name])
                self.assertFalse(any(kind["looks_like_sip"] for row in result.summaries() for kind in row["left_out"]))

    def test_rules(self):
        for name, path in captures().items():
            with self.subTest(name):
                result = run("check", "-o", "ndjson", path)
                self.assertEqual([row["rule"] for row in result.rows()], RULES.get(name, []))

    def test_rows_of_all_at_once(self):
        """As a person would give them: rows in the order of the files."""
        paths = captures()
        result = run("list", "-o", "ndjson", *paths.values())
        self.assertEqual([(row["file"], row["code"]) for row in result.rows()],
                         [(str(path), row[1]) for name, path in paths.items() for row in ROWS[name]])


if __name__ == "__main__":
    if not (FIELD / "captures.tsv").is_file():
        skip("no cases from the field in %s" % DATA)
    unittest.main(verbosity=2)
