#!/usr/bin/env python3
"""Proves on the library's objects what the sources promise of the parse path: parse(), and every other public function
but the streams' operators.

    prove.py symbols OBJECT...    refers to nothing but octet functions of the C library and the machine's features:
                                  no allocation, exception, locale, stream or lock; no object refers to ostream.cpp's
    prove.py unwinding OBJECT...  no exception tables
    prove.py data OBJECT...       no writable static data but the choice of the kernel, no initialiser but the one that
                                  makes it, no local static's guard
    prove.py kernels OBJECT...    no weak symbol and no COMDAT group in a kernel that is compiled for more than the
                                  baseline: the linker keeps one copy of a weak function, of whichever unit it likes,
                                  and that of a kernel would not run everywhere
    prove.py stack OBJECT...      on x86-64: no recursion, no stack that grows with the input, no call that cannot be
                                  followed, no lock and no system call; and the deepest stack is small
    prove.py headers ENTRY_POINTS HEADER...
                                  every function that the headers declare, but the streams' operators, says noexcept
                                  and is called in the source ENTRY_POINTS, whose object the other proofs are to be
                                  given beside the library's

The objects are 64-bit little-endian ELF, named as CMake names them (SOURCE.cpp.o). --objdump=PROGRAM names another
disassembler than objdump. Exit status: 0 proved, 1 not, 77 skipped. All proofs but that of the stack read the objects
themselves; selftest.py shows that each of them can fail.
"""
import argparse
import collections
import pathlib
import re
import shutil
import struct
import subprocess
import sys

SKIPPED = 77

# The object that may use streams, and that no other may refer to.
STREAMS = "ostream.cpp.o"

# What the parse path may refer to outside the library.
ALLOWED = {
    **dict.fromkeys(("memcpy", "memmove", "memset", "memcmp", "bcmp", "memchr", "strlen"),
                    "reads and writes the octets that it is given"),
    **dict.fromkeys(("__memcpy_chk", "__memmove_chk", "__memset_chk"), "the same in a build with _FORTIFY_SOURCE"),
    "__stack_chk_fail": "ends the program in a build with a stack protector",
    **dict.fromkeys(("__cpu_model", "__cpu_features2", "__cpu_indicator_init", "__aarch64_have_lse_atomics"),
                    "the compiler's own record of the machine's features"),
    "_GLOBAL_OFFSET_TABLE_": "made by the linker",
}

# What a name outside means for the promises, so that a failure says which one is broken.
MEANINGS = (
    (r"_Zn[wa]|_Zd[la]|(malloc|calloc|realloc|free|aligned_alloc|posix_memalign)$", "allocation"),
    (r"__cxa_guard_", "a local static's guard"),
    (r"__cxa_atexit$|__dso_handle$", "a destructor of static data"),
    (r"__cxa_|_Unwind_|__gxx_personality|__clang_call_terminate|_ZSt\d+__throw|_ZSt9terminatev|_ZNSt.*exception",
     "exceptions"),
    (r"pthread_|_ZNSt5mutex|_ZNSt6thread|__gthread|sem_|mtx_|__atomic_", "locks"),
    (r"_ZNSt6locale|_ZNKSt6locale|__ctype|setlocale|localeconv|strtol|strtoul|isalpha|isdigit|tolower|toupper",
     "locale"),
    (r"_ZNSo|_ZNSi|_ZSt4c(out|err|in)$|_ZSt4endl|_ZStls|_ZSt16__ostream_insert|_ZNSt8ios_base|_ZNSt9basic_ios",
     "streams"),
    (r"(v?[fs]?n?printf|puts|putchar|fopen|fread|fwrite|fputs|std(in|out|err))$", "stdio"),
    (r"__errno_location$", "errno"),
    (r"__tls_get_addr$", "thread-local data"),
)

# The writable data that there may be, and the initialiser.
WRITABLE = "sipstatus::kernels::active"
INITIALISER = "sipstatus::kernels::(anonymous namespace)::choose()"
CHOOSING = "status_line.cpp.o"

