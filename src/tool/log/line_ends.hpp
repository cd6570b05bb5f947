#ifndef SIPSTATUS_TOOL_LOG_LINE_ENDS_HPP
#define SIPSTATUS_TOOL_LOG_LINE_ENDS_HPP

// Line ends that a logger spelled out, so that a message stands in one line: "\r\n", "#015#012", "^M", "<CR><LF>".

#include <cstddef>
#include <string_view>

namespace sipstatus::tool {

// How many octets the spelled line ends take that the text begins with; 0 where it begins with none. A backslash and a
// letter is one only where something follows that may follow a line end.
std::size_t size_of_spelled_line_ends(std::string_view text);

// Whether the text ends with one.
bool ends_with_spelled_line_end(std::string_view text);

// How many octets the terminal's control sequence takes that the text begins with, "ESC [ 0 m", spelled out or not; 0
// where it begins with none.
std::size_t size_of_control_sequence(std::string_view text);

// Whether the text ends with a control sequence.
bool ends_with_control_sequence(std::string_view text);

// The line without CRs at its end.
std::string_view without_line_end(std::string_view line) noexcept;

} // namespace sipstatus::tool

#endif
