"""HEP, by which agents send the messages that they have seen to a collector. In: a message, its end points and time.
Out: a packet of version 1, 2 or 3."""

import ipaddress
import struct

FIRST_SECOND = 1_650_000_000


def time_of(number):
    """Of the message of that number, in nanoseconds; not the time of its frame. HEP counts microseconds."""
    return (FIRST_SECOND + number) * 10**9 + 123_456_000


def family_of(address):
    return 2 if ipaddress.ip_address(address).version == 4 else 10


def packed(address):
    return ipaddress.ip_address(address).packed


def version_1(message, source, destination, protocol, time=None, _=None, version=1, more=b""):
    addresses = packed(source[0]) + packed(destination[0])
    return struct.pack("!BBBBHH", version, 8 + len(addresses), family_of(source[0]), protocol, source[1],
                       destination[1]) + addresses + more + message


def version_2(message, source, destination, protocol, time, _=None):
    """The seconds, microseconds and the agent's number, in the agent's order of octets, with two of padding."""
    seconds, fraction = divmod(time, 10**9)
    return version_1(message, source, destination, protocol, version=2,
                     more=struct.pack("<IIHH", seconds, fraction // 1000, 101, 0))


def chunk(kind, value, vendor=0):
    return struct.pack("!HHH", vendor, kind, 6 + len(value)) + value


def version_3(message, source, destination, protocol, time, random_source):
    seconds, fraction = divmod(time, 10**9)
    v6 = family_of(source[0]) == 10
    chunks = [
        chunk(1, bytes([family_of(source[0])])),
        chunk(2, bytes([protocol])),
        chunk(5 if v6 else 3, packed(source[0])),
        chunk(6 if v6 else 4, packed(destination[0])),
        chunk(7, struct.pack("!H", source[1])),
        chunk(8, struct.pack("!H", destination[1])),
        chunk(9, struct.pack("!I", seconds)),
        chunk(10, struct.pack("!I", fraction // 1000)),
        chunk(11, b"\x01"),              # SIP
        chunk(12, struct.pack("!I", 101)),  # the agent
        chunk(14, b"secret"),
        chunk(17, b"correlation"),
        chunk(1, b"of a vendor", vendor=7),
    ]
    random_source.shuffle(chunks)
    body = b"".join(chunks) + chunk(15, message)
    return b"HEP3" + struct.pack("!H", 6 + len(body)) + body
