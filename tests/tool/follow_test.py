"""--follow: a capture or a text that is still being written is read on, until Ctrl-C."""

import gzip
import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
import zlib

import packets as p
from tool import TOOL, run


def packet(code, phrase=b"Busy Here"):
    return p.ethernet(p.ipv4(p.udp(p.response(b"SIP/2.0 %d %s\r\n" % (code, phrase)))))


HEAD = p.pcap([])


def record(code):
    return p.pcap([packet(code)])[len(HEAD):]


class Following:
    def __init__(self, path, *options, stdin=None):
        self.process = subprocess.Popen([TOOL, "list", "-o", "ndjson", "--follow", *options, path], stdin=stdin,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        self.first = self.process.stderr.readline().decode()

    def row(self):
        return json.loads(self.process.stdout.readline())

    def end(self, by=signal.SIGINT):
        if by:
            self.process.send_signal(by)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, self.first + err.decode()


class Follow(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "a.pcap")
        self.file = open(self.path, "wb", buffering=0)
        self.addCleanup(self.file.close)

    def test_a_capture(self):
        for by in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(by):
                self.file.truncate(0)
                self.file.seek(0)
                followed = Following(self.path)
                self.assertEqual(followed.first, f"sipstatus: following {self.path}: Ctrl-C ends it\n")
                time.sleep(0.3)
                self.file.write(HEAD)
                for frame, code in enumerate((486, 200, 503), 1):
                    self.file.write(record(code))
                    row = followed.row()
                    self.assertEqual((row["frame"], row["code"]), (frame, code))
                status, out, err = followed.end(by)
                self.assertEqual((status, out), (0, b""))
                self.assertIn(f"{self.path}: 3 packets read, 3 responses\n", err)
                self.assertNotIn("not read", err)

    def test_partial_records_wait(self):
        """The file grows in pieces that end anywhere."""
        records = [record(486), record(200)]
        sections = p.section() + p.interface()
        whole = {"pcap": (HEAD, records, 2), "pcapng": (sections, [p.enhanced(packet(486)), p.enhanced(packet(200))], 2),
                 "text": (b"", [b"SIP/2.0 486 Busy Here\n", b"\r\n\nSIP/2.0 200 OK\r\n"], 3)}
        for name, (head, pieces, last) in whole.items():
            with self.subTest(name):
                self.file.truncate(0)
                self.file.seek(0)
                followed = Following(self.path)
                octets = head + b"".join(pieces)
                for at in range(0, len(octets), 37):
                    self.file.write(octets[at:at + 37])
                    time.sleep(0.01)
                rows = [followed.row(), followed.row()]
                self.assertEqual([row["code"] for row in rows], [486, 200])
                self.assertEqual(rows[1]["frame"], 2 if last == 2 else 4)
                if name == "text":
                    self.assertEqual([row["deviations"] for row in rows], [[], []])
                # What is not whole at the end is counted, and not a fault.
                self.file.write(pieces[0][:20])
                time.sleep(0.3)
                status, out, err = followed.end()
                self.assertEqual((status, out), (0, b""), err)
                self.assertRegex(err, r"offset \d+: not read: \d+ octets that are not yet a whole record")

    def test_what_is_there_already_is_read_at_once(self):
        self.file.write(HEAD + record(486) * 1000)
        followed = Following(self.path)
        status, out, err = followed.end()
        self.assertEqual((status, out.count(b"\n")), (0, 1000), err)

    def test_limit_ends_it(self):
        self.file.write(HEAD + record(486) * 5)
        status, out, err = Following(self.path, "--limit", "2").end(by=None)
        self.assertEqual((status, out.count(b"\n")), (0, 2))

    def test_a_compressed_capture(self):
        packer = zlib.compressobj(wbits=31)
        followed = Following(self.path)
        for code in (486, 200):
            self.file.write(packer.compress((HEAD if code == 486 else b"") + record(code)) + packer.flush(zlib.Z_SYNC_FLUSH))
            self.assertEqual(followed.row()["code"], code)
        self.file.write(packer.flush())
        self.assertEqual(followed.end()[0], 0)
        self.assertEqual(len(gzip.open(self.path).read()), len(HEAD + record(486) + record(200)))

    def test_a_pipe_has_an_end(self):
        followed = Following("-", stdin=subprocess.PIPE)
        followed.process.stdin.write(HEAD + record(486))
        followed.process.stdin.flush()
        self.assertEqual(followed.row()["code"], 486)
        status, _, err = followed.end(by=None)  # closes it
        self.assertEqual(status, 0)
        self.assertIn("standard input: 1 packet read, 1 response\n", err)

    def test_a_pipe_that_says_nothing_more(self):
        followed = Following("-", stdin=subprocess.PIPE)
        followed.process.stdin.write(HEAD + record(486))
        followed.process.stdin.flush()
        self.assertEqual(followed.row()["code"], 486)
        followed.process.send_signal(signal.SIGINT)
        self.assertEqual(followed.process.wait(30), 0)
        followed.end(by=None)

    def test_a_file_that_becomes_shorter(self):
        self.file.write(HEAD + record(486))
        followed = Following(self.path)
        followed.row()
        self.file.truncate(10)
        status, _, err = followed.end(by=None)
        self.assertEqual(status, 3)
        self.assertIn(f"{self.path}: offset {len(HEAD + record(486))}: the file became shorter", err)

    def test_damage_ends_it(self):
        self.file.write(HEAD + record(486) + b"\xff" * 64)
        status, out, err = Following(self.path).end(by=None)
        self.assertEqual((status, out.count(b"\n")), (3, 1))
        self.assertIn("the file is damaged", err)

    def test_one_file(self):
        for arguments in ((self.path, self.path), ("-i", "lo"), ()):
            result = run("list", "--follow", *arguments)
            self.assertEqual((result.status, result.out), (2, b""))
        result = run("list", "--follow", self.path + ".none")
        self.assertEqual(result.status, 3)
        self.assertIn("No such file", result.err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
