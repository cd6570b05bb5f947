// The floors: the cost of the least that a parser could do.

#include "peer.hpp"

namespace sipstatus::bench {
namespace {

verdict find_line_feed(const char *first, const char *last) noexcept {
    const auto *at = static_cast<const char *>(std::memchr(first, '\n', static_cast<std::size_t>(last - first)));
    return {at ? static_cast<std::size_t>(at + 1 - first) : 0, 0};
}

verdict find_and_idle(const char *first, const char *last) noexcept {
    const auto line = find_line_feed(first, last);
    asm volatile(".rept 60\n\tnop\n\t.endr");
    return line;
}

// This file is compiled without vectorisation: the loop reads one octet a turn.
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
    return {copy_line(first, last, "\r\n").line, static_cast<unsigned char>(scratch[0])};
}

} // namespace

const std::vector<subject> &floors() {
    static const std::vector<subject> all = {
        {"memchr", role::floor, find_line_feed, "memchr of the C library, for LF", nullptr, {}, true, true},
        {"octet sum", role::floor, sum_octets, "adds up the octets to the LF in a plain loop"},
        {"empty call", role::floor, do_nothing, "returns", nullptr, {}, false, true},
        {"line copy", role::floor, copy_the_line, "memchr for LF, and a copy of the line, as in every peer's call"},
        {"memchr + 60 nops", role::floor, find_and_idle, "memchr for LF, and 60 instructions that do nothing"},
    };
    return all;
}

} // namespace sipstatus::bench
