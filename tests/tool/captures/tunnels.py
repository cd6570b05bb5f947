"""Tunnels. In: IP packets. Out: IP packets that carry them."""

import struct
from typing import FrozenSet, NamedTuple, Tuple

import packets as p

from . import checksums
from .network import fragments_of, whole
from .transports import Payload, udp

ETHER_TYPES = {4: 0x0800, 6: 0x86dd}
IN_IP, IPV6_IN_IP, GRE = 4, 41, 47
CHECKSUM, KEY, SEQUENCE = 0x8000, 0x2000, 0x1000


class Outside(NamedTuple):
    """The tunnel's own end points."""
    source: str
    destination: str


OUTSIDE = {4: Outside("198.51.100.1", "198.51.100.2"), 6: Outside("2001:db8:ff::1", "2001:db8:ff::2")}


def outer(protocol, octets, version=4):
    return Payload(protocol, *OUTSIDE[version], octets)


def datagram(octets, port, version=4):
    ends = OUTSIDE[version]
    return udp(octets, (ends.source, 50000 + len(octets) % 1000), (ends.destination, port))


def frame(packet):
    return p.ethernet(packet.octets, ETHER_TYPES[packet.version])


# Each layer: (packet, its number) -> payload of the outer IP packet.

def ip_in_ip(version=4):
    return lambda packet, number: outer(IN_IP if packet.version == 4 else IPV6_IN_IP, packet.octets, version)


def gre_header(flags, kind, octets, number):
    optional = (struct.pack("!I", 0xabcdef) if flags & KEY else b"") + \
        (struct.pack("!I", number) if flags & SEQUENCE else b"")
    head = struct.pack("!HH", flags, kind)
    if not flags & CHECKSUM:
        return head + optional + octets
    checksum = checksums.internet(head + bytes(4) + optional + octets)
    return head + struct.pack("!HH", checksum, 0) + optional + octets


def gre(flags=0, version=4):
    return lambda packet, number: outer(
        GRE, gre_header(flags, ETHER_TYPES[packet.version], packet.octets, number), version)


def gre_ethernet(packet, number):
    return outer(GRE, gre_header(0, 0x6558, frame(packet), number))


def pptp(packet, number):
    """RFC 2637: GRE of version 1, with PPP in it."""
    octets = b"\xff\x03" + struct.pack("!H", 0x21 if packet.version == 4 else 0x57) + packet.octets
    return outer(GRE, struct.pack("!HHHHI", 0x3001, 0x880b, len(octets), 7, number) + octets)


def erspan_1(packet, number):
    return outer(GRE, gre_header(0, 0x88be, frame(packet), number))


def erspan_2(packet, number):
    header = struct.pack("!HHI", 1 << 12 | 100, 3 << 11 | 5, 7)
    return outer(GRE, gre_header(SEQUENCE, 0x88be, header + frame(packet), number))


def erspan_3(has_subheader):
    def wrap(packet, number):
        header = struct.pack("!HHIHH", 2 << 12 | 100, 5, number * 1000, 0, 4 | has_subheader)
        subheader = struct.pack("!II", 3 << 26, number) if has_subheader else b""
        return outer(GRE, gre_header(SEQUENCE, 0x22eb, header + subheader + frame(packet), number))
    return wrap


def vxlan(version=4):
    return lambda packet, number: datagram(struct.pack("!II", 0x08000000, 42 << 8) + frame(packet), 4789, version)


def gtp_u(flags=0, extensions=()):
    """`extensions`: type and content of each; a content fills words of four octets with the length and next type."""
    def wrap(packet, number):
        optional = b""
        if flags:
            kinds = [kind for kind, _ in extensions] + [0]
            optional = struct.pack("!HBB", number & 0xffff, 0, kinds[0])
            for (_, content), following in zip(extensions, kinds[1:]):
                optional += bytes([(len(content) + 2) // 4]) + content + bytes([following])
        octets = optional + packet.octets
        return datagram(struct.pack("!BBHI", 0x30 | flags, 0xff, len(octets), 0x1234) + octets, 2152)
    return wrap


GTP_SEQUENCE, GTP_EXTENSION = 2, 4
PDU_SESSION, PDCP_NUMBER = (0x85, b"\x10\x09"), (0xc0, b"\x00\x07")


class Tunnel(NamedTuple):
    layers: Tuple = ()  # the innermost first
    inside: FrozenSet[int] = frozenset({4, 6})  # versions of IP that it carries
    outside: int = 0    # the version of the outermost packet; 0: that of the packet inside
    is_fragmented: bool = False  # the outermost packets are
    hep: int = 0        # messages are carried, not packets: by HEP of this version

    def carry(self, packets, first):
        for depth, layer in enumerate(self.layers):
            is_outermost = depth == len(self.layers) - 1
            carried = []
            for number, packet in enumerate(packets):
                payload = layer(packet, number)
                identification = first + 10007 * (depth + 1) + number
                if is_outermost and self.is_fragmented:
                    carried += fragments_of(payload, identification)
                else:
                    carried.append(whole(payload, identification))
            packets = carried
        return packets


ONLY_4, ONLY_6 = frozenset({4}), frozenset({6})

TUNNELS = {
    "none": Tunnel(),
    "4in4": Tunnel((ip_in_ip(),), ONLY_4, 4),
    "6in4": Tunnel((ip_in_ip(),), ONLY_6, 4),
    "4in6": Tunnel((ip_in_ip(6),), ONLY_4, 6),
    "6in6": Tunnel((ip_in_ip(6),), ONLY_6, 6),
    "gre": Tunnel((gre(),), outside=4),
    "gre_key": Tunnel((gre(KEY),), outside=4),
    "gre_checksum": Tunnel((gre(CHECKSUM),), outside=4),
    "gre_sequence": Tunnel((gre(SEQUENCE),), outside=4),
    "gre_all": Tunnel((gre(CHECKSUM | KEY | SEQUENCE, 6),), outside=6),
    "gre_ethernet": Tunnel((gre_ethernet,), outside=4),
    "gre_fragmented": Tunnel((gre(),), outside=4, is_fragmented=True),
    "pptp": Tunnel((pptp,), outside=4),
    "erspan_1": Tunnel((erspan_1,), outside=4),
    "erspan_2": Tunnel((erspan_2,), outside=4),
    "erspan_3": Tunnel((erspan_3(False),), outside=4),
    "erspan_3_subheader": Tunnel((erspan_3(True),), outside=4),
    "vxlan": Tunnel((vxlan(),), outside=4),
    "vxlan_fragmented": Tunnel((vxlan(6),), outside=6, is_fragmented=True),
    "gtp_u": Tunnel((gtp_u(),), outside=4),
    "gtp_u_sequence": Tunnel((gtp_u(GTP_SEQUENCE),), outside=4),
    "gtp_u_extensions": Tunnel((gtp_u(GTP_EXTENSION, (PDU_SESSION, PDCP_NUMBER)),), outside=4),
    "gtp_in_gtp": Tunnel((gtp_u(), gtp_u(GTP_SEQUENCE)), outside=4),
    "gre_in_vxlan": Tunnel((gre(KEY), vxlan()), outside=4),
    "6in4_in_gtp": Tunnel((ip_in_ip(), gtp_u(GTP_EXTENSION, (PDU_SESSION,))), ONLY_6, 4),
    "hep_1": Tunnel(hep=1),
    "hep_2": Tunnel(hep=2),
    "hep_3": Tunnel(hep=3),
    "hep_3_in_gre": Tunnel((gre(),), outside=4, hep=3),
}
