"""Long work shows how far it is: one line on a terminal, redrawn at most five times a second, gone at the end."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import tempfile
import termios
import threading
import time
import unittest

import packets as p
from tool import TOOL

ERASING = "\r\x1b[K"
HEAD, ONE = p.pcap([]), p.pcap([p.ethernet(p.ipv4(p.udp(p.response())))])
COUNT = 120_000


class Terminal:
    """A pseudo-terminal, and what was written to it."""

    def __init__(self, test, columns):
        try:
            self.leader, self.follower = pty.openpty()
        except OSError as no_terminal:
            test.skipTest(f"no pseudo-terminal here: {no_terminal}")
        fcntl.ioctl(self.follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.octets = bytearray()
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        while True:
            try:
                part = os.read(self.leader, 65536)
            except OSError:
                return
            if not part:
                return
            self.octets += part

    def text(self):
        os.close(self.follower)
        self.thread.join(30)
        os.close(self.leader)
        return self.octets.decode().replace("\r\n", "\n")


class Progress(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        for name, count in (("long.pcap", COUNT), ("short.pcap", 10)):
            with open(os.path.join(self.folder, name), "wb") as file:
                file.write(HEAD + ONE[len(HEAD):] * count)

    def shown(self, *arguments, columns=100, seconds=1.8, interrupt=None, same=False, **environment):
        """What a terminal shows while rows go to a reader who takes so many seconds, and the rows."""
        terminal = Terminal(self, columns)
        env = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", **environment}
        env = {key: value for key, value in env.items() if value is not None}
        tool = subprocess.Popen([TOOL, *arguments], stdout=terminal.follower if same else subprocess.PIPE,
                                stderr=terminal.follower, env=env, cwd=self.folder)
        rows, begun = bytearray(), time.time()
        while not same:
            part = os.read(tool.stdout.fileno(), 65536)
            if not part:
                break
            rows += part
            if time.time() - begun < seconds:
                time.sleep(0.01)
            elif interrupt:
                tool.send_signal(interrupt)
                interrupt = None
        self.status = tool.wait(60)
        self.elapsed = time.time() - begun
        if tool.stdout:
            tool.stdout.close()
        return terminal.text(), rows

    def test_the_line(self):
        for columns in (100, 60):
            with self.subTest(columns):
                text, rows = self.shown("list", "-o", "ndjson", "long.pcap", columns=columns)
                self.assertEqual((self.status, rows.count(b"\n")), (0, COUNT))
                lines = text.split(ERASING)
                self.assertEqual((lines[0], lines[-1]), ("", ""), "it is gone at the end")
                lines = lines[1:-1]
                self.assertGreaterEqual(len(lines), 3)
                self.assertLessEqual(len(lines), self.elapsed * 5)
                shares = []
                for line in lines:
                    self.assertLess(len(line), columns)
                    found = re.fullmatch(r"[long.pcap]*: (\d+) %, ([\d,]+) packets/s, ([\d,]+) responses(?:, (\d+) s left)?", line)
                    self.assertTrue(found, line)
                    shares.append(int(found[1]))
                    self.assertLessEqual(int(found[3].replace(",", "")), COUNT)
                self.assertEqual(shares, sorted(shares))
                self.assertGreater(shares[-1], shares[0])

    def test_several_files(self):
        text, _ = self.shown("list", "-o", "ndjson", "-j", "2", "short.pcap", "long.pcap", "short.pcap")
        self.assertRegex(text, r"long\.pcap \([23] of 3\): \d+ %, ")
        text, _ = self.shown("list", "-o", "ndjson", "short.pcap", "long.pcap", columns=40)
        for line in text.split(ERASING):
            self.assertLess(len(line), 40)

    def test_where_nobody_knows_the_end(self):
        with open(os.path.join(self.folder, "long.pcap"), "rb") as file:
            terminal = Terminal(self, 100)
            tool = subprocess.Popen([TOOL, "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                    stderr=terminal.follower, env={**os.environ, "TERM": "xterm"})
            for _ in range(15):
                tool.stdin.write(file.read(1 << 20))
                tool.stdin.flush()
                time.sleep(0.1)
            tool.stdin.write(file.read())
            tool.stdin.close()
            self.assertEqual(tool.wait(60), 0)
            text = terminal.text()
        self.assertRegex(text, r"\r\x1b\[Kstandard input: [1-9]\d* MiB, [\d,]+ packets/s, [\d,]+ responses\r")
        self.assertTrue(text.endswith(f"{ERASING}sipstatus: {COUNT} responses: 0 errors, 0 warnings, 0 notes\n"))

    def test_rows_on_the_same_terminal_stay_whole(self):
        text, _ = self.shown("list", "long.pcap", same=True)
        plain = re.sub(r"\r\x1b\[K[^\r\n]*(?=\r\x1b\[K)", "", text).replace(ERASING, "")
        rows = plain.split("\n")
        self.assertEqual(rows.pop(), "")
        row = re.compile(r" *\d+  \d\d:\d\d:\d\d\.\d{3}  udp  192\.0\.2\.1:5060 > 192\.0\.2\.2:5080 +200 OK")
        self.assertEqual([one for one in rows if not row.fullmatch(one)][2:], [])
        self.assertEqual(len(rows), 2 + COUNT)

    def test_none(self):
        for arguments, more in ((("-q",), {}), ((), {"TERM": "dumb"}), ((), {"TERM": None})):
            text, rows = self.shown("list", "-o", "ndjson", *arguments, "long.pcap", seconds=1, **more)
            self.assertEqual((text, rows.count(b"\n")), ("", COUNT))
        text, _ = self.shown("list", "-o", "ndjson", "short.pcap", seconds=0)
        self.assertEqual(text, "", "short work shows nothing")
        with subprocess.Popen([TOOL, "list", "-o", "ndjson", "long.pcap"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env={**os.environ, "TERM": "xterm"}, cwd=self.folder) as tool:
            time.sleep(1)
            tool.stdout.read()
            self.assertEqual(tool.stderr.read(), b"")

    def test_ctrl_c_takes_it_away(self):
        for by in (signal.SIGINT, signal.SIGTERM):
            text, _ = self.shown("list", "-o", "ndjson", "long.pcap", seconds=1.2, interrupt=by)
            self.assertEqual(self.status, -by)
            self.assertRegex(text, r"\r\x1b\[Klong\.pcap: \d+ %")
            self.assertTrue(text.endswith(ERASING))

    def test_messages_stand_alone(self):
        """A complaint while the line is shown."""
        text, _ = self.shown("list", "-o", "ndjson", "long.pcap", "missing", "long.pcap")
        self.assertIn(f"{ERASING}sipstatus: missing: No such file or directory\n", text)
        self.assertEqual(self.status, 3)

    def test_no_name_controls_the_terminal(self):
        hostile = b"\x1b]0;title\x07.pcap"
        os.rename(os.path.join(self.folder, "long.pcap"), os.path.join(os.fsencode(self.folder), hostile))
        text, _ = self.shown("list", "-o", "ndjson", os.fsdecode(hostile))
        self.assertIn(ERASING + "\\x1B]0;title\\x07.pcap: ", text)
        self.assertNotIn("\x1b]", text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
