"""What the tool shows: recorded screens, NDJSON as a contract, colours, exit statuses, output that cannot be written.

The recorded screens are in screens/; `SIPSTATUS_RECORD=1 screens_test.py` writes them anew, to be read through.
"""

import json
import os
import pathlib
import pty
import re
import signal
import subprocess
import tempfile
import unittest

import packets as p
from tool import TOOL, run

SCREENS = pathlib.Path(__file__).parent / "screens"

LINES = [
    b"SIP/2.0 200 OK",
    b"SIP/2.0 486 Busy Here",
    b"SIP/2.0 486 BUSY HERE",
    b"SIP/2.0 486 On the phone",
    b"SIP/2.0 500 Internal Server Error",
    b"SIP/2.0 401 Not Authorized",
    b"SIP/2.0 180 ",
    b"SIP/2.0 180",
    b"sip/2.0 \t486\tBusy Here",
    b"SIP/2.0 202 Accepted",
    b"SIP/2.0 303 See Other",
    b"SIP/2.0 499 Gone fishing",
    b"SIP/2.0 199 early dialog terminated",
    b"SIP/2.0 480 \xd0\x92\xd1\x80\xd0\xb5\xd0\xbc\xd0\xb5\xd0\xbd\xd0\xbd\xd0\xbe {\xe4\xb8\xad\xe6\x96\x87} <e\xcc\x81>",
    b"SIP/2.0 403 \x1b[31mred\x1b[0m \x07 \xe2\x80\xae \xc2\x9b tab\there back\\slash %zz",
    b"SIP/2.0 404 \xff\xfe\xed\xa0\x80 \x80",
    b"SIP/2.0 4860 Busy",
    b"SIP/2.0 700 Beyond",
    b"SIP/2.00 200 OK",
    b"SIP/2.0x200 OK",
    b"SIP/2.0 200 O\rK",
    b"SIP/2.0 503 " + b"far " * 60 + b"{here}" + b" and on" * 30,
    b"SIP/2.0 503 " + b"far " * 60 + b"to the end }",
    b"HTTP/1.1 200 OK",
]


def capture():
    """A capture of every kind of message, under fixed times and addresses."""
    lines = [line + b"\r\n" for line in LINES[:12]] + [b"\r\n\r\nSIP/2.0 200 OK\r\n", b"SIP/2.0 200 OK\n"]
    packets = [p.ethernet(p.ipv4(p.udp(p.response(line)))) for line in lines]
    whole = [len(packet) for packet in packets]
    packets.append(p.ethernet(p.ipv6(p.udp(p.response(b"SIP/2.0 486 Busy Here\r\n"))), 0x86dd))
    whole.append(len(packets[-1]))
    packets[-1] = packets[-1][:packets[-1].index(b" Here")]
    packets.append(p.ethernet(p.ipv4(p.udp(b"SIP/2.0 2", length=500), flags=0x2000)))
    packets.append(p.ethernet(p.ipv4(p.udp(b"SIP/2.0 200", length=500))))
    whole += [len(packet) for packet in packets[-2:]]
    return p.pcap(packets, original=whole)