# What the deepest stack of the parse path may be, in octets: without what the C library's functions use, and what the
# dynamic linker does when it binds one of them.
DEEPEST_STACK = 1280
RETURN_ADDRESS = 8
RED_ZONE = 128 # what x86-64 lets the last function use without saying so


class skipped(Exception):
    pass


class unproven(Exception):
    """The proof does not hold; each fault is one line."""

    def __init__(self, *faults):
        super().__init__("\n".join(faults))


# ---- ELF

section = collections.namedtuple("section", "index name kind flags offset size link info")
symbol = collections.namedtuple("symbol", "name section value size kind binding")
relocation = collections.namedtuple("relocation", "section offset symbol addend")

SHT_SYMTAB, SHT_RELA, SHT_INIT_ARRAY, SHT_FINI_ARRAY, SHT_GROUP = 2, 4, 14, 15, 17
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
SHN_UNDEF, SHN_LORESERVE, SHN_COMMON = 0, 0xFF00, 0xFFF2
STB_LOCAL, STB_WEAK, STB_GNU_UNIQUE = 0, 2, 10
STT_OBJECT, STT_FUNC, STT_SECTION, STT_FILE, STT_TLS = 1, 2, 3, 4, 6


class elf_object:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.name = self.path.name
        self.octets = self.path.read_bytes()
        if self.octets[:6] != b"\x7fELF\x02\x01":
            raise skipped(f"{self.name} is not a 64-bit little-endian ELF object")
        self.machine, = struct.unpack_from("<H", self.octets, 0x12)
        self.sections = self.read_sections()
        self.symbols = []
        for table in self.sections:
            if table.kind == SHT_SYMTAB:
                self.symbols = self.read_symbols(table)
        self.relocations = [entry for table in self.sections if table.kind == SHT_RELA
                            for entry in self.read_relocations(table)]

    def string(self, table, at):
        start = table.offset + at
        return self.octets[start:self.octets.index(b"\0", start)].decode()

    def read_sections(self):
        start, = struct.unpack_from("<Q", self.octets, 0x28)
        entry_size, count, names = struct.unpack_from("<HHH", self.octets, 0x3A)
        rows = [struct.unpack_from("<IIQQQQII", self.octets, start + n * entry_size) for n in range(count)]
        found = [section(n, row[0], row[1], row[2], row[4], row[5], row[6], row[7]) for n, row in enumerate(rows)]
        return [entry._replace(name=self.string(found[names], entry.name)) for entry in found]

    def read_symbols(self, table):
        found = []
        for at in range(table.offset, table.offset + table.size, 24):
            name, info, _, where, value, size = struct.unpack_from("<IBBHQQ", self.octets, at)
            named = self.string(self.sections[table.link], name)
            if info & 15 == STT_SECTION and where < SHN_LORESERVE:
                named = self.sections[where].name
            found.append(symbol(named, where, value, size, info & 15, info >> 4))
        return found

    def read_relocations(self, table):
        for at in range(table.offset, table.offset + table.size, 24):
            offset, info, addend = struct.unpack_from("<QQq", self.octets, at)
            yield relocation(table.info, offset, self.symbols[info >> 32], addend)

    def symbol_at(self, where, offset):
        """The function or datum of a section that an offset lies in."""
        for entry in self.symbols:
            if entry.section == where and entry.kind in (STT_FUNC, STT_OBJECT, STT_TLS) and \
                    entry.value <= offset < entry.value + max(entry.size, 1):
                return entry
        return None

    def undefined(self):
        return [entry for entry in self.symbols if entry.section == SHN_UNDEF and entry.name]

    def defined(self):
        return [entry for entry in self.symbols if entry.section != SHN_UNDEF and entry.name and
                entry.kind not in (STT_SECTION, STT_FILE)]

    def referrers(self, name):
        """Who refers to a symbol: functions and data, or failing that sections."""
        found = {}
        for entry in self.relocations:
            if entry.symbol.name == name:
                within = self.symbol_at(entry.section, entry.offset)
                found[readable(within.name) if within else f"section {self.sections[entry.section].name}"] = None
        return ", ".join(found) or "no one by a relocation"


READABLE = {}


