"""Reads a classic pcap file of UDP over Ethernet frames; independent of the tool that it is there to check.

A file goes in; packets with frame number, time, end points and payload come out.
"""
import ipaddress
import pathlib
import re
import struct
from typing import NamedTuple


class Packet(NamedTuple):
    frame: int
    seconds: int
    microseconds: int
    source: str
    destination: str
    payload: bytes


def end_point(address, port):
    text = str(ipaddress.ip_address(address))
    return f"[{text}]:{port}" if ":" in text else f"{text}:{port}"


def packets(path):
    """Every packet of the file. Anything but UDP over IPv4 or IPv6 is an error: the demo holds nothing else."""
    data = pathlib.Path(path).read_bytes()
    magic, _, _, _, _, _, link_type = struct.unpack_from("<IHHiIII", data)
    if magic != 0xA1B2C3D4 or link_type != 1:
        raise ValueError(f"{path}: not a little-endian classic pcap file of Ethernet frames")
    found, at = [], 24
    while at < len(data):
        seconds, microseconds, captured, original = struct.unpack_from("<IIII", data, at)
        frame = data[at + 16:at + 16 + captured]
        at += 16 + captured
        if captured != original or len(frame) != captured:
            raise ValueError(f"{path}: frame {len(found) + 1} was cut short")
        ether_type = struct.unpack_from("!H", frame, 12)[0]
        if ether_type == 0x0800:
            header, protocol, source, destination = 14 + (frame[14] & 15) * 4, frame[23], frame[26:30], frame[30:34]
        elif ether_type == 0x86DD:
            header, protocol, source, destination = 54, frame[20], frame[22:38], frame[38:54]
        else:
            raise ValueError(f"{path}: frame {len(found) + 1} is of type {ether_type:#06x}")
        if protocol != 17:
            raise ValueError(f"{path}: frame {len(found) + 1} is of protocol {protocol}")
        source_port, destination_port, length = struct.unpack_from("!HHH", frame, header)
        found.append(Packet(len(found) + 1, seconds, microseconds, end_point(source, source_port),
                            end_point(destination, destination_port), frame[header + 8:header + length]))
    return found


def first_line(payload):
    """The start line without its CRLF; a bare LF that ends it, and CRLFs that lead it, stay in sight."""
    line = re.match(rb"(?:\r\n)*[^\n]*\n?", payload)[0]
    return line.removesuffix(b"\r\n")


def unescape(text):
    r"""The octets of a line in which \xHH stands for one octet."""
    return re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda escape: bytes([int(escape[1], 16)]), text.encode("utf-8"))
