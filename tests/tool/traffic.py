"""Traffic whose numbers are known: calls, registrations and requests without an answer, with retransmissions.

In: a seed. Out: packets with their times, and what `stats` has to say of them, counted here from the plan alone.
"""

import collections
import random

import packets as p

PHRASES = {100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 302: "Moved Temporarily", 401: "Unauthorized",
           404: "Not Found", 407: "Proxy Authentication Required", 408: "Request Timeout", 480: "Temporarily Unavailable",
           486: "Busy Here", 487: "Request Terminated", 500: "Server Internal Error", 503: "Service Unavailable", 603: "Decline"}
START = 1_763_629_200_000_000  # microseconds


def percentile_bound(microseconds):
    """The bound of the bucket: sixteen to an octave."""
    if microseconds < 16:
        return microseconds
    shift = microseconds.bit_length() - 5
    return ((microseconds >> shift) + 1 << shift) - 1


class Traffic:
    def __init__(self, seed=1, calls=120, span=900):
        self.random = random.Random(seed)
        self.messages = []  # (time, source, destination, octets)
        self.counts = collections.Counter()
        self.times = collections.defaultdict(list)  # (method, code) -> microseconds
        self.durations = []
        for number in range(calls):
            self.call(number, START + self.random.randrange(span * 1_000_000))
        self.messages.sort(key=lambda one: one[0])

    def packets(self):
        return [(time, p.ethernet(p.ipv4(p.udp(octets), source=source, destination=destination)))
                for time, source, destination, octets in self.messages]

    def head(self, start, number, branch, cseq, method, to_tag, more):
        lines = [start, f"v: SIP/2.0/UDP host;rport;branch=z9hG4bK{branch}", f"From: <sip:a@example.com>;tag={number}",
                 f"To: <sip:b@example.com>{to_tag}", f"Call-ID: call-{number}@example.com", f"CSeq: {cseq} {method}", *more,
                 "Content-Length: 0", "", ""]
        return "\r\n".join(lines).encode()

    def transaction(self, number, at, method, cseq, codes, caller, callee, in_dialog=False, reason=None, phrase=None):
        """A request, and after each delay a response; everything may come twice. Returns the time of the last code."""
        r, count = self.random, self.counts
        branch = f"{number}x{cseq}{method}"
        more = ["User-Agent: Phone 1.0"] + ([f'Reason: Q.850;cause={reason};text="a, b"'] if reason else [])
        tag = ";tag=x" if in_dialog else ""
        request = self.head(f"{method} sip:b@example.com SIP/2.0", number, branch, cseq, method, tag, more)
        for again in range(1 + (r.random() < 0.2)):
            self.messages.append((at + again * 500_000, caller, callee, request))
            count["requests", method] += 1
            count["request_of", caller] += 1
            if reason:
                count["reason", int(reason), None, method] += 1
        if method == "ACK":
            return at
        count["transactions", method] += 1
        time = at
        finals = [code for code in codes if code >= 200]
        for code in codes:
            time += r.choice([900, 15_000, 250_000, 3_000_000])
            words = phrase if phrase and code >= 300 else PHRASES[code]
            response = self.head(f"SIP/2.0 {code} {words}", number, branch, cseq, method, ";tag=x", ["Server: Gate/2 {x}"])
            for again in range(1 + (r.random() < 0.2)):
                self.messages.append((time + again * 2000, callee, caller, response))
                count["responses", method, code, "local" if words != PHRASES[code] else "canonical"] += 1
                count["response_of", callee, code] += 1
                if words != PHRASES[code]:
                    count["phrase", code] += 1
            count["distinct", method, code] += 1
        measured = [100] if 100 in codes else []
        measured += [code for code in codes if 100 < code < 200][:1] + finals
        elapsed = dict(zip(codes, self.elapsed(at, codes)))
        for code in measured:
            self.times[method, code].append(elapsed[code])
        if finals:
            count["answered", method] += 1
        return time

    def elapsed(self, at, codes):
        """When each code came first, after the request: read from the messages, the last ones that were made."""
        first = {}
        for time, _, _, octets in self.messages:
            if octets.startswith(b"SIP/2.0"):
                first.setdefault(id(octets), time)
        made = [time for octets, time in first.items()][-len(codes):] if codes else []
        return [time - at for time in made]

    def call(self, number, at):
        r, count = self.random, self.counts
        caller, callee = f"192.0.2.{1 + number % 5}", f"198.51.100.{1 + number % 3}"
        kind = r.random()
        if kind < 0.15:
            self.transaction(number, at, "REGISTER", 1, [r.choice([200, 401, 404, 503])], caller, callee)
            return
        if kind < 0.25:
            self.transaction(number, at, "OPTIONS", 1, r.choice([[200], []]), caller, callee)
            return
        final = r.choice([200, 200, 200, 302, 404, 407, 408, 480, 486, 487, 500, 503, 603, None])
        codes = r.choice([[], [100], [100, 180], [183, 180]]) + ([final] if final else [])
        phrase = f"No route to {r.randrange(10**8)}" if final == 404 else None
        time = self.transaction(number, at, "INVITE", 1, codes, caller, callee, phrase=phrase)
        count["attempts"] += 1
        count["final", final] += 1
        if not final:
            return
        self.transaction(number, time + 1000, "ACK", 1, [], caller, callee, in_dialog=True)
        if final == 200 and r.random() < 0.8:
            end = time + r.randrange(1, 300) * 1_000_000 + r.randrange(1_000_000)
            by = (caller, callee) if r.random() < 0.5 else (callee, caller)
            answered = r.random() < 0.9
            self.transaction(number, end, "BYE", 2, [200] if answered else [], *by, in_dialog=True, reason=r.choice([None, "16", "31"]))
            count["completed"] += answered
            self.durations.append(end - time)
