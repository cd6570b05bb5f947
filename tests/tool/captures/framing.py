"""Framing difficulties. In: a random source. Out: messages, how their octets are cut into pieces, and what happens to
the segments that hold the pieces.

A difficulty that is of the messages alone serves every transport. One that cuts or reorders needs a stream.
"""

import random
from typing import Callable, FrozenSet, List, NamedTuple, Optional

from .messages import (CLIENT, COMPACT, FOLDED, LOWER_CASE, PLAIN, SDP, SERVER, STATUS_LINE_BODY, Call, Message,
                       answered, both_ways)

# What a transport is made of. CHUNKS are the parts of a message that SCTP numbers; FRAMED is a stream of frames that
# each hold a message.
DATAGRAMS, CHUNKS, STREAM, FRAMED = "datagrams", "chunks", "stream", "framed"
ANY = frozenset({DATAGRAMS, CHUNKS, STREAM, FRAMED})
STREAMS = frozenset({STREAM, FRAMED})

MSS = 1200  # leaves room for every tunnel in a frame of 1,500 octets


class Write(NamedTuple):
    """What a party hands to its transport at once."""
    call: int
    sender: int
    octets: bytes
    messages: List[Message]
    lead: int = 0  # octets before the first message

    @property
    def end_of_start_line(self):
        return self.lead + self.messages[0].end_of_start_line if self.messages else 0


class Place(NamedTuple):
    """Where a write stands: how many its sender wrote before it, and how many responses came before this one."""
    write: int
    answer: Optional[int]


class Piece(NamedTuple):
    octets: bytes
    is_captured: bool = True


# Cutting: a write becomes pieces.

def cut_at(octets, offsets):
    edges = [0, *sorted({at for at in offsets if 0 < at < len(octets)}), len(octets)]
    return [Piece(octets[first:last]) for first, last in zip(edges, edges[1:])]


def by_size(size):
    return lambda write, place: cut_at(write.octets, range(size, len(write.octets), size))


