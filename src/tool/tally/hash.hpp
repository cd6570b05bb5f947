#ifndef SIPSTATUS_TOOL_TALLY_HASH_HPP
#define SIPSTATUS_TOOL_TALLY_HASH_HPP

// A fast hash of octets that is the same on every machine: keys and digests are compared between summaries. Octets that
// are made to collide make wrong counts, and nothing worse.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sipstatus::tool {

// Mixes two numbers into one.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
    __extension__ using wide = unsigned __int128;
    const auto product = static_cast<wide>(a ^ 0x9e3779b97f4a7c15u) * (b ^ 0xd1b54a32d192ed03u);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t hash_of(std::string_view octets, std::uint64_t seed = 0) noexcept {
    const auto load = [](const char *from, std::size_t size) {
        std::uint64_t number = 0;
        std::memcpy(&number, from, size);
        if constexpr (std::endian::native == std::endian::big) number = __builtin_bswap64(number);
        return number;
    };
    auto state = mix(seed, octets.size());
    const char *at = octets.data();
    auto left = octets.size();
    for (; left > 16; at += 16, left -= 16) state = mix(load(at, 8) ^ state, load(at + 8, 8));
    if (left > 8) return mix(load(at, 8) ^ state, load(at + left - 8, 8));
    if (left == 8) return mix(load(at, 8) ^ state, 8);
    return mix(left == 0 ? state : load(at, left) ^ state, left);
}

} // namespace sipstatus::tool

#endif
