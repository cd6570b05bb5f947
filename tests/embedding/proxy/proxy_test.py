#!/usr/bin/env python3
"""The forking proxy, by sockets: what it relays for forks, hostile responses, streams in pieces.

Environment: SIPSTATUS_PROXY, the program.
"""
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import unittest
from random import Random

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import sip  # noqa: E402

PROGRAM = os.environ.get("SIPSTATUS_PROXY") or sip.skip("SIPSTATUS_PROXY is not set")
NETWORK_BLOCKED = b"SIP/2.0 603 Network Blocked\r\n"
BLOCKED_REASON = ('Reason: SIP;cause=603;text="v=analytics1;url=https://example.com/r;tel=+12015550123;'
                  'email=r@example.com;id=7\\"x";location=LN')


class Proxy(sip.Process):
    def __init__(self, targets, *options):
        self.port = sip.free_port()
        arguments = [PROGRAM, "--port", self.port]
        for target in targets:
            arguments += ["--target", target]
        super().__init__([*arguments, *options], lambda: sip.answers(self.port))

    def stop(self):
        """It must end by itself, without a word of a sanitizer."""
        super().stop()
        assert self.process.returncode == 0, f"status {self.process.returncode}\n{self.log_text}"


class Party:
    """A socket of one end, and what it does with messages."""

    def __init__(self):
        self.socket = sip.udp_socket(3)
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.from_ = None

    def close(self):
        self.socket.close()

    def receive(self, start=b"", code=None):
        """The next message that begins so; others are passed over."""
        while True:
            octets, self.from_ = self.socket.recvfrom(65535)
            if octets.startswith(start) and not octets.startswith(b"SIP/2.0 100"):
                return octets

    def silent(self, seconds=0.3):
        """What comes within a time, as first lines."""
        lines = []
        self.socket.settimeout(seconds)
        try:
            while True:
                octets = self.socket.recv(65535)
                if not octets.startswith(b"SIP/2.0 100"):
                    lines.append(octets.split(b"\r\n")[0])
        except TimeoutError:
            return lines
        finally:
            self.socket.settimeout(3)


class Fork(unittest.TestCase):
    options = ()
    callees = 2

    def setUp(self):
        self.parties = [Party() for _ in range(self.callees)]
        self.caller = Party()
        self.proxy = Proxy([party.address for party in self.parties], *self.options)
        self.proxy.__enter__()
        self.count = 0
        # The OPTIONS by which the start was seen.
        for party in self.parties:
            party.silent(0.05)

    def tearDown(self):
        self.proxy.stop()
        for party in (*self.parties, self.caller):
            party.close()

    def call(self, method="INVITE", parties=None):
        """Sends a request; the requests that the callees get, with what sends a reply to each."""
        self.count += 1
        self.request = sip.request(method, "sip:callee@127.0.0.1", self.caller.socket, f"call-{self.count}")
        self.caller.socket.sendto(self.request, ("127.0.0.1", self.proxy.port))
        return [self.taken(party, method) for party in (self.parties if parties is None else parties)]

    def taken(self, party, method="INVITE"):
        received = party.receive(method.encode())
        tag = party.address.replace(":", "-")

        def answer(line, headers=()):
            party.socket.sendto(sip.reply(line, received, tag, headers), ("127.0.0.1", self.proxy.port))
        answer.request = received
        return answer

    def cancel(self):
        octets = self.request.replace(b"INVITE", b"CANCEL")
        self.caller.socket.sendto(octets, ("127.0.0.1", self.proxy.port))

    def ack(self, response):
        to = sip.header(response, "To")[0]
        octets = self.request.replace(b"INVITE", b"ACK")
        octets = re.sub(rb"\r\nTo: [^\r]*", b"\r\nTo: " + to.encode(), octets)
        self.caller.socket.sendto(octets, ("127.0.0.1", self.proxy.port))


