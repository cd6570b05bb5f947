#ifndef SIPSTATUS_UTF8_HPP
#define SIPSTATUS_UTF8_HPP

// UTF-8 by RFC 3629: the only decoder of the library, the tool and the fuzzers, built on the facts of octets.hpp. The
// oracles of tests and fuzzers have accounts of their own, on purpose.

#include "octets.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace sipstatus::inline SIPSTATUS_ABI::utf8 {

// The size of the character that begins at `first`, 1 to 4 octets; 0 if none does. `first` is not `last`.
constexpr std::size_t character_size(const char *first, const char *last) noexcept {
    if (static_cast<unsigned char>(*first) < 0x80) return 1;
    if (!octets::is_utf8_lead(*first)) return 0;
    const std::size_t size = 1 + octets::continuations_after(*first);
    if (static_cast<std::size_t>(last - first) < size) return 0;
    for (std::size_t n = 1; n < size; ++n)
        if (!octets::is_continuation(first[n])) return 0;
    return octets::is_utf8_second(*first, first[1]) ? size : 0;
}

struct character {
    char32_t code;
    std::size_t size; // in octets
};

// The character that the octets begin with; nothing if they do not begin with one, or are empty.
constexpr std::optional<character> first_character(std::string_view octets) noexcept {
    if (octets.empty()) return std::nullopt;
    const std::size_t size = character_size(octets.data(), octets.data() + octets.size());
    if (size == 0) return std::nullopt;
    // A lead of n octets has n ones and a zero, then the code's highest bits.
    const unsigned lead = static_cast<unsigned char>(octets.front());
    char32_t code = size == 1 ? lead : lead & (0xffu >> (size + 1));
    for (const char octet : octets.substr(1, size - 1)) code = code << 6 | (static_cast<unsigned char>(octet) & 0x3fu);
    return character{code, size};
}

} // namespace sipstatus::inline SIPSTATUS_ABI::utf8

#endif