def make_readable(objects):
    """Has c++filt say what the names mean; without it they stay as they are."""
    names = sorted({entry.name for one in objects for entry in one.symbols})
    filter_program = shutil.which("c++filt") or shutil.which("llvm-cxxfilt")
    if filter_program:
        run = subprocess.run([filter_program], input="\n".join(names), capture_output=True, text=True, check=True)
        READABLE.update(zip(names, run.stdout.split("\n")))


def readable(name):
    return READABLE.get(name, name)


def in_short(name):
    """A readable name without its parameters and those of its templates."""
    text = readable(name).replace("(anonymous namespace)::", "")
    while re.search(r"<[^<>]*>", text):
        text = re.sub(r"<[^<>]*>", "", text)
    return text.split("(")[0].split(" ")[-1]


# ---- symbols

def prove_symbols(objects):
    home = {entry.name: one.name for one in objects for entry in one.defined() if entry.binding != STB_LOCAL}
    faults, outside = [], set()
    for one in objects:
        if one.name == STREAMS:
            continue
        for entry in one.undefined():
            where = home.get(entry.name)
            if where == STREAMS:
                faults.append(f"{one.name}: {readable(entry.name)} of {STREAMS} is referred to by "
                              f"{one.referrers(entry.name)}: only streams need that object")
            elif where is None and entry.name not in ALLOWED:
                faults.append(f"{one.name}: {readable(entry.name)} is referred to by {one.referrers(entry.name)}: "
                              f"{meaning_of(entry.name)}")
            elif where is None:
                outside.add(entry.name)
    if faults:
        raise unproven(*faults)
    return f"nothing outside is referred to but {', '.join(sorted(outside)) or 'nothing'}"


def meaning_of(name):
    for pattern, meaning in MEANINGS:
        if re.match(pattern, name):
            return meaning
    return "not on the list of what is harmless"


# ---- unwinding

def prove_unwinding(objects):
    faults = []
    for one in objects:
        if one.name == STREAMS:
            continue
        for part in one.sections:
            if part.name.startswith(".gcc_except_table") and part.size:
                faults.append(f"{one.name}: {part.name}, {part.size} octets of exception tables")
        for entry in one.symbols:
            if "__gxx_personality" in entry.name or entry.name == "__clang_call_terminate":
                faults.append(f"{one.name}: {readable(entry.name)} is referred to by {one.referrers(entry.name)}: "
                              f"a frame that an exception may pass")
    if faults:
        raise unproven(*faults)
    return "no exception tables"


# ---- data

def prove_data(objects):
    faults, initialisers, writable = [], 0, 0
    for one in objects:
        for entry in one.defined():
            if entry.name.startswith("_ZGV"):
                faults.append(f"{one.name}: {readable(entry.name)}: a local static's guard")
            elif entry.kind == STT_TLS or entry.section == SHN_COMMON:
                faults.append(f"{one.name}: {readable(entry.name)}, {entry.size} octets of writable data")
        for part in one.sections:
            if not part.flags & SHF_WRITE or not part.flags & SHF_ALLOC or not part.size:
                continue
            if part.name.startswith(".data.rel.ro"):
                continue # addresses that the linker fills in; read-only once loaded
            if part.kind in (SHT_INIT_ARRAY, SHT_FINI_ARRAY) or part.name.startswith((".ctors", ".dtors")):
                initialisers += 1
                faults += faults_of_initialiser(one, part)
                continue
            inside = [entry for entry in one.defined() if entry.section == part.index and entry.kind == STT_OBJECT]
            faults += [f"{one.name}: {readable(entry.name)}, {entry.size} octets of writable data in {part.name}"
                       for entry in inside if readable(entry.name) != WRITABLE]
            allowed = sum(entry.size for entry in inside if readable(entry.name) == WRITABLE)
            writable += allowed
            if part.size > sum(entry.size for entry in inside):
                faults.append(f"{one.name}: {part.name}: {part.size} octets of writable data, not all of a name")
    if faults:
        raise unproven(*faults)
    if writable > 8 or initialisers > 1:
        raise unproven(f"{writable} octets of writable data and {initialisers} initialisers: more than the choice of "
                       "a kernel needs")
    return f"{writable} octets of writable data ({WRITABLE if writable else 'none'}), {initialisers} initialiser"


