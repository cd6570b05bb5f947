#include "octet_text.hpp"

#include "utf8.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace sipstatus::tool {

namespace {

// Whether the octets are characters throughout, each of which `is_fine` takes.
template <class Predicate> bool all_characters(std::string_view octets, Predicate is_fine) {
    while (!octets.empty()) {
        const auto next = utf8::first_character(octets);
        if (!next || !is_fine(next->code)) return false;
        octets.remove_prefix(next->size);
    }
    return true;
}

struct range {
    char32_t first, last;
};

template <std::size_t N> bool is_in(const range (&ranges)[N], char32_t code) {
    const auto *place = std::find_if(std::begin(ranges), std::end(ranges), [code](range r) { return code <= r.last; });
    return place != std::end(ranges) && code >= place->first;
}

// Controls, and the characters that move, hide or reorder others: a phrase must not be able to forge what is seen.
constexpr range unsafe[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},     {0x115f, 0x1160},   {0x180e, 0x180e},
    {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164},   {0xd800, 0xf8ff},   {0xfeff, 0xfeff},
    {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff}};

// Characters that combine with the one before: no column of their own.
constexpr range combining[] = {{0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x5bf, 0x5bf},   {0x5c1, 0x5c2},
                               {0x5c4, 0x5c5},   {0x610, 0x61a},   {0x64b, 0x65f},   {0x670, 0x670},   {0x6d6, 0x6dc},
                               {0x6df, 0x6e4},   {0x93c, 0x93c},   {0x941, 0x948},   {0x94d, 0x94d},   {0xe31, 0xe31},
                               {0xe34, 0xe3a},   {0xe47, 0xe4e},   {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff},
                               {0x302a, 0x302d}, {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};

// East Asian wide and full-width characters, and pictographs: two columns.
constexpr range wide[] = {{0x1100, 0x115e},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x2e80, 0x303e},
                          {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},
                          {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
                          {0xffe0, 0xffe6},   {0x1f004, 0x1f004}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
                          {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

std::size_t columns_of_character(char32_t code) {
    if (code < 0x300) return 1;
    if (is_in(combining, code)) return 0;
    return is_in(wide, code) ? 2 : 1;
}

bool is_plain(std::string_view octets) {
    unsigned special = 0;
    for (const char c : octets) special |= static_cast<unsigned>((c < 0x20) | (c == 0x7f) | (c == '\\'));
    return special == 0;
}

} // namespace

bool is_utf8(std::string_view octets) {
    return all_characters(octets, [](char32_t) { return true; });
}

bool is_safe(std::string_view octets) {
    return is_plain(octets) || all_characters(octets, [](char32_t code) { return !is_in(unsafe, code); });
}

std::vector<glyph> glyphs_of(std::string_view octets) {
    std::vector<glyph> glyphs;
    for (std::size_t at = 0; at < octets.size();) {
        const auto next = utf8::first_character(octets.substr(at));
        if (next && next->code != '\\' && !is_in(unsafe, next->code)) {
            glyphs.push_back(
                {at, next->size, std::string(octets.substr(at, next->size)), columns_of_character(next->code)});
            at += next->size;
            continue;
        }
        for (const auto end = at + (next ? next->size : 1); at < end; ++at) {
            auto text = fmt::format("\\x{:02X}", static_cast<unsigned char>(octets[at]));
            const auto columns = text.size();
            glyphs.push_back({at, 1, std::move(text), columns});
        }
    }
    return glyphs;
}

std::string as_text(std::string_view octets) {
    std::string text;
    append_text(text, octets);
    return text;
}

void append_text(std::string &to, std::string_view octets) {
    if (is_plain(octets))
        to += octets;
    else
        for (const auto &glyph : glyphs_of(octets)) to += glyph.text;
}

std::string input_name(std::string_view file) {
    return file == "-" ? "standard input" : as_text(file);
}

std::size_t columns_of(std::string_view octets) {
    if (is_plain(octets)) return octets.size();
    std::size_t sum = 0;
    for (const auto &glyph : glyphs_of(octets)) sum += glyph.columns;
    return sum;
}

std::string as_hex(std::string_view octets) {
    return fmt::format("{:02x}", fmt::join(std::vector<unsigned char>(octets.begin(), octets.end()), ""));
}

} // namespace sipstatus::tool
