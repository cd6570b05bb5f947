#!/usr/bin/env python3
"""Proves on the library's objects what the sources promise of the parse path: parse(), and every other public function
but the streams' operators. It reads what nm, readelf, objdump and the compiler say.

    prove.py symbols OBJECT...    nothing outside is referred to but octet functions of the C library and the machine's
                                  features: no allocation, exception, locale, stream or lock; nothing of ostream.cpp
    prove.py unwinding OBJECT...  no exception tables
    prove.py data OBJECT...       no writable static data but the choice of the kernel, no initialiser but the one for it
    prove.py kernels OBJECT...    no weak symbol and no COMDAT group in a kernel that needs more than the baseline: the
                                  linker keeps one copy of a weak function, and a kernel's does not run everywhere
    prove.py code OBJECT...       no lock, no system call, no call through a pointer but through the choice (x86-64)
    prove.py frames OBJECT...     no stack of unknown size; all frames together are small (-fstack-usage)
    prove.py stack OBJECT...      no recursion; the deepest stack is small (g++ -fcallgraph-info=su)
    prove.py headers CALLED KEPT OBJECT...
                                  entry_points.cpp calls every public function: CALLED is its object, KEPT its object
                                  with every inline function of the headers (g++ -fkeep-inline-functions)

Exit status: 0 proved, 1 not. selftest.py shows that each proof can fail.
"""
import collections
import pathlib
import re
import subprocess
import sys

# The object that may use streams, and that no other may refer to.
STREAMS = "ostream.cpp.o"
# The writable data that there may be: through it, parse() calls a kernel.
CHOICE, CHOICE_SIZE = "_ZN9sipstatus2v07kernels6activeE", 8 # v0: SIPSTATUS_ABI of version.hpp
# What the parse path may refer to: it reads and writes the octets given, ends the program in a build with a stack
# protector, or is the compiler's own record of the machine's features.
ALLOWED = set("""memcpy memmove memset memcmp bcmp memchr strlen __memcpy_chk __memmove_chk __memset_chk
    __stack_chk_fail __cpu_model __cpu_features2 __cpu_indicator_init __aarch64_have_lse_atomics
    _GLOBAL_OFFSET_TABLE_""".split())
# Octets of stack, without what the C library's functions use: of the deepest chain, and of all frames together.
DEEPEST_STACK, ALL_FRAMES = 1280, 12288
RED_ZONE = 128  # what x86-64 lets the last function use without saying so

symbol = collections.namedtuple("symbol", "name kind size section")


def said_by(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True).stdout


def symbols_of(path):
    rows = [line.split("|") for line in said_by("nm", "--format=sysv", path).splitlines() if line.count("|") == 6]
    return [symbol(row[0].strip(), row[2].strip(), int(row[4].strip() or "0", 16), row[6].strip()) for row in rows]


def sections_of(path):
    """Name, size and flags of each section."""
    rows = re.findall(r"^ *\[ *\d+\] (\S+) +\S+ +\w+ \w+ (\w+) \w+ +([A-Z]*)", said_by("readelf", "-SW", path), re.MULTILINE)
    return [(name, int(size, 16), flags) for name, size, flags in rows]


def is_kernel(path):
    return path.name.startswith("kernel_")


def prove_symbols(objects):
    tables = {path: symbols_of(path) for path in objects}
    homes = {one.name: path.name for path, table in tables.items() for one in table if one.kind not in "Uwv"}
    for path, table in tables.items():
        for one in table:
            if path.name != STREAMS and one.kind in "Uwv":
                home = homes.get(one.name)
                if home == STREAMS:
                    yield f"{path.name} refers to {one.name} of {STREAMS}"
                elif home is None and one.name not in ALLOWED:
                    yield f"{path.name} refers to {one.name}, which is not on the list of what is harmless"


def prove_unwinding(objects):
    for path in objects:
        if path.name != STREAMS:
            yield from (f"{path.name}: {name}, {size} octets of exception tables"
                        for name, size, _ in sections_of(path) if name.startswith(".gcc_except_table") and size)
            yield from (f"{path.name} refers to {one.name}: an exception may pass" for one in symbols_of(path)
                        if re.match("__gxx_personality|__clang_call_terminate", one.name))


def prove_data(objects):
    for path in objects:
        table = symbols_of(path)
        chooses = any(one.name == CHOICE and one.kind not in "Uwv" for one in table)
        for name, size, flags in sections_of(path):
            # The linker fills in .data.rel.ro, which is read-only once loaded.
            if "W" not in flags or not size or name.startswith(".data.rel.ro"):
                continue
            if re.match(r"\.(init|fini)_array|\.[cd]tors", name):
                if not chooses or size != CHOICE_SIZE or not name.startswith(".init_array"):
                    yield f"{path.name}: {name}: code that runs when the library is loaded or unloaded"
                continue
            inside = [one for one in table if one.section == name and one.kind in "bBdDuVvgGsS" and one.size]
            yield from (f"{path.name}: {one.name}, {one.size} octets of writable data" for one in inside
                        if one.name != CHOICE)
            if size != sum(one.size for one in inside) or size > CHOICE_SIZE:
                yield f"{path.name}: {name}, {size} octets of writable data"


