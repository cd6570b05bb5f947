"""What has no end of its own: an interface (-i) and a HEP server (--hep), until Ctrl-C."""

import csv
import glob
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import unittest

import packets as p
from tool import TOOL, run

KAMAILIO = """#!KAMAILIO
children=1
listen=udp:127.0.0.1:{server}
disable_tcp=yes
auto_aliases=no
mpath="{modules}/"
loadmodule "kex.so"
loadmodule "pv.so"
loadmodule "sl.so"
loadmodule "siptrace.so"
modparam("siptrace", "duplicate_uri", "sip:127.0.0.1:{port}")
modparam("siptrace", "hep_mode_on", 1)
modparam("siptrace", "hep_version", {version})
modparam("siptrace", "trace_to_database", 0)
modparam("siptrace", "trace_on", 1)
modparam("siptrace", "trace_mode", 1)
request_route {{ sl_send_reply("486", "Busy Here"); exit; }}
"""
OPTIONS = (b"OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%d\r\nFrom: <sip:b@c>;tag=1\r\n"
           b"To: <sip:a@c>\r\nCall-ID: %d@here\r\nCSeq: 7 OPTIONS\r\nMax-Forwards: 7\r\nContent-Length: 0\r\n\r\n")
RESPONSE = p.response(b"SIP/2.0 486 Busy Here\r\n")


def free_port(family=socket.AF_INET, host="127.0.0.1"):
    with socket.socket(family, socket.SOCK_DGRAM) as one:
        one.bind((host, 0))
        return one.getsockname()[1]


class Live:
    """A run of the tool that is listening."""

    def __init__(self, *arguments, cwd=None, stdout=subprocess.PIPE):
        self.process = subprocess.Popen([TOOL, *arguments], stdout=stdout, stderr=subprocess.PIPE, cwd=cwd,
                                        bufsize=0)
        self.first = self.process.stderr.readline().decode()

    def end(self, by=signal.SIGINT):
        """(exit status, standard output, standard error)"""
        if by:
            self.process.send_signal(by)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, self.first + err.decode()


def why_not():
    """Why there is no live capture here; empty where there is."""
    live = Live("list", "-i", "lo")
    status, _, err = live.end(signal.SIGINT if "listening" in live.first else None)
    return "" if status == 0 else err.strip()


WHY_NOT = why_not()


class WithFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def send(self, *datagrams, to, host="127.0.0.1", family=socket.AF_INET):
        with socket.socket(family, socket.SOCK_DGRAM) as one:
            one.bind((host, 0))
            for octets in datagrams:
                one.sendto(octets, (host, to))
            return one.getsockname()[1]


