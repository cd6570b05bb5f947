"""What the tool reads: links, capture formats, text; damaged, hostile and endless inputs."""

import os
import resource
import struct
import subprocess
import tempfile
import unittest

import packets as p
from tool import TOOL, run

OK = p.response()
DATAGRAM = p.ipv4(p.udp(OK))
DATAGRAM_6 = p.ipv6(p.udp(OK))


class Reading(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, octets, name="a.pcap"):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(octets)
        return path

    def listed(self, octets, status=0):
        """The rows of a file with these octets, which must be the same from standard input."""
        path = self.write(octets)
        result = run("list", "-o", "ndjson", path)
        self.assertEqual(result.status, status, result.err)
        piped = run("list", "-o", "ndjson", "-", stdin=octets)
        self.assertEqual(piped.status, status)
        rows, piped_rows = result.rows(), piped.rows()
        for row in piped_rows:
            self.assertEqual(row["file"], "-")
            row["file"] = path
        self.assertEqual(rows, piped_rows)
        return rows

    def assert_refused(self, octets, *words, rows=0, offset=None):
        path = self.write(octets)
        for command in ("list", "check"):
            result = run(command, "-o", "ndjson", path)
            self.assertEqual(result.status, 3, result.err)
            self.assertIn(path + ": ", result.err)
            if offset is not None:
                self.assertIn(f"offset {offset}: ", result.err)
            for word in words:
                self.assertIn(word, result.err)
        self.assertEqual(len(self.listed(octets, 3)), rows)


