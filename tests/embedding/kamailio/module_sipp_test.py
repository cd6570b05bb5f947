#!/usr/bin/env python3
"""The module between two sipps: the callee's sends a line, the caller's checks what arrives.

Environment: SIPSTATUS_MODULE, the module's file.
"""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import sip  # noqa: E402
import sipp  # noqa: E402
from module_test import BLOCKED_REASON, kamailio  # noqa: E402

CALLS, RATE = 20, 100
# What the callee's sipp sends, further headers; the code that the caller's sipp waits for, and what must be in it.
ROWS = (
    ("SIP/2.0 486 Busy Here", (), 486, ["^SIP/2[.]0 486 Busy Here\r\n"]),
    ("SIP/2.0 486", (), 486, ["^SIP/2[.]0 486 \r\n", "X-Sipstatus: 486 client-error .*missing-separator"]),
    ("SIP/2.0  404 Not Found", (), 404, ["^SIP/2[.]0 404 Not Found\r\n", "repeated-separator"]),
    ("sip/2.0 480 gone for lunch", (), 480, ["^SIP/2[.]0 480 gone for lunch\r\n", "local .version-case"]),
    ("SIP/2.0 200 OK", (), 200, ["^SIP/2[.]0 200 OK\r\n"]),
    ("SIP/2.0 603 Network Blocked", [BLOCKED_REASON], 603,
     ["^SIP/2[.]0 603 Network Blocked\r\n", "X-Sipstatus: 603 global-failure 1 1 603 0 published",
      # sipp's regular expressions are POSIX's; it takes no bracket in a pattern but as a set.
      BLOCKED_REASON.replace("\\", "[\\]").replace(".", "[.]").replace("+", "[+]").replace("?", "[?]")]),
)


class Relayed(unittest.TestCase):
    def test_rows(self):
        with kamailio(deviating="normalise", unreadable="drop") as proxy:
            for line, headers, code, patterns in ROWS:
                with self.subTest(line=line):
                    self.play(proxy, line, headers, code, patterns)

    @staticmethod
    def play(proxy, line, headers, code, patterns):
        with sipp.Sipp(sipp.callee(line, headers), calls=CALLS, server=True) as server, \
             sipp.Sipp(sipp.caller(code, patterns, f"sip:callee@{sip.HOST}:{server.port}"), "-r", RATE,
                       f"{sip.HOST}:{proxy.port}", calls=CALLS) as client:
            client.wait(30)
            server.wait(30)


if __name__ == "__main__":
    unittest.main()
