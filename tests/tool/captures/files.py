"""Capture files. In: frames of one link type, the same packets as frames of another one, and the time of each. Out: the
file's octets, and the times that it can hold."""

import gzip
import struct
from typing import Callable, NamedTuple

import packets as p

MICRO, NANO, MODIFIED = 0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34
FIRST = 1_700_000_000_000_000_000  # nanoseconds


class Frames(NamedTuple):
    link_type: int
    octets: list


def time_of(number):
    return FIRST + number * 1_234_567


def times_of(frames, tick=1):
    """In nanoseconds, as far as ticks of that length tell them."""
    return [time_of(number) // tick * tick for number in range(len(frames.octets))]


def pcap(order="<", magic=MICRO, snapshot_length=262144):
    def write(frames, _):
        tick = 1 if magic == NANO else 1000
        times = times_of(frames, tick)
        file = p.pcap(frames.octets, frames.link_type, order, magic,
                      [(time // 10**9, time % 10**9 // tick) for time in times])
        return file[:16] + struct.pack(order + "I", snapshot_length) + file[20:], times
    return write


def pcapng(order="<", ticks_per_second=10**6, resolution=b"", offset=0):
    """`resolution` is if_tsresol; the times count from `offset` seconds, if_tsoffset."""
    options = (p.option(9, resolution, order) if resolution else b"") + \
        (p.option(14, struct.pack(order + "q", offset), order) if offset else b"")

    def write(frames, _):
        file, times = p.section(order) + p.interface(frames.link_type, options, order=order), []
        for number, octets in enumerate(frames.octets):
            ticks = (time_of(number) - offset * 10**9) * ticks_per_second // 10**9
            times.append(ticks * 10**9 // ticks_per_second + offset * 10**9)
            comment = p.option(1, b"a comment", order) + p.option(0, b"", order)
            file += p.enhanced(octets, ticks, order=order, options=comment)
        return file, times
    return write


def two_sections(frames, _):
    """Of either order of octets; each numbers its interfaces from 0."""
    times, half = times_of(frames, 1000), len(frames.octets) // 2
    file = b""
    for order, numbers in (("<", range(half)), (">", range(half, len(times)))):
        file += p.section(order) + p.interface(frames.link_type, order=order)
        file += b"".join(p.enhanced(frames.octets[n], times[n] // 1000, order=order) for n in numbers)
    return file, times


def two_interfaces(frames, others):
    """Of two link types, in turn, with resolutions of their own; blocks of other kinds stand between."""
    file = p.section() + p.interface(frames.link_type) + p.block(0x0bad, b"unknown") + \
        p.interface(others.link_type, p.option(9, b"\x09"))
    times = []
    for number, octets in enumerate(frames.octets):
        tick = 1 if number % 2 else 1000
        times += [time_of(number) // tick * tick]
        file += p.enhanced(others.octets[number] if number % 2 else octets, times[-1] // tick, number % 2)
        file += p.block(5, struct.pack("<III", 0, 0, 0))
    return file, times


def old_blocks(frames, _):
    """Packet blocks and simple packet blocks: the latter have no time."""
    times = times_of(frames, 1000)
    file = p.section() + p.interface(frames.link_type)
    for number, octets in enumerate(frames.octets):
        file += p.simple(octets) if number % 2 else p.obsolete(octets, times[number] // 1000)
    return file, [None if number % 2 else time for number, time in enumerate(times)]


def gzipped(write, members=1):
    def compressed(*frames):
        octets, times = write(*frames)
        size = -(-len(octets) // members)
        return b"".join(gzip.compress(octets[at:at + size], 1, mtime=0) for at in range(0, len(octets), size)), times
    return compressed


def zstandard(write):
    """RFC 8878, with blocks that are not compressed: a frame header without a size, then blocks of 1,000 octets."""
    def compressed(*frames):
        octets, times = write(*frames)
        file = struct.pack("<IBB", 0xfd2fb528, 0, 0x50)
        blocks = [octets[at:at + 1000] for at in range(0, len(octets), 1000)]
        for number, block in enumerate(blocks):
            file += struct.pack("<I", len(block) << 3 | (number == len(blocks) - 1))[:3] + block
        return file, times
    return compressed


class Format(NamedTuple):
    write: Callable
    suffix: str = ".pcap"
    has_two_links: bool = False


FORMATS = {
    "pcap": Format(pcap()),
    "pcap_big": Format(pcap(">")),
    "pcap_nano": Format(pcap(magic=NANO)),
    "pcap_big_nano": Format(pcap(">", NANO)),
    "pcap_modified": Format(pcap(magic=MODIFIED)),
    "pcap_long_snapshots": Format(pcap(snapshot_length=0x7fffffff)),
    "pcapng": Format(pcapng(), ".pcapng"),
    "pcapng_big": Format(pcapng(">"), ".pcapng"),
    "pcapng_nano": Format(pcapng(ticks_per_second=10**9, resolution=b"\x09"), ".pcapng"),
    "pcapng_power_of_2": Format(pcapng(">", 1 << 20, b"\x94", offset=1_600_000_000), ".pcapng"),
    "pcapng_milliseconds": Format(pcapng(ticks_per_second=1000, resolution=b"\x03"), ".pcapng"),
    "pcapng_two_sections": Format(two_sections, ".pcapng"),
    "pcapng_two_interfaces": Format(two_interfaces, ".pcapng", True),
    "pcapng_old_blocks": Format(old_blocks, ".pcapng"),
    "pcap_gzip": Format(gzipped(pcap()), ".pcap.gz"),
    "pcapng_gzip_members": Format(gzipped(pcapng(), 3), ".pcapng.gz"),
    "pcap_zstd": Format(zstandard(pcap(">")), ".pcap.zst"),
}