class Interfaces(WithFolder):
    def setUp(self):
        super().setUp()
        if WHY_NOT:
            self.skipTest(WHY_NOT)
        self.port = free_port()

    def test_rows_come_while_it_listens(self):
        for interface in ("lo", "any"):
            for by in (signal.SIGINT, signal.SIGTERM):
                with self.subTest(interface, by=by):
                    live = Live("list", "-o", "ndjson", "-i", interface, "--filter", f"udp dst port {self.port}", cwd=self.folder)
                    self.assertRegex(live.first, f"listening on {interface}, ")
                    for frame in (1, 2, 3):
                        sent = time.time()
                        source = self.send(RESPONSE, to=self.port)
                        row = json.loads(live.process.stdout.readline())
                        self.assertLess(time.time() - sent, 5)
                        self.assertEqual((row["file"], row["frame"], row["code"], row["transport"], row["src"], row["dst"]),
                                         (interface, frame, 486, "udp", f"127.0.0.1:{source}", f"127.0.0.1:{self.port}"))
                        self.assertRegex(row["time"], r"^20\d\d-")
                    status, out, err = live.end(by)
                    self.assertEqual((status, out), (0, b""))
                    self.assertIn(f"{interface}: 3 packets read, 0 dropped, 3 responses\n", err)
                    self.assertEqual(os.listdir(self.folder), [])

    def test_what_came_before_the_interruption_is_reported(self):
        live = Live("check", "-i", "lo", "--filter", f"udp dst port {self.port}")
        self.send(*[RESPONSE] * 50, b"SIP/2.0 4860 Busy\r\n\r\n", to=self.port)
        status, out, err = live.end()
        self.assertEqual(status, 1)
        self.assertIn(b"lo:51: error: ", out)
        self.assertIn("51 responses: 1 error, 0 warnings, 0 notes\n", err)

    def test_limit_ends_it(self):
        live = Live("list", "--limit", "2", "-i", "lo", "--filter", f"udp dst port {self.port}")
        self.send(*[RESPONSE] * 5, to=self.port)
        status, out, err = live.end(by=None)
        self.assertEqual((status, out.count(b"\n")), (0, 2))
        self.assertIn("stopped after 2 responses", err)

    def test_a_closed_pipe_ends_it(self):
        live = Live("list", "-i", "lo", "--filter", f"udp dst port {self.port}")
        live.process.stdout.close()
        self.send(RESPONSE, to=self.port)
        self.assertEqual(live.process.wait(30), 0)
        live.process.stderr.close()

    def test_what_cannot_be_opened(self):
        result = run("list", "-i", "nothing0")
        self.assertEqual((result.status, result.out), (3, b""))
        self.assertRegex(result.err, r"nothing0: no such interface: there are .*\blo\b")
        result = run("list", "-i", "lo", "--filter", "wlan type mgt")
        self.assertEqual(result.status, 3)
        self.assertIn("lo: --filter: ", result.err)
        if os.getuid() == 0:
            result = run("list", "-i", "lo", user=65534)
            self.assertEqual((result.status, result.out), (3, b""))
            self.assertIn("lo: no permission to capture", result.err)

    def test_sipp(self):
        """100 calls a second for 3 s; its own counters are the truth."""
        if not shutil.which("sipp"):
            self.skipTest("there is no sipp")
        for transport, option in (("udp", "u1"), ("tcp", "t1")):
            with self.subTest(transport), tempfile.TemporaryDirectory() as folder:
                self.call(folder, transport, option)

    def call(self, folder, transport, option):
        server, client = free_port(), free_port()
        sipp = ["sipp", "-i", "127.0.0.1", "-t", option, "-nostdin"]
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        path = os.path.join(folder, "rows")
        with open(path, "wb") as rows:
            live = Live("list", "-o", "ndjson", "-i", "lo", "--filter", f"{transport} port {server}", stdout=rows)
        with subprocess.Popen([*sipp, "-sn", "uas", "-p", str(server)], **quiet) as uas:
            try:
                time.sleep(0.5)
                done = subprocess.run([*sipp, "-sn", "uac", "-p", str(client), "-r", "100", "-m", "300", "-d", "0", "-fd", "1",
                                       "-trace_counts", "-timeout", "60", f"127.0.0.1:{server}"], **quiet)
            finally:
                uas.kill()
        status, _, err = live.end()
        self.assertEqual((status, done.returncode), (0, 0), err)
        (counts,) = [name for name in os.listdir(folder) if name.endswith("_counts.csv")]
        with open(os.path.join(folder, counts), newline="") as file:
            last = list(csv.DictReader(file, delimiter=";"))[-1]
        received = {}
        for name, count in last.items():
            match = re.fullmatch(r"\d+_(\d{3})_(Recv|Retrans)", name or "")
            if match:
                received[int(match[1])] = received.get(int(match[1]), 0) + int(count)
        with open(path, "rb") as file:
            seen = [json.loads(line) for line in file]
        listed = [row["code"] for row in seen if "code" in row]
        self.assertEqual({code: listed.count(code) for code in set(listed)}, {code: n for code, n in received.items() if n})
        self.assertGreaterEqual(len(listed), 900)
        self.assertEqual({row["transport"] for row in seen if "code" in row}, {transport})
        self.assertIn(f" 0 dropped, {len(listed)} responses", err)


