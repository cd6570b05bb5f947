"""SIP messages. In: a seeded random source. Out: the messages of some calls, in the order in which they are sent."""

import random
from typing import NamedTuple, Optional

CLIENT, SERVER = 0, 1

PHRASES = [(100, "Trying"), (180, "Ringing"), (183, "Session Progress"), (183, "Session in Progress"), (200, "OK"),
           (200, ""), (299, "Fine by us"), (302, "Moved Temporarily"), (404, "Not Found"), (408, "request timeout"),
           (480, "Временно недоступен"), (486, "Busy Here"), (488, "Besetzt (für Sie)"), (503, "Service Unavailable"),
           (606, "Not Acceptable"), (687, "Dialog Terminated")]

METHODS = ["INVITE", "OPTIONS", "REGISTER", "MESSAGE", "BYE"]

# How header fields are written: names, what stands between a name and its value, and where long values are folded.
PLAIN, COMPACT, LOWER_CASE, FOLDED = "plain", "compact", "lower case", "folded"
COMPACT_NAMES = {"Via": "v", "From": "f", "To": "t", "Call-ID": "i", "Content-Type": "c", "Content-Length": "l"}

SDP = b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0\r\n"
STATUS_LINE_BODY = b"SIP/2.0 503 Not In The Header\r\nCall-ID: body@example.com\r\n\r\nSIP/2.0 600 Nor This\r\n\r\n"


class Row(NamedTuple):
    """What `list` is to say of a response. The transport fills in the end points."""
    code: int
    reason: str
    call_id: str
    cseq: int
    method: str


class Message(NamedTuple):
    call: int    # messages of one call share a connection
    sender: int  # CLIENT or SERVER
    octets: bytes
    row: Optional[Row]  # of a response

    @property
    def end_of_start_line(self):
        return self.octets.index(b"\r\n") + 2

    @property
    def end_of_cseq(self):
        """After the CSeq field, with the lines that it is folded over: what names the call stands before."""
        at = self.octets.lower().index(b"\r\ncseq") + 2
        while True:
            at = self.octets.index(b"\r\n", at) + 2
            if self.octets[at:at + 1] not in b" \t":
                return at


def field(name, value, style):
    if style == COMPACT:
        return f"{COMPACT_NAMES.get(name, name)}:{value}\r\n"
    if style == LOWER_CASE:
        return f"{name.lower()} \t:  {value}  \r\n"
    if style == FOLDED:
        first, blank, rest = value.partition(" ")
        return f"{name}:\r\n {first}" + (f"\r\n\t {rest}" if blank else "") + "\r\n"
    return f"{name}: {value}\r\n"


def content_type_of(body):
    if STATUS_LINE_BODY not in body:
        return "application/sdp"
    return "message/sipfrag" if body == STATUS_LINE_BODY else "multipart/mixed;boundary=b"


class Call:
    """The messages of one call. Each transaction has its CSeq number."""

    def __init__(self, number, random_source: random.Random, style=PLAIN, brief=False):
        self.number, self.random, self.style, self.brief = number, random_source, style, brief
        self.call_id = "%08x-%d@%s" % (self.random.getrandbits(32), number, self.random.choice(["example.com", "h"]))
        self.cseq, self.method = self.random.randrange(1, 1 << 31), "INVITE"

    def request(self, sender=CLIENT, method=None, body=b"", **how):
        self.method = method or self.random.choice(METHODS)
        self.cseq += method != "ACK"
        return self.write(sender, f"{self.method} sip:bob@192.0.2.2 SIP/2.0", None, body, **how)

    def response(self, sender=SERVER, body=b"", **how):
        code, phrase = self.random.choice(PHRASES)
        row = Row(code, phrase, self.call_id, self.cseq, self.method)
        return self.write(sender, f"SIP/2.0 {code} {phrase}", row, body, **how)

    def write(self, sender, start_line, row, body, content_length=True, filler=0):
        """`content_length`: True for the true one, False for none, or the number to write."""
        fields = [("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK%x" % self.random.getrandbits(24))]
        if not self.brief:
            fields += [("From", "<sip:alice@example.com>;tag=%x" % self.random.getrandbits(24)),
                       ("To", "Bob <sip:bob@example.com>")]
        fields += [("Call-ID", self.call_id), ("CSeq", f"{self.cseq} {self.method}")]
        fields += [("X-Filler", "%032x" % self.random.getrandbits(128)) for _ in range(filler)]
        if body:
            fields.append(("Content-Type", content_type_of(body)))
        if content_length is not False:
            fields.append(("Content-Length", str(len(body) if content_length is True else content_length)))
        head = start_line + "\r\n" + "".join(field(*one, self.style) for one in fields) + "\r\n"
        return Message(self.number, sender, head.encode() + body, row)


def answered(call, answers=2, **how):
    """A request and its responses."""
    return [call.request(CLIENT)] + [call.response(SERVER, **how) for _ in range(answers)]


def both_ways(call, **how):
    """Each side answers the other once."""
    return [call.request(CLIENT), call.response(SERVER, **how), call.request(SERVER), call.response(CLIENT, **how)]
