#!/usr/bin/env python3
"""The forking proxy between sipps: no call is lost, and memory does not grow.

Environment: SIPSTATUS_PROXY, the program. As it stands, 100 calls/s for 3 s in each scenario. The long form, with figures:

    proxy_sipp_test.py --long [CALLS_PER_SECOND [SECONDS]]      500 calls/s for 60 s
"""
import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import sip  # noqa: E402
import sipp  # noqa: E402
from proxy_test import BLOCKED_REASON, Proxy  # noqa: E402

RATE, SECONDS = 100, 3
REMEMBERED_S = 32  # how long the proxy keeps a transaction: 64 * T1
OK = sipp.callee("SIP/2.0 200 OK", ring=True, wait_ms=20)
BLOCKED = sipp.callee("SIP/2.0 603 Network Blocked", [BLOCKED_REASON])
# sipp's regular expressions are POSIX's.
BLOCKED_PATTERNS = ["^SIP/2[.]0 603 Network Blocked\r\n",
                    BLOCKED_REASON.replace("\\", "[\\]").replace(".", "[.]").replace("+", "[+]").replace("?", "[?]")]


def resident_kib(process):
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0])


def play(callees, code, patterns=(), tcp=(False, False), rate=RATE, seconds=SECONDS, watch=None):
    """Every call forks to two callees; all three sipps must see every call end as their scenario says."""
    calls = rate * seconds
    # Calls that wait for an ACK or a BYE are many at such a rate.
    limit = ["-l", 20 * rate]
    with sipp.Sipp(callees[0], *limit, calls=calls, tcp=tcp[0], server=True) as one, \
         sipp.Sipp(callees[1], *limit, calls=calls, tcp=tcp[1], server=True) as two:
        targets = [f"{sip.HOST}:{end.port}" + (";transport=tcp" if stream else "")
                   for end, stream in zip((one, two), tcp)]
        with Proxy(targets) as proxy, \
             sipp.Sipp(sipp.caller(code, patterns), "-r", rate, *limit, f"{sip.HOST}:{proxy.port}",
                       calls=calls) as caller:
            if watch:
                watch(proxy.process, caller.process)
            for end in (caller, one, two):
                end.wait(seconds + 60)
            statistics = caller.statistics()
            proxy.stop()
            return statistics, proxy.log_text


class Short(unittest.TestCase):
    def test_answered_call_cancels_the_other_branch(self):
        play((OK, sipp.cancelled_callee()), 200)

    def test_network_blocked_wins_and_keeps_its_octets(self):
        play((sipp.callee("SIP/2.0 486 Busy Here"), BLOCKED), 603, BLOCKED_PATTERNS)

    def test_one_branch_on_tcp(self):
        play((OK, sipp.cancelled_callee()), 200, tcp=(True, False))

    def test_lines_that_deviate(self):
        play((sipp.callee("SIP/2.0  404 Not Found"), sipp.callee("SIP/2.0 503 Service Unavailable")), 404,
             ["^SIP/2[.]0 404 Not Found\r\n"])

    def test_a_call_that_ends_otherwise_is_noticed(self):
        with self.assertRaisesRegex(AssertionError, "sipp as the caller: status 1"):
            play((sipp.callee("SIP/2.0 486 Busy Here"), BLOCKED), 603, ["Reason: of its own"], rate=10, seconds=1)


def long_form(rate=500, seconds=60):
    samples = []

    def watch(process, caller):
        start = time.monotonic()
        while caller.poll() is None and time.monotonic() - start < seconds + 60:
            samples.append((time.monotonic() - start, resident_kib(process)))
            time.sleep(0.5)

    statistics, said = play((OK, sipp.cancelled_callee()), 200, rate=rate, seconds=seconds, watch=watch)
    print(f"{statistics['SuccessfulCall(C)']} calls, {statistics['FailedCall(C)']} failed, "
          f"{statistics['Retransmissions(C)']} retransmissions by the caller")
    print(said.strip())
    full = [kib for at, kib in samples if REMEMBERED_S + 3 < at <= seconds]
    if not full:
        return print("memory: too short to tell; it grows until the first transactions are forgotten")
    print(f"memory: {full[0]} KiB after {REMEMBERED_S + 3} s, at most {max(full)} KiB later, {full[-1]} KiB at the end")
    if max(full) > 1.1 * full[0]:
        sys.exit("memory grows")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--long"]:
        long_form(*map(int, sys.argv[2:]))
    else:
        unittest.main()
