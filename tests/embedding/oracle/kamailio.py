"""Asks Debian's Kamailio what it relays when two branches of a fork answer with two codes.

All of it is one process: the caller and both callees are sockets of one loop, so the order of the replies is certain. A
reply is sent once Kamailio has acknowledged the one before it.
"""
import pathlib
import re
import selectors
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sip  # noqa: E402

WINDOW = 48           # calls at a time: Kamailio's receive buffer has room for them
SILENCE = 0           # stands for a branch that gives no answer
TIMEOUT_MS = 4000     # how long Kamailio waits for one
CALL = re.compile(rb"Call-ID: (\d+)\r\n")
BRANCH = re.compile(rb"X-Branch: ([01])\r\n")


class Call:
    def __init__(self, codes, first):
        self.codes, self.first = codes, first    # of each branch; the branch that answers first
        self.invites = [None, None]
        self.sent = [codes[0] == SILENCE, codes[1] == SILENCE]
        self.relayed = []                        # (code, branch or None, header lines of challenges)
        self.acknowledged = [False, False]

    def done(self):
        """Whether nothing more is to come, but for replies that Kamailio sends at once with the ACK."""
        return bool(self.relayed) and all(self.sent) and all(
            code < 300 or acknowledged for code, acknowledged in zip(self.codes, self.acknowledged))


class Fork:
    def __init__(self, proxy, callees):
        self.proxy, self.callees = ("127.0.0.1", proxy.port), callees
        self.caller = sip.udp_socket()
        self.calls, self.invites_sent, self.open = [], 0, set()

    def reply(self, call, branch):
        if call.sent[branch] or call.invites[branch] is None:
            return
        other = 1 - branch
        if branch != call.first and not call.sent[other]:
            return
        code = call.codes[branch]
        # Challenges name their branch, so that their order can be seen.
        more = [f"X-Branch: {branch}"]
        if code in (401, 407):
            name = "WWW-Authenticate" if code == 401 else "Proxy-Authenticate"
            more += [f'{name}: Digest realm="{branch}{n}", nonce="n", algorithm={algorithm}'
                     for n, algorithm in enumerate(("SHA-256", "MD5"))]
        if 300 <= code < 400:
            more.append(f"Contact: <sip:other@127.0.0.1:{branch + 1}>")
        call.sent[branch] = True
        self.callees[branch].sendto(sip.reply(f"SIP/2.0 {code} X\r\n".encode(), call.invites[branch],
                                              f"t{branch}", more), self.proxy)

    def follow(self, call, branch):
        """After the reply of a branch was handled: the other one's turn."""
        if call.sent[branch]:
            self.reply(call, 1 - branch)

    def on_callee(self, branch, octets):
        call = self.calls[int(CALL.search(octets)[1])]
        if octets.startswith(b"INVITE "):
            if call.invites[branch] is None:
                call.invites[branch] = octets
            # Of two branches the first goes out first: when the second has its INVITE, both have.
            if all(call.invites):
                self.reply(call, call.first)
                if call.codes[call.first] == SILENCE:
                    self.reply(call, 1 - call.first)
        elif octets.startswith(b"ACK "):
            call.acknowledged[branch] = True
            self.follow(call, branch)
        elif octets.startswith(b"CANCEL "):
            self.callees[branch].sendto(sip.reply(b"SIP/2.0 200 OK\r\n", octets), self.proxy)

    def on_caller(self, octets):
        number = int(CALL.search(octets)[1])
        call, code = self.calls[number], int(octets[8:11])
        if code < 200 or b"INVITE" not in octets:
            return
        found = BRANCH.search(octets)
        branch = int(found[1]) if found else None
        if any(code == seen[0] and branch == seen[1] for seen in call.relayed):
            return
        challenges = [(line[:1].decode(), line.split(b'realm="')[1][:2].decode()) for line in sip.lines_of(octets)
                      if line.startswith((b"WWW-Authenticate:", b"Proxy-Authenticate:"))]
        call.relayed.append((code, branch, challenges))
        if code < 300:
            self.follow(call, branch)
        else:
            to = next(line for line in sip.lines_of(octets) if line.startswith(b"To:")).decode()
            ack = sip.request("ACK", f"sip:{number}@127.0.0.1", self.caller, str(number), to_tag=to[to.index(";tag"):])
            self.caller.sendto(ack, self.proxy)

    def run(self, pairs, limit_s=120):
        """Plays ((code, code), branch that answers first) and returns the calls, in order."""
        self.calls = [Call(*pair) for pair in pairs]
        # Calls with a silent branch take as long as Kamailio waits, so they begin first and fill no window.
        order = sorted(range(len(self.calls)), key=lambda n: SILENCE not in self.calls[n].codes)
        deadline = time.monotonic() + limit_s
        with selectors.DefaultSelector() as selector:
            for branch, callee in enumerate(self.callees):
                selector.register(callee, selectors.EVENT_READ, branch)
            selector.register(self.caller, selectors.EVENT_READ, None)
            for one in (*self.callees, self.caller):
                one.setblocking(False)
            begun, waiting, last = 0, set(), time.monotonic()
            while True:
                busy = {n for n in waiting if not self.calls[n].done()}
                waiting = busy
                while begun < len(order) and sum(SILENCE not in self.calls[n].codes for n in waiting) < WINDOW:
                    number = order[begun]
                    begun += 1
                    waiting.add(number)
                    self.caller.sendto(sip.request("INVITE", f"sip:{number}@127.0.0.1", self.caller, str(number)),
                                       self.proxy)
                    if SILENCE in self.calls[number].codes:
                        break
                if begun == len(order) and not waiting and time.monotonic() - last > 0.3:
                    return self.calls
                if time.monotonic() > deadline:
                    some = [(self.calls[n].codes, self.calls[n].first) for n in sorted(waiting)[:5]]
                    raise AssertionError(f"{len(waiting)} calls have no end: {some} ...")
                for key, _ in selector.select(0.01):
                    for _ in range(64):
                        try:
                            octets = key.fileobj.recv(65535)
                        except BlockingIOError:
                            break
                        last = time.monotonic()
                        if key.data is None:
                            self.on_caller(octets)
                        else:
                            self.on_callee(key.data, octets)


def relayed(pairs):
    """What Kamailio relays for each ((code, code), branch that answers first): calls."""
    callees = [sip.udp_socket(), sip.udp_socket()]
    ports = [callee.getsockname()[1] for callee in callees]
    with sip.Kamailio(HERE / "oracle.cfg", memory=512, first=ports[0], second=ports[1], timeout_ms=TIMEOUT_MS) as proxy:
        fork = Fork(proxy, callees)
        try:
            return fork.run(pairs)
        finally:
            for one in (*callees, fork.caller):
                one.close()