class Screens(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        for name, octets in (("lines.txt", b"\n".join(LINES) + b"\n"), ("calls.pcap", capture()),
                             ("clean.txt", b"SIP/2.0 200 OK\n"), ("notes.txt", b"SIP/2.0 200 Fine\n")):
            with open(os.path.join(self.folder, name), "wb") as file:
                file.write(octets)

    def run(self, *arguments, **more):
        if arguments and isinstance(arguments[0], unittest.TestResult):
            return super().run(*arguments)
        return run(*arguments, cwd=self.folder, **more)

    def assert_screen(self, name, result):
        self.assert_recorded(name, result.out.decode() + "-- standard error\n" + result.err + f"-- status {result.status}\n")

    def assert_recorded(self, name, screen):
        recorded = SCREENS / (name + ".txt")
        if os.environ.get("SIPSTATUS_RECORD"):
            recorded.write_text(screen, "utf-8")
        self.assertEqual(screen, recorded.read_text("utf-8"))

    def test_screens(self):
        for name, arguments in {
            "list_text": ["list", "lines.txt"],
            "list_capture": ["list", "calls.pcap"],
            "list_ndjson": ["list", "-o", "ndjson", "calls.pcap"],
            "check_text": ["check", "lines.txt"],
            "check_capture": ["check", "calls.pcap"],
            "check_colour": ["check", "--color", "always", "lines.txt"],
            "check_ndjson": ["check", "-o", "ndjson", "calls.pcap"],
            "explain": ["explain", "486", "437", "477", "699", "701", "provisional", "bare-lf"],
            "stats_capture": ["stats", "calls.pcap"],
            "stats_text": ["stats", "lines.txt"],
            "help": ["--help"],
            "help_stats": ["stats", "--help"],
            "help_merge": ["merge", "--help"],
            "help_list": ["list", "--help"],
            "help_check": ["check", "--help"],
            "help_explain": ["explain", "-h"],
        }.items():
            with self.subTest(name):
                self.assert_screen(name, self.run(*arguments))

    def test_the_caret_stands_under_the_octet(self):
        """Recomputed from NDJSON, for every octet of a phrase and lines of all lengths."""
        lines = [b"SIP/2.0 200 " + b"x" * before + bytes([octet]) + b"y" * after
                 for before in (0, 1, 50, 95, 96, 97, 300) for after in (0, 5, 100, 400) for octet in b"\x00\x1b\x7f{\\\xff"]
        lines += [b"SIP/2.0 200 " + text + b"{" for text in ("é".encode() * 30, "中".encode() * 20, "e\u0301".encode() * 20)]
        text = b"\n".join(lines) + b"\n"
        found = [row for row in self.run("check", "-o", "ndjson", "-", stdin=text).rows() if row["severity"] == "warning"]
        shown = re.findall(r"^[^ ]+: warning: .*\n    (.*)\n    ( *)\^(~*)$", self.run("check", "-", stdin=text).out.decode(), re.M)
        self.assertEqual(len(found), len(shown))
        for row, (line, blanks, tail) in zip(found, shown):
            octets = bytes.fromhex(row["line_hex"]) if "line_hex" in row else row["line"].encode()
            octet = octets[row["offset"]]
            mark = "{" if octet == 0x7b else "\\x%02X" % octet
            columns = [c for c in line for _ in range({"中": 2, "\u0301": 0}.get(c, 1))]
            self.assertLessEqual(len(columns), 115)
            at = len(blanks)
            self.assertEqual("".join(columns[at:at + len(mark)]), mark)
            self.assertEqual(len(tail), len(mark) - 1)

    def test_ndjson_contract(self):
        for row in self.run("list", "-o", "ndjson", "calls.pcap", "lines.txt").rows():
            keys = [key for key in row if key != "reason_hex"]
            self.assertEqual(keys, ["schema", "file", "frame", "time", "transport", "src", "dst", "code", "reason", "class", "final",
                                    "reason_kind", "registered", "deviations", "method", "cseq", "call_id", "sipfrag"])
            self.assertEqual(row["schema"], 1)
        for row in self.run("check", "-o", "ndjson", "calls.pcap", "lines.txt").rows():
            keys = [key for key in row if key != "line_hex"]
            self.assertEqual(keys, ["schema", "file", "frame", "severity", "rule", "offset", "message", "line", "column"])
            self.assertIn(row["severity"], ("error", "warning", "note"))
            octets = bytes.fromhex(row["line_hex"]) if "line_hex" in row else row["line"].encode()
            self.assertLessEqual(row["offset"] or 0, len(octets))

    def test_text_and_ndjson_agree(self):
        for file in ("calls.pcap", "lines.txt"):
            found = self.run("check", "-o", "ndjson", file).rows()
            shown = re.findall(r"^(.+?):(\d+): (error|warning|note): (.*) \[(.*)\]$", self.run("check", file).out.decode(), re.M)
            self.assertEqual([(r["file"], str(r["frame"]), r["severity"], r["message"], r["rule"]) for r in found], shown)
            self.assertEqual(len(self.run("list", "-o", "ndjson", file).rows()), self.run("list", file).out.count(b"\n"))

    def test_no_octet_of_the_wire_reaches_a_terminal(self):
        text = b"".join(b"SIP/2.0 200 a" + bytes([c]) + b"b\n" for c in range(256) if c not in (10, 13))
        text += "".join("SIP/2.0 200 " + c + "\n" for c in "\x85\x9b\u200b\u200f\u202e\u2028\u2066\ufeff\U000e0041").encode()
        unsafe = "[^\n -~À-\U0001ffff]|[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
        hostile = b"a\x1b]0;title\x07\xff.txt"
        with open(os.path.join(os.fsencode(self.folder), hostile), "wb") as file:
            file.write(text)
        for command in ("list", "check"):
            for name in (os.fsdecode(hostile), os.fsdecode(hostile) + ".none"):
                result = self.run(command, name)
                shown = result.out.decode() + result.err
                self.assertIn("a\\x1B]0;title\\x07\\xFF.txt", shown)
                self.assertEqual(re.findall(unsafe, shown), [])
            rows = self.run(command, "-o", "ndjson", os.fsdecode(hostile)).out
            self.assertEqual(re.findall(unsafe, rows.decode()), [])
            self.assertIn("é".encode(), self.run(command, "-o", "ndjson", "-", stdin="SIP/2.0 200 é{\n".encode()).out)
        result = self.run("explain", "\x1b[31m\u202e")
        self.assertNotIn("\x1b", result.err)
        result = self.run("\x1b[31m")
        self.assertNotIn("\x1b", result.err)
        self.assertNotIn("\x1b", self.run("list", "--\x1b[31m").err)

    def test_exit_statuses(self):
        for status, arguments in ((0, ["list", "clean.txt"]), (0, ["list", "lines.txt"]), (0, ["check", "clean.txt"]),
                                  (0, ["check", "notes.txt"]), (1, ["check", "lines.txt"]), (1, ["check", "lines.txt", "clean.txt"]),
                                  (3, ["check", "lines.txt", "none"]), (3, ["check", "none", "lines.txt"]), (3, ["list", "none"]),
                                  (0, ["explain", "486"]), (2, ["explain", "4867"]), (2, ["explain", "486", "nonsense"]),
                                  (0, ["--help"]), (0, ["check", "-h"]), (0, ["--version"]), (0, ["-V"]),
                                  (2, []), (2, ["list"]), (2, ["frobnicate"]), (2, ["list", "--frob", "x"]), (2, ["check", "-o", "xml", "x"]),
                                  (2, ["check", "-o"]), (2, ["list", "--color", "blue", "x"]), (2, ["explain"]),
                                  (2, ["explain", "-q", "486"]), (2, ["--frob"])):
            with self.subTest(arguments):
                result = self.run(*arguments)
                self.assertEqual(result.status, status, result.err)
                if status == 2:
                    self.assertTrue(result.err)
                    self.assertNotIn(b"Usage", result.out)
        self.assertEqual(self.run("check", "-", stdin=b"SIP/2.0 200 {\n").status, 1)

    def test_messages_go_to_standard_error(self):
        self.assertEqual(self.run("list", "none").out, b"")
        self.assertEqual(self.run().out, b"")
        quiet = self.run("check", "-q", "lines.txt")
        self.assertEqual((quiet.err, quiet.status), ("", 1))
        self.assertEqual(self.run("list", "--quiet", "lines.txt").err, "")
        self.assertIn("none: No such file", self.run("list", "-q", "none").err)

    def test_version(self):
        header = (pathlib.Path(__file__).parents[2] / "include/sipstatus/version.hpp").read_text()
        numbers = re.findall(r"#define SIPSTATUS_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header)
        self.assertEqual(self.run("--version").out.decode(), "sipstatus %s\n" % ".".join(numbers))

    def test_output_that_cannot_be_written(self):
        for arguments in (["list", "lines.txt"], ["check", "lines.txt"], ["explain", "486"], ["--help"], ["--version"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([TOOL, *arguments], stdout=full, stderr=subprocess.PIPE, cwd=self.folder)
            self.assertEqual(done.returncode, 3)
            self.assertIn(b"sipstatus: standard output: No space left on device\n", done.stderr)
        done = subprocess.run(["sh", "-c", 'exec "$0" list clean.txt >&-', TOOL], stderr=subprocess.PIPE, cwd=self.folder)
        self.assertEqual((done.returncode, done.stderr), (3, b"sipstatus: standard output: Bad file descriptor\n"))

    def test_messages_that_cannot_be_written(self):
        for status, command in ((1, "check lines.txt"), (3, "list none"), (2, ""), (2, "frobnicate")):
            for nowhere in ("2>&-", "2>/dev/full"):
                done = subprocess.run(["sh", "-c", f'exec "$0" {command} {nowhere}', TOOL], stdout=subprocess.PIPE, cwd=self.folder)
                self.assertEqual(done.returncode, status, command + nowhere)

    def test_a_closed_pipe_is_quiet(self):
        with open(os.path.join(self.folder, "many.txt"), "wb") as file:
            file.write(b"SIP/2.0 200 OK\n" * 200000)
        for disposition in (signal.SIG_DFL, signal.SIG_IGN):
            with subprocess.Popen([TOOL, "list", "many.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder,
                                  preexec_fn=lambda: signal.signal(signal.SIGPIPE, disposition)) as tool:
                self.assertIn(b"200 OK", tool.stdout.readline())
                tool.stdout.close()
                self.assertEqual(tool.stderr.read(), b"")
                self.assertEqual(tool.wait(), 0)

    def test_rows_do_not_wait_for_the_end_of_a_pipe(self):
        with subprocess.Popen([TOOL, "list", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tool:
            for code in (b"180", b"200"):
                tool.stdin.write(b"SIP/2.0 " + code + b" X\n")
                tool.stdin.flush()
                self.assertIn(code, tool.stdout.readline())
            tool.stdin.close()
            self.assertEqual(tool.wait(), 0)

    def under_a_terminal(self, *arguments, columns=100, **environment):
        try:
            leader, follower = pty.openpty()
        except OSError as no_terminal:
            self.skipTest(f"no pseudo-terminal here: {no_terminal}")
        import fcntl
        import struct
        import termios
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        env.update({"TERM": "xterm", **environment})
        env = {k: v for k, v in env.items() if v is not None}
        with subprocess.Popen([TOOL, *arguments], stdout=follower, stderr=subprocess.DEVNULL, env=env, cwd=self.folder) as tool:
            os.close(follower)
            shown = b""
            while True:
                try:
                    part = os.read(leader, 65536)
                except OSError:
                    break
                if not part:
                    break
                shown += part
            tool.wait()
        os.close(leader)
        return shown.decode().replace("\r\n", "\n")

    def test_colours(self):
        for arguments in (["list", "lines.txt"], ["check", "lines.txt"], ["explain", "486"]):
            with self.subTest(arguments):
                self.assertIn("\x1b[", self.under_a_terminal(*arguments))
                for forbidding in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
                    self.assertNotIn("\x1b", self.under_a_terminal(*arguments, **forbidding))
                self.assertIn("\x1b[", self.under_a_terminal(*arguments, NO_COLOR=""))
                self.assertNotIn("\x1b", self.under_a_terminal(*arguments, "--color", "never"))
                self.assertNotIn(b"\x1b", self.run(*arguments).out)
                coloured = self.run(*arguments, "--color", "always")
                self.assertIn(b"\x1b[", coloured.out)
                self.assertNotIn("\x1b", coloured.err)
                self.assertEqual(re.sub(rb"\x1b\[[0-9;]*m", b"", coloured.out), self.run(*arguments).out)
                self.assertNotIn(b"\x1b", self.run(*arguments, "--color", "always", environment={"NO_COLOR": "1"}).out)
                self.assertNotIn(b"\x1b", self.run(*arguments, "-o", "ndjson", "--color", "always").out)

    def test_a_terminal_that_says_little(self):
        self.assertIn("\x1b[", self.under_a_terminal("list", "lines.txt", TERM=None))
        # Too narrow to be believed, as where the width is not known.
        for arguments in (["list", "calls.pcap"], ["check", "lines.txt"], ["explain", "486"]):
            self.assertEqual(self.under_a_terminal(*arguments, columns=39), self.under_a_terminal(*arguments, columns=0))

    def test_lines_keep_to_the_terminal(self):
        for columns in (40, 80, 133):
            for line in self.under_a_terminal("check", "lines.txt", columns=columns, NO_COLOR="1").split("\n"):
                if line.startswith("    "):
                    self.assertLessEqual(sum(0 if c == "\u0301" else 2 if c in "中文" else 1 for c in line), columns)

    def test_rows_of_a_terminal(self):
        for columns in (80, 100, 140):
            with self.subTest(columns):
                shown = self.under_a_terminal("list", "calls.pcap", "lines.txt", columns=columns, NO_COLOR="1")
                self.assert_recorded("list_terminal_%d" % columns, shown)
                self.assertEqual(re.findall(r" +$", shown, re.M), [])

    def test_a_canonical_response_fits_a_terminal(self):
        shown = self.under_a_terminal("list", "calls.pcap", columns=80, NO_COLOR="1")
        rows = re.findall(r"^.* (?:200 OK|486 Busy Here)$", shown, re.M)
        self.assertEqual(len(rows), 3)
        self.assertLessEqual(max(map(len, rows)), 80)

    def test_help_fits_a_terminal(self):
        for arguments in (["--help"], ["list", "--help"], ["check", "--help"], ["explain", "--help"]):
            self.assertLessEqual(max(map(len, self.run(*arguments).out.decode().split("\n"))), 80)

    def test_a_heading_for_each_file_and_day(self):
        packet = p.ethernet(p.ipv4(p.udp(p.response())))
        days = p.pcap([packet] * 4, times=[(1700000000, 0), (1700006399, 999999), (1700006400, 0), (1700006401, 0)])
        with open(os.path.join(self.folder, "days.pcap"), "wb") as file:
            file.write(days)
        shown = self.under_a_terminal("list", "days.pcap", "clean.txt", "notes.txt", NO_COLOR="1")
        self.assertEqual(re.findall(r"^(?:.*UTC|.*\.txt| +\d+  \d\d:\d\d:\d\d\.\d+)", shown, re.M),
                         ["days.pcap, 2023-11-14 UTC", "    1  22:13:20.000", "    2  23:59:59.999",
                          "days.pcap, 2023-11-15 UTC", "    3  00:00:00.000", "    4  00:00:01.000",
                          "clean.txt", "notes.txt"])


class Explain(unittest.TestCase):
    def topics(self, *words):
        result = run("explain", "-o", "ndjson", *words)
        self.assertEqual(result.status, 0, result.err)
        return result.rows()

    def test_every_code(self):
        codes = list(range(100, 700))
        rows = self.topics(*codes)
        self.assertEqual([row["code"] for row in rows], codes)
        for row in rows:
            digit = row["code"] // 100
            self.assertEqual(row["class"], ["provisional", "success", "redirection", "client-error", "server-error",
                                            "global-failure"][digit - 1])
            self.assertEqual(row["final"], digit > 1)
            self.assertEqual(row["unrecognised"], row["code"] if row["code"] % 100 == 0 else 183 if digit == 1 else 100 * digit)
            if row["registered"]:
                for key in ("name", "reason", "reference", "section", "meaning"):
                    self.assertTrue(row[key], row["code"])
        self.assertEqual(sum(row["registered"] for row in rows), 75)
        for row in rows:
            if row["name"] is None:
                continue
            for words in (row["name"], row["name"].replace("-", "_"), row["reason"], row["reason"].upper(),
                          *(variant["reason"] for variant in row["phrases"]), "%d %s" % (row["code"], row["reason"])):
                self.assertIn(row["code"], [topic.get("code") for topic in self.topics(words)], words)

    def test_text_and_ndjson_say_the_same_of_every_code(self):
        rows = self.topics(*range(100, 700))
        sections = run("explain", *range(100, 700)).out.decode().rstrip("\n").split("\n\n")
        self.assertEqual(len(sections), len(rows))
        for row, section in zip(rows, sections):
            words = " ".join(section.split())
            with self.subTest(row["code"]):
                self.assertTrue(words.startswith("%d %s" % (row["code"], row["reason"] or "has no phrase in the registry")))
                self.assertIn(" standing " + row["standing"] + ": ", words)
                self.assertIn("provisional: a final response follows" if row["code"] < 200 else "final: it ends", words)
                for variant in row["phrases"]:
                    self.assertIn('"%s", %s: %s' % (variant["reason"], variant["reason_kind"], variant["source"]), words)
                for other in row["same_phrase"]:
                    self.assertIn('%d: "%s" is %s there' % (other["code"], other["reason"], other["reason_kind"]), words)
                self.assertEqual("shared with" in words, bool(row["same_phrase"]))
                self.assertIn("if not known stands for its class" if row["unrecognised"] == row["code"]
                              else "if not known treated as %d " % row["unrecognised"], words)

    def test_shared_phrases(self):
        for words in ("Not Acceptable", "not acceptable"):
            self.assertEqual([row["code"] for row in self.topics(words)][:2], [406, 606])
        self.assertEqual([row["code"] for row in self.topics("Not", "Acceptable")][:2], [406, 606])
        (row,) = self.topics("606")
        self.assertIn({"reason": "Not Acceptable", "code": 406, "reason_kind": "canonical"}, row["same_phrase"])

    def test_codes_that_stacks_make_up(self):
        (row,) = self.topics("477")
        self.assertEqual([stack["stack"].split(",")[0] for stack in row["stacks"]], ["Kamailio", "OpenSIPS"])
        for words in ("701", "No response from destination server", "no-response-from-destination-server"):
            (row,) = self.topics(words)
            self.assertEqual((row["topic"], row["code"], row["stacks"][0]["stack"]), ("stack-code", 701, "PJSIP"))
        self.assertEqual(self.topics("Send failed")[0]["code"], 477)
        self.assertIn('"No matching challenge"', run("explain", "No matching chalenge").err)

    def test_what_to_do_with_a_failure(self):
        rows = {row["code"]: row for row in self.topics(180, 302, 401, 405, 480, 503)}
        self.assertEqual({code: row["retry"]["kind"] for code, row in rows.items()},
                         {180: "none", 302: "redirect", 401: "credentials", 405: "none", 480: "later", 503: "other-server"})
        self.assertEqual([code for code, row in rows.items() if row["next_route"]["verdict"]], [503])
        self.assertEqual({code: row["in_dialog"]["ends"] for code, row in rows.items()},
                         {180: "none", 302: "redirects", 401: "transaction", 405: "usage", 480: "usage", 503: "transaction"})
        self.assertEqual({code: row["cause"] for code, row in rows.items()},
                         {180: None, 302: 31, 401: 21, 405: 63, 480: 18, 503: 41})
        self.assertEqual(rows[405]["header_fields"],
                         [{"name": "Allow", "level": "must", "section": "RFC 3261 section 21.4.6"}])

    def test_a_local_phrase_says_something(self):
        for line, remark in (("603 Unauthorized", "it is the phrase of 401"),
                             ("486 486", "it repeats the code"),
                             ("403 Forbidden - HSS User Unknown", "it is the canonical phrase and more"),
                             ("400 Bad Request - No To", "the detail that the code's section asks for"),
                             ("480 Asleep", "the code's section asks for detail in the phrase"),
                             ("500 Send failed (477/TM)", "it names 477, a code of OpenSIPS, tm module"),
                             ("500 Gateway said 404", "it names 404, Not Found"),
                             ("500 Error 499", "it names 499, which is not registered"),
                             ("500 Error 905", "it names 905, which is no status code"),
                             ("403 Call blocked 510403", "it has the subcode 510403")):
            (row,) = run("check", "-o", "ndjson", "-", stdin=("SIP/2.0 " + line + "\n").encode()).rows()
            self.assertEqual((row["rule"], row["severity"]), ("local", "note"))
            self.assertTrue(row["message"].startswith("local wording: " if remark else ""), row["message"])
            self.assertIn(remark, row["message"])
        (row,) = run("check", "-o", "ndjson", "-", stdin=b"SIP/2.0 486 Out\n").rows()
        self.assertTrue(row["message"].startswith("local wording: the canonical phrase"), row["message"])

    def test_classes(self):
        for words in ("4xx", "4XX", "client error", "client-error", "client_error", "Request Failure"):
            (row,) = self.topics(words)
            self.assertEqual((row["topic"], row["class"], row["unrecognised"]), ("class", "client-error", 400))
        (row,) = self.topics("provisional")
        self.assertEqual((row["final"], row["unrecognised"]), (False, 183))
        self.assertIn(180, row["codes"])

    def test_every_rule_that_check_prints(self):
        text = b"\n".join(LINES) + b"\nSIP/2.0 200 %zz\nSIP/2.0 100 " + b"x" * 70000 + b"\n"
        rules = {row["rule"]: row["severity"] for row in run("check", "-o", "ndjson", "-", stdin=text).rows()}
        rules |= {row["rule"]: row["severity"] for row in run("check", "-o", "ndjson", "-", stdin=capture()).rows()}
        for rule in ("bad-code", "bad-line-end", "line-too-long", "undefined-class", "unsupported-version", "bad-separator",
                     "not-status-line", "incomplete", "version-case", "repeated-separator", "tab-separator", "missing-separator",
                     "control-octet", "delimiter-octet", "bad-escape", "bad-octet", "not-utf8", "bare-lf", "absent", "letter-case",
                     "former", "published", "local", "deprecated", "historical", "unregistered", "leading-crlf", "cut-by-capture",
                     "cut-by-fragment", "cut-by-length"):
            self.assertIn(rule, rules)
        for rule, severity in rules.items():
            rows = [row for row in self.topics(rule) if row["topic"] == "rule"]
            self.assertEqual([(row["rule"], row["severity"]) for row in rows], [(rule, severity)])
            self.assertTrue(rows[0]["message"])
            self.assertIn(rule.encode(), run("explain", rule).out)

    def test_unknown(self):
        for words, near in (("Bsuy Here", '"Busy Here"'), ("bad-cod", '"bad-code"'), ("Ringin", '"Ringing"')):
            result = run("explain", words)
            self.assertEqual((result.status, result.out), (2, b""))
            self.assertIn(near, result.err)
        for words in ("99", "700", "0", "12345", "4867"):
            result = run("explain", words)
            self.assertEqual(result.status, 2)
            self.assertIn("100 to 699", result.err)
        for words in ("abc Busy Here", "999 Busy Here", "486 Not Found", "4 6 Busy Here"):
            result = run("explain", words)
            self.assertEqual((result.status, result.out), (2, b""), words)
        # Many begin so; and what two codes share is said once.
        self.assertEqual(len(re.findall(r'"[^"]+"', run("explain", "Reques").err.split("near it:")[1])), 3)
        near = re.findall(r'"[^"]+"', run("explain", "Not Acceptabl").err.split("near it:")[1])
        self.assertEqual(len(near), len(set(near)))
        self.assertIn('"Not Acceptable"', near)
        self.assertEqual(run("explain", "").status, 2)
        self.assertEqual(run("explain", "x" * 10000).status, 2)
        both = run("explain", "486", "xyzzy")
        self.assertEqual(both.status, 2)
        self.assertIn(b"Busy Here", both.out)
        self.assertIn("xyzzy", both.err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