class Links(Reading):
    def test_each_link_type(self):
        cases = {
            "ethernet": (p.ETHERNET, p.ethernet(DATAGRAM)),
            "ethernet, IPv6": (p.ETHERNET, p.ethernet(DATAGRAM_6, 0x86dd)),
            "802.1Q": (p.ETHERNET, p.ethernet(DATAGRAM, tags=[0x8100])),
            "QinQ": (p.ETHERNET, p.ethernet(DATAGRAM, tags=[0x88a8, 0x8100])),
            "old QinQ, IPv6": (p.ETHERNET, p.ethernet(DATAGRAM_6, 0x86dd, tags=[0x9100, 0x9200, 0x9300, 0x8100])),
            "cooked 1": (p.SLL, p.sll(DATAGRAM)),
            "cooked 1, IPv6": (p.SLL, p.sll(DATAGRAM_6, 0x86dd)),
            "cooked 1, 802.1Q": (p.SLL, p.sll(struct.pack("!HH", 7, 0x0800) + DATAGRAM, 0x8100)),
            "cooked 2": (p.SLL2, p.sll2(DATAGRAM)),
            "cooked 2, IPv6": (p.SLL2, p.sll2(DATAGRAM_6, 0x86dd)),
            "null, little-endian": (p.NULL, struct.pack("<I", 2) + DATAGRAM),
            "null, big-endian": (p.NULL, struct.pack(">I", 2) + DATAGRAM),
            "loop": (p.LOOP, struct.pack(">I", 2) + DATAGRAM),
            "raw": (p.RAW, DATAGRAM),
            "raw, IPv6": (p.RAW, DATAGRAM_6),
            "raw 12": (12, DATAGRAM),
            "raw 14": (14, DATAGRAM_6),
            "IPv4": (p.IPV4, DATAGRAM),
            "IPv6": (p.IPV6, DATAGRAM_6),
        }
        for family in (10, 23, 24, 28, 30):
            cases[f"null, IPv6 as {family}"] = (p.NULL, struct.pack("<I", family) + DATAGRAM_6)
            cases[f"loop, IPv6 as {family}"] = (p.LOOP, struct.pack(">I", family) + DATAGRAM_6)
        for name, (link, packet) in cases.items():
            with self.subTest(name):
                (row,) = self.listed(p.pcap([packet], link))
                self.assertEqual((row["code"], row["reason"], row["transport"]), (200, "OK", "udp"))
                ends = ("192.0.2.1:5060", "192.0.2.2:5080")
                if DATAGRAM_6 in packet:
                    ends = ("[2001:db8::1]:5060", "[2001:db8::2]:5080")
                self.assertEqual((row["src"], row["dst"]), ends)

    def test_ip(self):
        extension = bytes([17, 1]) + bytes(14)
        cases = {
            "IPv4 options": p.ethernet(p.ipv4(p.udp(OK), options=bytes(8))),
            "padding after the packet": p.ethernet(DATAGRAM) + bytes(20),
            "no total length": p.ethernet(p.ipv4(p.udp(OK), total=0)),
            "no UDP length": p.ethernet(p.ipv4(p.udp(OK, length=0))),
            "first fragment": p.ethernet(p.ipv4(p.udp(OK, length=3000), flags=0x2000)),
            "jumbogram": p.ethernet(p.ipv6(p.udp(OK, length=0), length=0), 0x86dd),
            "fragment header": p.ethernet(p.ipv6(bytes([17, 0, 0, 1, 0, 0, 0, 9]) + p.udp(OK), 44), 0x86dd),
            "authentication header": p.ethernet(p.ipv6(bytes([17, 4]) + bytes(22) + p.udp(OK), 51), 0x86dd),
            "several": p.ethernet(p.ipv6(bytes([43, 0]) + bytes(6) + bytes([60, 0]) + bytes(6) + extension + p.udp(OK),
                                         0), 0x86dd),
        }
        for kind in (0, 43, 60, 135, 139, 140):
            cases[f"extension {kind}"] = p.ethernet(p.ipv6(extension + p.udp(OK), kind), 0x86dd)
        for name, packet in cases.items():
            with self.subTest(name):
                (row,) = self.listed(p.pcap([packet]))
                self.assertEqual((row["code"], row["reason"]), (200, "OK"))

    def test_what_is_not_a_response(self):
        cases = {
            "ARP": p.ethernet(bytes(28), 0x0806),
            "later fragment alone": p.ethernet(p.ipv4(bytes(100), flags=1)),
            "TCP": p.ethernet(p.ipv4(p.tcp(b"", source=40000, destination=443), 6)),
            "request": p.ethernet(p.ipv4(p.udp(b"OPTIONS sip:a SIP/2.0\r\n\r\n"))),
            "request that quotes a response": p.ethernet(p.ipv4(p.udp(b"NOTIFY sip:a SIP/2.0\r\n\r\nSIP/2.0 200 OK\r\n"))),
            "SIP without the slash": p.ethernet(p.ipv4(p.udp(b"SIP 2.0 200 OK\r\n\r\n"))),
            "keep-alive": p.ethernet(p.ipv4(p.udp(b"\r\n\r\n"))),
        }
        for name, packet in cases.items():
            with self.subTest(name):
                self.assertEqual(self.listed(p.pcap([packet])), [])

    def test_what_is_left_out_and_looks_like_sip(self):
        """Frames that are not read are counted by kind; with SIP in them the status is 3, never a clean 0."""
        cases = {
            "lost-fragment": p.ethernet(p.ipv4(p.udp(OK), flags=1)),
            "lost-fragment of IPv6": p.ethernet(p.ipv6(bytes([17, 0, 0, 8, 0, 0, 0, 9]) + p.udp(OK), 44), 0x86dd),
            "ip-protocol 50": p.ethernet(p.ipv6(p.udp(OK), 50), 0x86dd),
            "ether-type of ARP": p.ethernet(DATAGRAM, 0x0806),
            "malformed: UDP length below its header": p.ethernet(p.ipv4(p.udp(OK, length=7))),
            "malformed: IPv4 header length below 20": p.ethernet(b"\x44" + DATAGRAM[1:]),
            "malformed: IPv4 total length below its header": p.ethernet(p.ipv4(p.udp(OK), total=19)),
            "malformed: IPv6 in an IPv4 frame": p.ethernet(DATAGRAM_6),
            "malformed: IPv4 in an IPv6 frame": p.ethernet(DATAGRAM, 0x86dd),
            "address-family": struct.pack("<I", 99) + DATAGRAM,
            "malformed: HEP with a chunk of no length": p.ethernet(p.ipv4(p.udp(b"HEP3" + bytes(40) + OK))),
            "wrapped": p.ethernet(p.ipv4(p.udp(b"<189>" + bytes(40) + OK))),
        }
        for name, packet in cases.items():
            with self.subTest(name):
                path = self.write(p.pcap([packet] * 3, p.NULL if name == "address-family" else p.ETHERNET))
                for command in ("list", "check"):
                    result = run(command, "-o", "ndjson", "-q", path)
                    self.assertEqual((result.status, result.rows()), (3, []))
                    self.assertIn(path + ": 3 frames: not read: 3 ", result.err)
                    (summary,) = result.summaries()
                    self.assertEqual((summary["file"], summary["frames"], summary["responses"]), (path, 3, 0))
                    (kind,) = summary["left_out"]
                    self.assertEqual((kind["kind"], kind["count"], kind["first_frame"], kind["looks_like_sip"]),
                                     (name.split()[0].rstrip(":"), 3, 1, 3))

    def test_what_is_left_out_and_is_not_sip(self):
        """Counted and said, but not under --quiet: the status is 0."""
        path = self.write(p.pcap([p.ethernet(bytes(28), 0x0806), p.ethernet(DATAGRAM)]))
        self.assertIn("2 frames: not read: 1 frame of EtherType 0x0806, the first in frame 1", run("list", path).err)
        result = run("check", "-q", path)
        self.assertEqual((result.status, result.err), (0, ""))
        self.assertEqual([len(run("list", "-o", "ndjson", path).summaries())], [1])

    def test_octets_before_the_status_line(self):
        for octets, at in ((b"\0" + OK, 1), (b"-" + OK, 1), (b"\r\n\0" + OK, 3), (b"\n" + OK, 1), (b"\0\0\0\0" + OK, 4),
                           (b"\xef\xbb\xbf" + OK, 3), (b" " + OK, 1)):
            with self.subTest(octets[:8]):
                path = self.write(p.pcap([p.ethernet(p.ipv4(p.udp(octets)))]))
                result = run("check", "-o", "ndjson", path)
                self.assertEqual(result.status, 1)
                (row,) = result.rows()
                self.assertEqual((row["rule"], row["severity"], row["offset"]), ("octets-before-line", "error", 0))
                self.assertIn("%d octet" % at, row["message"])

    def test_what_only_resembles_a_status_line(self):
        """Other protocols hold the same octets; nothing is found and nothing is said."""
        for octets in (b"2.0", b".0 200", b"x2.0", b"2.", b"2.0 ", b"2.0 x", b"2.0 7", b"2.0 2", b"/2.0 2", b" / 2.0 200", b"IP/2.0 200",
                       b"gossip/2.0 200 OK", b"HTTP/2.0 200 OK", b"SIP/2.0 700 x"[4:], b"SIP2.0 200 OK", b"SIP/2.1 200 OK"[1:],
                       b"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOP sip:a", b"INVITE", b"INVITE ", b"INVITE x", b"IN sip:a"):
            with self.subTest(octets):
                result = run("list", self.write(p.pcap([p.ethernet(p.ipv4(p.udp(b"\x80" + octets)))])))
                self.assertEqual((result.status, result.out), (0, b""), result.err)
                self.assertNotIn("not read", result.err)

    def test_tcp_headers(self):
        whole = p.tcp(OK)
        for name, octets in (("short", whole[:19]), ("offset below 5", whole[:12] + b"\x40" + whole[13:]),
                             ("offset after the end", whole[:12] + b"\xf0" + whole[13:24])):
            with self.subTest(name):
                result = run("list", self.write(p.pcap([p.ethernet(p.ipv4(octets, 6))])))
                self.assertIn("malformed header: TCP", result.err)

    def test_blanks_within_the_version(self):
        for octets in (b"SIP / 2.0 200 OK\r\n\r\n", b"SIP /2.0 200 OK\r\n\r\n", b"sip\t/ 2.0\t200 OK\r\n\r\n"):
            with self.subTest(octets):
                path = self.write(p.pcap([p.ethernet(p.ipv4(p.udp(octets)))]))
                result = run("check", "-o", "ndjson", path)
                self.assertEqual((result.status, [row["rule"] for row in result.rows()]), (1, ["not-status-line"]))

    def test_too_many_layers(self):
        """Nobody can tell what is in such a packet."""
        self.assert_refused(p.pcap([p.ethernet(b"", 0x8100, [0x8100] * 300)]), "1 packet with too many layers")

    def test_a_packet_cut_anywhere(self):
        for link, packet in ((p.ETHERNET, p.ethernet(DATAGRAM, tags=[0x8100])), (p.SLL2, p.sll2(DATAGRAM_6, 0x86dd)),
                             (p.ETHERNET, p.ethernet(p.ipv6(bytes([60, 1]) + bytes(14) + bytes([17, 0, 0, 1]) + bytes(4) +
                                                            p.udp(OK), 0), 0x86dd))):
            cuts = range(len(packet) + 1)
            rows = self.listed(p.pcap([packet[:i] for i in cuts], link, original=[len(packet)] * len(cuts)))
            start = packet.index(OK)
            claims = [row["frame"] - 1 for row in rows]
            self.assertEqual(claims, list(range(start + len("SIP/"), len(packet) + 1)))
            for row in rows:
                phrase = OK[:row["frame"] - 1 - start].split(b"\r")[0][12:].decode()
                known = row["frame"] - 1 - start >= 12
                self.assertEqual((row["code"], row["reason"]), (200, phrase) if known else (None, None))
                whole = row["frame"] - 1 - start >= len("SIP/2.0 200 OK\r\n")
                self.assertEqual(row["reason_kind"], "canonical" if whole else None)

    def test_any_port(self):
        (row,) = self.listed(p.pcap([p.ethernet(p.ipv4(p.udp(OK, 1, 65535)))]))
        self.assertEqual((row["src"], row["dst"]), ("192.0.2.1:1", "192.0.2.2:65535"))


