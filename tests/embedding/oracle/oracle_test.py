#!/usr/bin/env python3
"""The library's profile of Kamailio against Kamailio itself: every ordered pair of final codes, and timeouts.

Environment: SIPSTATUS_COMPARE, the program of compare.cpp. The recorded answers of Kamailio 5.6.3 are compared everywhere;
where Kamailio is installed it is asked anew. With SIPSTATUS_RECORD=1 what it says is recorded.
"""
import os
import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import kamailio  # noqa: E402
import sip  # noqa: E402

COMPARE = os.environ.get("SIPSTATUS_COMPARE") or sip.skip("SIPSTATUS_COMPARE is not set")
RECORDED = HERE / "kamailio-5.6.3.tsv"
CODES = [kamailio.SILENCE, *map(int, subprocess.run([COMPARE, "codes"], check=True, capture_output=True).stdout.split())]


def compare(profile, rows):
    return subprocess.run([COMPARE, profile], input="\n".join(rows) + "\n", capture_output=True, text=True)


def said(call):
    """What was relayed in a call, as compare.cpp has it."""
    relayed = ",".join(f"{code}:{'-' if branch is None else branch}" for code, branch, _ in call.relayed)
    # Each callee sends two challenges, which must stay together and in their order.
    challenges = [one for _, _, several in call.relayed for one in several]
    for kind in "WP":
        realms = [realm for letter, realm in challenges if letter == kind]
        assert [realm[1] for realm in realms] == ["0", "1"] * (len(realms) // 2), (call.codes, challenges)
    words = "".join(f"{kind}{realm[0]}" for kind in "WP" for letter, realm in challenges
                    if letter == kind and realm[1] == "0")
    return relayed + (f" {words}" if words else "")


def read_record():
    """(code, code) to what was relayed, branch 0 having answered first."""
    lines = [line.split("\t") for line in RECORDED.read_text().splitlines() if not line.startswith("#")]
    columns = [int(code) for code in lines[0][1:]]
    return {(int(row[0]), column): cell for row in lines[1:] for column, cell in zip(columns, row[1:])}


def write_record(relayed):
    lines = ["# What Kamailio 5.6.3 (Debian 5.6.3-2, tm as it comes) relays for a fork of two: rows are the code of branch",
             "# 0, which answers first, columns that of branch 1; 0 is a branch that times out. A cell: CODE:BRANCH, with",
             "# the branches of challenges after it. oracle_test.py writes and reads it.",
             "\t".join(["codes", *map(str, CODES)])]
    lines += ["\t".join([str(first), *(relayed[first, second] for second in CODES)]) for first in CODES]
    RECORDED.write_text("\n".join(lines) + "\n")


class Recorded(unittest.TestCase):
    def rows(self):
        return [f"{first} {second} 0 {cell}" for (first, second), cell in read_record().items()]

    def test_profile_says_what_was_recorded(self):
        done = compare("kamailio", self.rows())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_record_is_whole(self):
        self.assertEqual(set(read_record()), {(first, second) for first in CODES for second in CODES})

    def test_another_profile_is_told_apart(self):
        self.assertEqual(compare("rfc3261", self.rows()).returncode, 1)


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not any(os.access(f"{folder}/kamailio", os.X_OK) for folder in (*os.get_exec_path(), "/usr/sbin")):
            raise unittest.SkipTest("there is no kamailio here")
        pairs = [((first, second), answers) for answers in (0, 1) for first in CODES for second in CODES]
        cls.calls = kamailio.relayed(pairs)
        if os.environ.get("SIPSTATUS_RECORD"):
            write_record({call.codes: said(call) for call in cls.calls if call.first == 0})

    def test_profile_says_what_is_relayed(self):
        rows = [f"{call.codes[0]} {call.codes[1]} {call.first} {said(call)}" for call in self.calls]
        self.assertEqual(len(rows), 2 * len(CODES) ** 2)
        done = compare("kamailio", rows)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_record_is_what_this_version_relays(self):
        version = subprocess.run([sip.program("kamailio"), "-v"], capture_output=True, text=True).stdout
        if not re.search(r"kamailio 5\.6\.3\b", version):
            self.skipTest("another version of Kamailio")
        record = read_record()
        different = [(call.codes, said(call), record[call.codes]) for call in self.calls
                     if call.first == 0 and said(call) != record[call.codes]]
        self.assertEqual(different, [])


if __name__ == "__main__":
    unittest.main()
