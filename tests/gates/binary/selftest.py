#!/usr/bin/env python3
"""Shows that each of prove.py's proofs can fail: compiles sources that break a promise, and demands that the proof names
the promise, the object, the symbol and who refers to it; and that nothing is said of a source that breaks none.

    selftest.py COMPILER OBJDUMP

Exit status: 0 all of them were found, 1 not.
"""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["-std=c++20", "-O2"]

HARMLESS = """
    #include <cstring>
    #include <string_view>
    static const char *const names[] = {"one", "two"};
    bool harmless(std::string_view a, unsigned n) noexcept {
        return n < 2 && a.size() == 3 && std::memcmp(a.data(), names[n], 3) == 0;
    }"""

# Proof, what the source does, the name of its object, the source, and what is to be said of it.
OFFENCES = (
    ("symbols", "allocates", "status_line.cpp.o",
     "char *offender(unsigned n) { return new char[n]; }",
     ("status_line.cpp.o: operator new[](unsigned long) is referred to by offender(unsigned int): allocation",)),
    ("symbols", "frees", "write.cpp.o",
     "#include <cstdlib>\nvoid offender(void *memory) { std::free(memory); }",
     ("write.cpp.o: free is referred to by offender(void*): allocation",)),
    ("symbols", "throws", "kernel_avx2.cpp.o",
     "void offender(int n) { if (n > 3) throw n; }",
     ("kernel_avx2.cpp.o: __cxa_throw is referred to by offender(int)", ": exceptions")),
    ("symbols", "lets a view throw", "message.cpp.o",
     "#include <string_view>\n"
     "std::string_view offender(std::string_view a, std::size_t n) { return a.substr(n); }",
     ("message.cpp.o: std::__throw_out_of_range_fmt(char const*, ...) is referred to by offender(", ": exceptions")),
    ("symbols", "guards a local static", "message.cpp.o",
     "int made();\nint made() { return 3; }\n"
     "int other(int); int offender() { static const int one = other(3); return one; } int other(int n) { "
     "static volatile int v = n; return v; }",
     ("message.cpp.o: __cxa_guard_acquire is referred to by ", ": a local static's guard")),
    ("symbols", "destroys static data", "message.cpp.o",
     "struct one { int n; ~one(); };\none::~one() { n = 0; }\none offender;",
     ("message.cpp.o: __cxa_atexit is referred to by ", ": a destructor of static data")),
    ("symbols", "asks the locale", "message.cpp.o",
     "#include <cctype>\nbool offender(int c) { return std::isalpha(c) != 0; }",
     ("message.cpp.o: isalpha is referred to by offender(int): locale",)),
    ("symbols", "prints", "message.cpp.o",
     "#include <cstdio>\nvoid offender(int n) { std::printf(\"%d\", n); }",
     ("message.cpp.o: printf is referred to by offender(int): stdio",)),
    ("symbols", "writes to a stream", "message.cpp.o",
     "#include <iostream>\nvoid offender(int n) { std::cout << n; }",
     ("message.cpp.o: std::cout is referred to by offender(int): streams",)),
    ("symbols", "locks", "status_line.cpp.o",
     "#include <mutex>\nvoid offender(std::mutex &one) { one.lock(); }",
     ("status_line.cpp.o: pthread_mutex_lock is referred to by offender(std::mutex&): locks",)),
    ("symbols", "sets errno", "write.cpp.o",
     "#include <cerrno>\nvoid offender() { errno = 3; }",
     ("write.cpp.o: __errno_location is referred to by offender(): errno",)),
    ("symbols", "calls what nobody knows", "write.cpp.o",
     "void surprise(); void offender() { surprise(); surprise(); }",
     ("write.cpp.o: surprise() is referred to by offender(): not on the list of what is harmless",)),
    ("unwinding", "catches", "status_line.cpp.o",
     "int other();\nint offender() { try { return other(); } catch (...) { return 3; } }",
     ("status_line.cpp.o: .gcc_except_table", "octets of exception tables",
      "status_line.cpp.o: ", "__gxx_personality_v0 is referred to by ")),
    ("unwinding", "has to end the program at an exception", "status_line.cpp.o",
     "void other();\nvoid offender() noexcept { other(); other(); }",
     ("status_line.cpp.o: .gcc_except_table", "octets of exception tables")),
    ("data", "counts", "write.cpp.o",
     "static int counter;\nint offender() { return ++counter; }",
     ("write.cpp.o: counter, 4 octets of writable data in .bss",)),
    ("data", "has data to begin with", "write.cpp.o",
     "int table[] = {1, 2, 3};\nint offender(int n) { return table[n]; }",
     ("write.cpp.o: table, 12 octets of writable data in .data",)),
    ("data", "counts in each thread", "write.cpp.o",
     "thread_local int counter;\nint offender() { return ++counter; }",
     ("write.cpp.o: counter, 4 octets of writable data",)),
    ("data", "guards a local static", "message.cpp.o",
     "int other(); int offender() { static const int one = other(); return one; }",
     ("message.cpp.o: guard variable for offender()::one: a local static's guard",)),
    ("data", "runs when loaded", "write.cpp.o",
     "int other(); extern const int offender; const int offender = other();",
     ("write.cpp.o: _GLOBAL__sub_I_", "runs when the library is loaded or unloaded (.init_array)")),
    ("kernels", "has a weak function", "kernel_avx2.cpp.o",
     "[[gnu::noinline]] inline int weak(int n) { return n * n; }\nint offender(int n) { return weak(n) + 1; }",
     ("kernel_avx2.cpp.o: weak(int) is a weak symbol", "kernel_avx2.cpp.o: weak(int) names a COMDAT group")),
    ("kernels", "has a weak table", "kernel_neon.cpp.o",
     "inline constexpr int table[] = {1, 5, 7, 2};\nint offender(unsigned n) { return table[n]; }",
     ("kernel_neon.cpp.o: table is a weak symbol",)),
    ("stack", "recurs", "write.cpp.o",
     "struct tree { tree *a, *b; int n; };\n"
     "[[gnu::noinline]] static int offender(tree *t) { return t ? offender(t->a) * offender(t->b) + t->n : 1; }\n"
     "int other(tree *t) { return offender(t); }",
     ("write.cpp.o: recursion: offender calls offender",)),
    ("stack", "recurs by way of another", "write.cpp.o",
     "int pong(int); [[gnu::noinline]] int ping(int n) { return n ? pong(n - 1) * 3 + n : 1; }\n"
     "[[gnu::noinline]] int pong(int n) { return n ? ping(n / 2) * 5 + n : 2; }",
     ("write.cpp.o: recursion: p", "calls p")),
    ("stack", "takes stack by the input", "write.cpp.o",
     "void offender(unsigned n) { volatile char *a = static_cast<char *>(__builtin_alloca(n)); a[0] = 1; }",
     ("write.cpp.o: offender(unsigned int): stack of unknown size: ",)),
    ("stack", "has an array of the input's size", "write.cpp.o",
     "int offender(int n) { volatile int a[n]; a[n - 1] = 1; return a[0]; }",
     ("write.cpp.o: offender(int): stack of unknown size: ",)),
    ("stack", "takes much stack", "write.cpp.o",
     "int offender(int n) { volatile int a[1000]; a[n] = 1; return a[0]; }",
     ("more than 1280 octets: offender 4",)),
    ("stack", "takes much stack in several functions", "write.cpp.o",
     "[[gnu::noinline]] static int a(int n) { volatile int r[300]; r[n] = 1; return r[0]; }\n"
     "[[gnu::noinline]] static int b(int n) { volatile int r[300]; r[n] = a(n); return r[0]; }\n"
     "int offender(int n) { return b(n) + 1; }",
     ("more than 1280 octets: offender 2", " + b 1", " + a 1")),
    ("stack", "calls through a pointer", "write.cpp.o",
     "int offender(int (*other)(int)) { return other(3) + 1; }",
     ("write.cpp.o: offender(int (*)(int)): a call that cannot be followed: ",)),
    ("stack", "jumps through a pointer", "write.cpp.o",
     "int offender(int (*other)(int)) { return other(3); }",
     ("write.cpp.o: offender(int (*)(int)): a jump that cannot be followed: ",)),
    ("stack", "calls what is not there", "write.cpp.o",
     "void surprise(); void offender() { surprise(); surprise(); }",
     ("surprise() is called and was not found",)),
    ("stack", "locks by an instruction", "write.cpp.o",
     "#include <atomic>\nint offender(std::atomic<int> &n) { return n.fetch_add(3); }",
     ("write.cpp.o: offender(std::atomic<int>&): an instruction that locks",)),
    ("stack", "exchanges", "write.cpp.o",
     "#include <atomic>\nint offender(std::atomic<int> &n) { return n.exchange(3); }",
     ("write.cpp.o: offender(std::atomic<int>&): an instruction that locks: xchg with memory",)),
    ("stack", "calls the system", "write.cpp.o",
     "void offender() { __asm__ volatile(\"syscall\"); }",
     ("write.cpp.o: offender(): a system call",)),
)