class Choosing(Fork):
    def test_best_of_two_in_either_order(self):
        # RFC 3261 section 16.7 item 6, one sentence each.
        rows = ((486, 600, 600), (404, 302, 302), (500, 486, 486), (404, 407, 407), (503, 404, 404), (503, 503, 500),
                (480, 486, 486), (301, 603, 603))
        for first, second, best in rows:
            for codes in ((first, second), (second, first)):
                with self.subTest(codes=codes):
                    answers = self.call()
                    for answer, code in zip(answers, codes):
                        answer(f"SIP/2.0 {code} X\r\n".encode())
                    got = self.caller.receive(b"SIP/2.0 ")
                    self.assertEqual(int(got[8:11]), best)
                    self.ack(got)
                    for party in self.parties:
                        self.assertTrue(party.receive(b"ACK").startswith(b"ACK sip:callee@" + party.address.encode()))

    def test_challenges_of_both(self):
        one, two = self.call()
        two(b"SIP/2.0 407 X\r\n", ['Proxy-Authenticate: Digest realm="b1"', 'Proxy-Authenticate: Digest realm="b2"'])
        one(b"SIP/2.0 401 X\r\n", ['WWW-Authenticate: Digest realm="a1"', 'WWW-Authenticate: Digest realm="a2"'])
        got = self.caller.receive(b"SIP/2.0 4")
        self.ack(got)
        self.assertEqual(sip.header(got, "WWW-Authenticate"), ['Digest realm="a1"', 'Digest realm="a2"'])
        self.assertEqual(sip.header(got, "Proxy-Authenticate"), ['Digest realm="b1"', 'Digest realm="b2"'])

    def test_first_2xx_cancels_and_a_second_goes_too(self):
        one, two = self.call()
        two(b"SIP/2.0 180 Ringing\r\n")
        self.assertTrue(self.caller.receive(b"SIP/2.0 180 Ringing\r\n"))
        one(b"SIP/2.0 200 OK\r\n")
        self.assertTrue(self.caller.receive(b"SIP/2.0 200 OK\r\n"))
        cancelled = self.taken(self.parties[1], "CANCEL")
        self.assertEqual(sip.lines_of(cancelled.request)[1], sip.lines_of(two.request)[1])
        cancelled(b"SIP/2.0 200 OK\r\n")
        two(b"SIP/2.0 200 Also\r\n")
        self.assertTrue(self.caller.receive(b"SIP/2.0 200 Also\r\n"))

    def test_6xx_cancels_waits_and_2xx_wins(self):
        one, two = self.call()
        two(b"SIP/2.0 180 Ringing\r\n")
        one(b"SIP/2.0 603 Decline\r\n")
        self.caller.receive(b"SIP/2.0 180")
        self.taken(self.parties[1], "CANCEL")(b"SIP/2.0 200 OK\r\n")
        self.assertEqual(self.caller.silent(), [])
        two(b"SIP/2.0 200 OK\r\n")
        self.assertTrue(self.caller.receive(b"SIP/2.0 200 OK\r\n"))

    def test_cancelled_branch_that_never_rang_is_cancelled_when_it_does(self):
        one, two = self.call()
        one(b"SIP/2.0 200 OK\r\n")
        self.caller.receive(b"SIP/2.0 200 OK\r\n")
        self.assertNotIn(b"CANCEL", b"".join(self.parties[1].silent(0.2)))
        two(b"SIP/2.0 183 Late\r\n")
        self.taken(self.parties[1], "CANCEL")(b"SIP/2.0 200 OK\r\n")
        two(b"SIP/2.0 487 Request Terminated\r\n")
        self.parties[1].receive(b"ACK")
        self.assertNotIn(b"SIP/2.0 487 Request Terminated", self.caller.silent(0.2))

    def test_caller_cancels(self):
        answers = self.call()
        for answer in answers:
            answer(b"SIP/2.0 180 Ringing\r\n")
        self.caller.receive(b"SIP/2.0 180")
        self.cancel()
        for party, answer in zip(self.parties, answers):
            self.taken(party, "CANCEL")(b"SIP/2.0 200 OK\r\n")
            answer(b"SIP/2.0 487 Request Terminated\r\n")
            party.receive(b"ACK")
        got = self.caller.receive(b"SIP/2.0 487")
        self.ack(got)

    def test_cancel_of_nothing(self):
        self.request = sip.request("INVITE", "sip:callee@127.0.0.1", self.caller.socket, "never-sent")
        self.cancel()
        self.assertTrue(self.caller.receive(b"SIP/2.0 481 Call/Transaction Does Not Exist\r\n"))

    def test_final_is_sent_again_until_the_ack(self):
        for answer in self.call():
            answer(b"SIP/2.0 486 Busy Here\r\n")
        first = self.caller.receive(b"SIP/2.0 486")
        self.assertEqual(self.caller.receive(b"SIP/2.0 486"), first)
        self.ack(first)
        time.sleep(0.1)
        self.assertEqual(self.caller.silent(1.2), [])

    def test_603_plus_octet_for_octet(self):
        one, two = self.call()
        two(b"SIP/2.0 486 Busy Here\r\n")
        one(NETWORK_BLOCKED, [BLOCKED_REASON])
        got = self.caller.receive(b"SIP/2.0 6")
        self.ack(got)
        self.assertTrue(got.startswith(NETWORK_BLOCKED))
        self.assertIn(BLOCKED_REASON.encode(), sip.lines_of(got))
        # All but our Via is as the callee sent it.
        sent = sip.reply(NETWORK_BLOCKED, one.request, self.parties[0].address.replace(":", "-"), [BLOCKED_REASON])
        self.assertEqual(got, sent.replace(sip.lines_of(sent)[1] + b"\r\n", b"", 1))

    def test_max_forwards(self):
        octets = sip.request("INVITE", "sip:callee@127.0.0.1", self.caller.socket, "hops", hops=0)
        self.caller.socket.sendto(octets, ("127.0.0.1", self.proxy.port))
        self.assertTrue(self.caller.receive(b"SIP/2.0 483 Too Many Hops\r\n"))


