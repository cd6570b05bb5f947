"""Which responses are chosen, in which format they are written, and what files they are read from."""

import csv
import gzip
import io
import json
import os
import shutil
import subprocess
import tempfile
import unittest

import packets as p
from tool import TOOL, run

CALL = b"Call-ID: one@example.com\r\nCSeq: 7 INVITE\r\n\r\n"


def message(line, headers=CALL, source="192.0.2.1", destination="192.0.2.2", ports=(5060, 5080)):
    return p.ethernet(p.ipv4(p.udp(b"SIP/2.0 " + line + b"\r\n" + headers, *ports), source=source,
                             destination=destination))


# One frame a second, from 2023-11-14T22:13:20.000005Z on.
CAPTURE = p.pcap([
    message(b"100 Trying"),
    message(b"180 Ringing"),
    message(b"486 Busy Here", b"v: SIP/2.0/UDP x\r\ni: two@example.com\r\ncseq :\t8\r\n  bye\r\n\r\n"),
    message(b"486 On the phone", source="198.51.100.7"),
    message(b"503 Service Unavailable", ports=(40000, 5062)),
    message(b"4860 Busy"),
    p.ethernet(p.ipv6(p.udp(p.response(b"SIP/2.0 200 OK\r\n"))), 0x86dd),
])


