"""Link layers. In: an IP packet. Out: the octets of a frame, with the link type that a capture names."""

import struct
from typing import Callable, FrozenSet, NamedTuple

import packets as p

from .tunnels import ETHER_TYPES

PPP, PPP_HDLC, PPP_ETHER, NFLOG = 9, 50, 51, 239
VLAN, SERVICE_VLAN, OLD_QINQ = 0x8100, 0x88a8, 0x9100
PPPOE_SESSION, MPLS_UNICAST = 0x8864, 0x8847
ADDRESSES = bytes.fromhex("020000000001020000000002")


def ethernet(octets, kind, tags=()):
    """With padding up to the 60 octets that a frame has at least."""
    frame = ADDRESSES + p.ethernet(octets, kind, tags)[12:]
    return frame + bytes(60 - len(frame)) if len(frame) < 60 else frame


def over_ethernet(*tags):
    return lambda packet: ethernet(packet.octets, ETHER_TYPES[packet.version], tags)


def llc_snap(packet):
    octets = b"\xaa\xaa\x03\0\0\0" + struct.pack("!H", ETHER_TYPES[packet.version]) + packet.octets
    assert len(octets) <= 1500
    return ethernet(octets, len(octets))


def ppp(packet):
    return struct.pack("!H", 0x0021 if packet.version == 4 else 0x0057) + packet.octets


def pppoe(packet):
    octets = ppp(packet)
    return struct.pack("!BBHH", 0x11, 0, 77, len(octets)) + octets


def labels(count):
    """MPLS: the last label has the bottom bit."""
    return b"".join(struct.pack("!I", (100 + n) << 12 | (n == count - 1) << 8 | 64) for n in range(count))


def pseudowire(packet):
    """RFC 4448: a control word and the customer's Ethernet frame."""
    return ethernet(labels(2) + bytes(4) + ethernet(packet.octets, ETHER_TYPES[packet.version]), MPLS_UNICAST)


def loopback(order, ipv6_family):
    return lambda packet: struct.pack(order + "I", 2 if packet.version == 4 else ipv6_family) + packet.octets


def cooked_vlan(write):
    def frame(packet):
        return write(struct.pack("!HH", 7, ETHER_TYPES[packet.version]) + packet.octets, VLAN)
    return frame


def nflog(order):
    def attribute(kind, value):
        return struct.pack(order + "HH", 4 + len(value), kind) + value + bytes(-len(value) % 4)

    def frame(packet):
        return struct.pack("!BBH", 2 if packet.version == 4 else 10, 0, 30) + \
            attribute(1, struct.pack("!HBB", ETHER_TYPES[packet.version], 1, 0)) + attribute(10, b"sip \0") + \
            attribute(9, packet.octets)
    return frame


class Link(NamedTuple):
    link_type: int
    frame: Callable
    versions: FrozenSet[int] = frozenset({4, 6})
    has_length: bool = False  # in two octets, up to 1500


LINKS = {
    "ethernet": Link(p.ETHERNET, over_ethernet()),
    "vlan": Link(p.ETHERNET, over_ethernet(VLAN)),
    "qinq": Link(p.ETHERNET, over_ethernet(SERVICE_VLAN, VLAN)),
    "old_qinq": Link(p.ETHERNET, over_ethernet(OLD_QINQ, VLAN)),
    "llc_snap": Link(p.ETHERNET, llc_snap, has_length=True),
    "pppoe": Link(p.ETHERNET, lambda packet: ethernet(pppoe(packet), PPPOE_SESSION)),
    "vlan_pppoe": Link(p.ETHERNET, lambda packet: ethernet(pppoe(packet), PPPOE_SESSION, (VLAN,))),
    "pppoe_link": Link(PPP_ETHER, pppoe),
    "ppp": Link(PPP, ppp),
    "ppp_hdlc": Link(PPP_HDLC, lambda packet: b"\xff\x03" + ppp(packet)),
    "mpls_1": Link(p.ETHERNET, lambda packet: ethernet(labels(1) + packet.octets, MPLS_UNICAST)),
    "mpls_2": Link(p.ETHERNET, lambda packet: ethernet(labels(2) + packet.octets, MPLS_UNICAST)),
    "mpls_3_vlan": Link(p.ETHERNET, lambda packet: ethernet(labels(3) + packet.octets, MPLS_UNICAST, (VLAN,))),
    "mpls_pseudowire": Link(p.ETHERNET, pseudowire),
    "sll": Link(p.SLL, lambda packet: p.sll(packet.octets, ETHER_TYPES[packet.version])),
    "sll_vlan": Link(p.SLL, cooked_vlan(p.sll)),
    "sll2": Link(p.SLL2, lambda packet: p.sll2(packet.octets, ETHER_TYPES[packet.version])),
    "null": Link(p.NULL, loopback("<", 30)),
    "null_big": Link(p.NULL, loopback(">", 24)),
    "loop": Link(p.LOOP, loopback(">", 28)),
    "raw": Link(p.RAW, lambda packet: packet.octets),
    "ipv4": Link(p.IPV4, lambda packet: packet.octets, frozenset({4})),
    "ipv6": Link(p.IPV6, lambda packet: packet.octets, frozenset({6})),
    "nflog": Link(NFLOG, nflog("<")),
    "nflog_big": Link(NFLOG, nflog(">")),
}
