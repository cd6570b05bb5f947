"""Transports. In: messages and a difficulty. Out: IP payloads, and the rows that `list` is to give for them."""

import random
import struct
from typing import Callable, NamedTuple, Optional

from . import checksums, hep, sctp, tcp, websocket
from .framing import CHUNKS, DATAGRAMS, FRAMED, STREAM, Write
from .messages import CLIENT, Message

UDP, TCP, SCTP = 17, 6, 132


class Payload(NamedTuple):
    """What an IP packet carries."""
    protocol: int
    source: str
    destination: str
    octets: bytes


class Truth(NamedTuple):
    """A row of `list`. `time` is set where something else than the frame tells it, `payload` where one payload alone
    holds the message: its number, from 1."""
    code: int
    reason: str
    transport: str
    source: str
    destination: str
    call_id: str
    cseq: int
    method: str
    time: Optional[int] = None
    payload: Optional[int] = None


class Network:
    """Who talks to whom. The ports are those of SIP or any others, unless a server's port is given."""

    def __init__(self, version, source: random.Random, same_ports=False, server_port=None):
        self.prefix, self.version, self.same_ports = ("192.0.2." if version == 4 else "2001:db8::"), version, same_ports
        port, self.client_port = source.choice([5060, 5061, 5070, 15060, 443, 80]), source.choice([5060, 40000, 1024])
        self.server_port = server_port or port

    def ends(self, call, sender):
        client = (self.prefix + "1", self.client_port + (0 if self.same_ports else call))
        server = (self.prefix + "20", self.server_port)
        return (client, server) if sender == CLIENT else (server, client)

    def truth(self, message: Message, transport, time=None, payload=None):
        source, destination = (f"{at}:{port}" if self.version == 4 else f"[{at}]:{port}"
                               for at, port in self.ends(message.call, message.sender))
        row = message.row
        return Truth(row.code, row.reason, transport, source, destination, row.call_id, row.cseq, row.method, time,
                     payload)

    def truths(self, messages, transport):
        return [self.truth(message, transport) for message in messages if message.row]


def udp(octets, source, destination):
    def datagram(checksum):
        return struct.pack("!HHHH", source[1], destination[1], 8 + len(octets), checksum) + octets
    checksum = checksums.with_pseudo_header(source[0], destination[0], UDP, datagram(0))
    return Payload(UDP, source[0], destination[0], datagram(checksum or 0xffff))


def over_udp(messages, difficulty, network, source):
    payloads = [udp(message.octets, *network.ends(message.call, message.sender)) for message in messages]
    return payloads, [network.truth(message, "udp", payload=number)
                      for number, message in enumerate(messages, 1) if message.row]


def repeated(payloads, difficulty):
    return [one for payload in payloads for one in [payload] * (2 if difficulty.repeats else 1)]


def over_sctp(packer):
    def carry(messages, difficulty, network, source):
        payloads = [Payload(SCTP, ends[0][0], ends[1][0], octets)
                    for ends, octets in packer(messages, network.ends, difficulty, source)]
        return repeated(payloads, difficulty), network.truths(messages, "sctp")
    return carry


def joined(writes):
    """Writes of one side that follow each other become one."""
    result = []
    for write in writes:
        if result and (result[-1].call, result[-1].sender) == (write.call, write.sender):
            before = result.pop()
            write = Write(write.call, write.sender, before.octets + write.octets, before.messages + write.messages,
                          before.lead if before.messages else len(before.octets) + write.lead)
        result.append(write)
    return result


def over_tcp(writes, difficulty, network, source):
    """The payloads, and the messages that can be found in them."""
    segments, seen = tcp.segments_of(joined(writes) if difficulty.joins else writes, difficulty, source)
    payloads = []
    for segment in segments:
        ends = network.ends(segment.call, segment.sender)
        payloads.append(Payload(TCP, ends[0][0], ends[1][0], tcp.octets_of(segment, *ends)))
    return repeated(payloads, difficulty), seen


def over_plain_tcp(messages, difficulty, network, source):
    writes = [Write(message.call, message.sender, message.octets, [message] if is_sip(message) else [])
              for message in messages]
    payloads, seen = over_tcp(writes, difficulty, network, source)
    return payloads, network.truths(seen, "tcp")


def over_websocket(style):
    def carry(messages, difficulty, network, source):
        if difficulty.loses:
            # A frame has no mark that a reader could find again: it is lost whole, or not at all.
            difficulty = difficulty._replace(cut=websocket.losing_whole_frames(difficulty.cut))
        writes = []
        for message in messages:
            if difficulty.has_opening and all(write.call != message.call for write in writes):
                writes += websocket.upgrade(message.call)
            # After a gap it takes some octets to tell that a frame holds SIP.
            shortest = 40 if difficulty.loses else 1
            writes.append(websocket.write(message, style, source, [message] if is_sip(message) else [], shortest))
        payloads, seen = over_tcp(writes, difficulty, network, source)
        return payloads, network.truths(seen, "ws")
    return carry


def over_hep3_tcp(messages, difficulty, network, source):
    """An agent sends all messages to its collector, with the end points that it has seen inside. Where connections
    close or are woven, each call has a connection."""
    agent = Network(network.version, source, network.same_ports, server_port=9060)
    writes, times = [], {}
    for number, message in enumerate(filter(is_sip, messages)):
        times[message] = hep.time_of(number)
        packet = hep.version_3(message.octets, *network.ends(message.call, message.sender), UDP, times[message], source)
        connection = message.call if difficulty.closing or difficulty.weaves else 0
        writes.append(Write(connection, CLIENT, packet, [message], lead=len(packet) - len(message.octets)))
    payloads, seen = over_tcp(writes, difficulty, agent, source)
    return payloads, [network.truth(message, "udp", times[message]) for message in seen if message.row]


def over_hep(write, protocol, name):
    """Datagrams of HEP, a message each, that say which protocol the message was seen on."""
    def carry(messages, difficulty, network, source):
        agent, collector = ("198.51.100.7", 40007), ("198.51.100.8", 9060)
        if network.version == 6:
            agent, collector = ("2001:db8:7::7", 40007), ("2001:db8:7::8", 9060)
        payloads, truths = [], []
        for number, message in enumerate(filter(is_sip, messages)):
            time = hep.time_of(number)
            packet = write(message.octets, *network.ends(message.call, message.sender), protocol, time, source)
            payloads.append(udp(packet, agent, collector))
            if message.row:
                truths.append(network.truth(message, name, None if write == hep.version_1 else time, len(payloads)))
        return payloads, truths
    return carry


def is_sip(message: Message):
    return bool(message.octets.strip(b"\r\n"))


class Transport(NamedTuple):
    kind: str
    carry: Callable


TRANSPORTS = {
    "udp": Transport(DATAGRAMS, over_udp),
    "tcp": Transport(STREAM, over_plain_tcp),
    "sctp": Transport(DATAGRAMS, over_sctp(sctp.single)),
    "sctp_bundled": Transport(DATAGRAMS, over_sctp(sctp.bundled)),
    "sctp_fragmented": Transport(CHUNKS, over_sctp(sctp.fragmented)),
    "ws_text": Transport(FRAMED, over_websocket(websocket.TEXT)),
    "ws_binary": Transport(FRAMED, over_websocket(websocket.BINARY)),
    "ws_fragmented": Transport(FRAMED, over_websocket(websocket.FRAGMENTED)),
    "hep3_tcp": Transport(FRAMED, over_hep3_tcp),
}
