#!/usr/bin/env python3
"""The module in Debian's Kamailio: what it says of each reply, and what becomes of the reply.

Environment: SIPSTATUS_MODULE, the module's file. A caller and a callee of this test talk through Kamailio on loopback.
"""
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sip  # noqa: E402

MODULE = os.environ.get("SIPSTATUS_MODULE") or sip.skip("SIPSTATUS_MODULE is not set")

# What a blocked call is answered with since 2026 (ATIS-1000099): phrase and Reason must arrive unchanged.
NETWORK_BLOCKED = b"SIP/2.0 603 Network Blocked\r\n"
BLOCKED_REASON = ('Reason: SIP;cause=603;text="v=analytics1;url=https://example.com/r;tel=+12015550123;'
                  'email=r@example.com;id=7\\"x";location=LN')


def kamailio(tcp=False, **parameters):
    listen = "listen=tcp:127.0.0.1:{port}" if tcp else ""
    text = "\n".join(f'modparam("sipstatus", "{name}", {value if isinstance(value, int) else chr(34) + value + chr(34)})'
                     for name, value in parameters.items())
    return sip.Kamailio(HERE / "module.cfg", module=MODULE, parameters=text, disable_tcp="no" if tcp else "yes",
                        listen_tcp=listen)


class Calls:
    """A caller and a callee on either side of a Kamailio."""

    def __init__(self, proxy):
        self.proxy = ("127.0.0.1", proxy.port)
        self.caller, self.callee = sip.udp_socket(), sip.udp_socket()
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.caller.close()
        self.callee.close()

    def ask(self, hops, uri="sip:statistics@127.0.0.1"):
        self.count += 1
        self.caller.sendto(sip.request("OPTIONS", uri, self.caller, f"ask-{self.count}", hops=hops), self.proxy)
        while True:
            answer = self.caller.recv(65535)
            if b"CSeq: 1 OPTIONS" in answer and f"ask-{self.count}".encode() in answer:
                return answer

    def statistics(self):
        return [int(n) for n in sip.header(self.ask(0), "X-Statistics")[0].split()]

    def send(self, line, headers=(), tail=b""):
        """Calls, and has the callee answer with a line. What the caller gets, or None; a clean reply that is sent after
        it tells when Kamailio is done with it. `tail` are octets after the message in its datagram."""
        received = {}
        for status_line, suffix in ((line, tail), (b"SIP/2.0 499 After\r\n", b"")):
            self.count += 1
            call = f"call-{self.count}"
            port = self.callee.getsockname()[1]
            self.caller.sendto(sip.request("INVITE", f"sip:callee@127.0.0.1:{port}", self.caller, call), self.proxy)
            while True:
                invite, proxy = self.callee.recvfrom(65535)
                if invite.startswith(b"INVITE") and f"Call-ID: {call}\r\n".encode() in invite:
                    break
            self.callee.sendto(sip.reply(status_line, invite, headers=headers) + suffix, proxy)
            received[call] = None
        while received[call] is None:
            answer = self.caller.recv(65535)
            found = re.search(rb"Call-ID: (call-\d+)\r\n", answer)
            if found and found[1].decode() in received and received[found[1].decode()] is None:
                received[found[1].decode()] = answer
        return received[f"call-{self.count - 1}"]


def first_line(message):
    """With its line end, and with what stands before it."""
    return None if message is None else re.match(rb"(\r\n)*[^\n]*\n", message)[0]


