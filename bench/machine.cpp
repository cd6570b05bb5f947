#include "machine.hpp"

#include <algorithm>
#include <fstream>

#include <unistd.h>

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif
#ifdef __x86_64__
#include <cpuid.h>
#endif

namespace sipstatus::bench {
namespace {

std::string line_of(const std::string &path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

#if defined __GLIBC__ && defined __x86_64__

// The choice of glibc 2.34 and later (sysdeps/x86_64/multiarch), which has no way to ask for it.
std::string choice_of_glibc() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return "SSE2";
    const bool avx2 = (b >> 5 & 1) != 0, bmi2 = (b >> 8 & 1) != 0, rtm = (b >> 11 & 1) != 0;
    const bool avx512 = (b >> 30 & 1) != 0 && (b >> 31 & 1) != 0;
    if (!avx2 || !bmi2) return "SSE2";
    return std::string(avx512 ? "EVEX" : "AVX2") + (rtm ? ", for RTM" : "");
}

#endif

} // namespace

std::string processor() {
    std::ifstream in("/proc/cpuinfo");
    std::string model = "unknown";
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("model name") && !line.starts_with("Model")) continue;
        model = line.substr(std::min(line.find(':') + 2, line.size()));
        break;
    }
    return model + ", " + std::to_string(sysconf(_SC_NPROCESSORS_ONLN)) + " in use";
}

std::string c_library() {
#ifdef __GLIBC__
    return std::string("glibc ") + gnu_get_libc_version();
#else
    return "not glibc";
#endif
}

std::string memchr_in_use() {
#if defined __GLIBC__ && defined __x86_64__
    return choice_of_glibc();
#elif defined __GLIBC__ && defined __aarch64__
    return "the one for AArch64";
#else
    return "unknown";
#endif
}

std::string compiler() {
#ifdef __clang__
    return "clang " __clang_version__;
#else
    return "g++ " __VERSION__;
#endif
}

std::size_t last_level_cache() {
    std::size_t largest = 0;
    for (int index = 0; index < 8; ++index) {
        const auto size = line_of("/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(index) + "/size");
        if (size.empty()) continue;
        const std::size_t unit = size.back() == 'K' ? 1024 : size.back() == 'M' ? 1024 * 1024 : 1;
        largest = std::max<std::size_t>(largest, unit * std::stoul(size));
    }
    return largest;
}

std::size_t free_memory() {
    std::ifstream in("/proc/meminfo");
    for (std::string word; in >> word;) {
        if (word != "MemAvailable:") continue;
        std::size_t kibibytes = 0;
        in >> kibibytes;
        return kibibytes * 1024;
    }
    return static_cast<std::size_t>(sysconf(_SC_AVPHYS_PAGES)) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

} // namespace sipstatus::bench
