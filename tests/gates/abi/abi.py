#!/usr/bin/env python3
"""The binary interface of the shared library against the recorded one.

    abi.py check LIBRARY     no incompatible change since the baseline: no function removed, no type of the interface changed
    abi.py record LIBRARY    writes the baseline anew; says what changed
    abi.py symbols LIBRARY INCLUDE
                             the library exports what INCLUDE marks with SIPSTATUS_API, and nothing else
    abi.py selftest COMPILER ROOT
                             check and symbols find planted changes, in copies of the library

A change that is compatible, a new function or a new enumerator at the end, passes, and is recorded before a release. An
incompatible one raises SIPSTATUS_ABI in version.hpp, which names the library anew; the baseline is then recorded for that
name. Exit status: 0 as it should be, 1 not, 77 abidiff or debug information is missing.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / "baseline.abi"
HEADERS = HERE.parents[2] / "include"
RECORD = "cmake --build BUILD --target abi_record"
# What abidiff says by its exit status, bit by bit.
ERROR, USAGE, CHANGE, INCOMPATIBLE = 1, 2, 4, 8


def said_by(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True).stdout


def interface(library, headers):
    """The interface as abidw writes it: of public types, without places of this machine."""
    return said_by("abidw", "--headers-dir", headers, "--drop-private-types", "--no-corpus-path", "--no-comp-dir-path",
                   "--no-architecture", "--no-elf-needed", "--drop-undefined-syms", "--no-show-locs", library)


def soname_of(text):
    return re.search(r"soname='([^']*)'", text)[1]


def differences(baseline, library, headers):
    """What abidiff says of all that is not an addition; empty if nothing is."""
    with tempfile.TemporaryDirectory() as folder:
        now = pathlib.Path(folder) / "now.abi"
        now.write_text(interface(library, headers), encoding="utf-8")
        done = subprocess.run(["abidiff", "--no-added-syms", str(baseline), str(now)], capture_output=True, text=True,
                              check=False)
    if done.returncode & (ERROR | USAGE):
        sys.exit(f"abidiff failed:\n{done.stdout}{done.stderr}")
    return done.stdout if done.returncode & (CHANGE | INCOMPATIBLE) else ""


def check(library, headers=HEADERS, baseline=BASELINE):
    now, then = soname_of(interface(library, headers)), soname_of(baseline.read_text(encoding="utf-8"))
    changes = differences(baseline, library, headers)
    if now != then:
        return f"the library is {now}, the baseline is of {then}: record it: {RECORD}"
    if changes:
        return f"an incompatible change, and the library is still {now}. Undo it, or raise SIPSTATUS_ABI:\n{changes}"
    return ""


def record(library):
    if BASELINE.exists():
        print(differences(BASELINE, library, HEADERS) or "nothing incompatible")
    BASELINE.write_text(interface(library, HEADERS), encoding="utf-8")


def symbols(library, headers):
    """Each dynamic symbol by its plain name, against the names that the headers mark."""
    marked = set()
    for header in pathlib.Path(headers).rglob("*.h*"):
        text = re.sub(r"//.*|/\*.*?\*/|^#define SIPSTATUS_API .*", "", header.read_text(encoding="utf-8"),
                      flags=re.MULTILINE)
        marked |= set(re.findall(r"\bclass SIPSTATUS_API (\w+)", text))
        text = re.sub(r"\bclass SIPSTATUS_API", "", text)
        marked |= set(re.findall(r"\bSIPSTATUS_API\b[^;]*?(operator\s*<<|\w+)\s*\(", text))
    exported = set()
    faults = []
    for line in said_by("nm", "-DC", "--defined-only", library).splitlines():
        kind, name = re.match(r"\S+ (\w) (.*)", line).groups()
        plain = re.match(r"(?:sipstatus::v\d+::)(operator<<|\w+)(?:\(|::\w+\()|(sipstatus_\w+)$", name)
        plain = plain and (plain[1] or plain[2])
        if kind != "T" or plain not in marked:
            faults.append(f"exported, and not marked in the headers: {name} ({kind})")
        exported.add(plain)
    faults += [f"marked with SIPSTATUS_API, and not exported: {name}" for name in sorted(marked - exported)]
    if not exported:
        faults.append("nothing is exported")
    return "\n".join(faults)


# A change of the sources, by file: a text and what stands for it; and what must be said of it, "" for nothing.
PLANTED = (
    ("nothing", (), ""),
    ("a member more in the options", (("include/sipstatus/status_line.hpp", "    bool whole_input = false;",
                                       "    int planted = 0;\n    bool whole_input = false;"),), "type size changed"),
    ("members in another order", (("include/sipstatus/status_line.hpp",
                                   "    std::size_t consumed = 0;      // on ok, everything up to and with the line end; 0 otherwise\n"
                                   "    std::size_t leading_crlfs = 0; //",
                                   "    std::size_t leading_crlfs = 0;\n    std::size_t consumed = 0; //"),), "offset changed"),
    ("an enumerator in the middle", (("include/sipstatus/status_line.def",
                                      'SIPSTATUS_OUTCOME(unsupported_version,',
                                      'SIPSTATUS_OUTCOME(planted, "RFC 3261 section 7.2", "planted")\n'
                                      'SIPSTATUS_OUTCOME(unsupported_version,'),), "enumerator"),
    ("a function less", (("include/sipstatus/status_line.hpp", "SIPSTATUS_API kernel kernel_in_use() noexcept;",
                          "inline kernel kernel_in_use() noexcept { return kernel::scalar; }"),
                         ("src/kernels/choice.cpp", "kernel kernel_in_use() noexcept {", "kernel other() noexcept {")),
     "Removed function"),
    ("a function more", (("include/sipstatus/status_line.hpp", "SIPSTATUS_API kernel kernel_in_use() noexcept;",
                          "SIPSTATUS_API kernel kernel_in_use() noexcept;\nSIPSTATUS_API int planted() noexcept;"),
                         ("src/write.cpp", "write_result write(char *first, char *last, status code) noexcept {",
                          "int planted() noexcept { return 3; }\n\n"
                          "write_result write(char *first, char *last, status code) noexcept {")), ""),
    ("another number", (("include/sipstatus/version.hpp", "#define SIPSTATUS_ABI v0", "#define SIPSTATUS_ABI v7"),),
     "the library is libsipstatus.so.7, the baseline is of libsipstatus.so.0"),
)


def build(compiler, root, folder, optimise="-O0", more=""):
    """A shared library of a tree's amalgamation."""
    subprocess.run([sys.executable, root / "cmake/amalgamate.py", "--root", root, folder], check=True)
    source = folder / "sipstatus_amalgamated.cpp"
    source.write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    number = re.search(r"^#define SIPSTATUS_ABI v(\d+)", (root / "include/sipstatus/version.hpp").read_text(encoding="utf-8"),
                       re.MULTILINE)[1]
    subprocess.run([compiler, "-std=c++20", optimise, "-g", "-fPIC", "-shared", "-fvisibility=hidden",
                    f"-Wl,-soname,libsipstatus.so.{number}", source, "-o", folder / "libsipstatus.so"], check=True)
    return folder / "libsipstatus.so"


