"""SIP over SCTP (RFC 4168, RFC 9260). In: messages. Out: packets of DATA chunks, with the end points of each."""

import struct

from . import checksums

DATA, INIT, SACK = 0, 1, 3
BEGIN, END = 2, 1


def chunk(kind, flags, value):
    return struct.pack("!BBH", kind, flags, 4 + len(value)) + value + bytes(-len(value) % 4)


class Association:
    """One direction: its numbers ascend."""

    def __init__(self, source, wraps):
        self.tag = source.getrandbits(32)
        self.sequence = -source.randrange(1, 3) % (1 << 32) if wraps else source.randrange(1 << 31)
        self.message = 0xffff if wraps else 0

    def data(self, octets, flags):
        value = struct.pack("!IHHI", self.sequence, 1, self.message, 0) + octets
        self.sequence = (self.sequence + 1) % (1 << 32)
        if flags & END:
            self.message = (self.message + 1) % (1 << 16)
        return chunk(DATA, flags, value)

    def packet(self, ends, chunks):
        head = struct.pack("!HHII", ends[0][1], ends[1][1], self.tag, 0)
        whole = head + b"".join(chunks)
        return ends, whole[:8] + struct.pack("<I", checksums.crc32c(whole)) + whole[12:]


class Associations:
    def __init__(self, ends_of, wraps, source):
        self.ends_of, self.wraps, self.source, self.known = ends_of, wraps, source, {}

    def of(self, message):
        ends = self.ends_of(message.call, message.sender)
        if ends not in self.known:
            self.known[ends] = Association(self.source, self.wraps)
        return ends, self.known[ends]

    def acknowledgement(self):
        return chunk(SACK, 0, struct.pack("!IIHH", self.source.getrandbits(32), 65535, 0, 0))


def single(messages, ends_of, difficulty, source):
    """A message a packet."""
    associations = Associations(ends_of, difficulty.wraps, source)
    packets = []
    for message in messages:
        ends, at = associations.of(message)
        if not packets:
            packets.append(at.packet(ends, [chunk(INIT, 0, struct.pack("!IIHHI", at.tag, 65535, 1, 1, at.sequence))]))
        packets.append(at.packet(ends, [at.data(message.octets, BEGIN | END)]))
    return packets


def bundled(messages, ends_of, difficulty, source):
    """Messages of one side that follow each other share a packet with an acknowledgement."""
    associations = Associations(ends_of, difficulty.wraps, source)
    packets, held = [], []

    def send():
        ends, at = associations.of(held[0])
        chunks = [at.data(message.octets, BEGIN | END) for message in held]
        packets.append(at.packet(ends, [associations.acknowledgement(), *chunks]))
        held.clear()

    for message in messages:
        is_other = held and (held[0].call, held[0].sender) != (message.call, message.sender)
        if is_other or sum(len(one.octets) for one in held) + len(message.octets) > 1200 and held:
            send()
        held.append(message)
    send()
    return packets


def fragmented(messages, ends_of, difficulty, source):
    """A message in three chunks: two share a packet, or each has its own."""
    associations = Associations(ends_of, difficulty.wraps, source)
    packets = []
    for message in messages:
        ends, at = associations.of(message)
        octets = message.octets
        if len(octets) < 3:
            packets.append(at.packet(ends, [at.data(octets, BEGIN | END)]))
            continue
        first, second = len(octets) // 3, 2 * len(octets) // 3
        chunks = [at.data(octets[:first], BEGIN), at.data(octets[first:second], 0), at.data(octets[second:], END)]
        batches = [chunks[:2], chunks[2:]] if source.random() < 0.5 else [[one] for one in chunks]
        made = [at.packet(ends, batch) for batch in batches]
        packets += difficulty.rearrange(made, source) if difficulty.rearrange else made
    return packets
