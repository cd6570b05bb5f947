// The floors: what the least that anybody could do costs.

#include "floors.hpp"

#include "line_copy.hpp"

#include <cstring>

namespace sipstatus::bench {

verdict find_line_feed(const char *first, const char *last) noexcept {
    const auto *at = static_cast<const char *>(std::memchr(first, '\n', static_cast<std::size_t>(last - first)));
    return {at ? static_cast<std::size_t>(at + 1 - first) : 0, 0};
}

verdict find_and_idle(const char *first, const char *last) noexcept {
    const auto found = find_line_feed(first, last);
    asm volatile(".rept 60\n\tnop\n\t.endr");
    return found;
}

// This file is compiled without vectorisation: the loop stays one octet a turn.
verdict sum_octets(const char *first, const char *last) noexcept {
    std::size_t sum = 0;
    for (const char *at = first; at != last;) {
        const auto octet = static_cast<unsigned char>(*at++);
        sum += octet;
        if (octet == '\n') return {static_cast<std::size_t>(at - first), sum};
    }
    return {0, sum};
}

verdict do_nothing(const char *, const char *) noexcept {
    return {0, 0};
}

verdict copy_the_line(const char *first, const char *last) noexcept {
    const auto line = copy_line(first, last, 0, "\r\n");
    return {line.size, static_cast<unsigned char>(line.copy[0])};
}

} // namespace sipstatus::bench