class Formats(Reading):
    def test_pcap(self):
        packet = p.ethernet(DATAGRAM)
        for order in "<>":
            for magic, time in ((0xa1b2c3d4, "2023-11-14T22:13:20.000123000Z"), (0xa1b2cd34, "2023-11-14T22:13:20.000123000Z"),
                                (0xa1b23c4d, "2023-11-14T22:13:20.000000123Z")):
                with self.subTest(order=order, magic=hex(magic)):
                    rows = self.listed(p.pcap([packet, b"", packet], order=order, magic=magic, times=[(1700000000, 123)] * 3))
                    self.assertEqual([(row["frame"], row["time"]) for row in rows], [(1, time), (3, time)])

    def test_times(self):
        packet = p.ethernet(DATAGRAM)
        cases = {(0, 0): "1970-01-01T00:00:00.000000000Z", (951782400, 0): "2000-02-29T00:00:00.000000000Z",
                 (951868799, 999999): "2000-02-29T23:59:59.999999000Z", (4107542399, 1): "2100-02-28T23:59:59.000001000Z",
                 (4107542400, 0): "2100-03-01T00:00:00.000000000Z", (0xffffffff, 0): "2106-02-07T06:28:15.000000000Z",
                 (10, 1500000): "1970-01-01T00:00:11.500000000Z", (1704067199, 0): "2023-12-31T23:59:59.000000000Z"}
        rows = self.listed(p.pcap([packet] * len(cases), times=list(cases)))
        self.assertEqual([row["time"] for row in rows], list(cases.values()))

    def test_pcap_before_version_2_3(self):
        packet = p.ethernet(DATAGRAM)
        file = bytearray(p.pcap([packet], original=[len(packet)], minor=2))
        struct.pack_into("<II", file, 32, len(packet) + 50, len(packet))
        self.assertEqual(len(self.listed(bytes(file))), 1)

    def test_pcap_of_version_2_3_with_its_lengths_in_either_order(self):
        packet = p.ethernet(DATAGRAM)
        for captured, original in ((len(packet), len(packet) + 50), (len(packet) + 50, len(packet))):
            file = bytearray(p.pcap([packet], minor=3)) + p.pcap([packet], minor=3)[24:]
            struct.pack_into("<II", file, 32, captured, original)
            self.assertEqual([row["frame"] for row in self.listed(bytes(file))], [1, 2])

    def test_pcapng(self):
        packet = p.ethernet(DATAGRAM)
        for order in "<>":
            with self.subTest(order=order):
                file = p.section(order) + p.block(0x0bad, b"unknown block", order) + \
                    p.interface(options=p.option(2, b"eth0", order), order=order) + \
                    p.interface(p.RAW, order=order) + p.block(5, bytes(12), order) + \
                    p.enhanced(packet, 1_700_000_000_000_001, options=p.option(1, b"comment", order) + bytes(4), order=order) + \
                    p.enhanced(DATAGRAM, 2, 1, order=order) + p.simple(packet, order=order) + \
                    p.obsolete(DATAGRAM, 3_000_000, 1, order=order)
                rows = self.listed(file)
                self.assertEqual([(row["frame"], row["time"]) for row in rows],
                                 [(1, "2023-11-14T22:13:20.000001000Z"), (2, "1970-01-01T00:00:00.000002000Z"), (3, None),
                                  (4, "1970-01-01T00:00:03.000000000Z")])

    def test_pcapng_sections(self):
        file = b"".join(p.section(order) + p.interface(link, order=order) + p.enhanced(packet, 0, order=order)
                        for order, link, packet in (("<", p.ETHERNET, p.ethernet(DATAGRAM)), (">", p.RAW, DATAGRAM_6),
                                                    (">", p.SLL, p.sll(DATAGRAM)), ("<", p.NULL, b"\2\0\0\0" + DATAGRAM)))
        self.assertEqual([row["frame"] for row in self.listed(file)], [1, 2, 3, 4])
        self.assertEqual(self.listed(p.section()), [])

    def test_pcapng_time_units(self):
        second = 1_700_000_000
        cases = [(6, second * 10**6 + 1, 0, "2023-11-14T22:13:20.000001000Z"),
                 (0, second, 0, "2023-11-14T22:13:20.000000000Z"),
                 (3, second * 10**3 + 7, 0, "2023-11-14T22:13:20.007000000Z"),
                 (9, second * 10**9 + 7, 0, "2023-11-14T22:13:20.000000007Z"),
                 (10, second * 10**10 + 79, 0, "2023-11-14T22:13:20.000000007Z"),
                 (19, 5 * 10**18, 0, "1970-01-01T00:00:00.500000000Z"),
                 (127, 2**64 - 1, 0, "1970-01-01T00:00:00.000000000Z"),
                 (0x80, second, 0, "2023-11-14T22:13:20.000000000Z"),
                 (0x80 | 10, second * 1024 + 512, 0, "2023-11-14T22:13:20.500000000Z"),
                 (0x80 | 63, 2**63 + 2**62, 0, "1970-01-01T00:00:01.500000000Z"),
                 (0x80 | 64, 2**63, 0, "1970-01-01T00:00:00.500000000Z"),
                 (0xff, 2**64 - 1, 0, "1970-01-01T00:00:00.000000000Z"),
                 (6, 0, second, "2023-11-14T22:13:20.000000000Z"),
                 (6, 0, -1, "1969-12-31T23:59:59.000000000Z"),
                 (6, 0, -62167219200, "0000-01-01T00:00:00.000000000Z"),
                 (6, 0, -62167219201, None),
                 (6, 0, 253402300799, "9999-12-31T23:59:59.000000000Z"),
                 (6, 0, 253402300800, None),
                 (0, 2**64 - 1, 2**63 - 1, None),
                 (0, 2**63, -2**63, "1970-01-01T00:00:00.000000000Z")]
        for order in "<>":
            file = p.section(order)
            for resolution, _, offset, _ in cases:
                file += p.interface(options=p.option(9, bytes([resolution]), order) +
                                    p.option(14, struct.pack(order + "q", offset), order), order=order)
            for number, (_, ticks, _, _) in enumerate(cases):
                file += p.enhanced(p.ethernet(DATAGRAM), ticks, number, order=order)
            self.assertEqual([row["time"] for row in self.listed(file)], [case[3] for case in cases])

    def test_options_of_another_length_than_theirs_say_nothing_of_time(self):
        for options in (p.option(9, bytes([9, 0])), p.option(14, struct.pack("<i", 1000))):
            file = p.section() + p.interface(options=options) + p.enhanced(p.ethernet(DATAGRAM), 1_000_001)
            self.assertEqual([row["time"] for row in self.listed(file)], ["1970-01-01T00:00:01.000001000Z"])

    def test_a_packet_without_time_is_shown_without(self):
        fine = self.write(p.section() + p.interface() + p.simple(p.ethernet(DATAGRAM)), "a.pcapng")
        listed = run("list", fine)
        self.assertEqual(listed.status, 0, listed.err)
        self.assertEqual(listed.out.decode().split()[:2], [fine + ":1", "-"])
        packet = p.ethernet(p.ipv4(p.udp(p.response(b"SIP/2.0 200\tOK\r\n"))))
        bad = self.write(p.section() + p.interface() + p.simple(packet), "b.pcapng")
        self.assertIn(b"in frame 1, udp 192.0.2.1:5060 > 192.0.2.2:5080:\n", run("check", bad).out)

    def test_simple_packets_take_the_snapshot_length(self):
        packet = p.ethernet(DATAGRAM)
        file = p.section() + p.interface(snap=len(packet) - len(OK) + 14) + p.simple(packet[:len(packet) - len(OK) + 14], len(packet))
        (row,) = self.listed(file)
        self.assertEqual((row["code"], row["reason"], row["reason_kind"], row["time"]), (200, "OK", None, None))

    def test_a_frame_is_counted_whatever_it_is(self):
        rows = self.listed(p.pcap([p.ethernet(DATAGRAM), b"x", p.ethernet(b"", 0x0806), p.ethernet(DATAGRAM)]))
        self.assertEqual([row["frame"] for row in rows], [1, 4])

    def test_larger_than_the_buffer(self):
        packet = p.ethernet(DATAGRAM)
        large = p.ethernet(p.ipv4(p.udp(OK + bytes(60000))))
        count = 60
        rows = self.listed(p.pcap([packet, large, bytes(262144)] * count))
        self.assertEqual([row["frame"] for row in rows], sorted([3 * i + 1 for i in range(count)] + [3 * i + 2 for i in range(count)]))
        unknown = p.block(0x0bad, bytes(5_000_000))
        rows = self.listed(p.section() + unknown + p.interface() + p.enhanced(packet) + unknown + p.enhanced(packet))
        self.assertEqual([row["frame"] for row in rows], [1, 2])


