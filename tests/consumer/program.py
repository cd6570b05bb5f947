#!/usr/bin/env python3
"""Compiles and runs the consumer's program without CMake: program.py static|shared|amalgamated FOLDER WORK COMPILER FLAG...

With a -std=c... that is not C++ it is the program in C, linked by the C compiler, which knows no C++ library.
FOLDER is the prefix of an installed package, which pkg-config is asked about, or the folder of the amalgamation. Exit
status: 0 the program says that all is well, 77 the compiler cannot link even an empty program with the flags, else 1.
"""
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def run(*command, **more):
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}\n{done.stdout}{done.stderr}failed: {done.returncode}")
    return done.stdout


def main():
    what, folder, work, compiler, *flags = sys.argv[1:]
    folder, work = pathlib.Path(folder), pathlib.Path(work)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    is_c = any(re.fullmatch(r"-std=c\d\d", flag) for flag in flags)
    sources = [HERE / "project/program.c"] if is_c else [HERE / "project/main.cpp", HERE / "project/other_unit.cpp"]
    empty = work / ("empty.c" if is_c else "empty.cpp")
    empty.write_text("int main(void) { return 0; }\n" if is_c else "#include <string>\nint main() {}\n", encoding="utf-8")
    if subprocess.run([compiler, *flags, empty, "-o", work / "empty"], capture_output=True, check=False).returncode != 0:
        print(f"skipped: {compiler} {' '.join(flags)} links no program here")
        return 77

    if what == "amalgamated":
        (work / "sipstatus").mkdir()
        (work / "sipstatus/sipstatus.hpp").write_text("#include <sipstatus_amalgamated.hpp>\n", encoding="utf-8")
        compile_flags = [f"-I{work}", f"-I{folder}"]
        library = [folder / "sipstatus_amalgamated.cpp"]
        # Neither Boost nor the tree's headers.
        used = run(compiler, *flags, *compile_flags, "-M", HERE / "project/main.cpp", *library)
        if "/boost/" in used or "include/sipstatus/" in used:
            sys.exit(f"the amalgamation includes what is not its own:\n{used}")
    else:
        pkg_config = ["pkg-config", "--with-path", next(folder.glob("lib*/**/pkgconfig"))]
        compile_flags = run(*pkg_config, "--cflags", "sipstatus").split()
        library = run(*pkg_config, "--libs", "sipstatus").split()
        place = run(*pkg_config, "--variable=libdir", "sipstatus").strip()
        if what == "static":
            library = ["-l:libsipstatus.a" if word == "-lsipstatus" else word for word in library]
        else:
            library.append(f"-Wl,-rpath,{place}")
    program = work / "consumer"
    run(compiler, *flags, *compile_flags, *sources, *library, "-o", program)
    needed = run("readelf", "-d", program)
    if ("libsipstatus.so" in needed) != (what == "shared"):
        sys.exit(f"a {what} library was asked for, and the program needs:\n{needed}")
    run(program)
    return 0


if __name__ == "__main__":
    sys.exit(main())