def faults_of_initialiser(one, part):
    named = []
    for entry in one.relocations:
        if entry.section == part.index:
            found = entry.symbol if entry.symbol.kind == STT_FUNC else one.symbol_at(entry.symbol.section, entry.addend)
            named.append(readable(found.name) if found else "a function without a name")
    if one.name == CHOOSING and part.kind == SHT_INIT_ARRAY and named == [INITIALISER]:
        return []
    return [f"{one.name}: {name} runs when the library is loaded or unloaded ({part.name})" for name in named or ["?"]]


# ---- kernels

def prove_kernels(objects):
    kernels = [one for one in objects if one.name.startswith("kernel_") and one.name != "kernel_scalar.cpp.o"]
    if not kernels:
        raise skipped("there is no kernel but the scalar one")
    faults = []
    for one in kernels:
        faults += [f"{one.name}: {readable(entry.name)} is a weak symbol" for entry in one.symbols
                   if entry.binding in (STB_WEAK, STB_GNU_UNIQUE)]
        for part in one.sections:
            if part.kind == SHT_GROUP:
                faults.append(f"{one.name}: {readable(one.symbols[part.info].name)} names a COMDAT group")
    if faults:
        raise unproven(*faults)
    return f"no weak symbol and no COMDAT group in {', '.join(one.name for one in kernels)}"


# ---- stack

X86_64 = 62
INSTRUCTION = re.compile(r"^\s*([0-9a-f]+):\s+(?:notrack\s+|bnd\s+)*([a-z][\w.]*)\s*(.*?)\s*$")


class function:
    """What the code of one function does to the stack, and whom it calls."""

    def __init__(self, where, name):
        self.where, self.name = where, name
        self.frame = RETURN_ADDRESS
        self.calls = set()
        self.faults = []

    def fault(self, what):
        self.faults.append(f"{self.where}: {readable(self.name)}: {what}")


def prove_stack(objects, objdump):
    if any(one.machine != X86_64 for one in objects):
        raise skipped("stack use is read from the code of x86-64 only")
    objects = [one for one in objects if one.name != STREAMS]
    functions = {}
    for one in objects:
        read_code(one, objdump, functions)
    faults = [fault for entry in functions.values() for fault in entry.faults]
    if faults:
        raise unproven(*faults)

    # The linker may keep any copy of a function that several objects have; and through the choice of the kernel every
    # function can be called that a kernel's object gives away.
    homes = collections.defaultdict(set)
    for one in objects:
        for entry in one.defined():
            if entry.kind == STT_FUNC and entry.binding != STB_LOCAL:
                homes["", entry.name].add(key_of(one, entry))
                if one.name.startswith("kernel_"):
                    homes[CHOSEN].add(key_of(one, entry))
    graph = call_graph(functions, homes)
    deepest = max(functions, key=lambda key: graph.depth(key)[0])
    report = [graph.chain(deepest)]
    report += [graph.chain(key) for key in functions if in_short(key[1]) == "sipstatus::parse" and key != deepest]
    if graph.depth(deepest)[0] + RED_ZONE > DEEPEST_STACK:
        raise unproven(f"more than {DEEPEST_STACK} octets: {report[0]}")
    return f"{len(functions)} functions, at most {DEEPEST_STACK} octets; the deepest: " + "; ".join(report)


CHOSEN = ("", WRITABLE)


class call_graph:
    def __init__(self, functions, homes):
        self.functions, self.homes = functions, homes
        self.depths = {}

    def targets(self, called):
        if called in self.functions:
            return [called]
        if called not in self.homes and called[1] not in ALLOWED:
            raise unproven(f"{readable(called[1])} is called and was not found")
        return sorted(self.homes.get(called, ()))

    def depth(self, key, path=()):
        """The octets of stack of a function and of the deepest chain of those it calls, and whom it calls there."""
        if key in path:
            chain = [in_short(name) for _, name in path[path.index(key):] + (key,)]
            raise unproven(f"{key[0]}: recursion: {' calls '.join(chain)}")
        if key not in self.depths:
            below, callee = 0, None
            for called in sorted(self.functions[key].calls):
                for target in self.targets(called):
                    depth, _ = self.depth(target, path + (key,))
                    if depth > below:
                        below, callee = depth, target
            self.depths[key] = (self.functions[key].frame + below, callee)
        return self.depths[key]

    def chain(self, key):
        parts, at = [], key
        while at:
            parts.append(f"{in_short(at[1])} {self.functions[at].frame}")
            at = self.depths[at][1]
        return f"{in_short(key[1])} {self.depths[key][0] + RED_ZONE} octets = {' + '.join(parts)} + red zone {RED_ZONE}"


