"""IP. In: payloads of transports. Out: packets, whole or in fragments."""

import ipaddress
import itertools
import struct
from typing import Callable, NamedTuple

from . import checksums

FRAGMENT_HEADER, HOP_BY_HOP, DESTINATION_OPTIONS = 44, 0, 60
LARGEST_FRAGMENT = 1280
ROUTER_ALERT, NO_OPERATION = b"\x94\x04\0\0", b"\x01"


class Packet(NamedTuple):
    version: int
    octets: bytes


class Piece(NamedTuple):
    offset: int
    octets: bytes
    more_follow: bool


def packed(address):
    return ipaddress.ip_address(address).packed


def ipv4(payload, identification, piece=None, options=b""):
    octets = payload.octets if piece is None else piece.octets
    fragment = 0 if piece is None else piece.offset // 8 | (0x2000 if piece.more_follow else 0)
    size = 20 + len(options)

    def header(checksum):
        return struct.pack("!BBHHHBBH", 0x40 | size // 4, 0, size + len(octets), identification & 0xffff, fragment, 64,
                           payload.protocol, checksum) + packed(payload.source) + packed(payload.destination) + options
    return Packet(4, header(checksums.internet(header(0))) + octets)


def ipv6(payload, identification, piece=None, extensions=()):
    """`extensions` are kinds of header before the payload."""
    octets, following = payload.octets if piece is None else piece.octets, payload.protocol
    if piece is not None:
        octets = struct.pack("!BBHI", following, 0, piece.offset | piece.more_follow, identification) + octets
        following = FRAGMENT_HEADER
    for kind in reversed(extensions):
        # An option of padding fills the header's eight octets.
        octets, following = bytes([following, 0, 1, 4, 0, 0, 0, 0]) + octets, kind
    return Packet(6, struct.pack("!IHBB", 0x60000000, len(octets), following, 64) + packed(payload.source) +
                  packed(payload.destination) + octets)


def whole(payload, identification):
    version = ipaddress.ip_address(payload.source).version
    return (ipv4 if version == 4 else ipv6)(payload, identification)


def pieces_of(octets):
    """Three, or more of the largest size; one of octets that are too few."""
    size = min(max(8, (len(octets) // 3 + 7) // 8 * 8), LARGEST_FRAGMENT)
    return [Piece(at, octets[at:at + size], at + size < len(octets)) for at in range(0, len(octets), size)]


def overlapping_pieces(octets):
    """Each begins eight octets before the end of the one before it."""
    return [piece if piece.offset == 0 else piece._replace(offset=piece.offset - 8,
                                                           octets=octets[piece.offset - 8:piece.offset] + piece.octets)
            for piece in pieces_of(octets)]


def fragments_of(payload, identification, pieces=pieces_of):
    version = ipaddress.ip_address(payload.source).version
    write = ipv4 if version == 4 else ipv6
    return [write(payload, identification, piece) for piece in pieces(payload.octets)]


def each(write):
    """One packet a payload."""
    return lambda payloads, first: [write(payload, first + number) for number, payload in enumerate(payloads)]


def in_fragments(pieces=pieces_of, order=lambda fragments: fragments):
    return lambda payloads, first: [fragment for number, payload in enumerate(payloads)
                                    for fragment in order(fragments_of(payload, first + number, pieces))]


def interleaved(payloads, first):
    """The fragments of two payloads in turn; the first one is whole before the second."""
    result = []
    numbered = list(enumerate(payloads))
    for pair in itertools.zip_longest(numbered[::2], numbered[1::2]):
        batches = [fragments_of(payload, first + number) for number, payload in filter(None, pair)]
        if len(batches) == 2 and len(batches[0]) > len(batches[1]):
            result += [fragment for batch in batches for fragment in batch]
        else:
            result += [fragment for turn in itertools.zip_longest(*batches) for fragment in turn if fragment]
    return result


def backwards(fragments):
    return fragments[::-1]


class NetworkLayer(NamedTuple):
    version: int
    packets: Callable  # (payloads, first identification) -> packets


NETWORKS = {
    "ipv4": NetworkLayer(4, each(ipv4)),
    "ipv4_options": NetworkLayer(4, each(
        lambda payload, number: ipv4(payload, number, options=ROUTER_ALERT + NO_OPERATION * 4))),
    "ipv4_fragments": NetworkLayer(4, in_fragments()),
    "ipv4_reversed": NetworkLayer(4, in_fragments(order=backwards)),
    "ipv4_interleaved": NetworkLayer(4, interleaved),
    "ipv4_overlapping": NetworkLayer(4, in_fragments(overlapping_pieces)),
    "ipv6": NetworkLayer(6, each(ipv6)),
    "ipv6_extensions": NetworkLayer(6, each(
        lambda payload, number: ipv6(payload, number, extensions=(HOP_BY_HOP, DESTINATION_OPTIONS)))),
    "ipv6_atomic_fragment": NetworkLayer(6, each(
        lambda payload, number: ipv6(payload, number, Piece(0, payload.octets, False)))),
    "ipv6_fragments": NetworkLayer(6, in_fragments()),
    "ipv6_reversed": NetworkLayer(6, in_fragments(order=backwards)),
    "ipv6_interleaved": NetworkLayer(6, interleaved),
}
