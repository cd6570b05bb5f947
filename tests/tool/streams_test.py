"""TCP, SCTP, WebSocket and fragments of IP: what is put together, what is missing, and what is said about it."""

import os
import struct
import tempfile
import unittest

import packets as p
from tool import run

CLIENT, SERVER = "192.0.2.1", "192.0.2.2"


def message(line, length="Content-Length: 0", body=b"", more=""):
    return f"{line}\r\nVia: SIP/2.0/TCP 192.0.2.1\r\n{more}{length}\r\n\r\n".encode().replace(b"\r\n\r\n\r\n", b"\r\n\r\n") + body


RINGING, OK, BUSY = (message("SIP/2.0 " + line) for line in ("180 Ringing", "200 OK", "486 Busy Here"))
SYN, FIN, RST, PUSH = 0x02, 0x11, 0x04, 0x18


class Stream:
    """One direction of a connection. Packets with a place in the stream: offsets from its first octet."""

    def __init__(self, source=5060, destination=40000, start=1000):
        self.source, self.destination, self.start = source, destination, start

    def part(self, offset, octets, flags=PUSH):
        sequence = (self.start + 1 + offset) & 0xffffffff
        return p.ethernet(p.ipv4(p.tcp(octets, self.source, self.destination, sequence, flags), 6))

    def syn(self):
        return self.part(-1, b"", SYN)


class Streams(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "a.pcap")

    def read(self, packets, *options, command="list", **how):
        with open(self.path, "wb") as file:
            file.write(p.pcap(packets, **how))
        return run(command, "-o", "ndjson", *options, self.path)

    def codes(self, packets, status=0, **how):
        result = self.read(packets, **how)
        self.assertEqual(result.status, status, result.err)
        return [row["code"] for row in result.rows()]

    def left_out(self, result):
        (summary,) = result.summaries()
        self.assertEqual(summary["frames"], summary["frames_read"] + sum(
            kind["count"] for kind in summary["left_out"] if kind["unit"] == "frame"))
        return {kind["kind"]: kind["count"] for kind in summary["left_out"]}

    def rules(self, packets, *options):
        return [row["rule"] for row in self.read(packets, *options, command="check").rows()]