class WithCapture(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = self.write("a.pcap", CAPTURE)

    def write(self, name, octets):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(octets)
        return path


class Choosing(WithCapture):
    def frames(self, *options, command="list"):
        result = run(command, "-o", "ndjson", *options, self.path)
        return [row["frame"] for row in result.rows()]

    def test_each_condition(self):
        for options, frames in ((["--code", "486"], [3, 4]), (["--code", "1xx"], [1, 2]), (["--code", "100,5XX"], [1, 5]),
                                (["--code", "180-486"], [2, 3, 4, 7]), (["--code", "100", "--code", "180"], [1, 2]),
                                (["--kind", "local"], [4]), (["--kind", "canonical"], [1, 2, 3, 5, 7]),
                                (["--method", "bye"], [3]), (["--method", "INVITE"], [1, 2, 4, 5]),
                                (["--call-id", "two@example.com"], [3]), (["--call-id", "TWO@example.com"], []),
                                (["--host", "198.51.100.7"], [4]), (["--host", "2001:db8::1"], [7]),
                                (["--host", "[2001:db8::2],198.51.100.7"], [4, 7]),
                                (["--port", "40000"], [5]), (["--port", "5062,40000"], [5]),
                                (["--since", "2023-11-14T22:13:23"], [4, 5, 7]),
                                (["--since", "2023-11-14T22:13:23.000006Z"], [5, 7]),
                                (["--until", "2023-11-14T22:13:21"], [1]), (["--until", "2023-11-14"], []),
                                (["--since", "2023-11-15"], []), (["--limit", "2"], [1, 2]),
                                (["--code", "4xx", "--kind", "local"], [4]), (["--code", "4xx", "--limit", "1"], [3])):
            with self.subTest(options):
                self.assertEqual(self.frames(*options), frames)

    def test_check_chooses_the_same(self):
        self.assertEqual(self.frames(command="check"), [4, 6])
        self.assertEqual(self.frames("--code", "4xx", command="check"), [4])
        self.assertEqual(self.frames("--host", "192.0.2.1", command="check"), [6])
        self.assertIn("1 response: 0 errors", run("check", "--kind", "local", self.path).err)

    def test_what_has_no_time_no_peers_or_no_header(self):
        lines = self.write("lines.txt", b"SIP/2.0 486 Busy Here\nSIP/2.0 200 OK\n")
        timeless = self.write("a.pcapng", p.section() + p.interface() + p.simple(message(b"486 Busy Here")))
        for path in (lines, timeless):
            for options in (["--since", "2000-01-01"], ["--until", "2100-01-01"]):
                result = run("list", *options, path)
                self.assertEqual((result.status, result.out), (0, b""), result.err)
        for options in (["--host", "192.0.2.1"], ["--port", "5060"], ["--method", "INVITE"], ["--call-id", "x"]):
            self.assertEqual(run("list", *options, lines).out, b"")
        self.assertEqual(run("list", "--code", "486", lines).out.count(b"\n"), 1)
        self.assertEqual(run("list", "--port", "5080", timeless).out.count(b"\n"), 1)
        for row in run("list", "--fields", "call-id,cseq,method", lines).out.decode().splitlines():
            self.assertEqual(row.split()[-3:], ["-"] * 3)

    def test_limit_is_said(self):
        result = run("list", "--limit", "2", self.path, self.path)
        self.assertEqual((result.status, result.out.count(b"\n")), (0, 2))
        self.assertIn("stopped after 2 responses", result.err)

    def test_what_cannot_be_read_of_them(self):
        for options in (["--code", "99"], ["--code", "700"], ["--code", "7xx"], ["--code", "4x"], ["--code", "486-480"],
                        ["--code", ""], ["--code", "486,"], ["--kind", "other"], ["--host", "example.com"], ["--host", "1.2.3"],
                        ["--port", "65536"], ["--port", "-1"], ["--since", "yesterday"], ["--since", "2023-02-30"],
                        ["--until", "2023-11-14T25:00"], ["--since", "2023-11-14T22"], ["--since", "2023/11/14"],
                        ["--since", "2023-11-14T22:13:20.1234567890"], ["--since", "2023-11-14T22:13:20.x"],
                        ["--since", "2023-11-14T22:60"], ["--since", "2023-11-14T22:13:61"], ["--since", "20231"],
                        ["--since", "2023-11-14T22-13"], ["--since", "99"], ["--since", ""], ["--since", "2023-13-01"],
                        ["--code", "48a"], ["--code", "1000"], ["--code", "480-"], ["--code", "-480"], ["--code", "0xx"],
                        ["--code", "4xy"], ["--code", "600-700"], ["--kind", ""], ["--kind", "Local"], ["--method", ""],
                        ["--host", "[::1"], ["--host", "[]"], ["--host", ""], ["--port", ""], ["--port", "1,"],
                        ["--fields", ""], ["--fields", "cseq,"], ["--limit", ""], ["--limit", "-1"], ["--limit", "0"], ["--limit", "many"], ["--fields", "via"],
                        ["-o", "xml"], ["--color", "red"]):
            with self.subTest(options):
                result = run("list", *options, self.path)
                self.assertEqual((result.status, result.out), (2, b""))
                self.assertIn("expected", result.err)


class Fields(WithCapture):
    def test_ndjson_has_them(self):
        rows = run("list", "-o", "ndjson", self.path).rows()
        self.assertEqual([(row["method"], row["cseq"], row["call_id"]) for row in rows],
                         [("INVITE", 7, "one@example.com")] * 2 + [("bye", 8, "two@example.com")] +
                         [("INVITE", 7, "one@example.com")] * 2 + [(None, None, None)])

    def test_text_has_them_on_request(self):
        shown = run("list", "--fields", "call-id,cseq", "--code", "486", self.path).out.decode().splitlines()
        self.assertEqual([line.split()[-2:] for line in shown], [["two@example.com", "8"], ["one@example.com", "7"]])
        self.assertNotIn(b"example.com", run("list", self.path).out)

    def test_hostile_headers(self):
        for headers in (b"Call-ID", b"Call-ID:", b": x\r\n\r\n", b"\r\n" * 9, b"Call-ID: a", b"CSeq: 99999999999 INVITE\r\n\r\n",
                        b"CSeq: INVITE\r\n\r\n", b" folded\r\nCall-ID: x\r\n", b"x" * 60000 + b"\r\n\r\n",
                        b"\r\nCall-ID: body@example.com\r\n"):
            with self.subTest(headers[:20]):
                path = self.write("h.pcap", p.pcap([message(b"200 OK", headers)]))
                (row,) = run("list", "-o", "ndjson", path).rows()
                self.assertIn(row["call_id"], (None, "x"))


class Csv(WithCapture):
    def test_list_is_ndjson_in_columns(self):
        result = run("list", "-o", "csv", self.path)
        rows = list(csv.DictReader(io.StringIO(result.out.decode(), newline="")))
        wanted = run("list", "-o", "ndjson", self.path).rows()
        self.assertEqual(len(rows), len(wanted))
        for row, other in zip(rows, wanted):
            self.assertEqual(list(row), [key for key in other if key != "schema"])
            for key, value in row.items():
                expected = " ".join(other[key]) if isinstance(other[key], list) else other[key]
                self.assertEqual(value, "" if expected is None else json.dumps(expected).strip('"'), key)

    def test_check(self):
        rows = list(csv.DictReader(io.StringIO(run("check", "-o", "csv", self.path).out.decode(), newline="")))
        self.assertEqual([(row["frame"], row["rule"], row["line"]) for row in rows],
                         [("4", "local", "SIP/2.0 486 On the phone"), ("6", "bad-code", "SIP/2.0 4860 Busy")])

    def test_what_has_no_code_and_what_has_no_row_in_the_registry(self):
        cut = self.write("cut.pcap", p.pcap([message(b"200 OK")[:-len(CALL) - 7]], original=[500]))
        lines = self.write("lines.txt", b"SIP/2.0 499 Gone\nSIP/2.0 486\n")
        out = run("list", "-o", "csv", cut, lines).out.decode()
        rows = list(csv.DictReader(io.StringIO(out, newline="")))
        self.assertEqual([(row["code"], row["final"], row["registered"], row["reason_kind"]) for row in rows],
                         [("", "", "", ""), ("499", "true", "false", "local"), ("486", "true", "true", "absent")])
        out = run("check", "-o", "csv", self.write("crlf.pcap", p.pcap([p.ethernet(p.ipv4(p.udp(b"\r\n" + p.response())))])))
        (row,) = csv.DictReader(io.StringIO(out.out.decode(), newline=""))
        self.assertEqual((row["rule"], row["offset"]), ("leading-crlf", ""))

    def test_quotes_and_line_ends(self):
        path = self.write("lines.txt", b'SIP/2.0 486 "a", b;\x07 \xff\nSIP/2.0 200 plain\n')
        out = run("list", "-o", "csv", path).out
        self.assertEqual(out.count(b"\r\n"), 3)
        self.assertIn(b'"""a"", b;\\x07 \\xFF"', out)
        self.assertIn(b",plain,", out)

    def test_explain_has_none(self):
        self.assertEqual(run("explain", "-o", "csv", "486").status, 2)


class Files(WithCapture):
    def rows(self, path, status=0, **more):
        result = run("list", "-o", "ndjson", path, **more)
        self.assertEqual(result.status, status, result.err)
        return [{**row, "file": ""} for row in result.rows()]

    def test_gzip(self):
        wanted = self.rows(self.path)
        members = gzip.compress(CAPTURE[:100]) + gzip.compress(CAPTURE[100:])
        for octets in (gzip.compress(CAPTURE), members, members + bytes(512)):
            path = self.write("a.pcap.gz", octets)
            self.assertEqual(self.rows(path), wanted)
            self.assertEqual(self.rows("-", stdin=octets), wanted)
        self.assertEqual(len(self.rows(self.write("a.txt.gz", gzip.compress(b"SIP/2.0 200 OK\n")))), 1)

    def test_damaged_gzip(self):
        whole = gzip.compress(CAPTURE, 0)
        result = run("list", "-o", "ndjson", self.write("cut.gz", whole[:len(whole) // 2]))
        self.assertEqual(result.status, 3)
        self.assertIn("the file ends within its gzip data", result.err)
        self.assertGreater(len(result.rows()), 0, "what comes before is read")
        for octets in (whole[:-8] + b"\0\0\0\0" + whole[-4:], whole + b"garbage", whole[:12]):
            result = run("list", "-", stdin=octets)
            self.assertEqual(result.status, 3)
            self.assertIn("gzip", result.err)

    @unittest.skipUnless(shutil.which("zstd"), "there is no zstd")
    def test_zstd(self):
        wanted = self.rows(self.path)
        pack = lambda octets: subprocess.run(["zstd", "-qc"], input=octets, capture_output=True, check=True).stdout
        whole = pack(CAPTURE)
        for octets in (whole, pack(CAPTURE[:100]) + pack(CAPTURE[100:])):
            self.assertEqual(self.rows(self.write("a.pcap.zst", octets)), wanted)
        self.assertIn("zstd", run("list", self.write("cut.zst", whole[:-5])).err)
        self.assertEqual(run("list", self.write("bad.zst", whole[:20] + bytes(20) + whole[40:])).status, 3)

    def test_folders(self):
        self.write("folder/b.pcap", CAPTURE)
        self.write("folder/below/a.txt", b"SIP/2.0 200 OK\n")
        folder = os.path.join(self.folder, "folder")
        refused = run("list", folder)
        self.assertEqual(refused.status, 3)
        self.assertIn("--recursive", refused.err)
        result = run("list", "-r", "-o", "ndjson", folder)
        self.assertEqual(result.status, 0, result.err)
        names = list(dict.fromkeys(row["file"] for row in result.rows()))
        self.assertEqual(names, [folder + "/b.pcap", folder + "/below/a.txt"])
        os.mkdir(os.path.join(self.folder, "empty"))
        self.assertIn("no file", run("list", "-r", os.path.join(self.folder, "empty")).err)

    def test_limit_does_not_wait_for_the_end_of_a_pipe(self):
        for name, octets in (("plain", CAPTURE), ("gzip", gzip.compress(CAPTURE))):
            with self.subTest(name):
                with subprocess.Popen([TOOL, "list", "--limit", "1", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL) as tool:
                    tool.stdin.write(octets)
                    tool.stdin.flush()  # and it stays open
                    self.assertEqual(tool.wait(30), 0)
                    self.assertEqual(tool.stdout.read().count(b"\n"), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