def prove_kernels(objects):
    for path in objects:
        if is_kernel(path) and path.name != "kernel_scalar.cpp.o":
            yield from (f"{path.name}: {one.name} is a weak symbol" for one in symbols_of(path) if one.kind in "WVu")
            yield from (f"{path.name}: a COMDAT group: {name}" for name in
                        re.findall(r"^COMDAT group section .*\[(\S+)\]", said_by("readelf", "-gW", path), re.MULTILINE))


def prove_code(objects):
    for path in objects:
        if path.name != STREAMS:
            uses_choice = any(one.name == CHOICE for one in symbols_of(path))
            for line in said_by("objdump", "-d", "--no-show-raw-insn", path).splitlines():
                if re.search(r"\t(lock|xchg +.*\()", line):
                    yield f"{path.name}: an instruction that locks: {line.strip()}"
                elif re.search(r"\t(syscall|sysenter|int +\$)", line):
                    yield f"{path.name}: a system call: {line.strip()}"
                elif re.search(r"\tcall +\*", line) and not uses_choice:
                    yield f"{path.name}: a call through a pointer: {line.strip()}"


def prove_frames(objects):
    total = 0
    for path in objects:
        notes = path.with_suffix(".su")
        if path.name == STREAMS or not any(flags and "X" in flags and size for _, size, flags in sections_of(path)):
            continue
        for line in notes.read_text(encoding="utf-8").splitlines():
            where, octets, kind = line.split("\t")
            total += int(octets)
            if kind != "static":
                yield f"{path.name}: stack of unknown size: {where} ({kind})"
    if total > ALL_FRAMES:
        yield f"{total} octets of stack, if all functions call each other in one chain; {ALL_FRAMES} are allowed"
    print(f"frames: {total} octets in all")


def prove_stack(objects):
    frames, calls, homes = {}, collections.defaultdict(set), collections.defaultdict(set)
    faults = []
    for path in objects:
        graph = path.with_suffix(".ci")
        if path.name == STREAMS or not graph.exists():
            continue
        # A title is a mangled name, after the file's if the function is local. It may stand in several objects.
        text = graph.read_text(encoding="utf-8")
        for title, octets, kind in re.findall(r'^node: { title: "([^"]*)" label: "[^"]*\\n(\d+) bytes \(([^"]*)\)', text,
                                              re.MULTILINE):
            frames[title] = max(frames.get(title, 0), int(octets))
            if kind != "static":
                faults.append(f"{path.name}: stack of unknown size: {title} ({kind})")
            if is_kernel(path) and ":" not in title:
                homes["kernels"].add(title)
        uses_choice = any(one.name == CHOICE for one in symbols_of(path))
        for source, target in re.findall(r'^edge: { sourcename: "([^"]*)" targetname: "([^"]*)"', text, re.MULTILINE):
            calls[source].add("kernels" if target == "__indirect_call" else target)
            if target == "__indirect_call" and not uses_choice:
                faults.append(f"{path.name}: a call through a pointer: {source}")

    depths = {}

    def depth(title, chain):
        if title in chain:
            faults.append(f"recursion: {' calls '.join([*chain[chain.index(title):], title])}")
            return 0
        if title not in depths:
            targets = {one for called in calls[title] for one in (homes["kernels"] if called == "kernels" else [called])}
            if unknown := targets - set(frames) - ALLOWED - {"__builtin_" + name for name in ALLOWED}:
                faults.append(f"{title} calls what was not found: {', '.join(sorted(unknown))}")
            depths[title] = frames.get(title, 0) + max((depth(one, [*chain, title]) for one in targets), default=0)
        return depths[title]

    deepest = max(frames, key=lambda title: depth(title, []))
    print(f"stack: {len(frames)} functions, the deepest: {depths[deepest] + RED_ZONE} octets, {deepest}")
    if depths[deepest] + RED_ZONE > DEEPEST_STACK:
        faults.append(f"{deepest}: {depths[deepest] + RED_ZONE} octets of stack, {DEEPEST_STACK} are allowed")
    return faults


def prove_headers(objects):
    called, kept, *library = objects
    calls = {one.name for one in symbols_of(called)}
    public = {one.name for one in symbols_of(kept) if one.kind in "WTt"}
    public |= {one.name for path in library for one in symbols_of(path) if one.kind == "T" and path.name != STREAMS}
    # What a class keeps to itself is called by what it does not.
    own = re.compile(r"_ZNK?9sipstatus2v\d16response_context(8conclude|9may_start|13finish_branch|14cancel_pending)E")
    # _ZN9sipstatus2v0, a K after the N for a const member, then the name, which begins with its size: no inner namespace,
    # and no constructor without parameters, which a class without any has, too.
    for name in sorted(public - calls):
        if re.match(r"_ZNK?9sipstatus2v\d\d", name) and not own.match(name) and not re.match(r"_ZN9sipstatus(2v\d(7kernels|15tolerant_reader)|12entry_points)|.*C[12]Ev$", name):
            yield f"{name} is not called in entry_points.cpp, so nothing is proved of it"
    print(f"headers: {len(public & calls)} functions called")


def main():
    proof, paths = sys.argv[1], [pathlib.Path(word) for word in sys.argv[2:]]
    faults = list(globals()[f"prove_{proof}"](paths))
    if faults:
        print(subprocess.run(["c++filt"], input="\n".join(faults), capture_output=True, text=True, check=True).stdout)
    print(f"{proof}: {f'not proved, {len(faults)} faults' if faults else 'proved'}, {len(paths)} objects")
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