class Damaged(Reading):
    def test_pcap_cut_at_every_octet(self):
        packet = p.ethernet(p.ipv4(p.udp(b"SIP/2.0 200 OK\r\n\r\n")))
        file = p.pcap([packet, packet])
        ends = {24: 0, 24 + 16 + len(packet): 1, len(file): 2}
        self.cut_everywhere(file, ends, at_least=4)

    def test_pcapng_cut_at_every_octet(self):
        packet = p.ethernet(p.ipv4(p.udp(b"SIP/2.0 200 OK\r\n\r\n")))
        blocks = [p.section(), p.interface(options=p.option(9, b"\x09")), p.enhanced(packet), p.simple(packet), p.obsolete(packet)]
        ends, at = {}, 0
        for i, block in enumerate(blocks):
            at += len(block)
            ends[at] = max(0, i - 1)
        self.cut_everywhere(b"".join(blocks), ends, at_least=4)

    def cut_everywhere(self, file, ends, at_least):
        last = 0
        for size in range(at_least, len(file) + 1):
            path = self.write(file[:size])
            result = run("list", "-o", "ndjson", path)
            rows = result.rows()
            whole = [row for row in rows if row["reason_kind"] == "canonical"]
            self.assertGreaterEqual(len(whole), last, size)
            last = len(whole)
            if size in ends:
                self.assertEqual((result.status, len(whole)), (0, ends[size]), size)
            else:
                self.assertEqual(result.status, 3, size)
                self.assertRegex(result.err, r"a\.pcap: offset \d+: the file ends within ")

    def test_the_last_packet_is_read_as_far_as_it_goes(self):
        file = p.pcap([p.ethernet(p.ipv4(p.udp(OK)))])
        file = file[:file.index(b"200 OK") + 5]
        self.assert_refused(file, "the file ends within packet 1", rows=1, offset=24)
        result = run("check", "-o", "ndjson", "-", stdin=file)
        self.assertEqual([row["rule"] for row in result.rows()], ["cut-by-file"])
        self.assertEqual(result.status, 3)

    def test_hostile_pcap_lengths(self):
        good = p.pcap([p.ethernet(DATAGRAM)])
        for length in (262145, 0x7fffffff, 0x80000000, 0xffffffff):
            self.assert_refused(good + struct.pack("<IIII", 0, 0, length, length) + bytes(100), "damaged", str(length), rows=1,
                                offset=len(good))

    def test_hostile_pcapng(self):
        head = p.section() + p.interface()
        good = head + p.enhanced(p.ethernet(DATAGRAM))
        at = len(good)
        cases = {
            "length 0": (struct.pack("<II", 6, 0), "length of 0"),
            "length 8": (struct.pack("<II", 6, 8), "length of 8"),
            "length of no word": (struct.pack("<II", 6, 33), "length of 33"),
            "longest": (struct.pack("<II", 6, 0xfffffffc) + bytes(40), "interface"),
            "longest unknown": (struct.pack("<II", 99, 0xfffffffc) + bytes(40), "the file ends within"),
            "captured above all": (p.block(6, struct.pack("<IIIII", 0, 0, 0, 0xffffffff, 9)), "4294967295"),
            "captured above the block": (p.block(6, struct.pack("<IIIII", 0, 0, 0, 400, 9)), "400 octets, more than its block"),
            "no such interface": (p.enhanced(b"", number=1), "interface 1, of 1"),
            "block too short": (p.block(6, bytes(16)), "too short"),
            "trailing length": (p.enhanced(b"")[:-4] + struct.pack("<I", 44), "before and 44 after"),
            "option beyond its block": (p.block(1, struct.pack("<HHIHH", 1, 0, 0, 9, 0xffff)), "too short"),
            "section without magic": (struct.pack("<III", 0x0a0d0d0a, 28, 7) + bytes(20), "section header"),
            "section of version 2": (p.section(major=2), "version 2.0"),
        }
        for name, (block, words) in cases.items():
            with self.subTest(name):
                octets = good + block + bytes(4) if len(block) < 12 else good + block
                octets += bytes(40)
                if name == "longest":
                    octets = good + struct.pack("<IIIIIII", 6, 0xfffffffc, 5, 0, 0, 0, 0)
                rows = self.listed(octets, 3)
                self.assertEqual(len(rows), 1)
                self.assert_refused(octets, words, rows=1)
        many = p.section() + p.interface() * 65537
        self.assert_refused(many, "65536 interfaces")
        self.assertEqual(run("list", self.write(p.section() + p.interface() * 65536)).status, 0)
        self.assertEqual(at, len(good))

    def test_pcap_version(self):
        self.assert_refused(struct.pack("<IHHiIII", 0xa1b2c3d4, 3, 0, 0, 0, 0, 1), "version 3.0", offset=4)

    def test_link_types(self):
        file = p.section() + p.interface() + p.interface(105) + p.interface(147) + \
            p.enhanced(b"wifi", number=1) + p.enhanced(p.ethernet(DATAGRAM)) + p.enhanced(b"wifi", number=1) + p.enhanced(b"", number=2)
        self.assert_refused(file, "4 frames: not read: 2 frames of link type 105: IEEE 802.11, the first in frame 1; "
                            "1 frame of link type 147, the first in frame 4", rows=1)
        self.assertEqual(run("list", self.write(file)).err.count("link type 105"), 1)
        # An interface that gave no packets is nobody's loss.
        self.assertEqual(len(self.listed(p.section() + p.interface() + p.interface(105) + p.enhanced(p.ethernet(DATAGRAM)))), 1)
        self.assert_refused(p.pcap([b"wifi"] * 2, 105), "2 frames: not read: 2 frames of link type 105")

    def test_what_is_no_capture(self):
        for octets, words in ((b"", "empty"), (b"\x7fELF\x02\x01\x01\x00rest", "7f 45 4c 46"), (b"\x1f\x8b\x08\x00", "gzip"),
                              (b"\x28\xb5\x2f\xfd\x00", "zstd"), (b"\xfd7zXZ\x00", "xz"), (b"BZh91", "bzip2"),
                              (b"snoop\0\0\0\0\0\0\2", "snoop"), (b"PK\3\4rest", "zip"), (b"\x04\x22\x4d\x18x", "lz4"),
                              (bytes(600), "00 00 00 00"), (b"\xff\xff\xfeS\0I\0P", "ff ff fe"), (b"\xa1\xb2\xc3\x00abcd\x01", "a1 b2 c3 00")):
            with self.subTest(words):
                self.assert_refused(octets, words, offset=0)

    def test_what_cannot_be_opened(self):
        good = self.write(p.pcap([p.ethernet(DATAGRAM)]))
        for path, words in ((self.folder + "/none", "No such file"), (self.folder, "a folder: add --recursive")):
            result = run("list", "-o", "ndjson", good, path, good)
            self.assertEqual((result.status, len(result.rows())), (3, 2))
            self.assertIn(f"sipstatus: {path}: {words}", result.err)

    def test_what_cannot_be_read(self):
        """Opened, and no octet can be read of it."""
        result = run("list", "/proc/self/mem")
        self.assertEqual((result.status, result.out), (3, b""))
        self.assertRegex(result.err, "^sipstatus: /proc/self/mem: Input/output error")

    def test_permission(self):
        path = self.write(p.pcap([p.ethernet(DATAGRAM)]))
        os.chmod(path, 0)
        user = {}
        if os.geteuid() == 0:
            os.chmod(self.folder, 0o755)
            user = {"user": 65534, "group": 65534, "extra_groups": []}
            try:
                run("--version", **user)
            except OSError:
                self.skipTest("root reads everything, and others may not run the tool")
        result = run("list", path, **user)
        self.assertEqual((result.status, result.out), (3, b""))
        self.assertIn("Permission denied", result.err)