def key_of(one, entry):
    """A function by its object and its name: the first of the names that it has."""
    first = one.symbol_at(entry.section, entry.value) or entry
    return one.name, without_part(first.name)


def without_part(name):
    """g++ moves what is rarely executed to NAME.cold: for the stack it is the same function."""
    return re.sub(r"\.cold(\.\d+)?$", "", name)


def read_code(one, objdump, functions):
    relocations = collections.defaultdict(list)
    for entry in one.relocations:
        relocations[entry.section].append(entry)
    for part, lines in disassembly(one, objdump):
        for at, (offset, mnemonic, operands) in enumerate(lines):
            home = one.symbol_at(part.index, offset)
            if home is None:
                if not mnemonic.startswith(("nop", "data16", "cs", "xchg", "int3")):
                    raise unproven(f"{one.name}: code of no function in {part.name} at {offset:#x}")
                continue
            key = key_of(one, home)
            this = functions.setdefault(key, function(*key))
            end = lines[at + 1][0] if at + 1 < len(lines) else part.size
            target = next((entry for entry in relocations[part.index] if offset <= entry.offset < end), None)
            if mnemonic.startswith(("call", "j", "loop")):
                read_branch(one, part, this, mnemonic, operands, target, lines[max(0, at - 6):at])
            else:
                this.frame += growth(this, mnemonic, operands)


