#ifndef SIPSTATUS_BENCH_LINE_COPY_HPP
#define SIPSTATUS_BENCH_LINE_COPY_HPP

// Copies a line for a peer that writes into its input, needs a NUL after it, or needs more than the line. The floor
// "line copy" shows the cost.

#include <cstddef>
#include <cstring>
#include <string_view>

namespace sipstatus::bench {

inline constexpr std::size_t longest_input = 128 * 1024;

// One buffer is enough: the peers take turns.
inline char scratch[longest_input];

struct copied {
    char *copy;       // of the line with its line end, then the tail
    std::size_t size; // of the line with its line end; 0 if it has none
    std::size_t full; // of the copy with the tail
};

// Copies the line at `first` to scratch + offset, and the tail after it. A line without an end is copied without the
// tail.
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
