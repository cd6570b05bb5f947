#ifndef SIPSTATUS_TOLERANT_READER_HPP
#define SIPSTATUS_TOLERANT_READER_HPP

// The slow path of parse(). It reads any input octet by octet, with the table of deviations, and gives every verdict of
// the law in status_line.hpp. The kernels hand it whatever they do not settle themselves.

#include <sipstatus/status_line.hpp>

#include <algorithm>

namespace sipstatus::inline SIPSTATUS_ABI::tolerant_reader {

// parse(), into a default result.
void read(parse_result &out, std::string_view octets, parse_options options) noexcept;

// What a kernel knows of a line when it hands it on: the head is without deviation and has this code; so many octets
// of the phrase are plain, or part of a character or an escape.
struct clean_part {
    std::uint32_t code;
    std::uint32_t phrase;
};

// The largest clean part that fits its type.
[[gnu::always_inline]] inline std::uint32_t as_clean(std::size_t octets) noexcept {
    return static_cast<std::uint32_t>(std::min<std::size_t>(octets, UINT32_MAX));
}

// The same as read(), but starts after the clean part.
void read_after(parse_result &out, std::string_view octets, parse_options options, clean_part clean) noexcept;

// resume(), into a default result.
void resume(parse_result &out, const parse_result &previous, std::string_view octets, parse_options options) noexcept;

// The kind of any phrase beside its code, 100 to 699.
reason_kind kind_of_phrase(std::uint32_t code, const char *first, std::size_t size) noexcept;

} // namespace sipstatus::inline SIPSTATUS_ABI::tolerant_reader

#endif
