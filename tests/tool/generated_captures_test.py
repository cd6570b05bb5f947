"""Captures built by captures/, whose truth is known: `list` gives each response that is there, and nothing else.

    generated_captures_test.py                  a sample that has every pair of values of the axes
    generated_captures_test.py --seed N         another one
    generated_captures_test.py --all            every combination; --part K/N: of N parts the one numbered K, from 1
    generated_captures_test.py --tshark [COUNT] tshark reads the sample, or so many of it: is what is built right?
    generated_captures_test.py --case NAME FILE writes one capture and prints its truth
"""

import argparse
import calendar
import collections
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

from captures import choice
from captures.cases import AXES, Case, make, make_capture, make_traffic
from captures.files import FORMATS
from captures.framing import DIFFICULTIES
from tool import run

SEED = 11
BATCH = 1000  # files for one run of the tool


def nanoseconds(text):
    """Of a time as NDJSON has it."""
    whole, fraction = text.rstrip("Z").split(".")
    return calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) * 10**9 + int(fraction)


def words_of(row):
    return (row["code"], row["reason"], row["transport"], row["src"], row["dst"], row["call_id"], row["cseq"],
            row["method"])


def difference(case, capture, rows, summary):
    """What is wrong with the rows of a capture, in words; None if nothing is."""
    wanted = [tuple(truth)[:-2] for truth in capture.truths]
    found = [words_of(row) for row in rows]
    if found != wanted:
        number = next(n for n, pair in enumerate(itertools.zip_longest(found, wanted)) if pair[0] != pair[1])
        return "%d rows of %d; row %d is %s, not %s" % (len(found), len(wanted), number + 1, *(
            some[number] if number < len(some) else None for some in (found, wanted)))
    for row, truth in zip(rows, capture.truths):
        if truth.payload not in (None, row["frame"]):
            return "frame %d instead of %d" % (row["frame"], truth.payload)
        at = truth.time if truth.time is not None else capture.times[row["frame"] - 1]
        if (nanoseconds(row["time"]) if row["time"] else None) != at:
            return "frame %d has the time %s, not %s" % (row["frame"], row["time"], at)
    if [row["frame"] for row in rows] != sorted(row["frame"] for row in rows):
        return "the frames do not ascend: %s" % [row["frame"] for row in rows]
    left_out = summary["left_out"] if summary else []
    if capture.loses and DIFFICULTIES[case.difficulty].has_opening and not left_out:
        return "octets are missing, and nothing says so"
    if not capture.loses and any(kind["looks_like_sip"] for kind in left_out):
        return "left out: %s" % "; ".join(kind["words"] for kind in left_out)
    return None


