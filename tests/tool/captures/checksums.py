"""Checksums of packets. In: octets. Out: the number that stands in their header."""

import array
import ipaddress
import struct
import sys


def internet(octets):
    """RFC 1071."""
    if len(octets) % 2:
        octets += b"\0"
    words = array.array("H", octets)
    if sys.byteorder == "little":
        words.byteswap()
    total = sum(words)
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def with_pseudo_header(source, destination, protocol, octets):
    """Of UDP and TCP: the addresses count, too."""
    first, second = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    return internet(first.packed + second.packed + struct.pack("!II", len(octets), protocol) + octets)


def crc32c_table():
    table = []
    for number in range(256):
        for _ in range(8):
            number = number >> 1 ^ (0x82f63b78 if number & 1 else 0)
        table.append(number)
    return table


CRC32C = crc32c_table()


def crc32c(octets):
    """RFC 9260 appendix A."""
    crc = 0xffffffff
    for octet in octets:
        crc = CRC32C[(crc ^ octet) & 0xff] ^ crc >> 8
    return crc ^ 0xffffffff
