#ifndef SIPSTATUS_BENCH_LINE_COPY_HPP
#define SIPSTATUS_BENCH_LINE_COPY_HPP

// A line, copied for a peer that writes into its input, wants a NUL behind it, or wants more than the line. What this
// costs is a floor of its own.

#include <cstddef>
#include <cstring>
#include <string_view>

namespace sipstatus::bench {

inline constexpr std::size_t longest_input = 128 * 1024;

// One buffer for all peers: they take turns.
inline char scratch[longest_input];

struct copied {
    char *copy;       // of the line with its line end, then the tail
    std::size_t size; // of the line with its line end; 0 where it has none
    std::size_t full; // of the copy with the tail
};

// Copies the line at `first` to scratch + offset and the tail behind it; what there is, without the tail, where the
// line has no end.
inline copied copy_line(const char *first, const char *last, std::size_t offset, std::string_view tail) noexcept {
    const auto there_is = static_cast<std::size_t>(last - first);
    const auto *const end = static_cast<const char *>(std::memchr(first, '\n', there_is));
    const std::size_t line = end ? static_cast<std::size_t>(end + 1 - first) : 0;
    const std::size_t room = sizeof scratch - 64;
    std::size_t size = end ? line : there_is;
    if (size > room) size = room;
    char *const copy = scratch + offset;
    std::memcpy(copy, first, size);
    if (!end) return {copy, 0, size};
    std::memcpy(copy + size, tail.data(), tail.size());
    return {copy, line, size + tail.size()};
}

} // namespace sipstatus::bench

#endif