def disassembly(one, objdump):
    """The instructions of each section that has code: offset, mnemonic, operands."""
    run = subprocess.run([objdump, "-d", "--no-show-raw-insn", str(one.path)],
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise unproven(f"{objdump} failed on {one.name}: {run.stderr.strip()}")
    parts = [part for part in one.sections if part.flags & SHF_EXECINSTR and part.size]
    shown = re.split(r"^Disassembly of section (.*):$", run.stdout, flags=re.MULTILINE)[1:]
    if shown[::2] != [part.name for part in parts]:
        raise unproven(f"{one.name}: {objdump} does not show all code")
    for part, text in zip(parts, shown[1::2]):
        found = [INSTRUCTION.match(line) for line in text.splitlines()]
        yield part, [(int(line.group(1), 16), line.group(2), re.sub(r",\s+", ",", line.group(3)))
                     for line in found if line]


def read_branch(one, part, this, mnemonic, operands, target, before):
    is_call = mnemonic.startswith("call")
    if operands.startswith("*"):
        if target and (readable(target.symbol.name) == WRITABLE or is_address_of(one, target, WRITABLE)):
            this.calls.add(CHOSEN)
        elif is_call or not is_table_jump(operands, target, one, before):
            this.fault(f"a {'call' if is_call else 'jump'} that cannot be followed: {mnemonic} {operands}")
        return
    if target and target.symbol.section == SHN_UNDEF:
        this.calls.add(("", target.symbol.name))
        return
    if target and target.symbol.binding != STB_LOCAL:
        called = key_of(one, target.symbol)
    else:
        if target:
            where, offset = target.symbol.section, target.symbol.value + target.addend + 4
        else:
            address = re.match(r"(?:0x)?([0-9a-f]+)", operands)
            where, offset = part.index, int(address.group(1), 16) if address else -1
        callee = one.symbol_at(where, offset)
        if callee is None:
            this.fault(f"a branch to no function: {mnemonic} {operands}")
            return
        called = key_of(one, callee)
    # A jump within the function is a loop.
    if is_call or called != (this.where, this.name):
        this.calls.add(called if target is None or target.symbol.binding == STB_LOCAL else ("", target.symbol.name))


def is_address_of(one, target, name):
    """Whether a relocation against a section means a datum: the operand's address counts from behind the field."""
    found = one.symbol_at(target.symbol.section, target.addend + 4)
    return target.symbol.kind == STT_SECTION and found is not None and readable(found.name) == name


def is_table_jump(operands, target, one, before):
    """A switch: through a table of constants, whose entry was just loaded and added to the table's address."""
    if "(" in operands:
        return target is not None and target.symbol.section not in (SHN_UNDEF, SHN_COMMON) and \
            not one.sections[target.symbol.section].flags & SHF_WRITE
    loads = [n for n, (_, mnemonic, what) in enumerate(before) if mnemonic.startswith("movs") and ",4)" in what]
    adds = [n for n, (_, mnemonic, what) in enumerate(before) if mnemonic.startswith("add") and
            what.endswith("," + operands.lstrip("*"))]
    return bool(loads and adds and loads[-1] < adds[-1])


def growth(this, mnemonic, operands):
    """By how much an instruction lets the stack grow; one by an unknown amount is a fault."""
    if mnemonic == "lock" or operands.startswith("lock "):
        this.fault("an instruction that locks")
    if mnemonic.startswith("xchg") and "(" in operands:
        this.fault("an instruction that locks: xchg with memory")
    if mnemonic in ("syscall", "sysenter", "int"):
        this.fault("a system call")
    if mnemonic.startswith("push"):
        return 8
    if mnemonic == "enter":
        this.fault("stack of unknown size: enter")
    operands = operands.split(" ")[0]
    if not re.search(r",%[er]?spl?$", operands) or re.match(r"(cmp|test)[bwlq]?$", mnemonic):
        return 0
    constant = re.match(r"\$(-?0x[0-9a-f]+|-?\d+),%rsp$", operands)
    amount = signed(constant.group(1)) if constant else None
    if amount is not None and re.match(r"sub[lq]?$", mnemonic):
        return max(amount, 0)
    if amount is not None and re.match(r"add[lq]?$", mnemonic):
        return max(-amount, 0)
    if amount is not None and re.match(r"and[lq]?$", mnemonic):
        return -amount - 1
    near = re.match(r"(-?)(0x[0-9a-f]+|\d+)?\(%r[sb]p\),%rsp$", operands)
    if near and re.match(r"lea[lq]?$", mnemonic):
        return int(near.group(2) or "0", 0) if near.group(1) else 0
    if operands == "%rbp,%rsp" and re.match(r"mov[lq]?$", mnemonic):
        return 0
    this.fault(f"stack of unknown size: {mnemonic} {operands}")
    return 0


def signed(text):
    value = int(text, 0)
    return value - (1 << 64) if value >= 1 << 63 else value


# ---- headers

def prove_headers(entry_points, headers):
    entries = re.sub(r"\s+", "", stripped(pathlib.Path(entry_points).read_text(encoding="utf-8")))
    faults, count = [], 0
    for header in headers:
        name = pathlib.Path(header).name
        text = stripped(pathlib.Path(header).read_text(encoding="utf-8"))
        for line, function_name, tokens, is_private in declarations(text):
            if function_name == "operator<<" and "std::ostream" in "".join(tokens):
                continue
            count += 1
            if "noexcept" not in tokens[closing(tokens):]:
                faults.append(f"{name}:{line}: {function_name} is not noexcept")
            if not is_private and tokens[-1] != "default" and not re.search(
                    r"(?<!\w)" + re.escape(function_name.replace(" ", "")) + r"(<[^<>]*>)?[({]", entries):
                faults.append(f"{name}:{line}: {function_name} is not called in {pathlib.Path(entry_points).name}: "
                              "nothing is proved of it")
    if faults:
        raise unproven(*faults)
    if not count:
        raise unproven("the headers declare no function: they were not understood")
    return f"{count} declarations of functions, each noexcept and called"


def stripped(text):
    """The text without comments and directives, its strings empty; the lines stay where they are."""
    def blank(found):
        return "\n" * found.group().count("\n") if found.group()[0] in "/#" else '""'
    text = re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'", blank, text, flags=re.DOTALL)
    return re.sub(r"^[ \t]*(#(?:[^\n]*\\\n)*[^\n]*)", lambda found: blank(re.match(".*", found.group(1), re.DOTALL)),
                  text, flags=re.MULTILINE)


TOKEN = re.compile(r"\s+|\w+|::|<=>|<<=|>>=|->|[|&=!<>+*/^%-]=|&&|\|\||<<|\[\]|.")


def declarations(text):
    """Line, name and tokens of each function declared at the scope of a namespace or a class; whether it is private."""
    tokens, line = [], 1
    for found in TOKEN.finditer(text):
        if not found.group().isspace():
            tokens.append((found.group(), line))
        line += found.group().count("\n")
    at, statement, is_private = 0, [], False
    while at < len(tokens):
        token, line = tokens[at]
        words = [word for word, _ in statement]
        if token == "{" and words.count("(") > words.count(")"):
            at = behind_braces(tokens, at) - 1 # a default argument
        elif token == "{" and opens_scope(words) or token == "}":
            statement, is_private = [], False
        elif token == ":" and words in (["public"], ["private"], ["protected"]):
            statement, is_private = [], words == ["private"]
        elif token == "{":
            at = behind_braces(tokens, at) - 1
            # A body ends a function; the braces of an initialiser end nothing.
            if is_function(words) and (at + 1 == len(tokens) or tokens[at + 1][0] not in (",", "{", ";")):
                yield *found_function(statement), is_private
                statement = []
        elif token == ";":
            if is_function(words):
                yield *found_function(statement), is_private
            statement = []
        else:
            statement.append((token, line))
        at += 1


def opens_scope(words):
    return bool(words) and ("namespace" in words or words == ["extern", '"', '"'] or
                            ("(" not in words and any(word in words for word in ("class", "struct", "union")) and
                             "enum" not in words))


def behind_braces(tokens, at):
    depth = 0
    while True:
        depth += {"{": 1, "}": -1}.get(tokens[at][0], 0)
        at += 1
        if depth == 0:
            return at


def is_function(words):
    if not words or words[0] in ("using", "typedef", "static_assert", "enum") or "(" not in words:
        return False
    return "=" not in words[:words.index("(")] or "operator" in words


def found_function(statement):
    words = [word for word, _ in statement]
    opening = parameters_of(words)
    if "operator" in words:
        name = words[words.index("operator"):opening]
        name = "operator" + (" " + " ".join(name[1:]) if name[1].isidentifier() else "".join(name[1:]))
        name = name.replace(" :: ", "::")
    else:
        name = words[opening - 1]
    return statement[0][1], name, words


def parameters_of(words):
    """Where the parameter list opens: the first parenthesis that no template's head and no attribute holds."""
    if "operator" in words:
        start = words.index("operator") + 1
        return words.index("(", start + (2 if words[start] == "(" else 1))
    return words.index("(")


def closing(words):
    depth = 0
    for at in range(parameters_of(words), len(words)):
        depth += {"(": 1, ")": -1}.get(words[at], 0)
        if depth == 0:
            return at
    return len(words)


# ---- Main

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("proof", choices=("symbols", "unwinding", "data", "kernels", "stack", "headers"))
    parser.add_argument("--objdump", default="objdump")
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    try:
        if arguments.proof == "headers":
            said = prove_headers(arguments.files[0], arguments.files[1:])
        else:
            objects = [elf_object(path) for path in arguments.files]
            make_readable(objects)
            if arguments.proof == "stack":
                said = prove_stack(objects, arguments.objdump)
            else:
                said = {"symbols": prove_symbols, "unwinding": prove_unwinding, "data": prove_data,
                        "kernels": prove_kernels}[arguments.proof](objects)
            said = f"{len(objects)} objects: {said}"
    except skipped as why:
        print(f"skipped: {why}")
        return SKIPPED
    except unproven as why:
        print(why)
        print(f"{arguments.proof}: not proved, {len(str(why).splitlines())} faults")
        return 1
    print(f"{arguments.proof}: {said}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
