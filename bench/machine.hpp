#ifndef SIPSTATUS_BENCH_MACHINE_HPP
#define SIPSTATUS_BENCH_MACHINE_HPP

// What a figure depends on besides the code.

#include <cstddef>
#include <string>
#include <string_view>

namespace sipstatus::bench {

std::string processor();      // its model
std::string memchr_variant(); // the C library, and which variant of memchr it runs on this processor
std::string compiler();       // of the benchmarks and the library

double peak_memory_mib();         // of the whole process, until now
double processor_time() noexcept; // of this thread in nanoseconds; excludes the time of other processes

// Removes the octets from every cache. Does nothing unless can_evict.
extern const bool can_evict;
void evict(std::string_view octets) noexcept;

} // namespace sipstatus::bench

#endif