class Hep(WithFolder):
    def test_packets_are_read(self):
        for family, host, place in ((socket.AF_INET, "127.0.0.1", "127.0.0.1"), (socket.AF_INET6, "::1", "[::1]")):
            with self.subTest(host):
                try:
                    free_port(family, host)
                except OSError as missing:
                    self.skipTest(str(missing))
                live = Live("list", "--hep", f"udp:{place}:0")
                port = int(re.search(r"listening on udp:%s:(\d+), HEP" % re.escape(place), live.first)[1])
                self.send(*[b"HEP3 and nothing that can be read"] * 40, to=port, host=host, family=family)
                status, out, err = live.end()
                self.assertIn((status, out), ((0, b""), (3, b"")))  # it is not HEP
                self.assertIn(f"udp:{place}:0: 40 packets read, 0 dropped, 0 responses\n", err)
                self.assertIn("40 frames: not read: 40 ", err)

    def test_the_addresses_inside_are_shown(self):
        def chunk(kind, octets):
            return struct.pack("!HHH", 0, kind, 6 + len(octets)) + octets

        body = b"".join(chunk(*one) for one in (
            (1, b"\x02"), (2, b"\x11"), (3, bytes([192, 0, 2, 1])), (4, bytes([192, 0, 2, 2])), (7, struct.pack("!H", 5060)),
            (8, struct.pack("!H", 5080)), (9, struct.pack("!I", 1700000000)), (10, struct.pack("!I", 5)), (11, b"\x01"),
            (12, bytes(4)), (15, RESPONSE)))
        live = Live("list", "-o", "ndjson", "--hep", "udp:127.0.0.1:0")
        port = int(re.search(r":(\d+), HEP", live.first)[1])
        self.send(b"HEP3" + struct.pack("!H", 6 + len(body)) + body, to=port)
        row = json.loads(live.process.stdout.readline())  # while it listens
        self.assertEqual((row["file"], row["frame"], row["src"], row["dst"], row["transport"], row["code"], row["time"]),
                         ("udp:127.0.0.1:0", 1, "192.0.2.1:5060", "192.0.2.2:5080", "udp", 486, "2023-11-14T22:13:20.000005000Z"))
        self.assertEqual(live.end()[:2], (0, b""))

    def test_kamailio(self):
        """Its module siptrace sends what it receives and answers, in each version of HEP."""
        modules = [folder for folder in [*glob.glob("/usr/lib*/kamailio/modules"), *glob.glob("/usr/lib/*/kamailio/modules")]
                   if os.path.exists(os.path.join(folder, "siptrace.so"))]
        if not shutil.which("kamailio") or not modules:
            self.skipTest("there is no Kamailio with its module siptrace")
        for version in (1, 2, 3):
            with self.subTest(version):
                live = Live("list", "-o", "ndjson", "--hep", "udp:127.0.0.1:0")
                port, server = int(re.search(r":(\d+), HEP", live.first)[1]), free_port()
                path = os.path.join(self.folder, "kamailio.cfg")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(KAMAILIO.format(modules=modules[0], server=server, port=port, version=version))
                command = ["kamailio", "-DD", "-E", "-f", path, "-m", "16", "-M", "4", "-Y", self.folder, "-P", path + ".pid"]
                with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as kamailio, \
                        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                    try:
                        client.bind(("127.0.0.1", 0))
                        client.settimeout(0.5)
                        here, count = client.getsockname()[1], 0
                        for attempt in range(40):  # until it listens
                            client.sendto(OPTIONS % (here, attempt, attempt), ("127.0.0.1", server))
                            try:
                                count += client.recv(2000).startswith(b"SIP/2.0 486 Busy Here\r\n")
                            except OSError:
                                time.sleep(0.1)
                            if count == 5:
                                break
                        self.assertEqual(count, 5)
                        rows = [json.loads(live.process.stdout.readline()) for _ in range(5)]
                    finally:
                        kamailio.terminate()
                status, out, err = live.end()
                self.assertEqual((status, out), (0, b""), err)
                for row in rows:
                    self.assertEqual((row["code"], row["reason"], row["src"], row["dst"], row["method"]),
                                     (486, "Busy Here", f"127.0.0.1:{server}", f"127.0.0.1:{here}", "OPTIONS"))
                self.assertRegex(err, r"\d+ packets read, 0 dropped, 5 responses\n")

    def test_places(self):
        for place in ("", "udp:", "127.0.0.1:9060", "tcp:127.0.0.1:9060", "udp:127.0.0.1", "udp:127.0.0.1:", "udp:127.0.0.1:65536",
                      "udp:127.0.0.1:x", "udp::1:9060", "udp:[::1:9060", "udp:[::1]", "udp:[127.0.0.1]:9060", "udp:localhost:9060",
                      "udp:127.0.0.1:-1"):
            with self.subTest(place):
                result = run("list", "--hep", place)
                self.assertEqual((result.status, result.out), (2, b""))
                self.assertIn("expected udp:ADDRESS:PORT, as in udp:127.0.0.1:9060 or udp:[::1]:9060", result.err)

    def test_what_cannot_be_opened(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind(("127.0.0.1", 0))
            place = "udp:127.0.0.1:%d" % taken.getsockname()[1]
            result = run("check", "--hep", place)
        self.assertEqual((result.status, result.out), (3, b""))
        self.assertIn(f"{place}: Address already in use", result.err)
        result = run("check", "--hep", "udp:192.0.2.1:9060")
        self.assertEqual(result.status, 3)
        self.assertIn("udp:192.0.2.1:9060: Cannot assign requested address", result.err)


class Choices(unittest.TestCase):
    def test_what_does_not_go_together(self):
        for arguments in (["-i", "lo", "a.pcap"], ["--hep", "udp:127.0.0.1:0", "a.pcap"], ["-i", "lo", "--hep", "udp:127.0.0.1:0"],
                          ["-i", "lo", "-i", "eth0"], ["-i", ""], ["-i"], ["--hep"]):
            with self.subTest(arguments):
                result = run("list", *arguments)
                self.assertEqual((result.status, result.out), (2, b""), result.err)
                self.assertIn("sipstatus: ", result.err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