class Tcp(Streams):
    def test_in_any_order(self):
        s = Stream()
        octets = RINGING + OK + BUSY
        parts = [s.part(at, octets[at:at + 40]) for at in range(0, len(octets), 40)]
        for order in (parts, parts[::-1], parts[1::2] + parts[::2], [one for part in parts for one in (part, part)]):
            self.assertEqual(self.codes([s.syn()] + order), [180, 200, 486])

    def test_numbers_wrap(self):
        s = Stream(start=0xffffffff - 50)
        octets = RINGING + OK + BUSY
        self.assertEqual(self.codes([s.syn()] + [s.part(at, octets[at:at + 30]) for at in range(0, len(octets), 30)]),
                         [180, 200, 486])

    def test_a_repetition_after_the_end_is_no_response(self):
        s = Stream()
        for last in (FIN, RST):
            self.assertEqual(self.codes([s.syn(), s.part(0, OK), s.part(len(OK), b"", last), s.part(0, OK)]), [200])

    def test_the_same_ports_again(self):
        first, second = Stream(start=1000), Stream(start=5000)
        packets = [s.syn() if at is None else s.part(0, OK) for s in (first, second) for at in (None, 0)]
        self.assertEqual(self.codes(packets), [200, 200])
        # A SYN that comes again begins nothing.
        self.assertEqual(self.codes([first.syn(), first.part(0, OK), first.syn(), first.part(0, OK)]), [200])

    def test_the_end_comes_before_the_last_octets(self):
        s = Stream()
        self.assertEqual(self.codes([s.syn(), s.part(0, OK[:20]), s.part(len(OK), b"", FIN), s.part(20, OK[20:])]), [200])

    def test_joined_in_the_middle(self):
        s = Stream()
        self.assertEqual(self.codes([s.part(0, b"tag=a\r\nContent-Length: 0\r\n\r\n" + OK)]), [200])
        self.assertEqual(self.codes([s.part(0, b"a=sendrecv\r\n"), s.part(12, BUSY[:5]), s.part(17, BUSY[5:])]), [486])

    def test_other_octets_at_the_same_place(self):
        s = Stream()
        other = OK.replace(b"200 OK", b"503 No")
        packets = [s.syn(), s.part(0, OK[:60]), s.part(0, other[:60]), s.part(60, OK[60:])]
        self.assertEqual(self.codes(packets), [200])
        self.assertIn("conflicting-overlap", self.rules(packets))
        # So too where the first ones had to wait.
        packets = [s.syn(), s.part(4, OK[4:60]), s.part(0, other[:60]), s.part(60, OK[60:])]
        self.assertEqual(self.codes(packets), [200])
        self.assertIn("conflicting-overlap", self.rules(packets))
        self.assertNotIn("conflicting-overlap", self.rules([s.syn(), s.part(0, OK[:60]), s.part(0, OK)]))

    def test_a_gap(self):
        s = Stream()
        octets = RINGING + OK + BUSY
        at = len(RINGING) + 10
        result = self.read([s.syn(), s.part(0, octets[:at]), s.part(at + 30, octets[at + 30:])])
        # The line of 200 is cut, and says so; after it the next start line begins a message.
        self.assertEqual([row["code"] for row in result.rows()], [180, None, 486])
        self.assertEqual((result.status, self.left_out(result)), (3, {"tcp-gap": 1}))
        self.assertIn("1 gap in a TCP stream with SIP", result.err)

    def test_a_gap_within_a_body(self):
        s = Stream()
        body = b"v=0\r\n" * 400
        first = message("SIP/2.0 183 Session Progress", "Content-Length: %d" % len(body), body)
        octets = first + OK
        self.assertEqual(self.codes([s.syn(), s.part(0, octets[:300]), s.part(900, octets[900:])]), [183, 200])

    def test_segments_cut_by_the_snapshot_length(self):
        s = Stream()
        packets = [s.syn(), s.part(0, RINGING + b"x" * 0), s.part(len(RINGING), OK), s.part(len(RINGING + OK), BUSY)]
        cut = [packet[:54 + 30] for packet in packets]
        rows = self.read(cut, original=[len(packet) for packet in packets]).rows()
        self.assertEqual([row["code"] for row in rows], [180, 200, 486])

    def test_many_at_a_time(self):
        streams = [Stream(destination=10000 + n) for n in range(300)]
        packets = [s.syn() for s in streams]
        packets += [s.part(at, OK[at:at + 25]) for at in range(0, len(OK), 25) for s in streams]
        self.assertEqual(self.codes(packets), [200] * 300)

    def test_tls(self):
        for port, status in ((5061, 3), (443, 0)):
            s = Stream(source=port)
            result = self.read([s.syn(), s.part(0, b"\x16\x03\x03\0\x05hello"), s.part(10, b"\x17\x03\x03\0\x02aa")])
            self.assertEqual((result.status, self.left_out(result)), (status, {"tls": 2}))
            self.assertIn("of TLS on port %d, not readable without keys" % port, result.err)

    def test_http(self):
        s = Stream(source=80)
        self.assertEqual(self.codes([s.syn(), s.part(0, b"HTTP/1.1 200 OK\r\n\r\nSIP/2.0 200 OK\r\n\r\n")]), [])


