"""TCP connections (RFC 9293). In: writes, and how their octets reach the capture. Out: segments."""

import itertools
import random
import struct
from typing import NamedTuple

from . import checksums
from .framing import Difficulty, Place, Write
from .messages import CLIENT, SERVER

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


class Segment(NamedTuple):
    call: int
    sender: int
    sequence: int
    acknowledgement: int
    flags: int
    octets: bytes
    options: bytes = b""


class Connection:
    """One connection, from its first segment to its last."""

    def __init__(self, call, source: random.Random, wraps=False):
        self.call, self.source = call, source
        self.next = [-source.randrange(1, 100) % (1 << 32) if wraps else source.randrange(1 << 31)
                     for _ in (CLIENT, SERVER)]
        self.options = b"\x01\x01\x08\x0a" + bytes(8) if source.random() < 0.5 else b""
        self.writes, self.answers = [0, 0], 0

    def segment(self, sender, octets=b"", flags=ACK, options=None):
        first = self.next[sender]
        self.next[sender] = (first + len(octets) + bool(flags & (SYN | FIN))) % (1 << 32)
        acknowledgement = self.next[1 - sender] if flags & ACK else 0
        return Segment(self.call, sender, first, acknowledgement, flags, octets,
                       self.options if options is None else options)

    def open(self):
        size = b"\x02\x04\x05\xb4"
        return [self.segment(CLIENT, flags=SYN, options=size), self.segment(SERVER, flags=SYN | ACK, options=size),
                self.segment(CLIENT)]

    def close(self, flag):
        if flag == "RST":
            return [self.segment(CLIENT, flags=RST | ACK)]
        return [self.segment(CLIENT, flags=FIN | ACK), self.segment(SERVER, flags=FIN | ACK), self.segment(CLIENT)]

    def place_of(self, write: Write):
        """Where a write that comes next stands in the talk."""
        is_answer = bool(write.messages and write.messages[0].row)
        place = Place(self.writes[write.sender], self.answers if is_answer else None)
        self.writes[write.sender] += 1
        self.answers += is_answer
        return place

    def send(self, write: Write, pieces, rearrange):
        """The segments of a write that are in the capture."""
        made = [(self.segment(write.sender, piece.octets, ACK | PSH), piece.is_captured) for piece in pieces]
        captured = [segment for segment, is_captured in made if is_captured]
        if rearrange:
            captured = rearrange(captured, self.source)
        acknowledges = self.source.random() < 0.5
        return captured + [self.segment(1 - write.sender)] * acknowledges


def survives(write: Write, pieces):
    """Whether a start line reached the capture, with all that stands before it."""
    seen = 0
    for piece in pieces:
        if not piece.is_captured:
            return seen >= write.end_of_start_line
        seen += len(piece.octets)
    return True


def woven(batches):
    """Two messages of different calls that follow each other have their segments in turn."""
    result, number = [], 0
    while number < len(batches):
        write, segments = batches[number]
        following, others = batches[number + 1] if number + 1 < len(batches) else (None, [])
        if write and following and write.messages and following.messages and write.call != following.call:
            for pair in itertools.zip_longest(segments, others):
                result += [segment for segment in pair if segment]
            number += 2
        else:
            result += segments
            number += 1
    return result


def segments_of(writes, difficulty: Difficulty, source: random.Random):
    """All segments of a capture, and the messages whose start line is in it."""
    connections, batches, seen = {}, [], []

    def connection_of(call):
        if call not in connections:
            connections[call] = Connection(call, source, difficulty.wraps)
            opening = connections[call].open()
            batches.append((None, opening if difficulty.has_opening else []))
        return connections[call]

    for write in writes if difficulty.weaves else ():
        connection_of(write.call)
    for number, write in enumerate(writes):
        connection = connection_of(write.call)
        pieces = difficulty.cut(write, connection.place_of(write))
        if survives(write, pieces):
            seen += write.messages
        batches.append((write, connection.send(write, pieces, difficulty.rearrange)))
        if difficulty.closing and all(later.call != write.call for later in writes[number + 1:]):
            batches.append((None, connection.close(difficulty.closing)))
    if difficulty.weaves:
        return woven(batches), seen
    return [segment for _, batch in batches for segment in batch], seen


def octets_of(segment: Segment, source, destination):
    """The segment with its header; `source` and `destination` are an address and a port each."""
    def header(checksum):
        return struct.pack("!HHIIBBHHH", source[1], destination[1], segment.sequence, segment.acknowledgement,
                           (20 + len(segment.options)) // 4 << 4, segment.flags, 0xffff, checksum, 0) + segment.options
    whole = header(0) + segment.octets
    checksum = checksums.with_pseudo_header(source[0], destination[0], 6, whole)
    return whole[:16] + struct.pack("!H", checksum) + whole[18:]