class Waiting(Fork):
    options = ("--t1", 10)  # a branch is given up after 0.64 s

    def test_no_answer_at_all(self):
        self.call()
        self.ack(self.caller.receive(b"SIP/2.0 408 Request Timeout\r\n"))

    def test_a_real_answer_is_better_than_a_timeout(self):
        self.call()[1](b"SIP/2.0 480 Temporarily Unavailable\r\n")
        self.ack(self.caller.receive(b"SIP/2.0 480 "))

    def test_408_never_answers_what_is_no_invite(self):
        self.call("MESSAGE")
        self.assertEqual(self.caller.silent(1.2), [])


class Unreachable(Fork):
    callees = 1

    def test_transport_failure_counts_as_503(self):
        closed = sip.free_port()
        with Proxy([f"127.0.0.1:{closed};transport=tcp"]) as proxy:
            self.caller.socket.sendto(sip.request("INVITE", "sip:x@127.0.0.1", self.caller.socket, "refused"),
                                      ("127.0.0.1", proxy.port))
            self.assertTrue(self.caller.receive(b"SIP/2.0 500 "))


class Serial(Fork):
    options = ("--serial",)

    def test_next_target_after_a_failure(self):
        one, = self.call(parties=self.parties[:1])
        one(b"SIP/2.0 503 Service Unavailable\r\n")
        two = self.taken(self.parties[1])
        two(b"SIP/2.0 486 Busy Here\r\n")
        self.ack(self.caller.receive(b"SIP/2.0 486 Busy Here\r\n"))

    def test_603_plus_takes_no_next_route(self):
        one, = self.call(parties=self.parties[:1])
        one(NETWORK_BLOCKED, [BLOCKED_REASON])
        self.ack(self.caller.receive(NETWORK_BLOCKED))
        self.assertEqual(self.parties[1].silent(0.2), [])