# A header, and what is to be said of it where the entry points call only known().
HEADERS = (
    ("int known(int n);", ("one.hpp:1: known is not noexcept",)),
    ("int known(int n) noexcept;\nint forgotten() noexcept;", ("one.hpp:2: forgotten is not called in entry_points.cpp",)),
    ("struct one {\n    int known() const { return 3; }\n};", ("one.hpp:2: known is not noexcept",)),
    ("struct one {\n    one(int n) : n_(n) {}\nprivate:\n    int n_{};\n};",
     ("one.hpp:2: one is not noexcept", "one.hpp:2: one is not called")),
    ("namespace a {\ntemplate <class T> constexpr bool\nknown(T a, T b = {}) {\n    return a == b;\n}\n}",
     ("one.hpp:2: known is not noexcept",)),
    ("struct one {};\nbool operator<(one a, one b);", ("one.hpp:2: operator< is not noexcept",)),
    ("struct one {\n    explicit operator bool() const;\n};", ("one.hpp:2: operator bool is not noexcept",)),
    ('extern "C" {\nint known(int n);\n}', ("one.hpp:2: known is not noexcept",)),
    ("int known(int (*f)() noexcept);", ("one.hpp:1: known is not noexcept",)),
    ("// int known() noexcept;\nconst int n{3};", ("the headers declare no function",)),
)


