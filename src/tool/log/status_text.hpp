#ifndef SIPSTATUS_TOOL_LOG_STATUS_TEXT_HPP
#define SIPSTATUS_TOOL_LOG_STATUS_TEXT_HPP

// A status line within a line of a log: where it begins, and where it ends.

#include <cstddef>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// How many octets "SIP/2.0" takes.
inline constexpr std::size_t version_size = 7;

// What follows "SIP/2.0" in a line.
enum class after_version {
    other, // not a status line: "/UDP" of a Via, the end of a request line
    code,  // blanks and three digits
    unsure // blanks and something else: a status line if it stands where one must
};
after_version look_after_version(std::string_view text) noexcept;

// Whether a status line may begin after `before`, which is the part of the line before it: not within a word, and not
// as the end of a request line. `text` begins with "SIP/2.0".
bool may_begin_after(std::string_view before, std::string_view text);

// Whether octets in hexadecimal stand before it, as in a dump, which breaks lines anywhere.
bool is_after_hex_dump(std::string_view before);

// The status line that `text`, the rest of the line, begins with: up to a spelled line end, the mark that closes what
// `before` opened, a header field, or the end of the line.
std::string_view status_line_in(std::string_view before, std::string_view text);

// Appends the text without the terminal's control sequences.
void append_without_control_sequences(std::string_view text, std::string &to);

} // namespace sipstatus::tool

#endif