class Text(Reading):
    def test_line_ends_are_framing(self):
        lines = [b"SIP/2.0 200 OK", b"SIP/2.0 486 Busy Here", b"SIP/2.0 404 "]
        wanted = [(1, 200, "OK", []), (2, 486, "Busy Here", []), (3, 404, "", [])]
        for end in (b"\n", b"\r\n"):
            for last in (end, b""):
                rows = self.listed(end.join(lines) + last)
                self.assertEqual([(r["frame"], r["code"], r["reason"], r["deviations"]) for r in rows], wanted)
        for row in rows:
            self.assertEqual([row[key] for key in ("time", "transport", "src", "dst")], [None] * 4)
        self.assertEqual(self.listed(b"SIP/2.0 404\n")[0]["deviations"], ["missing-separator"])
        self.assertEqual(len(self.listed(b"\r\nSIP/2.0 200 OK\r")), 1)

    def test_blank_lines(self):
        rows = self.listed(b"\n\r\n  \nSIP/2.0 200 OK\n\n\t\nSIP/2.0 200 OK\n\n")
        self.assertEqual([row["frame"] for row in rows], [4, 7])
        self.assertEqual(self.listed(b"\n\n", 3), [])

    def test_every_line_claims_to_be_one(self):
        result = run("check", "-o", "ndjson", "-", stdin=b"hello\nSIP/2.0 200 OK\n 200 OK\n")
        self.assertEqual([(r["frame"], r["severity"], r["rule"], r["offset"], r["line"]) for r in result.rows()],
                         [(1, "error", "not-status-line", 0, "hello"), (3, "error", "not-status-line", 0, " 200 OK")])
        self.assertEqual(result.status, 1)
        self.assertIn("3 responses: 2 errors, 0 warnings, 0 notes", result.err)
        listed = run("list", "-", stdin=b"hello\nSIP/2.0 200 OK\n")
        self.assertEqual((listed.status, listed.out.count(b"\n")), (0, 1))
        self.assertIn("1 message left out", listed.err)

    def test_byte_order_mark(self):
        self.assertEqual(len(self.listed(b"\xef\xbb\xbfSIP/2.0 200 OK\n")), 1)

    def test_blanks_and_line_ends_are_no_controls_of_a_first_line(self):
        self.assertEqual([row["frame"] for row in self.listed(b"a log\tof calls\r\nSIP/2.0 200 OK\n")], [2])
        for octet in b"\0\x0b\x1b\x7f\xfe\xff":
            self.assertEqual(run("list", "-", stdin=b"a log" + bytes([octet]) + b"\nSIP/2.0 200 OK\n").status, 3)

    def test_any_octet_in_a_phrase(self):
        for octet in range(256):
            if octet in b"\r\n":
                continue
            text = b"SIP/2.0 200 a" + bytes([octet]) + b"b\n"
            row = run("list", "-o", "ndjson", "-", stdin=text).rows()[0]
            phrase = b"a" + bytes([octet]) + b"b"
            self.assertEqual(row["reason"], phrase.decode("utf-8", "replace"))
            self.assertEqual(row.get("reason_hex"), phrase.hex() if octet >= 0x80 else None)

    def test_octets_that_are_not_utf8(self):
        for phrase in (b"\xc0\xaf", b"\xe2\x82", b"\xe2\x82x", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80",
                       b"x\xf1\x80\x80\xe1\x80\xc2\x61\x80\x62\x80\x80\x63", b"\xfe\xff"):
            with self.subTest(phrase):
                (row,) = self.listed(b"SIP/2.0 200 " + phrase + b"\n")
                self.assertEqual((row["reason"], row["reason_hex"]), (phrase.decode("utf-8", "replace"), phrase.hex()))
                self.assertLess(list(row).index("reason"), list(row).index("reason_hex"))
                found = run("check", "-o", "ndjson", "-", stdin=b"SIP/2.0 200 " + phrase + b"\n").rows()[0]
                self.assertEqual(found["line_hex"], (b"SIP/2.0 200 " + phrase).hex())

    def test_cr_within_a_line(self):
        for line, offset in ((b"SIP/2.0 200 O\rK", 14), (b"SIP/2.0 200 OK\r", 15)):
            (found,) = run("check", "-o", "ndjson", "-", stdin=line + b"\r\n").rows()
            self.assertEqual((found["rule"], found["offset"], found["line"]), ("bad-line-end", offset, line.decode()))

    def test_long_lines(self):
        head = b"SIP/2.0 200 "
        whole = head + b"x" * (65535 - len(head))
        for end in (b"\n", b"\r\n"):
            rows = self.listed(b"SIP/2.0 100 Trying" + end + whole + end + b"SIP/2.0 200 OK")
            self.assertEqual([(r["frame"], len(r["reason"])) for r in rows], [(1, 6), (2, 65535 - len(head)), (3, 2)])
            for longer in (1, 2, 3, 4, 1 << 20, 5 << 20):
                text = whole + b"x" * longer + end + b"SIP/2.0 200 OK" + end
                found = run("check", "-o", "ndjson", "-", stdin=text)
                (row,) = found.rows()
                self.assertEqual((row["frame"], row["rule"], row["offset"]), (1, "line-too-long", 65535))
                self.assertIn("2 responses", found.err)


