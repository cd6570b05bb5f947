#ifndef SIPSTATUS_FUZZ_MEMORY_IN_USE_HPP
#define SIPSTATUS_FUZZ_MEMORY_IN_USE_HPP

// How much memory operator new has given out and not got back. The unit replaces the program's operator new.

#include <cstddef>

namespace fuzz {

std::size_t memory_in_use_now();

// The most of it since the last call.
std::size_t take_peak_of_memory_in_use();

} // namespace fuzz

#endif
