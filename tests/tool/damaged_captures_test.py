"""Captures damaged in every place: nothing crashes or hangs, and what was read before the damage is still reported.

    damaged_captures_test.py              one capture for each link, network layer, tunnel, transport and file format
    damaged_captures_test.py --every-bit  each bit of each octet changed, of the same captures

The program fuzz/damaged_captures.cpp does the damage; here are the captures, and the exit status of the tool.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from captures.cases import AXES, Case, impossible, make
from captures.files import FORMATS
from tool import run, skip

SEED = 12
PROGRAM = os.environ.get("SIPSTATUS_DAMAGED_CAPTURES", "damaged_captures")
PLAIN = Case("pcap", "raw", "ipv4", "none", "udp", "brief")


def small_captures():
    """A small capture for each value of each axis but the difficulty."""
    for axis in AXES:
        if axis == "difficulty":
            continue
        for value in AXES[axis]:
            candidates = [PLAIN._replace(**{axis: value}), PLAIN._replace(network="ipv6", **{axis: value})
                          if axis != "network" else PLAIN]
            yield next(case for case in candidates if not impossible(case))


def write_all(folder, cases):
    paths = []
    for case in dict.fromkeys(cases):
        path = pathlib.Path(folder, str(case) + FORMATS[case.format].suffix)
        path.write_bytes(make(case, SEED).octets)
        paths.append(path)
    return paths


def runs_of(octets_of_files, command, most=300):
    """[(paths, result)]: the tool on damaged files, many in one run."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, octets in enumerate(octets_of_files):
            paths.append(pathlib.Path(folder, "%05d" % number))
            paths[-1].write_bytes(octets)
        batches = [paths[at:at + most] for at in range(0, len(paths), most)]
        return [(batch, run(command, "-o", "ndjson", *batch)) for batch in batches]


class DamagedCaptures(unittest.TestCase):
    every_bit = False

    def test_damage_in_every_place(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = write_all(folder, small_captures())
            self.assertGreater(len(paths), 80)
            arguments = [PROGRAM, *(["--every-bit"] if self.every_bit else [])]

            def damage(path):
                """Each capture on its own: where one crashes, the others are still read."""
                return subprocess.run([*arguments, path], capture_output=True, text=True, check=False)

            with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
                results = list(pool.map(damage, paths))
        wrong = "".join(one.stderr[:1000] for one in results if one.returncode != 0)
        self.assertFalse(wrong, wrong)
        self.assertGreater(sum(int(one.stdout.split()[0]) for one in results), 100_000)

    def test_exit_status(self):
        """0 for a capture that ends between two packets, 1 for findings, 3 for all else; a signal never."""
        for case in (PLAIN, PLAIN._replace(format="pcapng", transport="tcp"), PLAIN._replace(format="pcap_gzip")):
            capture = make(case, SEED)
            octets, packets = capture.octets, len(capture.times)
            for command in ("list", "check"):
                with self.subTest(command + " " + str(case)):
                    cut, silent = runs_of([octets[:size] for size in range(4, len(octets))], command), 0
                    for paths, result in cut:
                        self.assertEqual(result.status, 3, result.err[-500:])
                        silent += sum(not re.search("%s: offset [0-9]+: the file ends" % path, result.err) for path in paths)
                    # Between two packets, and between two blocks.
                    self.assertLessEqual(silent, packets + 3)
                    flipped = [octets[:at] + bytes([octets[at] ^ 0xff]) + octets[at + 1:] for at in range(len(octets))]
                    for _, result in runs_of(flipped, command):
                        self.assertIn(result.status, (0, 1, 3), result.err[-500:])


if __name__ == "__main__":
    if not (os.path.isfile(PROGRAM)):
        skip("no program that damages captures: SIPSTATUS_DAMAGED_CAPTURES")
    DamagedCaptures.every_bit = "--every-bit" in sys.argv
    unittest.main(argv=sys.argv[:1], verbosity=2)