# The line that is sent; what is said of it; the line that arrives by "normalise", None if none does.
UNREADABLE = "<null>"
ROWS = (
    (b"SIP/2.0 486 Busy Here\r\n", "486 client-error 1 1 486 0 canonical [] ok Busy Here", b"SIP/2.0 486 Busy Here\r\n"),
    (b"SIP/2.0 180 Ringing\r\n", "180 provisional 0 1 180 0 canonical [] ok Ringing", b"SIP/2.0 180 Ringing\r\n"),
    (b"SIP/2.0 480 \r\n", "480 client-error 1 1 480 0 absent [] ok Temporarily Unavailable", b"SIP/2.0 480 \r\n"),
    (b"SIP/2.0 199 \xc3\xa9t\xc3\xa9\r\n", "199 provisional 0 1 199 0 local [] ok Early Dialog Terminated",
     b"SIP/2.0 199 \xc3\xa9t\xc3\xa9\r\n"),
    (b"SIP/2.0 499 Odd\r\n", "499 client-error 1 0 400 0 local [] ok", b"SIP/2.0 499 Odd\r\n"),
    (b"SIP/2.0 502 Bad Gateway\r\n",
     "502 server-error 1 1 502 1 canonical [] ok Bad Gateway", b"SIP/2.0 502 Bad Gateway\r\n"),
    (b"SIP/2.0 486\r\n", "486 client-error 1 1 486 0 absent [missing-separator] ok Busy Here", b"SIP/2.0 486 \r\n"),
    (b"SIP/2.0  486 Busy Here\r\n", "486 client-error 1 1 486 0 canonical [repeated-separator] ok Busy Here",
     b"SIP/2.0 486 Busy Here\r\n"),
    (b"SIP/2.0\t486 busy here\r\n", "486 client-error 1 1 486 0 letter-case [tab-separator] ok Busy Here",
     b"SIP/2.0 486 busy here\r\n"),
    (b"SIP/2.0 486 Busy Here\n", "486 client-error 1 1 486 0 canonical [bare-lf] ok Busy Here",
     b"SIP/2.0 486 Busy Here\r\n"),
    (b"sip/2.0 486\n", "486 client-error 1 1 486 0 absent [version-case,missing-separator,bare-lf] ok Busy Here",
     b"SIP/2.0 486 \r\n"),
    (b"SIP/2.0 486 \x1b[2J\r\n", "486 client-error 1 1 486 0 local [control-octet,delimiter-octet] ok Busy Here",
     b"SIP/2.0 486 Busy Here\r\n"),
    (b"SIP/2.0 486 a\0b\r\n", "486 client-error 1 1 486 0 local [control-octet] ok Busy Here",
     b"SIP/2.0 486 Busy Here\r\n"),
    (b"SIP/2.0 486 100%\r\n", "486 client-error 1 1 486 0 local [bad-escape] ok Busy Here", b"SIP/2.0 486 Busy Here\r\n"),
    (b"SIP/2.0 486 \xff\r\n", "486 client-error 1 1 486 0 local [bad-octet] ok Busy Here", b"SIP/2.0 486 Busy Here\r\n"),
    (b"SIP/2.0 486 \xed\xa0\x80\r\n", "486 client-error 1 1 486 0 local [not-utf8] ok Busy Here",
     b"SIP/2.0 486 Busy Here\r\n"),
    (b"\r\n\r\nSIP/2.0  486 Busy Here\r\n", "486 client-error 1 1 486 0 canonical [repeated-separator] ok Busy Here",
     b"\r\n\r\nSIP/2.0 486 Busy Here\r\n"),
)
# Lines that cannot be read, and whether Kamailio alone passes them on.
UNREADABLE_ROWS = (
    (b"SIP/2.0 700 Seven\r\n", True, "undefined-class", "octet 8: expected 1 to 6 as the first digit"),
    (b"SIP/2.0 099 Zero\r\n", False, "undefined-class", "octet 8: expected 1 to 6 as the first digit"),
    (b"SIP/2.0 486 Busy\rHere\r\n", True, "bad-line-end", "octet 17: expected LF after CR"),
    (b"SIP/2.0 4860 Busy\r\n", False, "bad-code", "octet 11: expected a status code of exactly three digits"),
    (b"SIP/2.0 48x Busy\r\n", False, "bad-code", "octet 10: expected a status code of exactly three digits"),
    (b"SIP/3.0 486 Busy\r\n", False, "unsupported-version", "octet 4: expected the version"),
)


