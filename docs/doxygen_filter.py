#!/usr/bin/env python3
"""Prints a public header, or a page, as Doxygen wants it: doxygen_filter.py FILE

The headers have plain comments. This makes documentation of those that stand before a declaration or after one on its
line, and of the head comment. Enumerators that come from a registry's rows are written out with their sentences. The
versioned namespace and SIPSTATUS_API are left out.
"""
import pathlib
import re
import sys

MACRO = re.compile(r"^ *#define SIPSTATUS_(?!INIT|DEVIATION_BIT)\w+\((?:.*\\\n)*.*\n|^#include <sipstatus/\w+\.def>\n|^#undef SIPSTATUS_\w+\n", re.MULTILINE)


# What members say that mean the same wherever they stand, and have no comment of their own.
MEMBERS = [(re.compile(pattern), said) for pattern, said in (
    (r"\bbegin\(\)", "The first of them."),
    (r"\bend\(\)", "One past the last of them."),
    (r"\bsize\(\)", "How many there are; of a text, its octets."),
    (r"\bempty\(\)", "Whether there are none."),
    (r"\boperator\[\]", "The one at a place, counted from 0. The place is not checked."),
    (r"\boperator bool\(\)", "Whether there is a value."),
    (r"\boperator==", "Whether both are the same, member by member; of texts, octet for octet."),
    (r"\boperator\|=", "Adds those of another set."),
    (r"\boperator\|", "The union."),
    (r"\boperator&", "The intersection."),
    (r"\boperator-", "Those of the first set that are not in the second."),
    (r"\bcontains\(", "Whether it is in the set; of a set, whether all of it is."),
    (r"\bbits\(\)", "The set as a number: bit n is for the enumerator n."),
    (r"\bnone\(\)", "The empty set."),
    (r"\ball\(\)", "The set of all."),
    (r"\b(\w+)s\(\w+ \w+\) noexcept : bits_", "The set of one."),
    (r"^\w.*\bsipstatus_\w+\(", "The C++ function of that name."),
    (r"\bname\(\w+ value\)", "The name of the enumerator, as the code spells it; empty for a value without a name."),
)]


def text_of(argument):
    """What an argument says: the text of its string literals, or itself."""
    parts = re.findall(r'"((?:\\.|[^"\\])*)"', argument)
    return re.sub(r"\\(.)", r"\1", "".join(parts)) if parts else argument.strip()


def rows_of(registry, macro):
    """The arguments of each row of a macro."""
    text = re.sub(r"^ *//.*$", "", registry, flags=re.MULTILINE)
    for match in re.finditer(rf"^{macro}\(", text, re.MULTILINE):
        depth, at, quoted, arguments = 1, match.end(), False, [""]
        while True:
            octet = text[at]
            depth += 0 if quoted else {"(": 1, ")": -1}.get(octet, 0)
            if depth == 0:
                break
            if octet == '"' and text[at - 1] != "\\":
                quoted = not quoted
            if octet == "," and depth == 1 and not quoted:
                arguments.append("")
            else:
                arguments[-1] += octet
            at += 1
        yield [argument.strip() for argument in arguments]


def escaped(text):
    """Text that Doxygen takes for nothing but text."""
    return re.sub(r'([\\@#<>"&%*`$~|])', r"\\\1", text)


def sentence_of(names, arguments):
    """What a row says of its enumerator."""
    row = {name: text_of(argument) for name, argument in zip(names, arguments)}
    parts = [row.get(name, "") for name in ("phrase", "meaning", "expected", "sentence", "what", "text", "reason")]
    said = ": ".join(part for part in parts if part) or ", ".join(row.values())
    source = " ".join(filter(None, [row.get("reference", ""), ("section " + row["section"]) if "reference" in row and row.get(
        "section") else row.get("section", ""), row.get("source", "")]))
    return f"{escaped(said)} ({escaped(source)})" if source else escaped(said)


def expand(match, folder):
    """Enumerators by the rows of a registry."""
    macro, names, body, registry = match.groups()
    names = [name.strip() for name in names.split(",")]
    lines = []
    for arguments in rows_of((folder / registry).read_text(encoding="utf-8"), macro):
        value = body
        for name, argument in zip(names, arguments):
            value = re.sub(rf"\b{name}\b", argument.replace("\\", r"\\"), value)
        value = value.replace("##", "")
        lines.append(f"    {value.strip()} ///< {sentence_of(names, arguments)}")
    return "\n".join(lines)


