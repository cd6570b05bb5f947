#ifndef SIPSTATUS_TOOL_LOG_HEADER_LINES_HPP
#define SIPSTATUS_TOOL_LOG_HEADER_LINES_HPP

// The header fields of a message in a log: after its status line, each in a line that begins as the status line's does,
// or all in one line.

#include "log/lines_above.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// How many octets a field name takes, with blanks and the colon after it, that the text begins with; 0 for none.
std::size_t size_of_field_name(std::string_view text);

// Whether the text begins with the name of a header field that SIP messages have, and a colon. A compact name counts if
// `compact` does.
bool begins_with_known_field(std::string_view text, bool compact);

// The field that a line holds, with what stands before it taken off: `before` is what stands before the status line in
// its line. Empty where it holds none.
std::string_view field_in(std::string_view line, std::string_view before);

// Whether the line has nothing after what stands before a field.
bool is_blank_after(std::string_view line, std::string_view before);

// The fields that the tool asks for, as header lines with CRLF, and the empty line after them.
struct header_text {
    std::string lines;
    bool needs_more = false; // the octets end before the header does
};

// From the rest of the status line's own line, where line ends are spelled out, and the text after that line.
// `has_dots`: a dot stands for the CR at the end of each line.
void read_header(std::string_view rest_of_line, std::string_view after, std::string_view before, bool has_dots,
                 header_text &to);

// Whether Wireshark's name of the field stands before a status line, as in PDML and JSON.
bool is_wireshark_field(std::string_view before);

// The value of a field in PDML or JSON, from the end of its name on: in "show=", or after a colon.
std::string_view wireshark_value(std::string_view text);

// Whether a header field's name stands right before a place, and another field in the line above: what follows is the
// value of the field.
bool is_before_field_value(std::string_view before, lines_above above);

// Whether the line below `above` is in the body of a message of the type message/sipfrag.
bool is_in_sipfrag(lines_above above, std::string_view before);

} // namespace sipstatus::tool

#endif