class Classified(unittest.TestCase):
    def test_readings_and_normalised_lines(self):
        with kamailio(deviating="normalise") as proxy, Calls(proxy) as calls:
            for line, said, arrives in ROWS:
                with self.subTest(line=line):
                    answer = calls.send(line, headers=["X-After: 1"])
                    self.assertEqual(first_line(answer), arrives)
                    self.assertEqual(sip.header(answer, "X-Sipstatus"), [said])
                    self.assertEqual(sip.header(answer, "X-After"), ["1"])
                    self.assertTrue(answer.endswith(b"\r\n\r\n"))
            deviating = sum(arrives != line for line, _, arrives in ROWS)
            rows = len(ROWS)
            # Each call is two: the other one is clean.
            self.assertEqual(calls.statistics(), [2 * rows, deviating, 0, deviating, 0, 0])

    def test_no_reply_no_reading(self):
        with kamailio() as proxy, Calls(proxy) as calls:
            calls.send(b"SIP/2.0 486 Busy Here\r\n")
            self.assertEqual(sip.header(calls.ask(1), "X-Sipstatus"), ["<null>"])

    def test_octets_after_the_message_stay_with_it(self):
        with kamailio(deviating="normalise") as proxy, Calls(proxy) as calls:
            answer = calls.send(b"SIP/2.0 486\n", tail=b"0123456789" * 100)
            self.assertEqual(first_line(answer), b"SIP/2.0 486 \r\n")

    def test_large_datagram(self):
        with kamailio(deviating="normalise") as proxy, Calls(proxy) as calls:
            answer = calls.send(b"SIP/2.0 486\n", headers=["X-Long: " + "x" * 60000])
            self.assertEqual(first_line(answer), b"SIP/2.0 486 \r\n")

    def test_603_plus_is_not_touched(self):
        for policy in ("pass", "log", "drop", "normalise"):
            with self.subTest(policy=policy), kamailio(deviating=policy) as proxy, Calls(proxy) as calls:
                answer = calls.send(NETWORK_BLOCKED, headers=[BLOCKED_REASON])
                self.assertEqual(first_line(answer), NETWORK_BLOCKED)
                self.assertIn(BLOCKED_REASON.encode(), sip.lines_of(answer))
                self.assertEqual(sip.header(answer, "X-Network-Blocked"), ["1"])

    def test_603_plus_needs_code_phrase_and_reason(self):
        rows = ((b"SIP/2.0 603 Decline\r\n", [BLOCKED_REASON]), (NETWORK_BLOCKED, []),
                (NETWORK_BLOCKED, ["Reason: SIP;cause=603;text=\"no\""]),
                (b"SIP/2.0 608 Network Blocked\r\n", [BLOCKED_REASON]))
        with kamailio() as proxy, Calls(proxy) as calls:
            for line, headers in rows:
                with self.subTest(line=line, headers=headers):
                    self.assertEqual(sip.header(calls.send(line, headers), "X-Network-Blocked"), ["0"])
            answer = calls.send(NETWORK_BLOCKED, ["Reason: Q.850;cause=21", BLOCKED_REASON])
            self.assertEqual(sip.header(answer, "X-Network-Blocked"), ["1"])


class Policies(unittest.TestCase):
    def test_unreadable_logged(self):
        with kamailio(unreadable="log") as proxy, Calls(proxy) as calls:
            for line, passed, outcome, said in UNREADABLE_ROWS:
                with self.subTest(line=line):
                    answer = calls.send(line)
                    self.assertEqual(first_line(answer), line if passed else None)
                    if passed:
                        null = UNREADABLE
                        self.assertEqual(sip.header(answer, "X-Sipstatus"),
                                         [f"{null} {null} {null} {null} {null} {null} {null} [{null}] {outcome} {null}"])
                    self.assertIn(f": passed on: {said}", proxy.log())
            self.assertEqual(calls.statistics()[2], len(UNREADABLE_ROWS))
            self.assertIn(r'"SIP/2.0 486 Busy\x0DHere"', proxy.log())

    def test_unreadable_dropped(self):
        with kamailio(unreadable="drop", log_rate=0) as proxy, Calls(proxy) as calls:
            for line, _, _, said in UNREADABLE_ROWS:
                with self.subTest(line=line):
                    self.assertIsNone(calls.send(line))
                    self.assertIn(f": dropped: {said}", proxy.log())
            self.assertEqual(calls.statistics()[5], len(UNREADABLE_ROWS))

    def test_deviating_dropped(self):
        with kamailio(deviating="drop", tolerated="delimiter-octet,not-utf8") \
                as proxy, Calls(proxy) as calls:
            for line, said, arrives in ROWS:
                with self.subTest(line=line):
                    deviates = arrives != line and "[not-utf8]" not in said
                    self.assertEqual(first_line(calls.send(line)), None if deviates else line)

    def test_deviating_passed_is_what_kamailio_makes_of_it(self):
        """Kamailio drops what it cannot read; where a bare LF ends the line, the first header is swallowed by it."""
        dropped = ("missing-separator", "repeated-separator", "tab-separator")
        with kamailio(deviating="pass") as proxy, Calls(proxy) as calls:
            for line, said, _ in ROWS:
                if "bare-lf" in said:
                    continue
                with self.subTest(line=line):
                    answer = calls.send(line)
                    expected = None if any(name in said for name in dropped) else line
                    self.assertEqual(first_line(answer), expected)
            self.assertNotIn("sipstatus", proxy.log())

    def test_log_is_bounded(self):
        with kamailio(log_rate=3) as proxy, Calls(proxy) as calls:
            for _ in range(200):
                calls.callee.sendto(b"SIP/2.0 700 Flood\r\nVia: SIP/2.0/UDP 127.0.0.1\r\n\r\n", calls.proxy)
            self.assertEqual(calls.statistics()[2], 200)
            # The flood takes less than a second, so it is in two at most.
            self.assertIn(proxy.log().count("passed on"), (3, 6))

    def test_parameters_are_checked(self):
        for name, value, said in (("deviating", "normalize", 'parameter deviating: "normalize" is not known; expected '
                                                             "pass, log, drop or normalise"),
                                  ("unreadable", "normalise", 'parameter unreadable: "normalise" is not known; expected '
                                                              "pass, log or drop"),
                                  ("tolerated", "bare_lf,x", "parameter tolerated: expected names of deviations")):
            with self.subTest(name=name):
                with self.assertRaises(RuntimeError) as raised, kamailio(**{name: value}):
                    pass
                self.assertIn(said, str(raised.exception))


