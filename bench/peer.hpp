#ifndef SIPSTATUS_BENCH_PEER_HPP
#define SIPSTATUS_BENCH_PEER_HPP

// What the files of the peers share.

#include "subjects.hpp"

#include <cstring>

namespace sipstatus::bench {

// A global of this type enters a peer into the roster. CMake compiles its file if it finds the peer.
struct packaged_peer {
    explicit packaged_peer(subject who, lookup_function *canonical_phrase = nullptr);
};

// One buffer is enough: the peers take turns.
inline char scratch[longest_input + 64];

struct copied {
    std::size_t line; // octets of the line with its line end; 0 if it has none
    std::size_t full; // octets of the copy
};

// Copies the line at `first` to `scratch`, then the tail and a NUL. A line without an end is copied without the tail.
inline copied copy_line(const char *first, const char *last, std::string_view tail) noexcept {
    const auto *const line_feed =
        static_cast<const char *>(std::memchr(first, '\n', static_cast<std::size_t>(last - first)));
    const auto size = static_cast<std::size_t>((line_feed ? line_feed + 1 : last) - first);
    std::memcpy(scratch, first, size);
    const auto full = size + (line_feed ? tail.copy(scratch + size, tail.size()) : 0);
    scratch[full] = '\0';
    return {line_feed ? size : 0, full};
}

// The parser of a start line that calls CodeOf(octets, size) with the copy of the line and a tail.
template <auto CodeOf, const auto &Tail> verdict parse_copy(const char *first, const char *last) noexcept {
    const auto copy = copy_line(first, last, Tail);
    return {copy.line, CodeOf(scratch, copy.full)};
}

// The parser of a message that calls CodeOf(octets, size) without a copy.
template <auto CodeOf> verdict parse_message(const char *first, const char *last) noexcept {
    const auto size = static_cast<std::size_t>(last - first);
    return {size, CodeOf(first, size)};
}

inline std::size_t first_octet(const char *phrase) noexcept {
    return phrase ? static_cast<unsigned char>(*phrase) : 0;
}

} // namespace sipstatus::bench

#endif
