#ifndef SIPSTATUS_TOOL_OCTET_TEXT_HPP
#define SIPSTATUS_TOOL_OCTET_TEXT_HPP

// Octets as text that is safe to show on a terminal, whatever they are.
//
// UTF-8 stays as it is. Octets that are not UTF-8, controls, characters that reorder or hide text, and the backslash
// become \xHH, octet by octet. So the text can be turned back into the octets.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

bool is_utf8(std::string_view octets);

// Whether the octets are UTF-8 without controls and characters that reorder or hide text.
bool is_safe(std::string_view octets);

// The octets as text, and the same at the end of a string.
std::string as_text(std::string_view octets);
void append_text(std::string &to, std::string_view octets);

// What a file is called in messages: its name, or standard input.
std::string input_name(std::string_view file);

// What as_text() makes of one character, or of one octet that is not part of a character.
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

} // namespace sipstatus::tool

#endif
