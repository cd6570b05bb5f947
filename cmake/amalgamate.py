#!/usr/bin/env python3
"""Writes the library as one header and one source: amalgamate.py [--root ROOT] FOLDER

sipstatus_amalgamated.hpp has the public headers, sipstatus_amalgamated.cpp the rest, with all kernels of x86-64 and
64-bit Arm. Both are made of the text of the sources, with three changes:

  * cmake/x3_sequence.hpp stands for src/x3.hpp, so no Boost is needed.
  * A kernel needs an instruction set that its file has by a compiler option elsewhere. Here it stands in a region of
    that instruction set, with a copy of the templates that it uses, in a namespace of its own.
  * Of a .def file each place gets the rows that it asks for.

Compile the source as C++20, with the flags that the program has. No option is needed, and none of the library's.
"""
import pathlib
import re
import sys

# A kernel, the machines it is for, and the instruction set of its region.
KERNELS = {
    "ssse3": ("__x86_64__", "ssse3"),
    "avx2": ("__x86_64__", "avx2,bmi"),
    "neon": ("__aarch64__", None),
}
# What each kernel has a copy of: headers whose functions are compiled for its instruction set.
PER_KERNEL = {"src/x3.hpp", "src/kernels/grammar.hpp", "src/kernels/line_reader.hpp", "src/kernels/block_scanner.hpp",
              "src/kernels/block_x86.hpp"}
STAND_IN = {"src/x3.hpp": "cmake/x3_sequence.hpp"}
INCLUDE = re.compile(r'^#include ([<"])([^>"]+)[>"]\n', re.MULTILINE)
BEGIN_REGION = """#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("{0}"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("{0}")
#endif
"""
END_REGION = """#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
"""


def rows_of(definitions, text):
    """The blocks of a .def file for the macros that are defined just before it is included."""
    blocks = re.findall(r"^#ifdef (\w+)\n(.*?)^#undef \1\n#endif\n", text, re.MULTILINE | re.DOTALL)
    return "".join(f"{rows}#undef {macro}\n" for macro, rows in blocks if macro in definitions)


def without_guard(text):
    return re.sub(r"\A#ifndef (\w+)\n#define \1\n(.*)#endif\n\Z", r"\2", text, flags=re.DOTALL)


class writer:
    def __init__(self, root):
        self.root = root
        self.written = set()    # headers
        self.standard = {}      # headers of the standard library and the compiler, in the order of their use

    def place_of(self, name, bracket, file):
        places = [self.root / "include" / name] + ([file.parent / name] if bracket == '"' else [])
        return next((place.resolve() for place in places if place.exists()), None)

    def expand(self, file, written):
        """The text of a file with what it includes of the project, each header once."""
        name = file.relative_to(self.root).as_posix()
        text = without_guard((self.root / STAND_IN.get(name, name)).read_text(encoding="utf-8"))
        out, at = [], 0
        for match in INCLUDE.finditer(text):
            before = text[at:match.start()]
            at = match.end()
            out.append(before)
            place = self.place_of(match[2], match[1], file)
            if place is None:
                self.standard[match[0]] = None
            elif place.suffix == ".def":
                definitions = set(re.findall(r"^#define (\w+)\(", "".join(out).rsplit("#undef", 1)[-1], re.MULTILINE))
                out.append(rows_of(definitions, place.read_text(encoding="utf-8")))
            elif place not in written:
                written.add(place)
                out.append(self.expand(place, written))
        out.append(text[at:])
        return f"// ---- {name}\n" + "".join(out)

    def kernel(self, file, name):
        """A kernel in its region. What the rest of the library shares is not copied."""
        machine, instructions = KERNELS[name]
        text = self.expand(file, self.written - {self.root / header for header in PER_KERNEL})
        home = f"sipstatus::inline SIPSTATUS_ABI::kernels::with_{name}"
        text = re.sub(r"sipstatus::inline SIPSTATUS_ABI::kernels(?= \{|$)", home, text, flags=re.MULTILINE)
        text = re.sub(r"sipstatus::inline SIPSTATUS_ABI::(grammar|x3)(?= \{|$)", rf"{home}::\1", text, flags=re.MULTILINE)
        call = (f"namespace sipstatus::inline SIPSTATUS_ABI::kernels {{\n"
                f"void {name}(parse_result &out, std::string_view octets, parse_options options) noexcept {{\n"
                f"    with_{name}::{name}(out, octets, options);\n}}\n"
                f"}} // namespace sipstatus::inline SIPSTATUS_ABI::kernels\n")
        begin, end = (BEGIN_REGION.format(instructions), END_REGION) if instructions else ("", "")
        return f"\n#if defined({machine})\n{begin}{text}{call}{end}#endif\n"


def amalgamate(root):
    version = ".".join(re.findall(r"^#define SIPSTATUS_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)",
                                  (root / "include/sipstatus/version.hpp").read_text(encoding="utf-8"), re.MULTILINE))
    licence = "".join(f"// {line}".rstrip() + "\n" for line in (root / "LICENSE").read_text(encoding="utf-8").splitlines())
    title = f"// sipstatus {version}, {{}}. Made by cmake/amalgamate.py from the sources: change those.\n//\n{licence}\n"

    one = writer(root)
    public = "".join(one.expand(header, one.written) for header in sorted((root / "include/sipstatus").glob("*.h*"))
                     if header not in one.written and not one.written.add(header))
    header = (title.format("all headers in one") + "#ifndef SIPSTATUS_AMALGAMATED_HPP\n#define SIPSTATUS_AMALGAMATED_HPP\n\n"
              + "".join(one.standard) + "\n" + public + "\n#endif\n")

    one.standard = {}
    plain = [file for file in sorted((root / "src").glob("*.cpp"))]
    plain += [file for file in sorted((root / "src/kernels").glob("*.cpp")) if not file.name.startswith("kernel_")]
    body = "".join(one.expand(file, one.written) for file in plain)
    body += one.expand(root / "src/kernels/kernel_scalar.cpp", one.written)
    standard = dict(one.standard)
    machines = {}
    kernels = ""
    for name, (machine, _) in KERNELS.items():
        one.standard = {}
        kernels += one.kernel(root / f"src/kernels/kernel_{name}.cpp", name)
        machines.setdefault(machine, {}).update(one.standard)
    for machine, includes in machines.items():
        standard[f"#if defined({machine})\n" + "".join(each for each in includes if each not in standard) + "#endif\n"] = None
    source = (title.format("all sources in one") + '#include "sipstatus_amalgamated.hpp"\n\n' + "".join(standard) + """
#if defined(__x86_64__)
#define SIPSTATUS_KERNELS_X86
#elif defined(__aarch64__)
#define SIPSTATUS_KERNELS_NEON
#endif

// Of a shared library that has this source, the public names alone are seen.
#pragma GCC visibility push(hidden)

""" + body + kernels + "\n#pragma GCC visibility pop\n")
    return header, source


def main():
    words = sys.argv[1:]
    root = pathlib.Path(__file__).resolve().parent.parent
    if words[:1] == ["--root"]:
        root = pathlib.Path(words[1]).resolve()
        words = words[2:]
    if len(words) != 1:
        sys.exit(__doc__)
    folder = pathlib.Path(words[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in zip(("sipstatus_amalgamated.hpp", "sipstatus_amalgamated.cpp"), amalgamate(root)):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
