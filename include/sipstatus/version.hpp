#ifndef SIPSTATUS_VERSION_HPP
#define SIPSTATUS_VERSION_HPP

// The version of the library, by semantic versioning. CMakeLists.txt reads it from here: this is the only place it is
// typed.

// The first number: of 1.2.3 it is 1.
#define SIPSTATUS_VERSION_MAJOR 0
// The second number.
#define SIPSTATUS_VERSION_MINOR 1
// The third number.
#define SIPSTATUS_VERSION_PATCH 0

// One number to compare in a preprocessor condition: 10000 * major + 100 * minor + patch.
#define SIPSTATUS_VERSION (SIPSTATUS_VERSION_MAJOR * 10000 + SIPSTATUS_VERSION_MINOR * 100 + SIPSTATUS_VERSION_PATCH)

// The binary interface. It names the inline namespace that everything of the library is in, sipstatus::v0, and the
// shared library, libsipstatus.so.0. A change after which a program that was compiled before would misread the library
// raises it; the test abi tells whether a change is one. The namespace is in every symbol: a program that was compiled
// with other headers does not link, and two versions of the static library can be in one process.
#define SIPSTATUS_ABI v0

#endif