class Hostile(Fork):
    # What a callee sends, and what the caller gets of it.
    ROWS = (
        (b"SIP/2.0 486\r\n", b"SIP/2.0 486 \r\n"),
        (b"SIP/2.0  486 Busy Here\r\n", b"SIP/2.0 486 Busy Here\r\n"),
        (b"SIP/2.0\t486 busy here\r\n", b"SIP/2.0 486 busy here\r\n"),
        (b"SIP/2.0 486 Busy Here\n", b"SIP/2.0 486 Busy Here\r\n"),
        (b"SIP/2.0 486 \x1b[2J\r\n", b"SIP/2.0 486 Busy Here\r\n"),
        (b"SIP/2.0 486 a\0b\r\n", b"SIP/2.0 486 Busy Here\r\n"),
        (b"sip/2.0 486 Busy Here\r\n", b"sip/2.0 486 Busy Here\r\n"),  # within the grammar: as it was sent
        (b"\r\n\r\nSIP/2.0 486 Busy Here\r\n", b"SIP/2.0 486 Busy Here\r\n"),
        (b"SIP/2.0 499 \xc3\xa9\r\n", b"SIP/2.0 499 \xc3\xa9\r\n"),
    )
    UNREADABLE = (b"SIP/2.0 700 Seven\r\n", b"SIP/2.0 099 Zero\r\n", b"SIP/2.0 486 Busy\rHere\r\n",
                  b"SIP/2.0 4860 Busy\r\n", b"SIP/3.0 486 Busy\r\n", b"SIP/2.0 486 " + b"x" * 60000)

    def test_deviations_are_written_anew(self):
        for line, expected in self.ROWS:
            with self.subTest(line=line):
                one, two = self.call()
                two(b"SIP/2.0 500 X\r\n")
                one(line)
                got = self.caller.receive()
                self.ack(got)
                self.assertEqual(got[:got.index(b"\n") + 1], expected)

    def test_what_cannot_be_read_changes_nothing(self):
        for line in self.UNREADABLE:
            with self.subTest(line=line[:30]):
                one, two = self.call()
                two(b"SIP/2.0 486 Busy Here\r\n")
                one(line)
                self.assertEqual(self.caller.silent(0.05), [])
                one(b"SIP/2.0 404 Not Found\r\n")
                self.ack(self.caller.receive(b"SIP/2.0 4"))
        self.proxy.stop()
        said = self.proxy.log_text
        self.assertIn("2 unreadable: undefined_class", said)
        self.assertIn("1 unreadable: unsupported_version", said)

    def test_forged_and_broken_responses(self):
        one, two = self.call()
        good = sip.reply(b"SIP/2.0 200 OK\r\n", one.request)
        branch = re.search(rb"branch=(z9hG4bK(\d+)\.(\d+)\.(\d+))", good)
        forged = [good.replace(branch[1], other) for other in (
            b"z9hG4bK%b.%b.0" % (branch[2], branch[3]), b"z9hG4bK%b.7.%b" % (branch[2], branch[4]),
            b"z9hG4bK99999.0.1", b"z9hG4bK", b"", b"z9hG4bK18446744073709551616.0.0", b"z9hG4bK-1.-1.-1")]
        forged += [good.replace(b"CSeq: 1 INVITE", b"CSeq: 1 BYE"), good.replace(b"CSeq", b"X-CSeq"),
                   good.replace(b"\r\nFrom:", b"\r\nbroken line\r\nFrom:"), good[:60], good.replace(b"Via:", b"Vi:", 2),
                   b"", b"\0" * 100, b"SIP/2.0", b"INVITE", b"INVITE  SIP/2.0\r\n\r\n", b"\r\n" * 500]
        for octets in forged:
            self.parties[0].socket.sendto(octets, ("127.0.0.1", self.proxy.port))
        self.assertEqual(self.caller.silent(0.2), [])
        one(b"SIP/2.0 200 OK\r\n")
        self.assertTrue(self.caller.receive(b"SIP/2.0 200 OK\r\n"))


    def test_octets_at_random(self):
        random = Random(15)
        one, two = self.call()
        good = [sip.reply(b"SIP/2.0 180 Ringing\r\n", one.request), one.request, self.request]
        for _ in range(3000):
            octets = bytearray(random.choice(good))
            for _ in range(random.randrange(1, 8)):
                at = random.randrange(len(octets))
                octets[at:at + random.randrange(3)] = random.choice((b"", b"\r\n", b",", b";", b"\0", b'"', b" ", b"\xff",
                                                                    random.randbytes(3)))
            # What passes for a request begins a call; the callees need not be asked each time.
            self.parties[0].socket.sendto(octets[:random.randrange(len(octets) + 1)], ("127.0.0.1", self.proxy.port))
        one(b"SIP/2.0 200 OK\r\n")
        self.assertTrue(self.caller.receive(b"SIP/2.0 200 OK\r\n"))


class Limited(Fork):
    options = ("--limit", 3)

    def test_more_transactions_are_refused(self):
        for _ in range(3):
            self.call()
        self.call(parties=())
        refused = self.caller.receive(b"SIP/2.0 503 Service Unavailable\r\n")
        self.assertEqual(sip.header(refused, "Retry-After"), ["5"])