class Framing(Streams):
    def stream(self, octets, *options, command="list"):
        s = Stream()
        return self.read([s.syn(), s.part(0, octets)], *options, command=command)

    def assert_codes(self, octets, codes):
        whole = [row["code"] for row in self.stream(octets).rows()]
        s = Stream()
        bytewise = self.codes([s.syn()] + [s.part(at, octets[at:at + 1]) for at in range(len(octets))])
        self.assertEqual((whole, bytewise), (codes, codes))

    def test_spellings_of_content_length(self):
        for length in ("Content-Length: 5", "l: 5", "L:5", "CONTENT-LENGTH \t:  5", "Content-Length:\r\n 5", "content-length: 00005"):
            with self.subTest(length):
                self.assert_codes(message("SIP/2.0 200 OK", length, b"12345") + BUSY, [200, 486])

    def test_keep_alives(self):
        self.assert_codes(b"\r\n\r\n" + RINGING + b"\r\n\r\n\r\n" + OK + b"\r\n" + BUSY, [180, 200, 486])

    def test_a_body_may_hold_a_status_line(self):
        body = b"\r\n" + BUSY
        self.assert_codes(message("SIP/2.0 200 OK", "Content-Length: %d" % len(body), body, "c: message/sip\r\n") + OK, [200, 200])

    def test_no_content_length(self):
        octets = message("SIP/2.0 200 OK", "", b"v=0\r\no=- 1 1\r\n") + BUSY
        self.assert_codes(octets, [200, 486])
        self.assertEqual([row["rule"] for row in self.stream(octets, command="check").rows()], ["content-length-missing"])

    def test_wrong_content_length(self):
        short = message("SIP/2.0 200 OK", "Content-Length: 3", b"v=0\r\no=- 1 1\r\n") + BUSY
        long = message("SIP/2.0 200 OK", "Content-Length: 900", b"v=0\r\n") + BUSY
        for octets in (short, long):
            result = self.stream(octets)
            self.assertEqual([row["code"] for row in result.rows()], [200, 486])
            self.assertEqual(self.left_out(result), {"content-length": 1})
            self.assertIn("1 message with a wrong Content-Length", result.err)

    def test_datagrams(self):
        def rules(octets):
            return self.rules([p.ethernet(p.ipv4(p.udp(octets)))])
        self.assertEqual(rules(OK), [])
        self.assertEqual(rules(OK + b"\r\n\r\n"), [])
        self.assertEqual(rules(OK + BUSY), ["second-message"])
        self.assertEqual(rules(OK + b"rest"), ["octets-after-body"])
        self.assertEqual(rules(message("SIP/2.0 200 OK", "l: 9", b"1234")), ["content-length-too-long"])

    def test_sipfrag(self):
        body = b"SIP/2.0 603 Declined"
        notify = message("NOTIFY sip:a@example.com SIP/2.0", "Content-Length: %d" % len(body), body,
                         "Content-Type: message/sipfrag;version=2.0\r\n")
        for packets in ([p.ethernet(p.ipv4(p.udp(notify)))],
                        [Stream().syn(), Stream().part(0, notify[:-4]), Stream().part(len(notify) - 4, notify[-4:] + OK)]):
            self.assertNotIn(603, self.codes(packets))
            rows = self.read(packets, "--sipfrag").rows()
            self.assertEqual((rows[0]["code"], rows[0]["reason"], rows[0]["sipfrag"]), (603, "Declined", True))
            self.assertIn("sipfrag", self.rules(packets, "--sipfrag"))


