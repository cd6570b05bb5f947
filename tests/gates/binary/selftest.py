#!/usr/bin/env python3
"""Shows that each of prove.py's proofs can fail: selftest.py COMPILER

It compiles sources that break a promise; the proof must name what is wrong. Of a source that breaks none, every proof
must say nothing.
"""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

HARMLESS = """
    #include <cstring>
    #include <string_view>
    static const char *const names[] = {"one", "two"};
    bool harmless(std::string_view a, unsigned n) noexcept {
        return n < 2 && a.size() == 3 && std::memcmp(a.data(), names[n], 3) == 0;
    }"""
CHOICE = """namespace sipstatus::inline v0::kernels { int avx2(int); extern int (*active)(int); }
    int (*sipstatus::kernels::active)(int);
    int offender(int n) { return sipstatus::kernels::active(n) + 1; }"""

# The proof; what each object's source does, by the object's name; and what must be said of it.
OFFENCES = (
    ("symbols", {"write": "char *offender(unsigned n) { return new char[n]; }"}, "refers to operator new[](unsigned long)"),
    ("symbols", {"write": "#include <cstdlib>\nvoid offender(void *memory) { std::free(memory); }"}, "refers to free"),
    ("symbols", {"write": "void offender(int n) { if (n > 3) throw n; }"}, "refers to __cxa_throw"),
    ("symbols", {"write": "#include <string_view>\nstd::string_view offender(std::string_view a, std::size_t n) "
                          "{ return a.substr(n); }"}, "refers to std::__throw_out_of_range_fmt"),
    ("symbols", {"write": "int other(int); int offender() { static const int one = other(3); return one; }"},
     "refers to __cxa_guard_acquire"),
    ("symbols", {"write": "struct one { ~one(); };\none offender;"}, "refers to __cxa_atexit"),
    ("symbols", {"write": "#include <cctype>\nbool offender(int c) { return std::isalpha(c) != 0; }"}, "refers to isalpha"),
    ("symbols", {"write": "#include <cstdio>\nvoid offender(int n) { std::printf(\"%d\", n); }"}, "refers to printf"),
    ("symbols", {"write": "#include <iostream>\nvoid offender(int n) { std::cout << n; }"}, "refers to std::cout"),
    ("symbols", {"write": "#include <mutex>\nvoid offender(std::mutex &one) { one.lock(); }"}, "refers to pthread_mutex_lock"),
    ("symbols", {"write": "#include <cerrno>\nvoid offender() { errno = 3; }"}, "refers to __errno_location"),
    ("symbols", {"write": "void operators(); void offender() { operators(); operators(); }",
                 "ostream": "#include <iostream>\nvoid operators() { std::cout << 3; }"},
     "refers to operators() of ostream.cpp.o"),
    ("unwinding", {"write": "int other();\nint offender() { try { return other(); } catch (...) { return 3; } }"},
     "octets of exception tables"),
    ("unwinding", {"write": "void other();\nvoid offender() noexcept { other(); other(); }"}, "octets of exception tables"),
    ("data", {"write": "static int counter;\nint offender() { return ++counter; }"}, "counter, 4 octets of writable data"),
    ("data", {"write": "int table[] = {1, 2, 3};\nint offender(int n) { return table[n]; }"},
     "table, 12 octets of writable data"),
    ("data", {"write": "thread_local int counter;\nint offender() { return ++counter; }"}, "octets of writable data"),
    ("data", {"write": "int other(); int offender() { static const int one = other(); return one; }"},
     "guard variable for offender()::one"),
    ("data", {"write": "int other(); extern const int offender; const int offender = other();"},
     "code that runs when the library is loaded"),
    ("kernels", {"kernel_avx2": "[[gnu::noinline]] inline int weak(int n) { return n * n; }\n"
                                "int offender(int n) { return weak(n) + 1; }"}, "weak(int) is a weak symbol"),
    ("kernels", {"kernel_avx2": "[[gnu::noinline]] inline int weak(int n) { return n * n; }\n"
                                "int offender(int n) { return weak(n) + 1; }"}, "a COMDAT group: weak(int)"),
    ("kernels", {"kernel_neon": "inline constexpr int table[] = {1, 5, 7, 2};\nint offender(unsigned n) { return table[n]; }"},
     "table is a weak symbol"),
    ("code", {"write": "#include <atomic>\nint offender(std::atomic<int> &n) { return n.fetch_add(3); }"},
     "an instruction that locks"),
    ("code", {"write": "#include <atomic>\nint offender(std::atomic<int> &n) { return n.exchange(3); }"},
     "an instruction that locks"),
    ("code", {"write": "void offender() { __asm__ volatile(\"syscall\"); }"}, "a system call"),
    ("code", {"write": "int offender(int (*other)(int)) { return other(3) + 1; }"}, "a call through a pointer"),
    ("frames", {"write": "void offender(unsigned n) { volatile char *a = static_cast<char *>(__builtin_alloca(n)); a[0] = 1; }"},
     "stack of unknown size"),
    ("frames", {"write": "int offender(int n) { volatile int a[n]; a[n - 1] = 1; return a[0]; }"}, "stack of unknown size"),
    ("frames", {"write": "int offender(int n) { volatile int a[3200]; a[n] = 1; return a[0]; }"}, "12288 are allowed"),
    ("stack", {"write": "struct tree { tree *a, *b; int n; };\n"
                        "int offender(tree *t) { return t ? offender(t->a) * offender(t->b) + t->n : 1; }"}, "recursion: "),
    ("stack", {"write": "int pong(int); [[gnu::noinline]] int ping(int n) { return n ? pong(n - 1) * 3 + n : 1; }\n"
                        "[[gnu::noinline]] int pong(int n) { return n ? ping(n / 2) * 5 + n : 2; }"}, "recursion: "),
    ("stack", {"write": "[[gnu::noinline]] static int a(int n) { volatile int r[200]; r[n] = 1; return r[0]; }\n"
                        "[[gnu::noinline]] static int b(int n) { volatile int r[200]; r[n] = a(n); return r[0]; }\n"
                        "int offender(int n) { return b(n) + 1; }"}, "1280 are allowed"),
    ("stack", {"write": CHOICE, "kernel_avx2": "namespace sipstatus::inline v0::kernels { int avx2(int); }\nint sipstatus::kernels::avx2(int n) "
                                               "{ volatile int r[400]; r[n] = 1; return r[0]; }"}, "1280 are allowed"),
    ("stack", {"write": "int offender(int (*other)(int)) { return other(3); }"}, "a call through a pointer"),
    ("stack", {"write": "void surprise(); void offender() { surprise(); surprise(); }"}, "surprise()"),
)


