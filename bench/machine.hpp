#ifndef SIPSTATUS_BENCH_MACHINE_HPP
#define SIPSTATUS_BENCH_MACHINE_HPP

// What a figure depends on beside the code.

#include <cstddef>
#include <string>

namespace sipstatus::bench {

std::string processor();     // its name and how many of it
std::string c_library();     // its version
std::string memchr_in_use(); // which of the C library's variants this machine runs
std::string compiler();      // of the benchmarks and the library

std::size_t last_level_cache(); // octets; 0 where it is not known
std::size_t free_memory();      // octets

} // namespace sipstatus::bench

#endif
