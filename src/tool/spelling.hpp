#ifndef SIPSTATUS_TOOL_SPELLING_HPP
#define SIPSTATUS_TOOL_SPELLING_HPP

// How names, octets, times and addresses are spelled. In: values. Out: text that is safe to show on a terminal whatever
// the octets were.
//
// Octets in text: UTF-8 stands as it is; what is not UTF-8, controls, format characters that reorder or hide text, and
// the backslash are written \xHH octet by octet, so that the text can be turned back into the octets.

#include "decode.hpp"

#include <sipstatus/sipstatus.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

// An enumerator's name as the tool writes it: client-error.
std::string hyphenated(std::string_view name);
template <class Enum> std::string spelled(Enum value) {
    return hyphenated(name(value));
}

// A code's reference with its section, "RFC 3261 section 21.4.24".
std::string reference_of(const registry_entry &row);

bool is_utf8(std::string_view octets);

// Whether the octets are UTF-8 without controls and characters that reorder or hide text.
bool is_safe(std::string_view octets);

// The octets as text.
std::string as_text(std::string_view octets);

// What a file is called in messages: its name, or standard input.
std::string input_name(std::string_view file);

// What as_text() makes of one character, or of one octet that is none.
struct glyph {
    std::size_t offset; // of its first octet
    std::size_t size;   // in octets
    std::string text;
    std::size_t columns; // on a terminal
};

// The text of the octets, glyph by glyph.
std::vector<glyph> glyphs_of(std::string_view octets);

// The columns that the text of the octets takes on a terminal.
std::size_t columns_of(std::string_view octets);

// The octets as lower-case hexadecimal digits.
std::string as_hex(std::string_view octets);

// RFC 3339, UTC, nine digits of a second. Empty outside the years 0 to 9999.
std::string as_time(const timestamp &time);

// "192.0.2.1:5060", "[2001:db8::1]:5060".
std::string as_text(const endpoint &at);

} // namespace sipstatus::tool

#endif