def differences(captures):
    """{case: what is wrong} of [(case, capture)], in one run of the tool."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for number, (case, capture) in enumerate(captures):
            path = os.path.join(folder, "%d%s" % (number, FORMATS[case.format].suffix))
            pathlib.Path(path).write_bytes(capture.octets)
            paths[path] = (case, capture)
        result = run("list", "-o", "ndjson", *paths)
    if result.status < 0:
        if len(captures) == 1:
            return {captures[0][0]: "ended by signal %d" % -result.status}
        half = len(captures) // 2
        return {**differences(captures[:half]), **differences(captures[half:])}
    rows, summaries = collections.defaultdict(list), {}
    for row in result.all_rows():
        if "left_out" in row:
            summaries[row["file"]] = row
        else:
            rows[row["file"]].append(row)
    wrong = {case: difference(case, capture, rows[path], summaries.get(path))
             for path, (case, capture) in paths.items()}
    wrong = {case: words for case, words in wrong.items() if words}
    if not wrong and result.status not in ((0, 3) if any(capture.loses for _, capture in captures) else (0,)):
        wrong["all"] = "status %d: %s" % (result.status, result.err[-500:])
    return wrong


def report_of(wrong, total):
    """Which values have most of what is wrong, and the first case of each traffic."""
    lines = ["%d of %d captures" % (len(wrong), total)]
    for axis, name in enumerate(AXES):
        counts = collections.Counter(case[axis] for case in wrong if isinstance(case, Case))
        lines.append("  %s: %s" % (name, ", ".join("%s %d" % one for one in counts.most_common(8))))
    firsts = {case[2:]: (case, words) for case, words in reversed(wrong.items())}
    return "\n".join(lines + ["  %s: %s" % one for one in itertools.islice(reversed(firsts.values()), 40)])


class GeneratedCaptures(unittest.TestCase):
    def test_sample(self):
        cases = choice.sample(SEED)
        captures = [(case, make(case, SEED)) for case in cases]
        for loses in (False, True):
            with self.subTest(loses=loses):
                chosen = [one for one in captures if one[1].loses == loses]
                self.assertGreater(len(chosen), 50)
                wrong = differences(chosen)
                if wrong:
                    self.fail(report_of(wrong, len(chosen)))

    def test_sample_has_every_pair(self):
        """No value stands alone: each has a case with every value of the other axes, but for what cannot be."""
        had = set().union(*map(choice.pairs_of, choice.sample(SEED)))
        self.assertEqual(had, set(choice.possible_pairs()))
        for number, axis in enumerate(AXES.values()):
            self.assertEqual({value for pair in had for at, value in pair if at == number}, set(axis))

    def test_same_seed_same_octets(self):
        for case in choice.sample(SEED)[:20]:
            self.assertEqual(make(case, SEED), make(case, SEED))
            self.assertNotEqual(make(case, SEED).octets, make(case, SEED + 1).octets)

    def test_a_missing_row_is_noticed(self):
        case = Case("pcap", "ethernet", "ipv4", "none", "udp", "whole")
        capture = make(case, SEED)
        self.assertEqual(differences([(case, capture)]), {})
        for truths in (capture.truths[1:], capture.truths[::-1], [capture.truths[0]._replace(call_id="other")]):
            self.assertEqual(list(differences([(case, capture._replace(truths=truths))])), [case])


def check_all(seed, part, parts):
    begun, total, wrong, batch = time.time(), 0, {}, []

    def check():
        nonlocal total
        total += len(batch)
        wrong.update(differences(batch))
        batch.clear()
        if sys.stderr.isatty():
            print("\r%d captures, %d wrong, %d s " % (total, len(wrong), time.time() - begun), end="", file=sys.stderr)

    for number, group in enumerate(choice.every_case()):
        if number % parts != part - 1:
            continue
        traffic = make_traffic(group[0], seed)
        for case in group:
            batch.append((case, make_capture(case, traffic)))
            if len(batch) == BATCH or sum(len(one.octets) for _, one in batch[-20:]) > 4_000_000:
                check()
    check()
    print("\n%s in %d s" % (report_of(wrong, total), time.time() - begun))
    return 1 if wrong else 0


def unread_by_tshark(case):
    """Why tshark 4.0 does not find all in a capture, or None."""
    if "hep" in case.tunnel or "hep" in case.transport:
        return "it does not know HEP"
    if case.format == "pcap_zstd" and not tshark_has_zstd():
        return "it was built without zstd"
    if "pseudowire" in case.link:
        return "it goes by labels that it is told"
    if "nflog" in case.link:
        return "it wants the file's order of octets"
    if case.difficulty.startswith("gap"):
        return "it waits for the octets that are missing"
    if case.difficulty == "joined" and "ws" in case.transport:
        return "it goes by the upgrade of the connection"
    if (case.difficulty, case.transport) == ("out_of_order", "sctp_fragmented"):
        return "it takes the first chunk that it sees for the first there is"
    if (case.difficulty, case.transport) == ("keep_alives", "tcp"):
        return "it takes CRLFs before a start line for a continuation"
    return None


def tshark_has_zstd():
    return "zstd" in subprocess.run(["tshark", "-v"], capture_output=True, text=True, check=False).stdout.lower()


def check_with_tshark(seed, count):
    """tshark goes by ports, so the captures have SIP's here."""
    cases = [case for case in choice.sample(seed) if not unread_by_tshark(case)][:count]
    wrong = {}
    for case in cases:
        capture = make(case, seed, 80 if "ws" in case.transport else 5060)
        with tempfile.NamedTemporaryFile(suffix=FORMATS[case.format].suffix) as file:
            file.write(capture.octets)
            file.flush()
            done = subprocess.run(["tshark", "-r", file.name, "-o", "tcp.reassemble_out_of_order:TRUE", "-Y",
                                   "sip.Status-Code", "-T", "fields", "-e", "sip.Status-Code", "-E", "aggregator=,"],
                                  capture_output=True, text=True, check=True)
        found = [int(code) for line in done.stdout.split() for code in line.split(",")]
        wanted = [truth.code for truth in capture.truths]
        if found != wanted:
            wrong[case] = "tshark has %s, the truth is %s" % (found, wanted)
    print(report_of(wrong, len(cases)))
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--tshark", type=int, nargs="?", const=10**6)
    parser.add_argument("--case", nargs=2)
    chosen = parser.parse_args()
    if chosen.case:
        capture = make(Case(*chosen.case[0].split("-")), chosen.seed)
        pathlib.Path(chosen.case[1]).write_bytes(capture.octets)
        print(*capture.truths, sep="\n")
        return 0
    if chosen.tshark:
        return check_with_tshark(chosen.seed, chosen.tshark)
    if chosen.all:
        return check_all(chosen.seed, *map(int, chosen.part.split("/")))
    globals()["SEED"] = chosen.seed
    return unittest.main(argv=sys.argv[:1], verbosity=2)


if __name__ == "__main__":
    sys.exit(main())
