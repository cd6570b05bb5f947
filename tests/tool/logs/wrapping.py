"""What happens to a log before somebody reads it: it is quoted, indented, recoded, compressed. A wrapping gives octets."""
import gzip
import itertools

# Each line becomes another one.
LINES = {
    "as_it_is": lambda line: line,
    "mail_quote": lambda line: "> " + line,
    "mail_quote_twice": lambda line: "> > " + line,
    "indent": lambda line: "    " + line,
    "tab": lambda line: "\t" + line,
    "table": lambda line: "\u2502 " + line,
}

ENDS = {"lf": "\n", "crlf": "\r\n", "cr_crlf": "\r\r\n"}

ENCODINGS = {
    "utf8": lambda text: text.encode(),
    "utf8_mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf16_little": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf16_big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf16_without_mark": lambda text: text.encode("utf-16-le"),
    "gzip": lambda text: gzip.compress(text.encode(), mtime=0),
}


def is_possible(line, end, encoding):
    """UTF-16 without a mark is told by the NULs among the first letters, so these have to be ASCII."""
    return not (line == "table" and encoding == "utf16_without_mark")


def all_wrappings():
    return [one for one in itertools.product(LINES, ENDS, ENCODINGS) if is_possible(*one)]


def wrap(lines, wrapping):
    line, end, encoding = wrapping
    return ENCODINGS[encoding]("".join(LINES[line](one) + ENDS[end] for one in lines))