class WebSocket(Streams):
    UPGRADE = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: sip\r\n\r\n"
    SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\n\r\n"

    @staticmethod
    def frame(payload, code=1, final=True, mask=b""):
        length = len(payload)
        size = struct.pack("!B", length) if length < 126 else struct.pack("!BH", 126, length) if length < 65536 else \
            struct.pack("!BQ", 127, length)
        head = bytes([(0x80 if final else 0) | code, size[0] | (0x80 if mask else 0)]) + size[1:] + mask
        return head + (bytes(octet ^ mask[i % 4] for i, octet in enumerate(payload)) if mask else payload)

    def test_frames(self):
        frame = self.frame
        body = message("SIP/2.0 183 Session Progress", "Content-Length: 70000", b"x" * 70000)
        octets = self.SWITCHED + frame(RINGING) + frame(b"\r\n\r\n") + frame(b"", 9) + \
            frame(OK[:9], final=False) + frame(b"ping", 9) + frame(OK[9:30], 0, False) + frame(OK[30:], 0) + \
            frame(body, 2) + frame(BUSY, 2)
        for size in (1, 7, 1460):
            s = Stream(source=80)
            # The large body need not come octet by octet.
            cuts = [*range(0, 600, size), *range(600, len(octets), 1460)] if size == 1 else range(0, len(octets), size)
            parts = [s.part(at, octets[at:end]) for at, end in zip(cuts, [*cuts[1:], len(octets)])]
            rows = self.read([s.syn()] + parts).rows()
            self.assertEqual([(row["code"], row["transport"]) for row in rows],
                             [(180, "ws"), (200, "ws"), (183, "ws"), (486, "ws")])

    def test_masked(self):
        s = Stream(source=40000, destination=80)
        self.assertEqual(self.codes([s.syn(), s.part(0, self.UPGRADE + self.frame(OK, mask=b"abcd") +
                                                     self.frame(BUSY, mask=b"\0\xff\1\2"))]), [200, 486])

    def test_joined_in_the_middle(self):
        s = Stream(source=8088)
        first = self.frame(OK, mask=b"wxyz")
        self.assertEqual(self.codes([s.part(0, first), s.part(len(first), self.frame(BUSY))]), [200, 486])


class Sctp(Streams):
    @staticmethod
    def packet(*chunks):
        return p.ethernet(p.ipv4(struct.pack("!HHII", 5060, 5060, 1, 0) + b"".join(chunks), 132))

    @staticmethod
    def data(number, octets, flags=3):
        return p.pad(struct.pack("!BBHIHHI", 0, flags, 16 + len(octets), number, 0, 0, 0) + octets)

    def test_chunks(self):
        data, packet = self.data, self.packet
        first, middle, last = data(7, OK[:20], 2), data(8, OK[20:50], 0), data(9, OK[50:], 1)
        self.assertEqual(self.codes([packet(data(5, RINGING), data(6, BUSY))]), [180, 486])
        self.assertEqual(self.codes([packet(data(5, RINGING)), packet(data(5, RINGING))]), [180])
        for order in ([first, middle, last], [last, middle, first], [middle, first, first, last, last]):
            self.assertEqual(self.codes([packet(chunk) for chunk in order]), [200])

    def test_a_chunk_is_missing(self):
        result = self.read([self.packet(self.data(7, OK[:40], 2)), self.packet(self.data(9, OK[60:], 1))])
        self.assertEqual([row["code"] for row in result.rows()], [200])
        self.assertEqual(self.left_out(result), {"sctp-fragment": 1})


class Fragments(Streams):
    @staticmethod
    def fragments(octets, size=64):
        datagram = p.udp(octets)
        return [p.ethernet(p.ipv4(datagram[at:at + size], flags=at // 8 | (0x2000 if at + size < len(datagram) else 0)))
                for at in range(0, len(datagram), size)]

    def test_in_any_order(self):
        parts = self.fragments(message("SIP/2.0 200 OK", more="Subject: %s\r\n" % ("x" * 400)))
        for order in (parts, parts[::-1], parts[1::2] + parts[::2], parts[:3] + parts):
            self.assertEqual(self.codes(order), [200])

    def test_the_last_is_missing(self):
        parts = self.fragments(message("SIP/2.0 200 OK", more="Subject: %s\r\n" % ("x" * 400)))
        self.assertEqual(self.codes(parts[:-1]), [200])
        result = self.read([parts[0], parts[2]])
        self.assertEqual([row["code"] for row in result.rows()], [200])
        self.assertEqual(self.left_out(result), {"lost-fragment": 1})

    def test_other_octets_at_the_same_place(self):
        octets = message("SIP/2.0 200 OK", more="Subject: %s\r\n" % ("x" * 400))
        parts, others = self.fragments(octets), self.fragments(octets.replace(b"x", b"y"))
        self.assertIn("conflicting-overlap", self.rules([parts[0], parts[2], others[2], parts[1], *parts[3:]]))
        self.assertEqual(self.rules(parts + parts), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