class Endless(Reading):
    """Memory must not grow with the input: an address space of 64 MiB has to do for 200 MB of it."""

    def feed(self, head, chunk, count, *arguments):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (64 << 20, 64 << 20))

        with subprocess.Popen([TOOL, *arguments, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              preexec_fn=limit) as tool:
            tool.stdin.write(head)
            for _ in range(count):
                tool.stdin.write(chunk)
            tool.stdin.close()
            err = tool.stderr.read().decode()
            return tool.wait(), err

    def setUp(self):
        super().setUp()
        if subprocess.run([TOOL, "--version"], capture_output=True,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (64 << 20, 64 << 20))).returncode != 0:
            self.skipTest("a sanitizer needs more address space than the limit leaves")

    def test_pcap(self):
        body = p.pcap([p.ethernet(p.ipv4(p.udp(p.response() + bytes(600))))] * 2000)
        status, err = self.feed(body[:24], body[24:], 200 * 10**6 // len(body) + 1, "check")
        self.assertEqual(status, 0, err)
        self.assertRegex(err, r"^sipstatus: \d{6} responses: 0 errors, 0 warnings, 0 notes")

    def test_pcapng(self):
        chunk = p.enhanced(p.ethernet(p.ipv4(p.udp(p.response() + bytes(600))))) * 1000 + p.section() + p.interface()
        status, err = self.feed(p.section() + p.interface(), chunk, 50 * 10**6 // len(chunk), "list", "-o", "ndjson")
        self.assertEqual((status, err), (0, ""))

    def test_text(self):
        status, err = self.feed(b"SIP/2.0 200 ", b"x" * 10**6, 200, "check")
        self.assertEqual(status, 1, err)
        status, err = self.feed(b"", b"SIP/2.0 200 OK\n\n\n" * 10**5, 30, "list")
        self.assertEqual((status, err), (0, ""))


if __name__ == "__main__":
    unittest.main(verbosity=2)