def prove(proof, *arguments):
    run = subprocess.run([sys.executable, str(HERE / "prove.py"), proof, *map(str, arguments)],
                         capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


class tally:
    def __init__(self):
        self.shown, self.failed = 0, 0

    def expect(self, what, status, expected_status, said, expected):
        missing = [text for text in expected if text not in said]
        if status == expected_status and not missing:
            self.shown += 1
            return
        self.failed += 1
        print(f"FAILED {what}: status {status}, expected {expected_status}; not said: {missing}; said:\n{said}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    compiler, objdump = sys.argv[1:]
    result = tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def compiled(name, source, *flags):
            (folder / "source.cpp").write_text(source, encoding="utf-8")
            subprocess.run([compiler, *FLAGS, *flags, "-c", str(folder / "source.cpp"), "-o", str(folder / name)],
                           check=True)
            return folder / name

        is_x86_64 = compiled("machine.cpp.o", "int n;").read_bytes()[0x12] == 62
        proofs = ("symbols", "unwinding", "data", "kernels") + (("stack",) if is_x86_64 else ())
        for proof in proofs:
            one = compiled("kernel_avx2.cpp.o", HARMLESS, "-fno-exceptions")
            result.expect(f"{proof}: harmless", *expected(prove(proof, f"--objdump={objdump}", one), 0, ()))
        for proof, does, name, source, says in OFFENCES:
            if proof in proofs:
                # With exceptions, where the proof is about them.
                flags = () if proof == "unwinding" or "throw n" in source else ("-fno-exceptions",)
                found = prove(proof, f"--objdump={objdump}", compiled(name, source, *flags))
                result.expect(f"{proof}: one that {does}", *expected(found, 1, says))

        user = compiled("write.cpp.o", "void operators(); void offender() { operators(); operators(); }")
        streams = compiled("ostream.cpp.o", "#include <iostream>\nvoid operators() { std::cout << 3; }")
        result.expect("symbols: one that refers to the streams' object", *expected(
            prove("symbols", user, streams), 1,
            ("write.cpp.o: operators() of ostream.cpp.o is referred to by offender()",)))

        if "stack" in proofs:
            choice = "namespace sipstatus::kernels { int avx2(int); extern int (*active)(int); }\n"
            user = compiled("write.cpp.o", choice + "int (*sipstatus::kernels::active)(int);\n"
                            "int offender(int n) { return sipstatus::kernels::active(n) + 1; }")
            kernel = compiled("kernel_avx2.cpp.o", choice + "int sipstatus::kernels::avx2(int n) { "
                              "volatile int r[400]; r[n] = 1; return r[0]; }")
            result.expect("stack: one that takes much stack in a kernel", *expected(
                prove("stack", f"--objdump={objdump}", user, kernel), 1,
                ("more than 1280 octets: offender 1", " + sipstatus::kernels::avx2 1")))

        (folder / "entry_points.cpp").write_text("bool called = known(3);", encoding="utf-8")
        for source, says in HEADERS:
            (folder / "one.hpp").write_text(source, encoding="utf-8")
            found = prove("headers", folder / "entry_points.cpp", folder / "one.hpp")
            result.expect(f"headers: {source!r}", *expected(found, 1, says))
        (folder / "one.hpp").write_text("std::ostream &operator<<(std::ostream &out, one a);\n"
                                        "int known(int n = {}) noexcept;", encoding="utf-8")
        found = prove("headers", folder / "entry_points.cpp", folder / "one.hpp")
        result.expect("headers: harmless", *expected(found, 0, ("1 declarations",)))
    print(f"selftest: {result.shown} as expected, {result.failed} not")
    return 1 if result.failed or not result.shown else 0


def expected(found, status, says):
    return found[0], status, found[1], says


if __name__ == "__main__":
    sys.exit(main())
