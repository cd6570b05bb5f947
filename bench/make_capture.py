#!/usr/bin/env python3
"""Writes a large capture or log to time the tool with: make_capture.py udp|tcp|log SIZE_IN_MB FILE

A third of the packets are responses with the header of a usual call, one in fifty with a phrase of its own; a third are
requests, a third is media. Over TCP the same messages go through 1,000 connections, one in each segment, and what was media is an acknowledgement without
octets.
"""
import struct
import sys

LINES = ["100 Trying", "180 Ringing", "200 OK", "183 Session Progress", "401 Unauthorized", "404 Not Found", "486 Busy Here",
         "487 Request Terminated", "503 Service Unavailable", "480 Temporarily Unavailable", "603 Decline"]


def header(number):
    return (f"Via: SIP/2.0/UDP 192.0.2.{number % 250}:5060;branch=z9hG4bK{number:08x}\r\n"
            f"From: <sip:alice{number % 977}@example.com>;tag={number * 7919:x}\r\nTo: <sip:bob@example.com>;tag={number:x}\r\n"
            f"Call-ID: {number:016x}@192.0.2.1\r\nCSeq: {number % 900 + 1} INVITE\r\n"
            "Contact: <sip:bob@192.0.2.9:5060>\r\nUser-Agent: Example 1.0\r\nContent-Length: 0\r\n\r\n")


def messages():
    """Endless: responses and requests in turn, and None for media."""
    number = 0
    while True:
        number += 1
        line = "480 Out of credit" if number % 50 == 0 else LINES[number % len(LINES)]
        yield f"SIP/2.0 {line}\r\n{header(number)}".encode()
        yield f"INVITE sip:bob@example.com SIP/2.0\r\n{header(number)}".encode()
        yield None


def ipv4(payload, protocol, number):
    return struct.pack("!BBHHHBBHII", 0x45, 0, 20 + len(payload), number & 0xffff, 0x4000, 64, protocol, 0,
                       0xc0000200 + number % 250, 0xc6336400 + number % 90) + payload


def udp_packets():
    media = b"\x80\x00" + bytes(range(170))
    for number, octets in enumerate(messages()):
        octets, ports = (media, (20000, 30000)) if octets is None else (octets, (5060, 5060))
        yield ipv4(struct.pack("!HHHH", *ports, 8 + len(octets), 0) + octets, 17, number)


def tcp_packets():
    connections = 1000
    responses, requests = [1] * connections, [1] * connections
    for number, octets in enumerate(messages()):
        which = number // 3 % connections
        # The server's direction, and the client's; acknowledgements are the client's.
        ports, places = ((5060, 10000 + which), responses) if number % 3 == 0 else ((10000 + which, 5060), requests)
        octets = octets or b""
        yield ipv4(struct.pack("!HHIIBBHHH", *ports, places[which] & 0xffffffff, 1, 0x50, 0x18, 65535, 0, 0) + octets, 6, which)
        places[which] += len(octets)


def log_lines():
    for number, octets in enumerate(messages()):
        if octets is None:
            yield b"[Nov 20 11:15:14] VERBOSE[21] app_dial.c: SIP/bob-0001 is making progress passing it to SIP/alice\n"
        elif number % 3 == 0:
            yield b"<--- SIP read from UDP:192.0.2.1:5060 --->\n" + octets.replace(b"\r\n", b"\n") + b"<------------->\n"
        else:
            yield b"Reliably Transmitting (no NAT) to 192.0.2.9:5060:\n" + octets.replace(b"\r\n", b"\n") + b"---\n"


def main():
    kind, size, path = sys.argv[1], int(sys.argv[2]) << 20, sys.argv[3]
    with open(path, "wb", 1 << 20) as file:
        if kind == "log":
            for line in log_lines():
                size -= file.write(line)
                if size <= 0:
                    return
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
        head = bytes.fromhex("0200000000010200000000020800")
        for number, packet in enumerate({"udp": udp_packets, "tcp": tcp_packets}[kind]()):
            octets = head + packet
            size -= file.write(struct.pack("<IIII", 1763629200 + number // 20000, number % 20000 * 50, len(octets),
                                           len(octets)) + octets)
            if size <= 0:
                return


if __name__ == "__main__":
    main()