class Streams(unittest.TestCase):
    def test_messages_that_follow_in_the_stream(self):
        """A line that grows does not overwrite the next message of the connection's buffer."""
        with kamailio(tcp=True, deviating="normalise") as proxy, Calls(proxy) as calls:
            with socket.socket() as listener:
                listener.bind(("127.0.0.1", 0))
                listener.listen()
                listener.settimeout(5)
                uri = f"sip:callee@127.0.0.1:{listener.getsockname()[1]};transport=tcp"
                names = [f"tcp-{n}" for n in range(3)]
                for name in names:
                    calls.caller.sendto(sip.request("INVITE", uri, calls.caller, name), calls.proxy)
                connection, _ = listener.accept()
                with connection:
                    connection.settimeout(5)
                    octets = b""
                    while octets.count(b"\r\n\r\n") < len(names):
                        octets += connection.recv(65535)
                    invites = [part + b"\r\n\r\n" for part in octets.split(b"\r\n\r\n")[:-1]]
                    lines = (b"SIP/2.0 486\n", b"SIP/2.0 404\r\n", b"SIP/2.0 603 Decline\r\n")
                    connection.sendall(b"".join(sip.reply(line, invite) for line, invite in zip(lines, invites)))
                    arrived = {}
                    while len(arrived) < len(names):
                        answer = calls.caller.recv(65535)
                        arrived.setdefault(sip.header(answer, "Call-ID")[0], first_line(answer))
                self.assertEqual([arrived[name] for name in names],
                                 [b"SIP/2.0 486 \r\n", b"SIP/2.0 404 \r\n", b"SIP/2.0 603 Decline\r\n"])

    def test_no_room(self):
        """A message as large as Kamailio's buffer cannot grow: it is passed on as it is, and counted."""
        with kamailio(tcp=True, deviating="normalise") as proxy, Calls(proxy) as calls:
            octets = b"SIP/2.0 486\r\nVia: SIP/2.0/TCP 127.0.0.1\r\nX-Long: " + b"x" * 70000
            with socket.create_connection(("127.0.0.1", proxy.port), 5) as connection:
                connection.sendall(octets + b"\r\nContent-Length: 0\r\n\r\n")
                deadline = time.monotonic() + 5
                while calls.statistics()[0] == 0 and time.monotonic() < deadline:
                    time.sleep(0.02)
            self.assertEqual(calls.statistics(), [1, 1, 0, 0, 1, 0])
            self.assertIn("not normalised, no room in the buffer", proxy.log())


class Built(unittest.TestCase):
    def test_no_runtime_but_libc(self):
        listed = subprocess.run(["nm", "-D", "--undefined-only", MODULE], check=True, capture_output=True, text=True)
        names = [line.split()[-1] for line in listed.stdout.splitlines()]
        self.assertIn("sr_event_register_cb", names)
        self.assertEqual([name for name in names if name.startswith(("_Z", "__cxa_throw", "__gxx"))], [])

    def test_installs_where_kamailio_looks(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["cmake", "--install", os.environ["SIPSTATUS_BUILD"], "--component", "kamailio", "--prefix",
                            "/usr"], check=True, capture_output=True, env=os.environ | {"DESTDIR": folder})
            files = [path.relative_to(folder) for path in pathlib.Path(folder).rglob("*") if path.is_file()]
        self.assertEqual([file.name for file in files], ["sipstatus.so"])
        self.assertTrue(pathlib.Path("/", files[0].parent, "tm.so").exists(), files[0])


if __name__ == "__main__":
    unittest.main()