class Streams(unittest.TestCase):
    """One callee on TCP; its octets come in pieces of any size."""

    def setUp(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(5)
        self.caller = Party()
        self.proxy = Proxy([f"127.0.0.1:{self.listener.getsockname()[1]};transport=tcp"])
        self.proxy.__enter__()
        self.count = 0

    def tearDown(self):
        self.proxy.stop()
        self.caller.close()
        self.listener.close()

    def calls(self, count):
        """So many calls: the connection and the INVITEs."""
        if not hasattr(self, "connection"):
            self.caller.socket.sendto(sip.request("INVITE", "sip:x@127.0.0.1", self.caller.socket, "first"),
                                      ("127.0.0.1", self.proxy.port))
            self.connection, _ = self.listener.accept()
            self.connection.settimeout(5)
            self.addCleanup(self.connection.close)
            first = self.requests(1)
            return first + (self.calls(count - 1) if count > 1 else [])
        for _ in range(count):
            self.count += 1
            self.caller.socket.sendto(sip.request("INVITE", "sip:x@127.0.0.1", self.caller.socket, f"s{self.count}"),
                                      ("127.0.0.1", self.proxy.port))
        return self.requests(count)

    def requests(self, count):
        octets, found = getattr(self, "left", b""), []
        while len(found) < count:
            head, end, octets = octets.partition(b"\r\n\r\n")
            if end:
                found += [head + end] if head.startswith(b"INVITE") else []
            else:
                octets = head + self.connection.recv(65535)
        self.left = octets
        return found

    def test_pieces_of_every_size(self):
        lines = (b"SIP/2.0 180 Ringing\r\n", b"SIP/2.0 486 Busy Here\r\n")
        for size in (1, 2, 3, 7, 64, 1000):
            with self.subTest(size=size):
                invite, = self.calls(1)
                octets = b"\r\n\r\n".join(sip.reply(line, invite, headers=["X: y"]) for line in lines)
                for at in range(0, len(octets), size):
                    self.connection.sendall(octets[at:at + size])
                    if size < 7:
                        time.sleep(0.0005)
                for line in lines:
                    self.assertTrue(self.caller.receive(line[:11]).startswith(line))

    def test_many_messages_at_once(self):
        invites = self.calls(50)
        self.connection.sendall(b"".join(
            sip.reply(b"SIP/2.0 486 \xc3\xa9\r\n" if n % 2 else b"SIP/2.0  404\n", invite)
            for n, invite in enumerate(invites)))
        lines = [self.caller.receive(b"SIP/2.0 4").split(b"\r\n")[0] for _ in invites]
        self.assertEqual(sorted(set(lines)), [b"SIP/2.0 404 ", b"SIP/2.0 486 \xc3\xa9"])

    def test_a_body_is_relayed(self):
        invite, = self.calls(1)
        body = b"SIP/2.0 200 OK\r\n\r\n" * 3
        octets = sip.reply(b"SIP/2.0 183 Session Progress\r\n", invite)
        octets = octets.replace(b"Content-Length: 0", b"l: %d" % len(body)) + body
        self.connection.sendall(octets + sip.reply(b"SIP/2.0 404 Not Found\r\n", invite))
        self.assertTrue(self.caller.receive(b"SIP/2.0 183").endswith(b"\r\n\r\n" + body))
        self.caller.receive(b"SIP/2.0 404")

    def test_what_breaks_a_stream(self):
        """The connection is closed, because where the next message begins is not known; the proxy lives on."""
        for octets in (b"SIP/2.0 700 Seven\r\n", b"SIP/2.0 20x", b"SIP/2.0 200 " + b"x" * 70000,
                       b"SIP/2.0 200 OK\r\nContent-Length: 99999999\r\n\r\n", b"SIP/2.0 200 OK\r\nVia: x\r\n\r\n",
                       b"SIP/2.0 200 OK\r\nContent-Length: -1\r\n\r\n", b"x" * 70000):
            with self.subTest(octets=octets[:40]):
                with socket.create_connection(("127.0.0.1", self.proxy.port), 5) as one:
                    try:
                        one.sendall(octets)
                        self.assertEqual(one.recv(1), b"")
                    except ConnectionResetError:
                        pass
        invite, = self.calls(1)
        self.connection.sendall(sip.reply(b"SIP/2.0 404 Not Found\r\n", invite))
        self.caller.receive(b"SIP/2.0 404")
        self.proxy.stop()
        self.assertIn("7 broken streams", self.proxy.log_text)

    def test_caller_on_tcp(self):
        with socket.create_connection(("127.0.0.1", self.proxy.port), 5) as caller:
            caller.sendall(sip.request("INVITE", "sip:x@127.0.0.1", caller, "tcp", transport="TCP"))
            self.connection, _ = self.listener.accept()
            self.connection.settimeout(5)
            self.addCleanup(self.connection.close)
            invite, = self.requests(1)
            self.connection.sendall(sip.reply(b"SIP/2.0 404 Not Found\r\n", invite))
            octets = b""
            while b"SIP/2.0 404" not in octets:
                octets += caller.recv(65535)
            self.assertTrue(octets.startswith(b"SIP/2.0 100 Trying\r\n"))


class Usage(unittest.TestCase):
    def test_wrong_usage_is_said(self):
        for arguments, said in (((), "expected --port"), (("--port", "x"), 'not "x"'), (("--port", "70000"), "65535"),
                                (("--port", "5060", "--target", "here"), "ADDRESS:PORT"), (("--x", "y"), "not an option"),
                                (("--ranking", "x"), "not a ranking")):
            done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=5)
            self.assertEqual(done.returncode, 2)
            self.assertIn(said, done.stderr)


if __name__ == "__main__":
    unittest.main()
