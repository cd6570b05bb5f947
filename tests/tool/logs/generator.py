"""Builds logs of a format with several messages in them, among lines that are no business of the tool, and says what is
to be found. The same seed gives the same logs."""
import datetime
import random

from . import formats

REPLIES = [(100, "Trying"), (180, "Ringing"), (183, "Session Progress"), (200, "OK"), (302, "Moved Temporarily"), (401, "Unauthorized"),
           (404, "Not Found"), (486, "Busy Here"), (487, "Request Terminated"), (503, "Service Unavailable"), (603, "Decline")]
METHODS = ["INVITE", "BYE", "REGISTER", "OPTIONS", "SUBSCRIBE"]

# Between messages: nothing of this is a response.
NOISE = [
    ["INVITE sip:bob@example.com SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx", "Max-Forwards: 70", "Subject: SIP/2.0 200 OK", "Call-ID: other@example.com",
     "CSeq: 1 INVITE", "Content-Length: 0", ""],
    ["the phone speaks SIP/2.0 and the call took 200 ms"],
    ["MESSAGE sip:bob@example.com;note=sends SIP/2.0 200 now SIP/2.0"],
    ["NOTIFY sip:a@example.com SIP/2.0", "Call-ID: refer@example.com", "Content-Type: message/sipfrag;version=2.0", "Content-Length: 20", "",
     "SIP/2.0 100 Trying", ""],
    ["v=0", "o=- 1 1 IN IP4 192.0.2.9", "s=SIP/2.0 200 talk", "c=IN IP4 192.0.2.9", "t=0 0", ""],
    ["http://example.com/SIP/2.0 200 is a path"],
    [""],
    ["version: <SIP/2.0>", "status:  <500>"],
]


def message(dice):
    code, reason = dice.choice(REPLIES)
    return formats.Message(code, reason, datetime.datetime(2023, 11, dice.randint(13, 28), dice.randint(0, 23), dice.randint(0, 59), dice.randint(0, 59),
                                                           dice.randint(0, 999_999)),
                           ("192.0.2.%d" % dice.randint(1, 254), dice.choice([5060, 5061, 5080, 40000])), ("198.51.100.7", 5060),
                           dice.choice(["udp", "tcp"]), dice.random() < 0.5, "%08x@example.com" % dice.getrandbits(32), dice.randint(1, 9999), dice.choice(METHODS))


def log(name, seed, messages=4):
    """The lines of a log, and its responses: dictionaries as `list -o ndjson` has them."""
    dice = random.Random("%s %s" % (name, seed))
    lines, truth = [], []
    for _ in range(messages):
        if dice.random() < 0.5:
            lines += dice.choice(NOISE)
        one = message(dice)
        written, told = formats.FORMATS[name](one)
        place = next(n for n, line in enumerate(written) if "SIP/2.0 %d " % one.code in line)
        truth.append({"frame": len(lines) + place + 1, "code": one.code, "reason": one.reason, "time": told.get("time"), "src": told.get("src"),
                      "dst": told.get("dst"), "transport": told.get("transport"), "call_id": told.get("call_id"), "method": told.get("method")})
        lines += written
    return lines, truth
