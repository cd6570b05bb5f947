#include "machine.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>

#include <sys/resource.h>

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif
#ifdef __x86_64__
#include <cpuid.h>
#endif

namespace sipstatus::bench {

std::string processor() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("model name") || line.starts_with("Model"))
            return line.substr(std::min(line.find(':') + 2, line.size()));
    return "unknown";
}

// glibc has no way to ask for its choice. This is the rule of 2.34 and later (sysdeps/x86_64/multiarch).
std::string memchr_variant() {
#ifdef __GLIBC__
    std::string variant = std::string("glibc ") + gnu_get_libc_version();
#ifdef __x86_64__
    unsigned a = 0, b = 0, c = 0, d = 0;
    __get_cpuid_count(7, 0, &a, &b, &c, &d);
    const auto has = [b](int bit) { return (b >> bit & 1) != 0; };
    const bool avx2 = has(5) && has(8), avx512 = has(30) && has(31), rtm = has(11);
    variant += !avx2 ? ", SSE2" : std::string(avx512 ? ", EVEX" : ", AVX2") + (rtm ? ", for RTM" : "");
#endif
    return variant;
#else
    return "not glibc";
#endif
}

std::string compiler() {
#ifdef __clang__
    return "clang " __clang_version__;
#else
    return "g++ " __VERSION__;
#endif
}

double peak_memory_mib() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

double processor_time() noexcept {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

#if defined __x86_64__ || defined __aarch64__

const bool can_evict = true;

void evict(std::string_view octets) noexcept {
    constexpr std::size_t cache_line = 64;
    for (std::size_t at = 0; at < octets.size(); at += cache_line)
#ifdef __x86_64__
        __builtin_ia32_clflush(octets.data() + at);
    __builtin_ia32_mfence();
#else
        asm volatile("dc civac, %0" : : "r"(octets.data() + at) : "memory");
    asm volatile("dsb ish" : : : "memory");
#endif
}

#else

const bool can_evict = false;
void evict(std::string_view) noexcept {}

#endif

} // namespace sipstatus::bench
