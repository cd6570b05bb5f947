"""Writes captures. In: SIP messages. Out: packets of any link type, files of any capture format, as octets."""

import ipaddress
import struct

ETHERNET, NULL, LOOP, SLL, SLL2, RAW, IPV4, IPV6 = 1, 0, 108, 113, 276, 101, 228, 229


def response(line=b"SIP/2.0 200 OK\r\n"):
    return line + b"Via: SIP/2.0/UDP 192.0.2.1\r\nContent-Length: 0\r\n\r\n"


def udp(payload, source=5060, destination=5080, length=None):
    return struct.pack("!HHHH", source, destination, len(payload) + 8 if length is None else length, 0) + payload


def tcp(payload, source=5060, destination=5080, sequence=1, flags=0x18):
    return struct.pack("!HHIIBBHHH", source, destination, sequence, 0, 0x50, flags, 65535, 0, 0) + payload


def ipv4(payload, protocol=17, source="192.0.2.1", destination="192.0.2.2", options=b"", flags=0, total=None):
    header = 20 + len(options)
    total = header + len(payload) if total is None else total
    return struct.pack("!BBHHHBBH", 0x40 | header // 4, 0, total, 1, flags, 64, protocol, 0) + \
        ipaddress.ip_address(source).packed + ipaddress.ip_address(destination).packed + options + payload


def ipv6(payload, following=17, source="2001:db8::1", destination="2001:db8::2", length=None):
    return struct.pack("!IHBB", 0x60000000, len(payload) if length is None else length, following, 64) + \
        ipaddress.ip_address(source).packed + ipaddress.ip_address(destination).packed + payload


def ethernet(packet, kind=0x0800, tags=()):
    head = bytes(12)
    for tag in tags:
        head += struct.pack("!HH", tag, 7)
    return head + struct.pack("!H", kind) + packet


def sll(packet, kind=0x0800):
    return struct.pack("!HHH8sH", 0, 1, 6, bytes(8), kind) + packet


def sll2(packet, kind=0x0800):
    return struct.pack("!HHIHBB8s", kind, 0, 1, 1, 0, 6, bytes(8)) + packet


def pcap(packets, link=ETHERNET, order="<", magic=0xa1b2c3d4, times=None, original=None, minor=4):
    file = bytearray(struct.pack(order + "IHHiIII", magic, 2, minor, 0, 0, 262144, link))
    for i, packet in enumerate(packets):
        seconds, fraction = times[i] if times else (1700000000 + i, 5)
        whole = original[i] if original else len(packet)
        file += struct.pack(order + "IIII", seconds, fraction, len(packet), whole)
        if magic == 0xa1b2cd34:
            file += bytes(8)
        file += packet
    return bytes(file)


def pad(octets):
    return octets + bytes(-len(octets) % 4)


def block(kind, body, order="<"):
    body = pad(body)
    length = struct.pack(order + "I", 12 + len(body))
    return struct.pack(order + "I", kind) + length + body + length


def section(order="<", major=1):
    return block(0x0a0d0d0a, struct.pack(order + "IHHq", 0x1a2b3c4d, major, 0, -1), order)


def option(code, value, order="<"):
    return struct.pack(order + "HH", code, len(value)) + pad(value)


def interface(link=ETHERNET, options=b"", snap=0, order="<"):
    return block(1, struct.pack(order + "HHI", link, 0, snap) + options + (option(0, b"", order) if options else b""), order)


def enhanced(packet, ticks=0, number=0, original=None, options=b"", order="<"):
    whole = len(packet) if original is None else original
    return block(6, struct.pack(order + "IIIII", number, ticks >> 32, ticks & 0xffffffff, len(packet), whole) +
                 pad(packet) + options, order)


def simple(packet, original=None, order="<"):
    return block(3, struct.pack(order + "I", len(packet) if original is None else original) + packet, order)


def obsolete(packet, ticks=0, number=0, order="<"):
    return block(2, struct.pack(order + "HHIIII", number, 0, ticks >> 32, ticks & 0xffffffff, len(packet),
                                len(packet)) + packet, order)
