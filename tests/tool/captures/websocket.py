"""SIP over WebSocket (RFC 6455, RFC 7118). In: messages. Out: frames, as writes to a TCP connection."""

import struct

from .framing import Piece, Write
from .messages import CLIENT, SERVER

TEXT, BINARY, FRAGMENTED = "text", "binary", "fragmented"
CONTINUATION, TEXT_FRAME, BINARY_FRAME, PING = 0, 1, 2, 9

REQUEST = (b"GET /ws HTTP/1.1\r\nHost: sip.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\n"
           b"Sec-WebSocket-Version: 13\r\n\r\n")
ANSWER = (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: sip\r\n\r\n")


def upgrade(call):
    return [Write(call, CLIENT, REQUEST, []), Write(call, SERVER, ANSWER, [])]


def frame(opcode, octets, mask, is_last=True):
    """Lengths of 126 and more stand in two octets, those of 65,536 and more in eight."""
    size, masked = len(octets), 0x80 if mask else 0
    head = bytes([(0x80 if is_last else 0) | opcode])
    if size < 126:
        head += bytes([masked | size])
    elif size < 1 << 16:
        head += bytes([masked | 126]) + struct.pack("!H", size)
    else:
        head += bytes([masked | 127]) + struct.pack("!Q", size)
    if not mask:
        return head + octets
    key = (mask * (size // 4 + 1))[:size]
    return head + mask + (int.from_bytes(octets, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


def write(message, style, source, messages, shortest=1):
    """A client masks its frames, a server does not. The first of several has at least `shortest` octets of the message."""
    def mask():
        return struct.pack("!I", source.getrandbits(32)) if message.sender == CLIENT else b""

    octets, opcode = message.octets, BINARY_FRAME if style == BINARY else TEXT_FRAME
    if style != FRAGMENTED or len(octets) < shortest + 2:
        whole = frame(opcode, octets, mask())
        return Write(message.call, message.sender, whole, messages, lead=len(whole) - len(octets))
    first, second = sorted(source.sample(range(shortest, len(octets)), 2))
    frames = [frame(opcode, octets[:first], mask(), False), frame(PING, b"alive?", mask()),
              frame(CONTINUATION, octets[first:second], mask(), False), frame(CONTINUATION, octets[second:], mask())]
    whole = b"".join(frames)
    return Write(message.call, message.sender, whole, messages, lead=len(whole) - len(octets))


def losing_whole_frames(cut):
    def whole(one, place):
        return [Piece(one.octets, all(piece.is_captured for piece in cut(one, place)))]
    return whole
