#!/usr/bin/env python3
"""Logs, case by case: what is a log, what is a status line in it, where it ends, what is said of it."""
import os
import pathlib
import resource
import subprocess
import tempfile
import time
import unittest

from tool import TOOL, run, skip

DATA = pathlib.Path(os.environ.get("SIPSTATUS_TEST_DATA") or pathlib.Path(__file__).resolve().parents[3] / "shared/data")


class WithLogs(unittest.TestCase):
    def listed(self, text, *options, status=0):
        result = run("list", "-o", "ndjson", *options, "-", stdin=text if isinstance(text, bytes) else text.encode())
        self.assertEqual(result.status, status, result.err)
        return result.rows()

    def lines(self, text, *options, status=0):
        return [(row["frame"], row["code"], row["reason"]) for row in self.listed(text, *options, status=status)]


class Recognising(WithLogs):
    def test_what_is_a_list(self):
        for text, frames in (("SIP/2.0 200 OK\nSIP/2.0 486 Busy Here\n2023-11-14 22:13:20 SIP/2.0 200 OK\n", [1, 2]),
                             ("hello\nSIP/2.0 200 OK\n", [2]), ("SIP/2.0 200 OK", [1]), ("SIP/2.0 200 OK\n\n x\n", [1])):
            with self.subTest(text):
                self.assertEqual([row["frame"] for row in self.listed(text)], frames)
                self.assertIn("note" if text == "SIP/2.0 200 OK" else "error", "error note")
        self.assertEqual(run("check", "-", stdin=b"hello\nSIP/2.0 200 OK\n").status, 1)

    def test_what_is_a_log(self):
        for text in ("hello\n12:30:45 up\n", "Via: SIP/2.0/UDP 192.0.2.1\n", "hello\n > SIP/2.0 200 OK\n", "[Nov 14 22:13:20] NOTICE: x\n",
                     "x\nrecv 322 bytes from udp/[192.0.2.10]:5060 at 02:38:11.943243:\n", "U 192.0.2.1:5060 -> 192.0.2.2:5060\n",
                     "SIP/2.0 200 OK\nCall-ID: x\n", "v: SIP/2.0/UDP x\n", "a\n" * 40000):
            with self.subTest(text[:40]):
                result = run("check", "-o", "ndjson", "-", stdin=text.encode())
                self.assertEqual((result.status, result.rows()), (0, []), result.err)
                self.assertRegex(result.err, r"lines?: not read: \d+ lines? without a status line, the first in line \d")

    def test_a_user_decides(self):
        text = "x SIP/2.0 486 Busy Here\n"
        self.assertEqual(self.lines(text), [(1, 486, "Busy Here")])
        self.assertEqual(self.lines(text, "--as", "lines", status=3), [])
        self.assertEqual(self.lines("SIP/2.0 200 OK\nSIP/2.0 200 OK\nx SIP/2.0 404 Not Found\n", "--as", "log"),
                         [(1, 200, "OK"), (2, 200, "OK"), (3, 404, "Not Found")])
        self.assertEqual(self.lines(b"\0\1\2 SIP/2.0 404 Not Found\n", "--as", "log"), [(1, 404, "Not Found")])
        self.assertEqual(run("list", "--as", "logs", "-", stdin=b"").status, 2)

    def test_a_log_without_responses_is_no_error(self):
        result = run("list", "-", stdin=b"2023-11-14 22:13:20 nothing\n")
        self.assertEqual((result.status, result.out), (0, b""))
        self.assertIn("no responses in 1 line", result.err)

    def test_a_pipe_is_not_waited_for(self):
        for first, second in ((b"SIP/2.0 180 Ringing\n", b"SIP/2.0 200 OK\n"),
                              (b"12:00:00 x: SIP/2.0 180 Ringing\n", b"12:00:01 x: SIP/2.0 200 OK\n")):
            with subprocess.Popen([TOOL, "list", "-q", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tool:
                for octets, code in ((first, b"180"), (second, b"200")):
                    tool.stdin.write(octets)
                    tool.stdin.flush()
                    self.assertIn(code, tool.stdout.readline())
                tool.stdin.close()
                self.assertEqual(tool.wait(), 0)


class StatusLines(WithLogs):
    def in_log(self, *lines):
        return [(code, reason) for _, code, reason in self.lines("12:00:00 begin\n" + "\n".join(lines) + "\n", "--as", "log")]

    def test_where_one_begins(self):
        for before in ("", " ", "\t", "> ", "| ", "x: ", "[", "<", "(", "{", '"', "'", "`", "# ", "- ", "** ", "\\n", "#012", "#015#012", "\\x0a", "^M",
                       "<CR><LF>", "msg=", "msg=\"", "\x1b[0m", "#033[0m", "a,", ";", "Status-Line: ", "\u2502 ", "\xff"):
            with self.subTest(before):
                self.assertEqual(self.in_log(before + "SIP/2.0 486 Busy Here"), [(486, "Busy Here")])
        for version in ("sip/2.0", "Sip/2.0"):
            self.assertEqual(self.in_log("x: " + version + " 486 Busy Here"), [(486, "Busy Here")])
        self.assertEqual(self.in_log("x: SIP/2.0\t486 Busy Here"), [(486, "Busy Here")])

    def test_where_none_begins(self):
        for line in ("Via: SIP/2.0/UDP 192.0.2.1", "INVITE sip:a@example.com SIP/2.0", "xSIP/2.0 200 OK", "http://x/SIP/2.0 200 OK", "SIP/2.0", "SIP/2.0 ",
                     "SIP/2.0 is a version", "SIP/2.0 2x0 OK and prose", "MESSAGE sip:a@x?b=sends SIP/2.0 200 SIP/2.0", "INVITE sip:a SIP/2.0 200",
                     "s=SIP/2.0 200 talk", "x> s=SIP/2.0 200 talk", "SIP/1.0 200 OK", "version: <SIP/2.0>", "SIP / 2.0 200 OK"):
            with self.subTest(line):
                self.assertEqual(self.in_log(line), [])

    def test_where_one_ends(self):
        for before, after in (("", "\\r\\nVia: x"), ("", "\\nVia: x"), ("", "#015#012Via: x"), ("", " #012FROM: x"), ("", "^M"), ("", "\\r\\n"), ("", "\\x0d\\x0aVia: x"),
                              ("", "<CR><LF>Via: x"), ("", "&#13;&#10;Via: x"), ("", "\\u000d\\u000aVia: x"), ('"', '", next'), ("'", "', next"), ("(", ") next"),
                              ("[", "] next"), ("<", "> next"), ("{", "} next"), ("`", "` next"), ("**", "** next"), ("a\t", "\tb"), ('a,"', '","b"'), ("a;", ";b"), ("| ", " | b"),
                              ('{"a":"x ', '","b":1}'), ('{"a":"', '\\r\\nVia: SIP/2.0/UDP x","b":1}'), ("<line>", "</line>"), ("x: ", "..Via: SIP/2.0/UDP x"),
                              ("x: ", " Via: SIP/2.0/UDP x From: y"), ("x: ", " from 192.0.2.1:5060"), ("x: ", " to udp:192.0.2.1"), ("x: ", "\x1b[0m"), ("", "\r"), ("", "\r\r"),
                              ("\\\"", "\\\" x")):
            with self.subTest((before, after)):
                self.assertEqual(self.in_log(before + "SIP/2.0 486 Busy Here" + after), [(486, "Busy Here")])

    def test_octets_of_the_phrase_stay(self):
        for phrase in ("Busy (here)", "Not found: a/b", "C:\\new", "100% sure", "Can't say", "a < b", "#1", "caller from Mars", "x.y..", "A: b", "OK ", ""):
            with self.subTest(phrase):
                self.assertEqual(self.in_log("SIP/2.0 486 " + phrase), [(486, phrase)])

    def test_several_in_a_line(self):
        self.assertEqual(self.in_log('["SIP/2.0 100 Trying","SIP/2.0 200 OK"]', "SIP/2.0 180 Ringing\\r\\n\\r\\nSIP/2.0 183 Session Progress\\r\\n"),
                         [(100, "Trying"), (200, "OK"), (180, "Ringing"), (183, "Session Progress")])

    def test_dots_for_cr(self):
        text = "U 192.0.2.1:5060 -> 192.0.2.2:5060\nSIP/2.0 480 Gone fishing..\nVia: SIP/2.0/UDP x.\nCall-ID: a@b.\nCSeq: 1 BYE.\n.\n"
        (row,) = self.listed(text)
        self.assertEqual([row[key] for key in ("reason", "call_id", "method")], ["Gone fishing.", "a@b", "BYE"])
        self.assertEqual(self.in_log("SIP/2.0 480 Gone."), [(480, "Gone.")])

    def test_bad_codes_count_where_a_message_must_be(self):
        found = run("check", "-o", "ndjson", "-", stdin=b"recv 9 bytes from udp/[192.0.2.1]:5060 at 01:02:03.000000:\nSIP/2.0 4x6 Busy\nVia: SIP/2.0/UDP x\n\n"
                    b"x: SIP/2.0 904 Forbidden\nSIP/2.0 2000 OK\nSIP/2.0 2x0 prose\n").rows()
        self.assertEqual([(row["frame"], row["rule"], row["column"]) for row in found], [(2, "bad-code", 10), (5, "undefined-class", 12), (6, "bad-code", 12)])

    def test_hex_dumps_are_counted(self):
        text = "2023-11-14 22:13:20 x\n0000  53 49 50 2f 32 2e 30 20 32 30 30 20 4f 4b 0d 0a   SIP/2.0 200 OK..\n"
        result = run("list", "-o", "ndjson", "-", stdin=text.encode())
        self.assertEqual((result.status, result.rows()), (0, []))
        self.assertIn("1 line of a hex dump", result.err)


class Telling(WithLogs):
    def told(self, text, *keys):
        (row,) = self.listed(text)
        return [row[key] for key in keys]

    def test_peers(self):
        for words, src, dst, transport in (
                ("from 192.0.2.1:5060", "192.0.2.1:5060", None, None), ("received from udp:192.0.2.1:5060", "192.0.2.1:5060", None, "udp"),
                ("to 192.0.2.1", None, "192.0.2.1", None), ("sent to [2001:db8::1]:5061 over TLS", None, "[2001:db8::1]:5061", "tcp"),
                ("192.0.2.1:5060 -> 192.0.2.2:5080", "192.0.2.1:5060", "192.0.2.2:5080", None), ("udp [2001:db8::1]:1 => [2001:db8::2]:2", "[2001:db8::1]:1", "[2001:db8::2]:2", "udp"),
                ("src_ip=192.0.2.1 src_port=7 dst_ip=192.0.2.2 dst_port=8", "192.0.2.1:7", "192.0.2.2:8", None),
                ('"src":"192.0.2.1:7","dst":"192.0.2.2:8"', "192.0.2.1:7", "192.0.2.2:8", None), ("RX UDP 192.0.2.1:7", "192.0.2.1:7", None, "udp"),
                ("from 2001:db8::1 port 5060 over wss", "[2001:db8::1]:5060", None, "ws"), ("from ::ffff:192.0.2.1:5060", "[::ffff:192.0.2.1]:5060", None, None),
                ("from 00:11:22:33:44:55", None, None, None), ("version 1.2.3.4.5", None, None, None), ("from example.com:5060", None, None, None)):
            with self.subTest(words):
                self.assertEqual(self.told("12:00:00 %s: SIP/2.0 200 OK\n" % words, "src", "dst", "transport"), [src, dst, transport])

    def test_times(self):
        for text, time_told in (("2023-11-14T22:13:20.5Z", "2023-11-14T22:13:20.500000000Z"), ("2023-11-14T22:13:20+01:00", "2023-11-14T21:13:20.000000000Z"),
                                ("2023-11-14 22:13:20,123", "2023-11-14T22:13:20.123000000"), ("Nov  4 22:13:20", "11-04T22:13:20.000000000"),
                                ("04/Nov/2023:22:13:20 +0100", "2023-11-04T21:13:20.000000000Z"), ("22:13:20", "22:13:20.000000000"), ("11:13:20 PM", "23:13:20.000000000"),
                                ("12:13:20 AM", "00:13:20.000000000"), ("1700000000.123456", "2023-11-14T22:13:20.123456000Z"), ("time=1700000000123", "2023-11-14T22:13:20.123000000Z"),
                                ("call 1700000000 of", None), ("25:13:20", None), ("2023-02-30 22:13:20", "22:13:20.000000000"), ("00:11:22:33:44:55", None)):
            with self.subTest(text):
                self.assertEqual(self.told("%s app: SIP/2.0 200 OK\n" % text, "time"), [time_told])

    def test_since_and_until(self):
        text = "2023-11-14 22:13:20 SIP/2.0 200 OK\n2023-11-14T22:13:21Z SIP/2.0 200 OK\n22:13:22 SIP/2.0 200 OK\n"
        self.assertEqual([row["frame"] for row in self.listed(text, "--since", "2023-11-14T22:13:20")], [1, 2])
        self.assertEqual([row["frame"] for row in self.listed(text, "--until", "2023-11-14T22:13:21")], [1])
        self.assertEqual([row["frame"] for row in self.listed(text)], [1, 2, 3])

    def test_header_fields_choose(self):
        text = ("<--- SIP read from UDP:192.0.2.1:5060 --->\nSIP/2.0 200 OK\nv: SIP/2.0/UDP x\ni: a@b\nCSeq: 7 bye\n\n"
                "<--- SIP read from UDP:192.0.2.2:5060 --->\nSIP/2.0 200 OK\nVia: SIP/2.0/UDP x\nCall-ID:\n c@d\nCSeq : 8  INVITE\n\n"
                "12:00:00 x: SIP/2.0 200 OK\n12:00:00 y: what has Call-ID: of something else\n")
        self.assertEqual([(row["call_id"], row["cseq"], row["method"]) for row in self.listed(text)],
                         [("a@b", 7, "bye"), ("c@d", 8, "INVITE"), (None, None, None)])
        self.assertEqual([row["frame"] for row in self.listed(text, "--call-id", "c@d")], [8])
        self.assertEqual([row["frame"] for row in self.listed(text, "--method", "BYE")], [2])
        self.assertEqual([row["frame"] for row in self.listed(text, "--host", "192.0.2.2")], [8])

    def test_sipfrag(self):
        text = "NOTIFY sip:a@b SIP/2.0\nCall-ID: x\nContent-Type: message/sipfrag\nContent-Length: 20\n\nSIP/2.0 100 Trying\n\n"
        self.assertEqual(self.listed(text), [])
        self.assertIn("1 status line in a body of type message/sipfrag", run("list", "-", stdin=text.encode()).err)
        (row,) = self.listed(text, "--sipfrag")
        self.assertEqual((row["code"], row["sipfrag"]), (100, True))

    def test_findings_have_a_column(self):
        text = b"x\nNov 14 22:13:20 lb: from 192.0.2.10:5060: SIP/2.0 486 On the phone#015#012\n"
        column = text.splitlines()[1].index(b"On the phone") + 1
        shown = run("check", "-", stdin=text).out.decode().splitlines()
        self.assertEqual(shown[0], "-: in line 2, 192.0.2.10:5060 > -, 11-14T22:13:20.000000000:")
        self.assertRegex(shown[1], r"^-:2:%d: note: local wording" % column)
        (row,) = run("check", "-o", "ndjson", "-", stdin=text).rows()
        self.assertEqual((row["frame"], row["column"], row["offset"]), (2, column, 12))


class Hostile(WithLogs):
    """Memory is bounded whatever the log, and no octet is looked at very often."""

    def run_limited(self, pieces, *arguments):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (64 << 20, 64 << 20))
        began = time.monotonic()
        with subprocess.Popen([TOOL, *arguments, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=limit) as tool:
            try:
                for piece in pieces:
                    tool.stdin.write(piece)
                tool.stdin.close()
            except BrokenPipeError:
                pass
            err = tool.stderr.read().decode()
            return tool.wait(), err, time.monotonic() - began

    def setUp(self):
        if subprocess.run([TOOL, "--version"], capture_output=True,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (64 << 20, 64 << 20))).returncode != 0:
            self.skipTest("a sanitizer needs more address space than the limit leaves")

    def test_shapes(self):
        shapes = {
            "one line": b"x" * 10**6,
            "candidates in one line": b"[SIP/2.0 200 " * 80_000,
            "within words": b"xSIP/2.0 200 " * 80_000,
            "unsure": b"SIP/2.0 1 " * 100_000,
            "unsure lines": b"SIP/2.0 1\n" * 100_000,
            "quotes": b'"SIP/2.0 200 ' * 80_000,
            "spelled line ends": b"SIP/2.0 200 x\\r\\nA:\\r\\n" * 50_000,
            "header without end": b"SIP/2.0 200 OK\n" + b"A: b\n" * 200_000,
            "versions": b"SIP/2.0/" * 120_000,
            "colons": b"1:1:1:1:" * 120_000,
            "request ends": b"INVITE sip:a SIP/2.0 200 " * 40_000,
            "blank lines": b"\n" * 10**6,
            "addresses": b"192.0.2.1:5060 -> " * 50_000 + b"\nSIP/2.0 200 OK\n",
        }
        for name, octets in shapes.items():
            with self.subTest(name):
                status, err, seconds = self.run_limited([octets] * 3, "list", "-q", "--as", "log")
                self.assertIn(status, (0, 1), err)
                self.assertLess(seconds, 10)

    def test_cut_at_each_octet(self):
        """What came before the cut is found, and nothing breaks."""
        text = (b"Nov 14 22:13:20 lb: from 192.0.2.10:5060: SIP/2.0 486 Busy Here#015#012Via: x#015#012Call-ID: a\n"
                b"<--- SIP read from UDP:192.0.2.1:5060 --->\nSIP/2.0 200 OK\nVia: SIP/2.0/UDP x\nCall-ID: b\nCSeq: 1 BYE\n\n")
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for size in range(1, len(text) + 1):
                paths.append(os.path.join(folder, "%04d" % size))
                with open(paths[-1], "wb") as file:
                    file.write(text[:size])
            rows = run("list", "-q", "-o", "ndjson", "--as", "log", *paths).rows()
            for path in paths:
                size = int(os.path.basename(path))
                found = [row["code"] for row in rows if row["file"] == path]
                # The code is there as soon as its digits are.
                wanted = [486] * (size >= text.index(b"486") + 3) + [200] * (size >= text.index(b"200") + 3)
                self.assertEqual(found, wanted, size)


class Field(WithLogs):
    """shared/data/field: logs as people paste them."""

    # Rows where the log does not tell it, in the order of logs.tsv: why nothing more is expected.
    UNTOLD = {"t20": "the words of a parser's trace are not a status line: nothing is listed, and nothing is wrong"}

    @classmethod
    def setUpClass(cls):
        if not (DATA / "field/logs.tsv").is_file():
            raise unittest.SkipTest("no field cases in %s" % DATA)

    def rows_of(self, table):
        head, *rows = (DATA / "field" / table).read_text("utf-8").splitlines()
        return [dict(zip(head.split("\t"), row.split("\t"))) for row in rows]

    def test_logs(self):
        for case in self.rows_of("logs.tsv"):
            with self.subTest(case["id"]):
                path = DATA / "field/inputs" / (case["id"] + ".txt")
                listed, checked = run("list", "-o", "ndjson", path), run("check", "-q", path)
                found = [(row["code"], row["reason"]) for row in listed.rows()]
                wanted = [] if case["id"] in self.UNTOLD else [(200, "OK")] if "200 OK" in case["expected"] else [(486, "Busy Here")]
                self.assertEqual((listed.status, checked.status, found), (0, 0, wanted), listed.err + checked.err)
                self.assertEqual(checked.out, b"")

    def test_what_logs_tell(self):
        told = {"t01": (None, "192.0.2.10:5060", None, "x@example.com"), "t03": ("02:38:11.943243000", "192.0.2.10:5060", None, "x@example.com"),
                "t05": ("2023-11-14T22:13:20.123456000Z", "192.0.2.10:5060", "192.0.2.1:5060", "x@example.com"),
                "t06": ("2025-10-16T18:33:39.154962000", "192.0.2.10:5060", "192.0.2.1:5060", "x@example.com"),
                "t08": ("12-19T12:44:56.587000000", "192.0.2.10:5061", None, None), "t10": ("2022-11-04T01:57:52.000000000Z", None, "192.0.2.10:5020", None),
                "t11": ("09-26T00:52:30.659000000", None, None, "x@example.com"), "t13": ("2022-02-07T19:01:46.418000000", "192.0.2.10:5061", None, "x@example.com"),
                "t14": (None, None, None, "x@example.com"), "t15": ("15:58:39.516000000", "192.0.2.10:5060", None, "x@example.com"),
                "t16": (None, None, None, None), "t18": (None, None, None, None), "t21": ("02:38:11.943243000", "192.0.2.10:5060", None, "x@example.com")}
        for name, wanted in told.items():
            with self.subTest(name):
                (row,) = run("list", "-o", "ndjson", DATA / "field/inputs" / (name + ".txt")).rows()
                self.assertEqual(tuple(row[key] for key in ("time", "src", "dst", "call_id")), wanted)

    # id -> code, what check must name, what it must not: as `expected` says. w32 expects the phrase of a draft to be known;
    # the registry has what RFCs and lists that are in use print, so 666 is an unregistered code, and its phrase local.
    LINES = {
        "w01": (None, ["bad-separator"], []), "w02": (100, ["bare-lf"], []), "w03": (100, [], ["local"]), "w05": (420, [], ["error"]),
        "w07": (None, ["undefined-class"], []), "w09": (408, ["control-octet", "not-utf8", "\\x90\\x1F"], []), "w10": (408, ["absent"], []),
        "w11": (503, ["local"], []), "w12": (603, ["local"], []), "w14": (408, ["former"], []), "w15": (403, ["local"], []), "w16": (403, ["local"], []),
        "w17": (503, ["local"], []), "w18": (401, ["local"], []), "w19": (302, ["local"], []), "w21": (None, [], []), "w22": (None, [], []), "w23": (None, [], []),
        "w25": (None, ["octets-before-line"], []), "w26": (200, [], ["[incomplete]"]), "w27": (200, ["bare-lf"], []), "w28": (487, ["local"], []), "w29": (504, ["local"], []),
        "w31": (480, ["local"], []), "w32": (666, ["unregistered"], []), "w33": (603, ["former"], []), "w35": (424, [], ["local"]), "w36": (200, [], ["local"]),
    }

    def test_lines(self):
        cases = self.rows_of("lines.tsv")
        self.assertEqual([case["id"] for case in cases], list(self.LINES))
        for name, (code, named, not_named) in self.LINES.items():
            with self.subTest(name):
                path = DATA / "field/inputs" / (name + ".pcap")
                self.assertEqual([row["code"] for row in run("list", "-o", "ndjson", path).rows()], [code] if code else [])
                found = run("check", path).out.decode()
                for word in named:
                    self.assertIn(word, found)
                for word in not_named:
                    self.assertNotIn(word, found)
                # The same octets as a text do not break anything.
                self.assertIn(run("check", DATA / "field/inputs" / (name + ".bin")).status, (0, 1, 3))


if __name__ == "__main__":
    unittest.main(verbosity=2)
