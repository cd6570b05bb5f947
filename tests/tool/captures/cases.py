"""What is built: one value of each axis. In: a case and a seed. Out: a capture and the rows that `list` is to give."""

import random
import zlib
from typing import List, NamedTuple

from . import hep
from .files import FORMATS, Frames
from .framing import DATAGRAMS, DIFFICULTIES, STREAMS
from .links import LINKS
from .network import NETWORKS
from .transports import SCTP, TCP, TRANSPORTS, UDP, Network, Truth, over_hep
from .tunnels import TUNNELS

AXES = {"format": FORMATS, "link": LINKS, "network": NETWORKS, "tunnel": TUNNELS, "transport": TRANSPORTS,
        "difficulty": DIFFICULTIES}
HEP_WRITERS = {1: hep.version_1, 2: hep.version_2, 3: hep.version_3}
# What HEP can say that a message was seen on; HEP over TCP is a transport of its own.
HEP_PROTOCOLS = {"udp": UDP, "tcp": TCP, "sctp": SCTP}


class Case(NamedTuple):
    format: str
    link: str
    network: str
    tunnel: str
    transport: str
    difficulty: str

    def __str__(self):
        return "-".join(self)


class Capture(NamedTuple):
    octets: bytes
    truths: List[Truth]
    times: List[int]  # of each frame, in nanoseconds; None where the file does not say
    loses: bool       # octets are missing from it


def impossible(case: Case):
    """Why there is no such capture, or None."""
    link, tunnel, network = LINKS[case.link], TUNNELS[case.tunnel], NETWORKS[case.network]
    transport, difficulty = TRANSPORTS[case.transport], DIFFICULTIES[case.difficulty]
    if network.version not in tunnel.inside:
        return "the tunnel carries the other version of IP"
    if (tunnel.outside or network.version) not in link.versions:
        return "the link type is of the other version of IP"
    if tunnel.hep and case.transport not in HEP_PROTOCOLS:
        return "HEP does not say this of a message"
    if (DATAGRAMS if tunnel.hep else transport.kind) not in difficulty.kinds:
        return "the transport has no stream that could be cut so"
    if link.has_length and difficulty.is_large and (tunnel.hep or transport.kind not in STREAMS):
        return "802.3 has no length for so large a packet"
    return None


def seeded(*words):
    return random.Random(zlib.crc32(repr(words).encode()))


class Traffic(NamedTuple):
    """The IP packets of every case that differs in format and link alone."""
    packets: list
    truths: List[Truth]
    loses: bool


def make_traffic(case: Case, seed, server_port=None) -> Traffic:
    source = seeded(seed, case.network, case.tunnel, case.transport, case.difficulty)
    tunnel, layer, difficulty = TUNNELS[case.tunnel], NETWORKS[case.network], DIFFICULTIES[case.difficulty]
    network = Network(layer.version, source, bool(difficulty.closing), server_port)
    carry = TRANSPORTS[case.transport].carry
    if tunnel.hep:
        carry = over_hep(HEP_WRITERS[tunnel.hep], HEP_PROTOCOLS[case.transport], case.transport)
    payloads, truths = carry(difficulty.talk(source), difficulty, network, source)
    first = source.randrange(1 << 16)
    packets = tunnel.carry(layer.packets(payloads, first), first)
    if len(packets) != len(payloads):
        truths = [truth._replace(payload=None) for truth in truths]
    return Traffic(packets, truths, difficulty.loses)


def make_capture(case: Case, traffic: Traffic) -> Capture:
    def frames(name):
        return Frames(LINKS[name].link_type, [LINKS[name].frame(packet) for packet in traffic.packets])

    form = FORMATS[case.format]
    octets, times = form.write(frames(case.link), frames(other_link(case)) if form.has_two_links else None)
    return Capture(octets, traffic.truths, times, traffic.loses)


def other_link(case: Case):
    """The next link type of the table that differs and carries the packets."""
    names = list(LINKS)
    at = names.index(case.link)
    return next(name for name in names[at + 1:] + names[:at]
                if LINKS[name].link_type != LINKS[case.link].link_type and not impossible(case._replace(link=name)))


def make(case: Case, seed, server_port=None) -> Capture:
    return make_capture(case, make_traffic(case, seed, server_port))