def selftest(compiler, root):
    root = pathlib.Path(root).resolve()
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        baseline = folder / "baseline.abi"
        for title, changes, wanted in PLANTED:
            tree = folder / "tree"
            shutil.rmtree(tree, ignore_errors=True)
            for part in ("include", "src", "cmake"):
                shutil.copytree(root / part, tree / part, ignore=shutil.ignore_patterns("tool"))
            shutil.copy(root / "LICENSE", tree)
            for file, before, after in changes:
                text = (tree / file).read_text(encoding="utf-8")
                if text.count(before) != 1:
                    sys.exit(f"{title}: {file} has {text.count(before)} times {before!r}")
                (tree / file).write_text(text.replace(before, after), encoding="utf-8")
            library = build(compiler, tree, folder / "made")
            if title == "nothing":
                baseline.write_text(interface(library, folder / "made"), encoding="utf-8")
            said = check(library, folder / "made", baseline)
            if (wanted not in said) if wanted else said:
                wrong.append(f"{title}: {wanted or 'nothing'!r} was expected in {said!r}")
        # Unoptimised code has copies of the standard library's functions.
        library = build(compiler, root, folder / "made", "-O2",
                        '\nnamespace planted { __attribute__((visibility("default"))) int seen() { return 3; } }\n')
        if symbols(library, root / "include") != "exported, and not marked in the headers: planted::seen() (T)":
            wrong.append(f"an exported name that is not public: {symbols(library, root / 'include')!r}")
    print(*wrong, f"selftest: {len(PLANTED) + 1 - len(wrong)} of {len(PLANTED) + 1} as expected", sep="\n")
    return 1 if wrong else 0


def main():
    command, *words = sys.argv[1:]
    if command != "symbols" and not (shutil.which("abidw") and shutil.which("abidiff")):
        print("skipped: abidw and abidiff were not found (Debian: abigail-tools)")
        return 77
    if command == "selftest":
        return selftest(*words)
    if command == "record":
        record(words[0])
        return 0
    said = symbols(*words) if command == "symbols" else check(words[0])
    print(said or f"{command}: as it should be")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
