"""--filter: the same frames as tcpdump's for every expression, and every frame that it keeps is counted."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import packets as p
from tool import run, skip

DATA = pathlib.Path(os.environ.get("SIPSTATUS_TEST_DATA") or pathlib.Path(__file__).resolve().parents[3] / "shared/data")

EXPRESSIONS = [
    "udp", "tcp or ip6", "port 5060", "src port 5060", "udp port 5060 and not dst port 5080", "src host 192.0.2.1",
    "net 192.0.2.0/24 and udp", "ip6", "host 2001:db8::1", "vlan", "vlan and udp", "less 120", "greater 400", "ip proto 17",
    "udp[8:4] = 0x5349502f", "ip[6:2] & 0x1fff != 0", "portrange 5000-5100", "not port 5060", "ip broadcast",
    "src host 192.0.2.9",
]


def generated():
    """{name: (link type, packets)}"""
    message = p.response()
    udp = [p.ipv4(p.udp(message)), p.ipv4(p.udp(message, 40000, 5060), source="198.51.100.7"), p.ipv4(p.tcp(message), 6),
           p.ipv4(bytes(64), flags=3), p.ipv4(p.udp(message + bytes(500))), p.ipv4(p.udp(b""))]
    ip6 = [p.ipv6(p.udp(message)), p.ipv6(p.udp(message, 7000, 7001), destination="2001:db8::9")]
    return {
        "ethernet": (p.ETHERNET, [p.ethernet(packet) for packet in udp] + [p.ethernet(packet, 0x86dd) for packet in ip6] +
                     [p.ethernet(packet, tags=[0x8100]) for packet in udp[:3]]),
        "raw": (p.RAW, udp + ip6), "raw 12": (12, udp), "null": (p.NULL, [b"\x02\0\0\0" + packet for packet in udp]),
        "sll": (p.SLL, [p.sll(packet) for packet in udp] + [p.sll(packet, 0x86dd) for packet in ip6]),
        "sll2": (p.SLL2, [p.sll2(packet) for packet in udp]), "loop": (p.LOOP, [b"\0\0\0\x02" + packet for packet in udp]),
    }


class Filter(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, octets, name="a.pcap"):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(octets)
        return path

    def rows(self, result):
        return [{key: value for key, value in row.items() if key not in ("frame", "file")} for row in result.rows()]

    def counts(self, path, *options):
        """(frames of the file, those of them that the filter keeps)"""
        result = run("list", "-o", "ndjson", *options, path)
        (summary,) = result.summaries() or [None]
        if not summary:
            return None, 0
        return summary["frames"], sum(kind["count"] for kind in summary["left_out"] if kind["kind"] == "filtered")

    def assert_same_as_tcpdump(self, path, expression):
        chosen = os.path.join(self.folder, "chosen.pcap")
        done = subprocess.run(["tcpdump", "--nano", "-r", path, "-w", chosen, expression], capture_output=True)
        if b"syntax error" in done.stderr or b"reject" in done.stderr or done.returncode != 0:
            return 0
        with open(chosen, "rb") as file:
            octets, matching = file.read(), 0
        at = 24
        while at < len(octets):
            at += 16 + int.from_bytes(octets[at + 8:at + 12], "little")
            matching += 1
        ours = run("list", "-o", "ndjson", "--filter", expression, path)
        self.assertEqual(self.rows(ours), self.rows(run("list", "-o", "ndjson", chosen)), (path, expression))
        frames, kept = self.counts(path, "--filter", expression)
        if frames is not None:
            self.assertEqual(frames - kept, matching, (path, expression))
        return matching

    def test_the_frames_of_tcpdump(self):
        if not shutil.which("tcpdump"):
            self.skipTest("there is no tcpdump")
        matched = {expression: 0 for expression in EXPRESSIONS}
        for name, (link, packets) in generated().items():
            whole = [len(packet) for packet in packets]
            for kind, octets in (("whole", p.pcap(packets, link)),
                                 ("snapped", p.pcap([packet[:60] for packet in packets], link, original=whole))):
                path = self.write(octets)
                for expression in EXPRESSIONS:
                    with self.subTest(name + ", " + kind, expression=expression):
                        matched[expression] += self.assert_same_as_tcpdump(path, expression)
        never = [expression for expression, count in matched.items() if count == 0]
        self.assertEqual(never, ["ip broadcast", "src host 192.0.2.9"])

    def test_the_frames_of_tcpdump_in_real_captures(self):
        if not shutil.which("tcpdump") or not (DATA / "captures").is_dir():
            self.skipTest("there is no tcpdump, or no captures")
        count = 0
        for path in sorted((DATA / "captures").glob("*.pcap"))[:60]:
            for expression in ("udp port 5060", "src port 5060 and less 500", "not udp", "ip[8] < 64"):
                with self.subTest(path.name, expression=expression):
                    count += self.assert_same_as_tcpdump(str(path), expression)
        self.assertGreater(count, 1000)

    def test_mixed_link_types(self):
        """tcpdump refuses these; each type gets a program of its own."""
        message = p.ipv4(p.udp(p.response()))
        other = p.ipv4(p.udp(p.response(), source=7000))
        octets = p.section() + p.interface(p.ETHERNET) + p.interface(p.RAW) + p.interface(p.SLL)
        for packet in (message, other):
            octets += p.enhanced(p.ethernet(packet)) + p.enhanced(packet, number=1) + p.enhanced(p.sll(packet), number=2)
        path = self.write(octets, "a.pcapng")
        result = run("list", "-o", "ndjson", "--filter", "src port 7000", path)
        self.assertEqual((result.status, [row["frame"] for row in result.rows()]), (0, [4, 5, 6]))
        self.assertEqual(self.counts(path, "--filter", "src port 7000"), (6, 3))
        # Raw IP has no Ethernet addresses.
        result = run("list", "-o", "ndjson", "--filter", "ether src 00:00:00:00:00:00", path)
        self.assertEqual(result.status, 3)
        self.assertIn("2 frames of link type 101, which --filter does not fit", result.err)
        self.assertEqual([row["frame"] for row in result.rows()][0], 1)
        self.assertNotIn(2, [row["frame"] for row in result.rows()])

    def test_nothing_is_silent(self):
        path = self.write(p.pcap([p.ethernet(p.ipv4(p.udp(p.response())))] * 3 + [p.ethernet(bytes(28), 0x0806)]))
        result = run("list", "--filter", "arp", path)
        self.assertEqual((result.status, result.out), (0, b""))
        self.assertIn("4 frames: not read: 3 frames that --filter does not match, the first in frame 1; "
                      "1 frame of EtherType 0x0806", result.err)

    def test_several_filters_must_all_match(self):
        path = self.write(p.pcap([p.ethernet(p.ipv4(p.udp(p.response(), port))) for port in (5060, 7000, 7001)]))
        result = run("list", "-o", "ndjson", "--filter", "src port 7000 or src port 7001", "--filter", "not src port 7000", path)
        self.assertEqual([row["src"] for row in result.rows()], ["192.0.2.1:7001"])

    def test_an_expression_that_cannot_be_read(self):
        for expression in ("udp prt 5060", "port", "(", "len <"):
            result = run("list", "--filter", expression, self.write(b"SIP/2.0 200 OK\n"))
            self.assertEqual((result.status, result.out), (2, b""), expression)
            self.assertIn('--filter: "%s": ' % expression, result.err)

    def test_a_text(self):
        result = run("list", "--filter", "udp", self.write(b"SIP/2.0 200 OK\n"))
        self.assertEqual((result.status, result.out), (3, b""))
        self.assertIn("this is a text", result.err)


if __name__ == "__main__":
    if "built without libpcap" in run("list", "--filter", "tcp", "/dev/null").err:
        skip("this build has no libpcap")
    unittest.main(verbosity=2)