def in_thirds(write, place):
    size = len(write.octets)
    return cut_at(write.octets, [size // 3, 2 * size // 3])


def within_start_line(write, place):
    """Within SIP, before and within the code, within the phrase, and between CR and LF."""
    end = write.end_of_start_line
    return cut_at(write.octets, [write.lead + at for at in (2, 8, 10, 13)] + [end - 1])


def without(pieces, lost):
    return [Piece(piece.octets, number != lost) for number, piece in enumerate(pieces)]


def lose_first_of_each_side(write, place):
    """Of the first message of each side the first half came before the capture began."""
    pieces = cut_at(write.octets, [max(len(write.octets) // 2, write.end_of_start_line)])
    return without(pieces, 0) if place.write == 0 else pieces


def whole_write(write):
    return 0, len(write.octets)


def lose_of_answer(number, edges=whole_write):
    """What stands between two edges of it is lost. `edges` gives them for a write."""
    def cut(write, place):
        if place.answer != number:
            return [Piece(write.octets)]
        first, last = edges(write)
        pieces = cut_at(write.octets, (first, last))
        return [Piece(piece.octets, at != first) for at, piece in pieces_with_offset(pieces)]
    return cut


def pieces_with_offset(pieces):
    at = 0
    for piece in pieces:
        yield at, piece
        at += len(piece.octets)


# Rearranging: the segments of one write, as a capture may show them.

def out_of_order(segments, source):
    """Every order but the right one comes from some seed."""
    shuffled = segments[:]
    while len(segments) > 1 and shuffled == segments:
        source.shuffle(shuffled)
    return shuffled


def retransmitted(segments, source):
    """Some come twice, and one segment repeats what several have brought."""
    result = []
    for number, one in enumerate(segments):
        result += [one] * source.choice([1, 2])
        if number == 1:
            result.append(segments[0]._replace(octets=segments[0].octets + one.octets))
    return result + [source.choice(segments)]


def overlapping(segments, source):
    """Each repeats the end of the one before it; the middle one may come last."""
    result = segments[:1]
    for before, one in zip(segments, segments[1:]):
        again = min(source.randrange(1, 12), len(before.octets))
        result.append(one._replace(sequence=(one.sequence - again) % (1 << 32),
                                   octets=before.octets[-again:] + one.octets))
    if len(result) > 2 and source.random() < 0.5:
        result[1], result[-1] = result[-1], result[1]
    return result


def conflicting(segments, source):
    """A copy with other octets follows before the gap is filled: the octets that came first count."""
    if len(segments) < 3:
        return segments
    last = segments[-1]
    return segments[:-2] + [last, last._replace(octets=b"#" * len(last.octets)), segments[-2]]


# Talks: who says what.

def talk(say=both_ways, calls=1, style=PLAIN, brief=False, **how):
    """`say` for each call in turn."""
    def make(source):
        said = []
        for number in range(calls):
            said += say(Call(number, source, style, brief), **how)
        return said
    return make


def requests_between(call):
    return [call.request(), call.request(method="MESSAGE", body=SDP), call.response(), call.request(SERVER, "OPTIONS"),
            call.response(CLIENT), call.request(method="BYE"), call.response(), call.request(method="ACK")]


def bodies(call, body):
    return [call.request(method="NOTIFY", body=body), call.response(SERVER, body=body),
            call.request(SERVER, "NOTIFY", body=body), call.response(CLIENT, body=body), call.response(CLIENT)]


def keep_alives(call):
    """RFC 5626 section 3.5.1: a ping of two CRLFs, a pong of one. An answer may follow a pong at once."""
    ping, pong = Message(call.number, CLIENT, b"\r\n\r\n", None), Message(call.number, SERVER, b"\r\n", None)
    request, first, second = answered(call)
    return [ping, pong, request, ping, pong, first, pong, second, pong]


def side_by_side(source, calls=2):
    """The messages of several calls in turn."""
    talks = [both_ways(Call(number, source)) for number in range(calls)]
    return [message for turn in zip(*talks) for message in turn]


def without_length(call):
    """RFC 3261 section 18.3 forbids it on a stream: what can be told is that there is no body."""
    return answered(call, 3, content_length=False)


def with_short_length(call):
    """More body than the length says: octets that are no message stand before the next start line."""
    return [call.request(), call.response(body=SDP, content_length=10), call.response(), call.response(body=SDP)]


def large_body():
    line = b"a=fmtp:96 profile-level-id=42e01f; packetization-mode=1 and more of it\r\n"
    lines = [line] * (60000 // len(line))
    lines[len(lines) // 2] = STATUS_LINE_BODY
    return b"".join(lines)


class Difficulty(NamedTuple):
    talk: Callable[[random.Random], List[Message]]
    kinds: FrozenSet[str] = ANY
    cut: Callable[[Write, Place], List[Piece]] = by_size(MSS)
    rearrange: Optional[Callable] = None
    joins: bool = False         # messages of one side that follow each other are one write
    weaves: bool = False        # the pieces of two calls alternate
    has_opening: bool = True    # the connection's first segments are in the capture
    wraps: bool = False         # sequence numbers pass 2^32
    closing: Optional[str] = None  # after each call; the next one has the same ports
    repeats: bool = False       # the capture has each packet twice, as of a mirrored port
    loses: bool = False         # octets are missing from the capture
    is_large: bool = False      # its datagrams are larger than a frame of Ethernet


ONLY_STREAM = frozenset({STREAM})

DIFFICULTIES = {
    "whole": Difficulty(talk()),
    "brief": Difficulty(talk(answered, brief=True)),
    "compact": Difficulty(talk(style=COMPACT)),
    "folded": Difficulty(talk(style=FOLDED)),
    "lower_case": Difficulty(talk(style=LOWER_CASE)),
    "status_line_in_body": Difficulty(talk(bodies, body=STATUS_LINE_BODY)),
    "requests_between": Difficulty(talk(requests_between)),
    "keep_alives": Difficulty(talk(keep_alives), joins=True),
    "large_body": Difficulty(talk(bodies, body=large_body()), is_large=True),
    "side_by_side": Difficulty(side_by_side),
    "pipelined": Difficulty(talk(requests_between, calls=2), STREAMS, joins=True),
    "byte_by_byte": Difficulty(talk(answered, brief=True), STREAMS, by_size(1)),
    "mss_536": Difficulty(talk(answered, filler=30), STREAMS, by_size(536)),
    "split_start_line": Difficulty(talk(), STREAMS, within_start_line),
    "out_of_order": Difficulty(talk(answered, answers=3), STREAMS | {CHUNKS}, in_thirds, out_of_order),
    "repeated": Difficulty(talk(requests_between), STREAMS | {CHUNKS}, repeats=True),
    "retransmitted": Difficulty(talk(answered, answers=3), STREAMS, in_thirds, retransmitted),
    "overlapping": Difficulty(talk(answered, answers=3), STREAMS, in_thirds, overlapping),
    "conflicting": Difficulty(talk(answered, answers=3), STREAMS, in_thirds, conflicting),
    "sequence_wrap": Difficulty(talk(bodies, body=SDP), STREAMS | {CHUNKS}, in_thirds, wraps=True),
    "woven": Difficulty(side_by_side, STREAMS, in_thirds, weaves=True),
    "finished": Difficulty(talk(calls=2), STREAMS, closing="FIN"),
    "reset": Difficulty(talk(calls=2), STREAMS, closing="RST"),
    "joined": Difficulty(talk(requests_between), STREAMS, lose_first_of_each_side, has_opening=False, loses=True),
    "gap": Difficulty(talk(answered, answers=3), STREAMS, lose_of_answer(1), loses=True),
    "gap_at_start": Difficulty(talk(answered, answers=3), STREAMS, lose_of_answer(0), loses=True),
    "gap_in_headers": Difficulty(talk(answered, answers=3, filler=20), ONLY_STREAM, lose_of_answer(
        1, lambda write: (write.messages[0].end_of_cseq, len(write.octets) - 40)), loses=True),
    "gap_in_body": Difficulty(talk(answered, answers=3, body=SDP), ONLY_STREAM, lose_of_answer(
        1, lambda write: (len(write.octets) - 60, len(write.octets) - 20)), loses=True),
    "gap_in_start_line": Difficulty(talk(answered, answers=3), ONLY_STREAM, lose_of_answer(
        1, lambda write: (0, 40)), loses=True),
    "no_content_length": Difficulty(talk(without_length), ONLY_STREAM),
    "short_content_length": Difficulty(talk(with_short_length), ONLY_STREAM),
}