def main():
    path = pathlib.Path(sys.argv[1])
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        # What is outside of docs/ is not among the pages.
        print(re.sub(r"\[([^]]*)\]\(\.\./[^)]*\)", r"\1", text), end="")
        return
    text = re.sub(r"^#define (\w+)\(([^)]*)\) ([\w#]+(?: = \w+)?,)\n#include <sipstatus/([\w.]+)>$",
                  lambda match: expand(match, path.parent), text, flags=re.MULTILINE)
    text = MACRO.sub("", text)
    text = re.sub(r"namespace sipstatus::inline SIPSTATUS_ABI\b", "namespace sipstatus", text)
    text = re.sub(r"(?<!#define )SIPSTATUS_API ", "", text)
    if path.suffix == ".h":
        text = in_line_comments(text)
    print("\n".join(grouped(commented(text.split("\n")))))
    if path.name == "sipstatus.hpp":
        print("/// \\namespace sipstatus\n/// Everything of the library. Its symbols are in an inline namespace, which has a version.")


def in_line_comments(text):
    """A C header with the comments of C++, and one for each name that means what it means in C++."""
    text = re.sub(r"^ ?/\* ((?:[^*]|\*(?!/))*?) ?\*/$",
                  lambda match: "\n".join("// " + line.lstrip(" *") for line in match[1].split("\n")), text, flags=re.MULTILINE)
    text = re.sub(r" /\* ([^*]*) \*/$", r" // \1", text, flags=re.MULTILINE)
    text = re.sub(r"^#if defined\(UINTPTR_MAX\)[\s\S]*?^#undef SIPSTATUS_LAYOUT\n#endif\n|"
                  r"^#if defined\(__GNUC__\)\n.*\n#endif\n|^#if.* __cplusplus.*\n.*\n#endif\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^}\n(sipstatus_\w+;)", r"} \1", text, flags=re.MULTILINE)
    out = []
    for line in text.split("\n"):
        member = re.match(r"^    [\w ]+[ *](\w+)(?:\[\w+\])*;$", line)
        value = re.match(r"^    (sipstatus_\w+)(?: = \w+)?,?$", line)
        begins = re.match(r"^(typedef struct|enum) sipstatus_(\w+) \{", line)
        has_comment = bool(out) and out[-1].lstrip().startswith("//")
        if member:
            line += " // " + ("The size of the struct that the caller has." if member[1] == "struct_size" else
                              "To be left alone." if member[1] in ("reserved", "opaque") else "As in C++.")
        elif value:
            line += " // As in C++; the count of the others, if it is called so."
        elif begins and not has_comment:
            out.append(f"// As {begins[2]} in C++.")
            line = re.sub(r" \};?$", " };", line)
        out.append(line)
    text = "\n".join(out)
    return re.sub(r"^(enum sipstatus_\w+ \{) ([^}]*) \};$", lambda match: match[1] + "\n" + "\n".join(
        f"    {value.strip()}, // As in C++." for value in match[2].split(",")) + "\n};", text, flags=re.MULTILINE)


def commented(lines):
    """The lines with documentation for comments."""
    seen_head, previous = False, ""
    for line in lines:
        comment = re.match(r"^(\s*)// ?(.*)$", line)
        if comment and len(comment[1]) >= 20:
            yield f"{comment[1]}///< {escaped(comment[2])}"
        elif comment:
            if not seen_head:
                yield "/// \\file\n///"
            seen_head = True
            yield f"{comment[1]}/// {escaped(comment[2])}".rstrip()
        else:
            trailing = re.match(r"^((?:\"(?:\\.|[^\"])*\"|(?!//).)*\S)\s+//(?!/) ?(.*)$", line)
            said = next((said for pattern, said in MEMBERS if pattern.search(line)), "")
            if trailing and not line.startswith(("}", "#")):
                yield f"{trailing[1]} ///< {escaped(trailing[2])}"
            elif said and re.match(r"^(?:    )?(?!return|for|if|case)\w", line) and not previous.lstrip().startswith("//") and not (
                    previous and "sipstatus_" in previous and "sipstatus_" in line):
                yield f"/// {said}\n{line}"
            else:
                yield line
        previous = line


def grouped(lines):
    """A comment is about all declarations up to the next blank line: Doxygen gets them as a group."""
    lines = list(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        begin = re.match(r"^(\s*)/// ", line)
        if not begin or (at and lines[at - 1].lstrip().startswith("///")):
            yield line
            at += 1
            continue
        end, depth, declarations = at, 0, 0
        while end < len(lines) and (depth or (lines[end].strip() and not lines[end].lstrip().startswith(("}", "public:", "private:")))):
            code = re.sub(r"///.*|\"(?:\\\\.|[^\"])*\"|'.'", "", lines[end])
            depth += code.count("{") - code.count("}")
            if depth == 0 and re.search(r"[;}]\s*$", code):
                declarations += 1
            if end > at and depth == 0 and lines[end].lstrip().startswith("/// ") and declarations:
                break
            end += 1
        if declarations < 2:
            yield line
            at += 1
            continue
        yield f"{begin[1]}///@{{"
        yield from lines[at:end]
        yield f"{begin[1]}///@}}"
        at = end


if __name__ == "__main__":
    main()
