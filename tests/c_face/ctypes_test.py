#!/usr/bin/env python3
"""What a foreign function interface sees of the shared library: ctypes_test.py LIBRARY

Loads the library as a plugin would, and uses it with nothing but the header's declarations.
"""
import ctypes
import sys

size_t = ctypes.c_size_t


class View(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("size", size_t)]

    def octets(self):
        return ctypes.string_at(self.data, self.size) if self.data else b""


class Result(ctypes.Structure):
    _fields_ = [("struct_size", size_t), ("offset", size_t), ("consumed", size_t), ("leading_crlfs", size_t),
                ("version", View), ("phrase", View), ("deviations", ctypes.c_uint32), ("code", ctypes.c_uint16),
                ("outcome", ctypes.c_uint8), ("kind", ctypes.c_uint8), ("refused", ctypes.c_uint8),
                ("reserved", ctypes.c_uint8 * 7)]


class Branch(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("arrival", ctypes.c_uint16), ("origin", ctypes.c_uint8),
                ("cancel", ctypes.c_uint8)]


def main():
    library = ctypes.CDLL(sys.argv[1])
    library.sipstatus_version_text.restype = ctypes.c_char_p
    library.sipstatus_canonical_phrase.restype = ctypes.c_char_p
    library.sipstatus_name_of_reason_kind.restype = ctypes.c_char_p
    library.sipstatus_parse.argtypes = [ctypes.c_char_p, size_t, ctypes.c_void_p, ctypes.POINTER(Result)]
    library.sipstatus_choose.argtypes = [ctypes.POINTER(Branch), size_t] + 3 * [ctypes.c_void_p]

    assert ctypes.sizeof(Result) == 80 and ctypes.sizeof(Branch) == 6
    major, minor, patch = map(int, library.sipstatus_version_text().split(b"."))
    assert library.sipstatus_version() == 10000 * major + 100 * minor + patch

    octets = b"SIP/2.0 486 Busy here\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n"
    result = Result(struct_size=ctypes.sizeof(Result))
    assert library.sipstatus_parse(octets, len(octets), None, ctypes.byref(result)) == 0
    assert (result.code, result.phrase.octets(), result.consumed) == (486, b"Busy here", 23)
    assert library.sipstatus_name_of_reason_kind(result.kind) == b"letter_case"
    assert library.sipstatus_canonical_phrase(486) == b"Busy Here"
    assert library.sipstatus_canonical_phrase(499) is None

    branches = (Branch * 2)(Branch(503, 0, 1, 0), Branch(486, 1, 0, 0))
    assert library.sipstatus_choose(branches, 2, None, None, None) == 486
    assert library.sipstatus_choose(branches, 1, None, None, None) == 500
    print("as declared")


if __name__ == "__main__":
    main()