def main():
    compiler = sys.argv[1]
    is_gnu = "Free Software" in subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    is_x86 = "x86_64" in subprocess.run([compiler, "-dumpmachine"], capture_output=True, text=True, check=True).stdout
    left_out = ([] if is_gnu else ["stack"]) + ([] if is_x86 else ["code"])
    wrong, shown = [], 0
    with tempfile.TemporaryDirectory() as folder:
        def compiled(name, source, *flags):
            path = pathlib.Path(folder) / f"{name}.cpp"
            path.write_text(source, encoding="utf-8")
            subprocess.run([compiler, "-std=c++20", "-O2", "-fstack-usage", *(["-fcallgraph-info=su"] if is_gnu else []),
                            *flags, "-c", path, "-o", f"{path}.o"], check=True, cwd=folder)
            return f"{path}.o"

        def expect(proof, objects, status, said):
            nonlocal shown
            done = subprocess.run([sys.executable, HERE / "prove.py", proof, *objects], capture_output=True, text=True,
                                  check=False)
            shown += 1
            if done.returncode != status or said not in done.stdout:
                wrong.append(f"{proof}: status {done.returncode}, not {status}; {said!r} was expected in:\n"
                             f"{done.stdout}{done.stderr}")

        for proof in dict.fromkeys(proof for proof, _, _ in OFFENCES if proof not in left_out):
            expect(proof, [compiled("kernel_avx2", HARMLESS, "-fno-exceptions")], 0, "proved")
        for proof, sources, said in OFFENCES:
            if proof not in left_out:
                # With exceptions, where the proof is about them.
                flags = [] if proof == "unwinding" or "throw n" in str(sources) else ["-fno-exceptions"]
                expect(proof, [compiled(name, source, *flags) for name, source in sources.items()], 1, said)
        if is_gnu:
            header = "namespace sipstatus::inline v0 { inline int known(int n) { return n; } inline int forgotten(int n) { return n; } }\n"
            called = compiled("called", header + "int one(int n) { return sipstatus::known(n); }", "-O0")
            kept = compiled("kept", header, "-O0", "-fkeep-inline-functions")
            expect("headers", [called, kept], 1, "sipstatus::v0::forgotten(int) is not called")
            called = compiled("called", header + "int one(int n) { return sipstatus::known(sipstatus::forgotten(n)); }", "-O0")
            expect("headers", [called, kept], 0, "2 functions called")
    print(*wrong, f"selftest: {shown - len(wrong)} of {shown} as expected; left out: {left_out or 'nothing'}", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
