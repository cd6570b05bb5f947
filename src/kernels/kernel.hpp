#ifndef SIPSTATUS_KERNELS_KERNEL_HPP
#define SIPSTATUS_KERNELS_KERNEL_HPP

// The kernels: parse() compiled for one instruction set each, and the choice between them.
//
//   kernel_*.cpp        a scanner for one instruction set, and read_line() with it
//   line_reader.hpp     read_line(): the grammar over the scanner, for nearly every line on a wire
//   known_phrases.hpp   the registry's phrases in the shape that scanners compare with
//   choice.cpp          which kernel parse() calls
//
// A kernel's object file must hold no weak symbol. The linker may keep any unit's copy of an inline function, so one
// compiled for AVX2 could run on a machine without it. So whatever a kernel uses is a template over a type in its own
// anonymous namespace, or is always inlined. Its file is optimised in every build, and a test looks at the objects.

#include <sipstatus/status_line.hpp>

namespace sipstatus::inline SIPSTATUS_ABI::kernels {

// parse(), into a default result: a kernel relies on nothing else.
using function = void(parse_result &out, std::string_view octets, parse_options options) noexcept;

function scalar, ssse3, avx2, neon;

// The one that parse() calls. Scalar until the library's initialisers have run; not written after that. Hidden in every
// build, so that the call needs no table of global offsets.
[[gnu::visibility("hidden")]] extern function *active;

// Forces a kernel, for tests and benchmarks; false if the machine or the build lacks it. Not for use while another
// thread parses.
bool force(kernel which) noexcept;

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels

#endif
